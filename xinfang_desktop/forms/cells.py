"""What stands in the cells of a form, how high their rows become, and what is carried over."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import typesetting
from .definition import AnyCell, Label, Line, Row, Signature, Text
from .grid import Placed
from .sheet import INSET
from .typesetting import closed, line_height

SIZE = 12.0
SMALLER_SIZES = (12.0, 11.0, 10.0, 9.0)
"""What a short blank may shrink to before its row grows (points)."""

LEAST_INSET = 0.5
MOST_LINE_HEIGHT = 26.0
"""How high a row of short blanks may grow (millimetres)."""

CARRIED_NOTICE = "（下转续页）"


@dataclass(frozen=True)
class Content:
    """What stands in a cell before it is placed."""

    placed: Placed[AnyCell]
    text: str
    size: float
    width: float
    loose: tuple[str, ...]
    """Its lines as a program might break them that sets text wider than we do."""

    @property
    def height(self) -> float:
        """The height its lines may need, with white space."""
        return len(self.loose) * line_height(self.size) + 2 * self.inset

    @property
    def inset(self) -> float:
        """White space above and below; a short blank is centred and needs hardly any."""
        return LEAST_INSET if isinstance(self.placed.cell, Line) else INSET

    def tight(self, text: str) -> list[str]:
        """Break ``text`` the way it is printed here."""
        if isinstance(self.placed.cell, Label) and text:
            return list(typesetting.balanced(text, self.width, self.size))
        return typesetting.tight(text, self.width, self.size)


def sizes_of(cell: AnyCell) -> tuple[float, ...]:
    """Give the font sizes a cell may be set in, the usual one first (points)."""
    return (SIZE,) if isinstance(cell, Text | Signature) else SMALLER_SIZES


def row_heights(rows: Sequence[Row], contents: Sequence[Content], room: float) -> list[float]:
    """Give every row its height: least heights first, then room for what does not fit.

    Raises:
        ValueError: the least heights alone do not fit on the page.
    """
    heights = [row.height for row in rows]
    spare = room - sum(heights)
    if spare < 0:
        raise ValueError(f"the rows are {-spare:.1f} mm too high for the page")
    for content in contents:
        if isinstance(content.placed.cell, Line):
            wish = min(content.height, MOST_LINE_HEIGHT) - heights[content.placed.row]
            spare -= _give(heights, content.placed.row, min(wish, spare))
    texts = [content for content in contents if isinstance(content.placed.cell, Text)]
    for content in sorted(texts, key=lambda one: one.height - heights[one.placed.row]):
        wish = content.height - heights[content.placed.row]
        spare -= _give(heights, content.placed.row, min(wish, spare))
    least = {content.placed.row: rows[content.placed.row].height for content in texts}
    for row, height in least.items():
        _give(heights, row, spare * height / sum(least.values()))
    return heights


def _give(heights: list[float], row: int, amount: float) -> float:
    amount = max(amount, 0.0)
    heights[row] += amount
    return amount


def fitted_signature(signature: str, width: float) -> str:
    """Take room out before 年 月 日 until the signature stands on one line."""
    *head, foot = signature.split("\n")
    while "　　　年" in foot and typesetting.measured(foot, SIZE) > width:
        foot = foot.replace("　年", "年", 1)
    return "\n".join([*head, foot])


def split(content: Content, height: float) -> tuple[list[str], str]:
    """Part the lines into those the cell holds and the text that is carried over."""
    fits = int((height - 2 * content.inset + 0.01) / line_height(content.size))
    if len(content.loose) <= fits or not isinstance(content.placed.cell, Text | Line):
        return content.tight(content.text), ""
    kept = "".join(content.loose[: max(fits - 1, 0)])
    return [*closed(content.tight(kept)), CARRIED_NOTICE], content.text[len(kept) :]
