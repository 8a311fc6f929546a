"""The papers of the office: forms and letters, composed by whichever way they are made."""

from typing import TypeAlias, assert_never

from xinfang_desktop.models import Matter

from .compose import compose
from .compose_letter import compose_letter
from .definition import Form
from .letter import Letter
from .sheet import Sheet

AnyPaper: TypeAlias = Form | Letter


def compose_paper(paper: AnyPaper, record: Matter) -> Sheet:
    """Compose a paper filled from ``record``."""
    match paper:
        case Form():
            return compose(paper, record)
        case Letter():
            return compose_letter(paper, record)
        case _:
            assert_never(paper)
