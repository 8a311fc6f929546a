"""How an account likes the ledger on this PC: its columns, their widths and the order.

It lies beside the data in clear text, so nothing of the work is in it: keys of columns, pixels, and
a sign that tells accounts apart without naming them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from .desk import Desk

if TYPE_CHECKING:
    from xinfang_desktop.casework.search import Sort


@dataclass(frozen=True)
class Liking:
    """What is shown: columns in order (none: the usual ones), widths at 100 %, and the order."""

    columns: tuple[str, ...] = ()
    widths: dict[str, int] = field(default_factory=dict)
    sort: Sort | None = None


def liking(desk: Desk) -> Liking:
    """Give how whoever is working likes the ledger; what cannot be read is the usual."""
    kept = _all(desk).get(_sign(desk))
    return _read(kept) if isinstance(kept, dict) else Liking()


def keep_liking(desk: Desk, liked: Liking) -> None:
    """Remember how whoever is working likes the ledger."""
    everybody = _all(desk)
    everybody[_sign(desk)] = {
        "columns": list(liked.columns),
        "widths": liked.widths,
        "sort": list(liked.sort) if liked.sort else None,
    }
    desk.preferences.keep(ledger=json.dumps(everybody))


def _sign(desk: Desk) -> str:
    return sha256((desk.store.slot or desk.viewer.name).encode()).hexdigest()[:12]


def _all(desk: Desk) -> dict[str, Any]:
    try:
        kept = json.loads(desk.preferences.now.ledger or "{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _read(kept: dict[str, Any]) -> Liking:
    from xinfang_desktop.casework.ledger import COLUMN
    from xinfang_desktop.casework.search import SORTS, Sort

    columns, widths, order = (kept.get(name) for name in ("columns", "widths", "sort"))
    sort = None
    if isinstance(order, list) and len(order) == 2 and order[0] in SORTS:
        sort = Sort(str(order[0]), bool(order[1]))
    return Liking(
        tuple(key for key in columns if key in COLUMN) if isinstance(columns, list) else (),
        _widths(widths) if isinstance(widths, dict) else {},
        sort,
    )


def _widths(kept: dict[str, Any]) -> dict[str, int]:
    from xinfang_desktop.casework.ledger import COLUMN

    return {key: px for key, px in kept.items() if key in COLUMN and type(px) is int and px > 0}
