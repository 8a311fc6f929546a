"""Issued papers are evidence: numbered once, kept as printed, compared with their matter."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pikepdf
import pytest

from tests.helpers.office import CLEARED, NOW, OFFICE, UNCLEARED, accusation, visit
from tests.helpers.pdf_reading import page_count, text_by_pdfium
from xinfang_desktop.casework import papers, registration
from xinfang_desktop.casework.matters import load_matter, save_office_profile
from xinfang_desktop.casework.papers import Issue
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.forms.archive import flaws
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.issuing import PaperMaker, makers
from xinfang_desktop.models import AuditEntry, IssuedPaper, Matter, NumberSeries, Role, Viewer
from xinfang_desktop.store.database import Store
from xinfang_desktop.store.vault import Stored, Vault

MAKERS = makers(FORMS)
SHEET, LETTER, VISIT = (
    MAKERS[key] for key in ("process_sheet_2211", "liaison_letter", "visit_registration")
)
LATER = NOW + timedelta(days=3)


@pytest.fixture
def matter(store: Store) -> Matter:
    return registered(store)


def registered(store: Store, matter: Matter | None = None) -> Matter:
    given = matter or visit()
    entered, _ = store.do(lambda s: registration.register(s, given, by="王", now=NOW))
    return read(store, entered.number)


def read(store: Store, number: str) -> Matter:
    return store.read(lambda s: load_matter(s, number, viewer=CLEARED))


def amended(store: Store, matter: Matter, change: Callable[[Matter], object]) -> Matter:
    change(matter)
    store.do(lambda s: registration.amend(s, matter, by="王", now=NOW))
    return read(store, matter.petition.number)


def issued(
    store: Store,
    maker: PaperMaker,
    matter: Matter,
    *,
    now: datetime = NOW,
    viewer: Viewer = CLEARED,
    number: str = "",
) -> Issue:
    done, _ = store.do(
        lambda s: papers.issue(s, store.vault, maker, matter, viewer=viewer, now=now, number=number)
    )
    return done


def continued(store: Store, matter: Matter) -> Issue:
    done, _ = store.do(
        lambda s: papers.continued(s, store.vault, SHEET, matter, viewer=CLEARED, now=LATER)
    )
    return done


def written(store: Store, matter: Matter) -> Matter:
    """Write what the liaison letter must say."""

    def change(one: Matter) -> None:
        one.words = {"liaison_letter.addressee": "水利站", "liaison_letter.request": "请派员查看。"}

    return amended(store, matter, change)


def all_issued(store: Store, matter: Matter) -> list[IssuedPaper]:
    id = matter.petition.id
    assert id is not None
    return store.read(lambda s: papers.issued(s, id, viewer=CLEARED))


def stale(store: Store, matter: Matter) -> list[str]:
    found = store.read(lambda s: papers.stale(s, matter, MAKERS, viewer=CLEARED))
    return [paper.form for paper in found]


def test_an_issued_paper_is_kept_as_it_was_printed(store: Store, matter: Matter) -> None:
    done = issued(store, SHEET, matter)
    kept = all_issued(store, matter)[0]
    assert store.vault.read(kept.vault_name) == done.pdf
    assert (kept.number, kept.pages, kept.form_version) == ("2211〔2026〕1号", 1, SHEET.version)
    assert (kept.issued_by, kept.issued_at, kept.issued_on) == (CLEARED.name, NOW, NOW.date())
    assert "单号：2211〔2026〕1号" in text_by_pdfium(done.pdf)
    assert flaws(done.pdf) == []
    assert matter.paper.number == ""


def test_every_paper_of_the_catalogue_can_be_issued(store: Store, matter: Matter) -> None:
    for maker in MAKERS.values():
        for gap in getattr(maker.paper, "written", ()):
            matter.words[f"{maker.key}.{gap.name}"] = "已写"
    matter = amended(store, matter, lambda one: None)
    for maker in MAKERS.values():
        done = issued(store, maker, matter)
        assert done.paper.pages == page_count(done.pdf)
        assert bool(done.paper.number) == bool(maker.series)
    assert stale(store, matter) == []


def test_a_letter_names_what_is_missing_and_uses_no_number(store: Store, matter: Matter) -> None:
    with pytest.raises(OfficeError, match="还没有写“主送单位”、“协调联系事项”"):
        issued(store, LETTER, matter)
    assert all_issued(store, matter) == []
    matter = written(store, matter)
    assert issued(store, LETTER, matter).paper.number == "镜访联系函〔2026〕1号"


def test_numbers_rise_per_series_and_year(store: Store, matter: Matter) -> None:
    matter = written(store, matter)
    given = [
        issued(store, maker, matter, now=now).paper.number
        for maker, now in (
            (SHEET, NOW),
            (LETTER, NOW),
            (SHEET, NOW),
            (SHEET, datetime(2027, 1, 4, 9)),
            (VISIT, NOW),
        )
    ]
    assert given == [
        *("2211〔2026〕1号", "镜访联系函〔2026〕1号", "2211〔2026〕2号", "2211〔2027〕1号", ""),
    ]


def test_the_office_may_set_its_own_pattern(store: Store, matter: Matter) -> None:
    patterns = {"联系函": "镜信函〔{year}〕第{serial:02}号"}
    profile = OFFICE.model_copy(update={"paper_patterns": patterns})
    store.do(lambda s: save_office_profile(s, profile))
    matter = written(store, matter)
    assert issued(store, LETTER, matter).paper.number == "镜信函〔2026〕第01号"


def test_a_number_used_already_is_refused_and_passed_over(store: Store, matter: Matter) -> None:
    assert issued(store, SHEET, matter, number="2211〔2026〕2号").paper.number == "2211〔2026〕2号"
    for spelling in ("2211〔2026〕2号", "2211[2026]2号"):
        with pytest.raises(OfficeError, match="已经用过，没有制作"):
            issued(store, SHEET, matter, number=spelling)
    with pytest.raises(OfficeError, match="没有自己的编号"):
        issued(store, VISIT, matter, number="7号")
    numbers = [issued(store, SHEET, matter).paper.number for _ in range(2)]
    assert numbers == ["2211〔2026〕1号", "2211〔2026〕3号"]


class FullVault(Vault):
    def put(self, content: object) -> Stored:
        raise OfficeError("磁盘已满")


def test_a_full_disk_issues_nothing_and_uses_no_number(store: Store, matter: Matter) -> None:
    full = FullVault(store.folder.root, store.key_for_slots())
    with pytest.raises(OfficeError, match="磁盘已满"):
        store.do(lambda s: papers.issue(s, full, SHEET, matter, viewer=CLEARED, now=NOW))
    assert all_issued(store, matter) == []
    assert store.read(lambda s: s.get(NumberSeries, ("2211〔{year}〕{serial}号", 2026))) is None
    assert issued(store, SHEET, matter).paper.number == "2211〔2026〕1号"


def test_the_bytes_are_kept_before_the_row_says_so(store: Store, matter: Matter) -> None:
    def fails(session: object) -> None:
        papers.issue(session, store.vault, SHEET, matter, viewer=CLEARED, now=NOW)  # type: ignore[arg-type]
        raise OfficeError("停电")

    with pytest.raises(OfficeError, match="停电"):
        store.do(fails)
    assert all_issued(store, matter) == []
    assert len(list(store.vault.names())) == 1


def test_a_reprint_is_marked_on_every_page_and_leaves_what_is_kept(store: Store) -> None:
    matter = registered(store, visit(claim="水渠多年失修，要求清淤。" * 300))
    done = issued(store, VISIT, matter)
    assert done.paper.id is not None
    id = done.paper.id
    marked = store.read(
        lambda s: papers.reprint(s, store.vault, VISIT, id, viewer=CLEARED, now=LATER)
    )
    assert page_count(marked) == done.paper.pages > 1
    assert text_by_pdfium(marked).count("重印　2026年11月25日") == done.paper.pages
    assert "重印" not in text_by_pdfium(done.pdf)
    assert store.vault.read(done.paper.vault_name) == done.pdf
    assert flaws(marked) == []


def test_a_kept_paper_that_is_not_as_it_was_is_not_reprinted(store: Store, matter: Matter) -> None:
    done = issued(store, VISIT, matter)
    other = store.vault.put(b"%PDF another").name

    def exchange(session: object) -> None:
        row = session.get(IssuedPaper, done.paper.id)  # type: ignore[attr-defined]
        row.vault_name = other

    store.do(exchange)
    assert done.paper.id is not None
    id = done.paper.id
    with pytest.raises(OfficeError, match="校验值不符"):
        store.read(lambda s: papers.reprint(s, store.vault, VISIT, id, viewer=CLEARED, now=LATER))


def test_a_changed_matter_tells_which_papers_no_longer_agree(store: Store, matter: Matter) -> None:
    matter = written(store, matter)
    for maker in (VISIT, SHEET, LETTER):
        issued(store, maker, matter)
    assert stale(store, matter) == []
    matter = amended(store, matter, lambda one: setattr(one.petition, "supervised", None))
    matter.petitioner.phone = "13900009999"
    assert sorted(stale(store, matter)) == ["process_sheet_2211", "visit_registration"]
    matter = amended(store, matter, lambda one: None)
    issued(store, SHEET, matter)
    assert stale(store, matter) == ["visit_registration"]


def test_a_form_of_another_version_is_not_compared(store: Store, matter: Matter) -> None:
    issued(store, VISIT, matter)
    matter.petitioner.phone = "13900009999"
    newer = PaperMaker(replace(FORMS["visit_registration"], version=99))
    found = store.read(lambda s: papers.stale(s, matter, {newer.key: newer}, viewer=CLEARED))
    assert found == []


def test_what_is_not_saved_is_not_issued(store: Store, matter: Matter) -> None:
    matter.petition.claim = "改了，还没有保存。"
    with pytest.raises(OfficeError, match="请先保存"):
        issued(store, VISIT, matter)
    with pytest.raises(OfficeError, match="请先登记"):
        issued(store, VISIT, visit())


def test_a_void_matter_gets_no_paper_but_shows_those_it_had(store: Store, matter: Matter) -> None:
    issued(store, VISIT, matter)
    number = matter.petition.number
    store.do(lambda s: registration.void(s, number, reason="重复登记", by="王", now=NOW))
    with pytest.raises(OfficeError, match="已经作废"):
        issued(store, VISIT, read(store, number))
    assert len(all_issued(store, matter)) == 1


def test_sealed_papers_are_for_cleared_accounts(store: Store) -> None:
    matter = registered(store, accusation())
    done = issued(store, VISIT, matter)
    id, petition_id = done.paper.id, matter.petition.id
    assert id is not None and petition_id is not None
    for act in (
        lambda s: papers.issue(s, store.vault, VISIT, matter, viewer=UNCLEARED, now=NOW),
        lambda s: papers.reprint(s, store.vault, VISIT, id, viewer=UNCLEARED, now=NOW),
        lambda s: papers.issued(s, petition_id, viewer=UNCLEARED),
        lambda s: papers.stale(s, matter, MAKERS, viewer=UNCLEARED),
        lambda s: papers.kept_pdf(s, store.vault, id, viewer=UNCLEARED),
        lambda s: papers.continued(s, store.vault, VISIT, matter, viewer=UNCLEARED, now=NOW),
    ):
        with pytest.raises(OfficeError, match="没有查看权限"):
            store.read(act)


def test_every_print_is_noted_by_number_and_form(store: Store, matter: Matter) -> None:
    done = issued(store, SHEET, matter)
    assert done.paper.id is not None
    id = done.paper.id
    store.read(lambda s: papers.reprint(s, store.vault, SHEET, id, viewer=CLEARED, now=LATER))
    with store.reading() as connection:
        noted = connection.execute(
            "SELECT number, detail, by, at FROM audit_entry WHERE act = 'print' ORDER BY id"
        ).fetchall()
    number = matter.petition.number
    assert [(row[0], row[1], row[2]) for row in noted] == [
        (number, "process_sheet_2211", CLEARED.name),
        (number, "process_sheet_2211 重印", CLEARED.name),
    ]
    assert noted[1][3].startswith("2026-11-25")
    assert AuditEntry.__tablename__ == "audit_entry"


def test_who_may_only_read_may_reprint_and_not_issue(store: Store, matter: Matter) -> None:
    done = issued(store, SHEET, matter)
    assert done.paper.id is not None
    id, leader = done.paper.id, Viewer("张领导", cleared=True, role=Role.LEADER)
    store.viewer = leader
    store.read(lambda s: papers.reprint(s, store.vault, SHEET, id, viewer=leader, now=LATER))
    with pytest.raises(OfficeError, match="只能查看"):
        issued(store, SHEET, matter, viewer=leader)


def test_issuing_once_gives_the_same_paper_until_the_matter_changes(
    store: Store, matter: Matter
) -> None:
    def once(matter: Matter) -> Issue:
        done, _ = store.do(
            lambda s: papers.issue_once(s, store.vault, SHEET, matter, viewer=CLEARED, now=LATER)
        )
        return done

    first, again = once(matter), once(matter)
    assert again.paper.id == first.paper.id
    assert again.pdf == first.pdf
    matter = amended(store, matter, lambda one: setattr(one.petition, "headcount", 7))
    assert once(matter).paper.number == "2211〔2026〕2号"


def test_what_was_filled_in_since_is_printed_alone_and_the_whole_is_kept(
    store: Store, matter: Matter
) -> None:
    first = issued(store, SHEET, matter)

    def concluded(one: Matter) -> None:
        one.petition.conclusion = "已组织清淤，水渠恢复通水。"

    def answered(one: Matter) -> None:
        one.follow_up.made_on = date(2026, 11, 24)

    for change, said in ((concluded, "已组织清淤"), (answered, "24")):
        matter = amended(store, matter, change)
        added = continued(store, matter)
        words = text_by_pdfium(added.pdf)
        assert said in words
        assert "信访人姓名" not in words
        kept = store.vault.read(added.paper.vault_name)
        assert said in text_by_pdfium(kept)
        assert first.paper.number in text_by_pdfium(kept)
    assert "已组织清淤" not in words
    assert [paper.number for paper in all_issued(store, matter)] == ["", "", first.paper.number]
    with pytest.raises(OfficeError, match="没有新填的内容"):
        continued(store, matter)


def test_a_paper_never_issued_cannot_be_continued(store: Store, matter: Matter) -> None:
    with pytest.raises(OfficeError, match="请先制作"):
        continued(store, matter)


def test_the_same_paper_gives_the_same_bytes(matter: Matter) -> None:
    assert SHEET.made(matter).pdf == SHEET.made(matter).pdf
    with pikepdf.open(io.BytesIO(SHEET.made(matter).pdf)) as pdf:
        assert "/PieceInfo" in pdf.Root
