"""What issuing asks of a paper: what it still lacks, what it says, and its PDF as it is kept.

Casework issues papers and knows nothing of forms; it is handed one of these.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from xinfang_desktop.models import Matter

from .definition import Form, Line, Text
from .letter import Letter
from .papers import AnyPaper, compose_paper
from .sheet import Sheet

_HALF = 32
_NOT_OF_THE_MATTER = ("office.", "paper.")


@dataclass(frozen=True)
class MadePaper:
    """A paper as it is kept: its PDF, how many pages it has, the fingerprint of what it says."""

    pdf: bytes
    pages: int
    composed: str


@dataclass(frozen=True)
class PaperMaker:
    """One paper of the office, ready to be issued."""

    paper: AnyPaper

    @property
    def key(self) -> str:
        """The key of the paper."""
        return self.paper.key

    @property
    def title(self) -> str:
        """What the office calls it."""
        return self.paper.title

    @property
    def version(self) -> int:
        """The version of its definition."""
        return self.paper.version

    @property
    def series(self) -> str:
        """The number series it takes its own number from; empty where it has none."""
        return self.paper.series

    def gaps(self, matter: Matter) -> list[str]:
        """Name the required parts that say nothing yet."""
        if not isinstance(self.paper, Letter):
            return []
        return [self.paper.bindings[gap.path].title for gap in self.paper.missing(matter)]

    def made(self, matter: Matter) -> MadePaper:
        """Compose and print it: PDF/A-2b, with the sheet it was drawn from inside."""
        from .archive import archived
        from .continuing import with_sheet
        from .pdf import pdf_bytes

        sheet = compose_paper(self.paper, matter)
        pdf = archived(with_sheet(pdf_bytes(sheet), sheet))
        return MadePaper(pdf, len(sheet.pages), self.said(matter) + _layout(sheet))

    def still_says(self, matter: Matter, composed: str) -> bool:
        """Tell whether it would say today what it said when it was issued as ``composed``."""
        return composed.startswith(self.said(matter))

    def said(self, matter: Matter) -> str:
        """Give the fingerprint of what the matter puts on it, wherever that stands on the page.

        A paper stays right when the office is called otherwise later, and its number is its own.
        """
        bindings, unprinted = self.paper.bindings, _unprinted(self.paper)
        paths = (path for path in sorted(bindings) if not path.startswith(_NOT_OF_THE_MATTER))
        return _digest(f"{p}={bindings[p].shown(matter)}" for p in paths if p not in unprinted)

    def reprinted(self, pdf: bytes, day: date) -> bytes:
        """Give a kept paper with 重印 and the day at the foot of each page."""
        from .reprint import marked

        return marked(pdf, day)

    def continued(self, pdf: bytes, matter: Matter) -> bytes:
        """Give what was filled in since a kept paper was printed, for that sheet of paper."""
        from .continuing import continuing, kept_sheet
        from .pdf import pdf_bytes

        return pdf_bytes(continuing(kept_sheet(pdf), compose_paper(self.paper, matter)))


def makers(papers: Mapping[str, AnyPaper]) -> dict[str, PaperMaker]:
    """Give what makes each paper, by its key."""
    return {key: PaperMaker(paper) for key, paper in papers.items()}


def _unprinted(paper: AnyPaper) -> set[str]:
    """Name the paths that are typed into and not printed: another is shown."""
    if not isinstance(paper, Form):
        return set()
    return {cell.path for cell in paper.cells if isinstance(cell, Line | Text) and cell.printed}


def _layout(sheet: Sheet) -> str:
    """Give the fingerprint of where everything stands."""
    return _digest(
        f"{number} {line.x:.2f} {line.baseline:.2f} {line.size:.2f} {line.text}"
        for number, page in enumerate(sheet.pages)
        for line in page.text_lines
    )


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_HALF]
