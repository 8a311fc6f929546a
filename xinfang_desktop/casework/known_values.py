"""What the books know of a kind of value, to complete what is being typed.

Bodies, places and categories, the commonest first; never a person's name or address, and nothing of
a sealed matter.
"""

from collections.abc import Mapping

from sqlmodel import Session

from xinfang_desktop.models import Viewer

from .categories import all_names
from .filters import OPEN
from .reading import Executing, execute

_MOST = 300

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "bodies": ("responsible_body", "handler"),
    "locations": ("location",),
    "categories": ("category",),
}
_ALWAYS = {"categories": all_names}


def known_values(source: Session | Executing, kind: str, *, viewer: Viewer) -> tuple[str, ...]:
    """Give the values of ``bodies``, ``locations`` or ``categories`` that were used."""
    found: list[str] = []
    for column in _COLUMNS.get(kind, ()):
        sql = f"""
            SELECT p.{column} FROM petition AS p INDEXED BY petition_facts
            WHERE {OPEN} AND p.{column} <> '' GROUP BY p.{column} ORDER BY count(*) DESC LIMIT ?
        """
        found += [str(row[0]) for row in execute(source, sql, (_MOST,))]
    always = _ALWAYS[kind]() if kind in _ALWAYS else ()
    return tuple(dict.fromkeys((*found, *always)))
