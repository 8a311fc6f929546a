"""A form to PDF and DOCX, against docxtpl and LibreOffice on the same form."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path

from xinfang_desktop.casework.intake import read_records
from xinfang_desktop.forms.catalogue.visit_registration import VISIT_REGISTRATION as FORM
from xinfang_desktop.forms.compose import compose, compose_blank
from xinfang_desktop.forms.pdf import pdf_bytes
from xinfang_desktop.forms.printing import docx_paper, pdf_paper
from xinfang_desktop.models import Matter
from xinfang_desktop.paths import resource

from .bench import Bench
from .invented import OFFICE, arrivals
from .measuring import AtMost, Row, Times, TimesFaster, side_by_side
from .word_template import Blanks, LibreOffice, blanks_of, filled, office_program, write_template

_WORD = "docxtpl + LibreOffice"
_MISSING = "LibreOffice is not installed: its side was not measured"
_BATCH = 200
_QUICK_BATCH = 40
_KB = 1024


def measure(bench: Bench) -> Iterator[Row]:
    """Measure one form, then many."""
    before = _Before(bench.scratch)
    yield from _one(bench, before)
    yield from _many(bench, before)


class _Before:
    """The form by way of Word, as far as this machine has what it needs."""

    def __init__(self, scratch: Path) -> None:
        self.template = scratch / "template.docx"
        self._scratch = scratch
        program = office_program()
        self._office = LibreOffice(program, scratch) if program else None
        self.note = "" if program else _MISSING
        write_template(compose_blank(FORM, OFFICE), self.template)

    @property
    def is_there(self) -> bool:
        """Whether LibreOffice is installed."""
        return self._office is not None

    def print(self, papers: Sequence[Blanks]) -> list[Path]:
        """Fill the template in for every paper and convert them together."""
        assert self._office is not None
        documents = [self._scratch / f"form-{place}.docx" for place in range(len(papers))]
        for document, blanks in zip(documents, papers, strict=True):
            document.write_bytes(filled(self.template, blanks))
        return self._office.convert(documents)


def _one(bench: Bench, before: _Before) -> Iterator[Row]:
    matter = _sample()
    blanks = blanks_of(compose(FORM, matter))
    ours = partial(pdf_paper, FORM, matter, OFFICE)
    (times,) = side_by_side(ours, runs=bench.runs(60))
    size = len(ours()) / _KB
    yield Row("form: PDF warm", times.median, target=AtMost(40), note=times.computing)
    if before.is_there:
        times, other = side_by_side(ours, partial(before.print, [blanks]), runs=bench.runs(12))
        other_size = before.print([blanks])[0].stat().st_size / _KB
    yield Row(
        "form: PDF, one by one",
        times.median,
        other=other.median if before.is_there else None,
        other_name=_WORD,
        target=TimesFaster(30),
        note=before.note,
    )
    yield Row(
        "form: size of the PDF",
        size,
        "KB",
        other=other_size if before.is_there else None,
        other_name=_WORD,
        target=AtMost(120),
    )
    yield from _word(bench, matter, partial(filled, before.template, blanks))


def _word(bench: Bench, matter: Matter, theirs: Callable[[], bytes]) -> Iterator[Row]:
    ours = partial(docx_paper, FORM, matter, OFFICE)
    times, other = side_by_side(ours, theirs, runs=bench.runs(40))
    yield Row(
        "form: DOCX warm",
        times.median,
        other=other.median,
        other_name="docxtpl",
        note=times.computing,
    )
    sizes = (len(ours()) / _KB, len(theirs()) / _KB)
    yield Row("form: size of the DOCX", sizes[0], "KB", other=sizes[1], other_name="docxtpl")


def _many(bench: Bench, before: _Before) -> Iterator[Row]:
    count = _QUICK_BATCH if bench.quick else _BATCH
    matters = [given.matter for given in islice(arrivals(count), count)]
    in_one, singly = (partial(act, matters) for act in (_one_file, _many_files))
    files = side_by_side(in_one, singly, runs=bench.runs(12))
    ours, separate = (times.each(count) for times in files)
    other: Times | None = None
    if before.is_there:
        papers = [blanks_of(compose(FORM, matter)) for matter in matters]
        again = side_by_side(in_one, partial(before.print, papers), runs=3, warm=False)
        ours, other = (times.each(count) for times in again)
    yield Row(
        f"form: {count} in one PDF, each",
        ours.median,
        other=other.median if other else None,
        other_name=f"{_WORD}, one process",
        target=AtMost(6),
        note=before.note or f"{ours.computing}; {len(in_one()) / _KB:.0f} KB in all",
    )
    yield Row(
        f"form: {count} in files of their own, each",
        separate.median,
        other=other.median if other else None,
        other_name=f"{_WORD}, one process",
        note=before.note,
    )


def _one_file(matters: Sequence[Matter]) -> bytes:
    """Print all the papers as one file; every page is composed anew, the fonts come once."""
    sheets = [compose(FORM, matter) for matter in matters]
    pages = tuple(chain.from_iterable(sheet.pages for sheet in sheets))
    return pdf_bytes(replace(sheets[0], pages=pages))


def _many_files(matters: Sequence[Matter]) -> list[bytes]:
    return [pdf_paper(FORM, matter, OFFICE) for matter in matters]


def _sample() -> Matter:
    text = resource("samples", "october-2026.json").read_text("utf-8")
    return read_records(text)[0].given.to_matter(OFFICE)
