"""Issuing from the window: a paper is numbered and kept as evidence when it is really printed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from xinfang_desktop.casework import papers
from xinfang_desktop.casework.matters import load_matter
from xinfang_desktop.forms.issuing import PaperMaker, makers
from xinfang_desktop.forms.office_forms import FOLDER as OFFICE_FORMS
from xinfang_desktop.forms.office_forms import FormProblem, all_papers, load_office_forms
from xinfang_desktop.forms.papers import AnyPaper
from xinfang_desktop.models import IssuedPaper, Matter

from .desk import Desk
from .printing import Paper


class Issuing:
    """The papers of the office as a window uses them: the built-in ones and the office's own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.papers: dict[str, AnyPaper] = all_papers(desk.folder)
        self.makers: dict[str, PaperMaker] = makers(self.papers)

    def faults(self) -> list[FormProblem]:
        """Tell what is wrong in the office's own form files."""
        return load_office_forms(self._desk.folder / OFFICE_FORMS)[1]

    def paper(self, key: str, record: Matter) -> Paper:
        """Give a paper of the matter that is issued when it is printed."""
        shown = Paper.of(self.papers[key], record, record.office)
        number = record.petition.number

        def issue(session: Any) -> bytes:  # noqa: ANN401 - the store's, not ours
            matter = load_matter(session, number, viewer=self._desk.viewer)
            return papers.issue_once(
                session,
                self._desk.store.vault,
                self.makers[key],
                matter,
                viewer=self._desk.viewer,
                now=self._desk.now(),
            ).pdf

        return replace(shown, issue=self._in_one_transaction(issue))

    def again(self, issued: IssuedPaper, record: Matter) -> Paper:
        """Give an issued paper to be printed once more, marked 重印."""
        maker = self.makers[issued.form]
        return self._of_kept(
            issued,
            record,
            lambda session: papers.reprint(
                session,
                self._desk.store.vault,
                maker,
                issued.id or 0,
                viewer=self._desk.viewer,
                now=self._desk.now(),
            ),
        )

    def onwards(self, issued: IssuedPaper, record: Matter) -> Paper:
        """Give what was filled in since a paper was printed, for that very sheet (续打)."""
        maker = self.makers[issued.form]
        return self._of_kept(
            issued,
            record,
            lambda session: (
                papers.continued(
                    session,
                    self._desk.store.vault,
                    maker,
                    record,
                    viewer=self._desk.viewer,
                    now=self._desk.now(),
                ).pdf
            ),
        )

    def kept(self, issued: IssuedPaper) -> bytes:
        """Give the very bytes of an issued paper, to be looked at."""
        vault, viewer = self._desk.store.vault, self._desk.viewer
        return self._desk.read(
            lambda session: papers.kept_pdf(session, vault, issued.id or 0, viewer=viewer)
        )

    def issued(self, record: Matter) -> list[tuple[IssuedPaper, bool]]:
        """List the issued papers of a matter, the latest first, and which no longer agree."""
        petition, viewer = record.petition.id, self._desk.viewer
        if petition is None:
            return []
        listed = self._desk.read(lambda session: papers.issued(session, petition, viewer=viewer))
        stale = self._desk.read(
            lambda session: papers.stale(session, record, self.makers, viewer=viewer)
        )
        outdated = {paper.id for paper in stale}
        return [(paper, paper.id in outdated) for paper in listed]

    def title(self, issued: IssuedPaper) -> str:
        """Say what the office calls an issued paper, also one it no longer has."""
        paper = self.papers.get(issued.form)
        return paper.title if paper else issued.form

    def _of_kept(
        self,
        issued: IssuedPaper,
        record: Matter,
        work: Callable[[Any], bytes],
    ) -> Paper:
        shown = Paper.of(self.papers[issued.form], record, record.office)
        made = self._in_one_transaction(work)
        kept: list[bytes] = []

        def once() -> bytes:
            if not kept:
                kept.append(made())
            return kept[0]

        return replace(shown, pdf=once, issue=None)

    def _in_one_transaction(self, work: Callable[[Any], bytes]) -> Callable[[], bytes]:
        def made() -> bytes:
            content, _ = self._desk.store.do(work)
            return content

        return made
