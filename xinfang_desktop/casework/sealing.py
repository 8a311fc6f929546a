"""Accusations (检举控告) are sealed: what they show in lists, and who may open them.

Articles 30 and 46 forbid that anything of them reaches the accused. So a list shows the number
and one word, for everybody; their text is in no index; only a cleared account opens one, by its
number.
"""

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Kind, Petition, Viewer

SEALED_TITLE = "检举控告（保密）"
SEALED_CODE = Kind.ACCUSATION.value

NOT_CLEARED = "这一件是检举控告（保密），本账户没有查看权限；请交有权限的人员办理。"


def admit(petition: Petition, viewer: Viewer | None) -> None:
    """Let ``viewer`` read the matter, or refuse.

    Raises:
        OfficeError: the matter is sealed and the viewer is not cleared for it.
    """
    if petition.is_sealed and not (viewer and viewer.cleared):
        raise OfficeError(NOT_CLEARED)
