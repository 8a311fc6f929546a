"""Marks lie where the words were found, and nothing sealed is offered."""

import pytest

from tests.helpers.office import ACCOUNT, CLEARED, NOW, TODAY, accusation, petitioner, visit
from xinfang_desktop.casework.grammar import read
from xinfang_desktop.casework.known_values import known_values
from xinfang_desktop.casework.ledger import COLUMN, LedgerLine
from xinfang_desktop.casework.marking import marked
from xinfang_desktop.casework.registration import register
from xinfang_desktop.casework.search import find, rows
from xinfang_desktop.models import Kind
from xinfang_desktop.store.database import Store


@pytest.fixture
def line(store: Store) -> LedgerLine:
    """Give the line of an ordinary matter."""
    matter = visit(
        petitioner(name="单雄信"), claim="村口的老桥年久失修，\n雨季过不去，要求修桥，别的都好说。"
    )
    store.do(lambda session: register(session, matter, by=ACCOUNT, now=NOW))
    return store.read(lambda session: rows(session, find(session, viewer=CLEARED)))[0]


def shown(line: LedgerLine, typed: str, column: str) -> tuple[str, list[str]]:
    """Give the text and what is marked of it."""
    text, spans = marked(read(typed, TODAY), column, COLUMN[column].text(line), line)
    return text, [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("typed", "column", "marks"),
    [
        ("失修", "claim", ["失修"]),
        ("修桥 雨季", "claim", ["雨季", "修桥"]),
        ("sxx", "names", ["单雄信"]),
        ("danxiong", "names", ["单雄"]),
        ("shan xiong", "names", ["单雄"]),
        ("姓名:单", "names", ["单"]),
        ("姓名:修", "claim", []),
        ("诉求:修", "names", []),
        ("1234", "phone", ["1234"]),
        ("镜访", "number", ["镜访"]),
        ("", "claim", []),
        ("状态:已登记", "status", []),
    ],
)
def test_marks_lie_on_what_was_typed(
    line: LedgerLine, typed: str, column: str, marks: list[str]
) -> None:
    assert shown(line, typed, column)[1] == marks


def test_the_beginning_is_left_out_where_the_words_stand_far_behind(line: LedgerLine) -> None:
    text, marks = shown(line, "别的都好", "claim")
    assert text.startswith("…")
    assert marks == ["别的都好"]


def test_nothing_is_marked_in_a_sealed_line(line: LedgerLine) -> None:
    sealed = line._replace(kind=Kind.ACCUSATION)
    assert marked(read("检举", TODAY), "claim", "检举控告（保密）", sealed)[1] == ()


def test_what_the_books_know_is_offered_and_nothing_sealed(store: Store) -> None:
    for matter in (
        visit(
            responsible_body="建设管理部", handler="王承办", location="解放村", category="其他/甲"
        ),
        visit(responsible_body="建设管理部"),
        visit(responsible_body="执法队"),
        accusation(responsible_body="密部", handler="密人"),
    ):
        store.do(lambda s, m=matter: register(s, m, by=ACCOUNT, now=NOW))  # type: ignore[misc]
    with store.reading() as connection:
        told = {
            kind: known_values(connection, kind, viewer=CLEARED)
            for kind in ("bodies", "locations", "categories", "names")
        }
    assert told["bodies"] == ("建设管理部", "执法队", "王承办")
    assert told["locations"] == ("解放村",)
    assert told["categories"][:1] == ("农村农业/水利水电",)
    assert "其他/甲" in told["categories"]
    assert told["names"] == ()
    assert not any("密" in value for values in told.values() for value in values)
