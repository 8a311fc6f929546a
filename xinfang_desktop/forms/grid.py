"""Placing cells: from the left, round those that span from above; the grid is covered once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class Spanning(Protocol):
    """Anything that reaches over columns and rows."""

    @property
    def cols(self) -> int:
        """How many columns it covers."""
        ...

    @property
    def rows(self) -> int:
        """How many rows it covers."""
        ...


CellT = TypeVar("CellT", bound=Spanning)


@dataclass(frozen=True)
class Placed(Generic[CellT]):
    """A cell and the row and column of its top left corner."""

    cell: CellT
    row: int
    col: int


def place(rows: Sequence[Sequence[CellT]], columns: int) -> tuple[Placed[CellT], ...]:
    """Place the cells of ``rows`` on ``columns`` columns.

    Raises:
        ValueError: where a cell finds no room or columns stay unfilled; it names the row.
    """
    free = {(r, c) for r in range(len(rows)) for c in range(columns)}
    placed: list[Placed[CellT]] = []
    for r, cells in enumerate(rows):
        for cell in cells:
            c = min((c for row, c in free if row == r), default=columns)
            area = {(r + i, c + j) for i in range(cell.rows) for j in range(cell.cols)}
            if not area <= free:
                raise ValueError(f"row {r + 1}: no room for {cell}")
            free -= area
            placed.append(Placed(cell, r, c))
        if gap := sorted(c + 1 for row, c in free if row == r):
            raise ValueError(f"row {r + 1}: columns {gap} are not filled")
    return tuple(placed)
