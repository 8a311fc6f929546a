"""Drafting: keeps what is being typed in a RecordView, within two seconds of every key."""

from PySide6.QtCore import QObject, QTimer, Signal

from xinfang_desktop.casework import drafts
from xinfang_desktop.models import Matter

from .desk import Desk
from .record_view import RecordView

DELAY = 1500
"""Milliseconds from the first key that is not kept until the draft is, however long the typing."""


class Drafting(QObject):
    """The draft behind one view.

    Signals:
        status_changed(words): what is kept and since when.
    """

    status_changed = Signal(str)

    def __init__(self, desk: Desk, view: RecordView, form: str) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self._form = form
        self._draft: int | None = None
        self._is_kept = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.keep)
        view.edited.connect(self._edited)

    @property
    def draft(self) -> int | None:
        """The draft kept in the store, if there is one."""
        return self._draft

    @property
    def is_begun(self) -> bool:
        """Whether anything was typed that is not in the books."""
        return self._draft is not None or not self._is_kept

    def show(self, matter: Matter, draft: int | None = None) -> None:
        """Show a matter, of which ``draft`` is the draft."""
        self._timer.stop()
        self._draft, self._is_kept = draft, True
        self._view.show_record(matter)

    def open(self, draft: int) -> bool:
        """Go on with a draft of the store; False where it is gone."""
        viewer = self._desk.viewer
        matter = self._desk.look(lambda session: drafts.open_draft(session, draft, viewer=viewer))
        if matter is None:
            return False
        self.show(matter, draft)
        self.status_changed.emit("草稿已恢复")
        return True

    def keep(self) -> None:
        """Keep what is typed, if anything was since it was kept last."""
        self._timer.stop()
        if self._is_kept:
            return
        record, form, now = self._view.record, self._form, self._desk.now()
        kept = self._desk.attempt(
            lambda session: drafts.save_draft(session, form, record, draft_id=self._draft, now=now)
        )
        self._draft, self._is_kept = kept or self._draft, kept is not None
        told = f"草稿已存 {now:%H:%M:%S}" if self._is_kept else "草稿未能保存，请看提示"
        self.status_changed.emit(told)

    def settled(self) -> None:
        """The record is in the books; nothing is left to be kept."""
        self._timer.stop()
        self._draft, self._is_kept = None, True
        self.status_changed.emit("全部已保存")

    def touch(self) -> None:
        """Something changed that no field tells of."""
        self._edited("")

    def _edited(self, _path: str) -> None:
        self._is_kept = False
        self.status_changed.emit("正在输入，草稿随后保存")
        if not self._timer.isActive():
            self._timer.start()
