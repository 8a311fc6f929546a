"""续打: what was filled in since, at its place, on the very paper that was printed before."""

from datetime import date

import pytest

from tests.helpers.office import OFFICE
from tests.helpers.papers import KINDS, ordinary
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.continuing import continuing, kept_sheet, with_sheet
from xinfang_desktop.forms.papers import AnyPaper, compose_paper
from xinfang_desktop.forms.pdf import pdf_bytes
from xinfang_desktop.forms.sheet import Sheet, TextLine, rules
from xinfang_desktop.models import FollowUpMethod, Matter, Satisfaction, YesNo

SHEET = FORMS["process_sheet_2211"]
every_paper = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())


def composed(matter: Matter, form: AnyPaper = SHEET) -> Sheet:
    return compose_paper(form, matter)


def line_saying(sheet: Sheet, words: str) -> TextLine:
    found = [line for page in sheet.pages for line in page.text_lines if words in line.text]
    assert len(found) == 1, words
    return found[0]


def concluded() -> Matter:
    matter = ordinary()
    matter.petition.conclusion = "已组织清淤，水渠恢复通水。"
    return matter


def test_only_what_is_new_is_drawn_at_its_place_without_grid_and_captions() -> None:
    before, now = composed(ordinary()), composed(concluded())
    added = continuing(before, now)
    assert added.text == "已组织清淤，水渠恢复通水。"
    assert not list(rules(added.pages[0]))
    assert line_saying(added, "已组织").baseline == line_saying(now, "已组织").baseline
    assert line_saying(added, "已组织").x == line_saying(now, "已组织").x


def test_a_tick_falls_into_its_box_and_a_date_between_its_signs() -> None:
    later = concluded()
    later.follow_up.satisfaction = Satisfaction.MOSTLY_SATISFIED
    later.follow_up.method = FollowUpMethod.PHONE
    later.follow_up.made_on = date(2026, 11, 24)
    later.petition.weekly_consultation = YesNo.YES
    before, now = composed(concluded()), composed(later)
    added = continuing(before, now)
    assert sorted(added.text.split()) == ["11", "2026", "24", "☑", "☑", "☑"]
    printed = line_saying(before, "满意□　基本满意□　不满意□")
    tick = next(b for b in added.pages[0].boxes if b.text == "☑").lines[0]
    em = 12 * 25.4 / 72
    assert tick.x == pytest.approx(printed.x + 8 * em, abs=0.6 * em)
    assert tick.baseline == printed.baseline


def test_figures_of_a_date_stand_clear_of_the_printed_signs() -> None:
    later = ordinary()
    later.follow_up.made_on = date(2026, 11, 24)
    before = composed(ordinary())
    added = continuing(before, composed(later))
    box = next(b for b in before.pages[0].boxes if b.text == "年　　月　　日")
    signs = box.lines[0]
    em = 12 * 25.4 / 72
    year, month, day = added.pages[0].boxes[0].lines
    assert box.x < year.x and year.x + year.width <= signs.x + 0.01
    assert signs.x + em < month.x and month.x + month.width < signs.x + 3 * em
    assert signs.x + 4 * em < day.x and day.x + day.width < signs.x + 6 * em


def test_text_is_placed_in_the_box_that_was_printed_where_rows_grew_since() -> None:
    later = ordinary()
    later.petition.conclusion = "".join(f"第{n}项已经办好，群众认可。" for n in range(1, 5))
    before, now = composed(ordinary()), composed(later)
    printed = next(b for b in before.pages[0].boxes if "处理（答复）意见" in b.text)
    for line in continuing(before, now).pages[0].text_lines:
        assert printed.y < line.baseline < printed.y + printed.height


def test_more_than_the_printed_box_holds_is_refused() -> None:
    later = ordinary()
    later.petition.conclusion = "".join(f"第{n}项已经办好，群众认可。" for n in range(1, 60))
    with pytest.raises(OfficeError, match=r"“处理（答复）意见及结论”.*放不下"):
        continuing(composed(ordinary()), composed(later))


def test_what_stands_on_the_paper_cannot_be_changed() -> None:
    for path, value in (("phone", "13900009999"), ("name", "张三"), ("address", "")):
        later = ordinary()
        setattr(later.petitioner, path, value)
        with pytest.raises(OfficeError, match="已经印在纸上，现在改动了"):
            continuing(composed(ordinary()), composed(later))
    later = concluded()
    later.petition.claim = "改了诉求。"
    with pytest.raises(OfficeError, match="“信访诉求”上次已经印在纸上"):
        continuing(composed(ordinary()), composed(later))


def test_a_tick_that_moved_is_refused() -> None:
    first, later = ordinary(), ordinary()
    first.petition.supervised, later.petition.supervised = YesNo.YES, YesNo.NO
    with pytest.raises(OfficeError, match="是否进入督查督办"):
        continuing(composed(first), composed(later))


def test_another_form_and_nothing_new_are_refused() -> None:
    with pytest.raises(OfficeError, match="没有新填的内容"):
        continuing(composed(ordinary()), composed(ordinary()))
    other = composed(ordinary(), FORMS["visit_registration"])
    with pytest.raises(OfficeError, match="版面和上次打印时不一样"):
        continuing(composed(ordinary()), other)


def test_a_blank_paper_filled_in_later_gets_everything_but_its_captions() -> None:
    blank = composed(Matter(office=OFFICE), FORMS["visit_registration"])
    filled = ordinary()
    filled.petition.number = ""
    filled.petition.channel = Matter(office=OFFICE).petition.channel
    added = continuing(blank, composed(filled, FORMS["visit_registration"]))
    assert "铍𫖯𠮷" in added.text
    assert "信访人姓名" not in added.text


@every_paper
@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS.keys())
def test_the_sheet_is_read_back_from_its_pdf(form: AnyPaper, make: object) -> None:
    sheet = compose_paper(form, make())  # type: ignore[operator]
    kept = kept_sheet(with_sheet(pdf_bytes(sheet), sheet))
    assert kept.text == sheet.text
    assert len(kept.pages) == len(sheet.pages)
    with pytest.raises(OfficeError, match="没有新填的内容"):
        continuing(kept, sheet)


def test_a_pdf_without_a_sheet_cannot_be_continued() -> None:
    with pytest.raises(OfficeError, match="不能续打"):
        kept_sheet(pdf_bytes(composed(ordinary())))
    with pytest.raises(OfficeError, match="不能续打"):
        kept_sheet(b"no PDF")
