"""What each letter of the office must say, may not say, and to whom it goes."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.helpers import docx_reading
from tests.helpers.office import NOW, OFFICE, SEALED_WORDS, TODAY, accusation
from tests.helpers.papers import empty, ordinary
from tests.helpers.pdf_reading import text_layer
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.docx import docx_bytes
from xinfang_desktop.forms.letter import ROOM, Addressee, Letter, Section, has_room
from xinfang_desktop.forms.papers import compose_paper
from xinfang_desktop.forms.pdf import pdf_bytes
from xinfang_desktop.forms.printing import docx_paper, print_paper
from xinfang_desktop.models import (
    Action,
    FollowUpMethod,
    IssuedFacts,
    LetterHead,
    Matter,
    Route,
    Satisfaction,
    Step,
    Weight,
)

LETTERS = {key: form for key, form in FORMS.items() if isinstance(form, Letter)}
every_letter = pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS.keys())

OUTSIDE = {
    "assignment_letter", "conclusion_report", "liaison_letter", "mediation_agreement",
    "referral_letter", "settlement_agreement", "supervision_letter", "verification_report",
}  # fmt: skip
"""What goes to another body, or is read by the other party."""

AGREEMENTS = {"mediation_agreement", "settlement_agreement"}
outside = pytest.mark.parametrize("key", sorted(OUTSIDE))
to_petitioner = pytest.mark.parametrize("key", sorted({*LETTERS} - OUTSIDE))

ARTICLE = re.compile(
    r"《信访工作条例》第(?P<article>[一二三四五六七八九十]+)条"
    r"(第[一二三四]款)?(第[一二三四五六]项)?"
)
DIGITS = "零一二三四五六七八九"
FILLED = {
    "facts": "经到现场查看并询问村委会，水渠长约八百米，淤积属实，暂未列入本年维修计划。",
    "reason": "该事项需要测量渠道并征求三个村民小组的意见，情况复杂，原期限内不能查清。",
    "basis": "《农田水利条例》第十八条。",
    "addressee": "灵芝街道办事处",
    "account": "渠道清淤已于十月完工，本次复看渠道畅通，未见漫水。",
    "terms": "乙方负责在入冬以前完成清淤；甲方在施工期间让出田边的便道。",
    "claim": "要求重新核定水渠维修的责任，尽快安排清淤。",
    "opinion": "请求事实清楚，予以支持，十二月底以前完成清淤。",
    "request": "请派员核实水渠的权属和管护责任，并于十月底以前函复。",
}
"""What a clerk might write into the blanks that have no usual words."""


def letter_of(key: str) -> Letter:
    return LETTERS[key]


def han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (
        (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")
    )


NUMERALS = {han(number) for number in range(1, 51)}
"""The fifty articles of 信访工作条例, as it counts them."""


def handled() -> Matter:
    """Give a matter with all that becomes known of one until it is concluded."""
    matter = ordinary()
    matter.office = OFFICE.model_copy(update={"superior_bureau": "某某市信访局"})
    matter.paper = IssuedFacts(number="镜访告〔2026〕16号", issued_on=date(2026, 10, 12))
    matter.petition.route = Route.PETITION
    matter.petition.superior_number = "330600202610080023"
    matter.petition.responsible_body = "规划建设部"
    matter.petition.handler = "周建"
    matter.petition.accepted_on = date(2026, 10, 9)
    matter.petition.concluded_on = date(2026, 11, 16)
    matter.petition.conclusion = "请求事实清楚，予以支持，十二月底以前完成清淤。"
    matter.follow_up.method = FollowUpMethod.PHONE
    matter.follow_up.satisfaction = Satisfaction.SATISFIED
    return matter


def filled_in(letter: Letter, matter: Matter) -> Matter:
    """Write into a letter what it has no usual words for, and fill the room in those it has."""
    for part in letter.written:
        words = letter.words(part, matter).strip() or FILLED[part.name]
        path = letter.path(part)
        letter.bindings[path].write(matter, re.sub(f"{ROOM}+", "十一月十六日", words))
    return matter


def said(letter: Letter, matter: Matter) -> str:
    return "".join(compose_paper(letter, matter).text.split())


# what a letter must say


@every_letter
def test_a_letter_with_everything_said_may_be_issued(letter: Letter) -> None:
    assert letter.missing(filled_in(letter, handled())) == []


@every_letter
def test_a_letter_at_ordinary_length_is_one_page(letter: Letter) -> None:
    assert len(compose_paper(letter, filled_in(letter, handled())).pages) == 1


@every_letter
def test_room_left_in_the_usual_words_keeps_a_letter_from_being_issued(letter: Letter) -> None:
    matter = handled()
    told = {problem.path: problem.text for problem in letter.missing(matter)}
    for part in letter.written:
        words = letter.words(part, matter)
        if words.strip() and has_room(words):
            assert told[letter.path(part)] == f"“{part.title}”里还有空着没填的地方。"


def test_room_at_the_head_of_a_line_is_only_an_indent() -> None:
    assert not has_room("第一段\n　　　　第二段")
    assert has_room("办理期限延长至　　　　")


@every_letter
def test_every_article_that_a_letter_names_exists(letter: Letter) -> None:
    for article in letter.articles:
        found = ARTICLE.fullmatch(article)
        assert found, article
        assert found["article"] in NUMERALS, article


@every_letter
def test_every_article_in_the_words_of_a_letter_is_one_it_rests_on(letter: Letter) -> None:
    text = said(letter, filled_in(letter, handled()))
    rests_on = {found["article"] for found in map(ARTICLE.match, letter.articles) if found}
    for found in ARTICLE.finditer(text):
        assert found["article"] in NUMERALS
        assert found["article"] in rests_on, found[0]


def test_each_number_series_belongs_to_one_letter() -> None:
    series = [letter.series for letter in LETTERS.values() if letter.series]
    assert len(set(series)) == len(series)
    assert {key for key, letter in LETTERS.items() if not letter.series} == {"verification_report"}


@every_letter
def test_a_letter_with_a_number_of_its_own_shows_it(letter: Letter) -> None:
    shown = "编号：镜访告〔2026〕16号" in said(letter, handled())
    assert shown == bool(letter.series)


# 信访处理意见书


OPINION = letter_of("handling_opinion")


@pytest.mark.parametrize("name", ["claim", "facts", "opinion", "basis", "relief"])
def test_the_four_parts_of_article_32_and_the_relief_are_required(name: str) -> None:
    assert f"words.handling_opinion.{name}" in [gap.path for gap in OPINION.missing(empty())]
    matter = handled()
    matter.words[f"handling_opinion.{name}"] = "写了这一部分。"
    assert f"words.handling_opinion.{name}" not in [gap.path for gap in OPINION.missing(matter)]


def test_the_four_parts_stand_in_the_order_of_the_article() -> None:
    heads = [part.text for part in OPINION.parts if isinstance(part, Section)]
    assert heads == ["一、投诉请求", "二、事实和理由", "三、处理意见", "四、法律法规依据"]


@pytest.mark.parametrize("route", list(Route))
def test_the_relief_follows_the_route_of_the_matter(route: Route) -> None:
    matter = handled()
    matter.petition.route = route
    text = said(OPINION, matter)
    assert "".join(matter.relief.split()) in text
    assert ("复查" in text) == (route is Route.PETITION)
    assert ("行政复议" in text) == (route in (Route.ADMINISTRATIVE, Route.DUTY))


def test_the_opinion_cannot_be_issued_before_the_route_is_known() -> None:
    matter = filled_in(OPINION, handled())
    matter.petition.route = None
    assert [problem.text for problem in OPINION.missing(matter)] == ["还没有写“救济途径”。"]


def test_the_opinion_is_the_conclusion_or_what_a_visitor_was_told_on_the_spot() -> None:
    matter = handled()
    matter.petition.reception_opinion = "当场说明：水渠已列入年内清淤。"
    assert "当场说明" not in said(OPINION, matter)
    matter.petition.conclusion = ""
    assert "当场说明：水渠已列入年内清淤。" in said(OPINION, matter)
    assert "words.handling_opinion.opinion" not in [gap.path for gap in OPINION.missing(matter)]
    matter.done.assign = Step(petition_id=1, action=Action.ASSIGN, done_on=TODAY, recorded_at=NOW)
    assert "当场说明" not in said(OPINION, matter)


# the figures of the law


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("acceptance_notice", "自受理之日起60日内办结"),
        ("acceptance_notice", "延长不超过30日"),
        ("referral_letter", "自收到之日起15日内"),
        ("referral_letter", "5个工作日内提出异议"),
        ("assignment_letter", "自收到之日起15日内"),
        ("assignment_letter", "5个工作日内提出异议"),
        ("supervision_letter", "自收到本函之日起15日内"),
        ("extension_notice", "延长不超过30日"),
        ("review_opinion", "自收到本意见书之日起30日内"),
        ("reexamination_opinion", "仍以同一事实和理由提出投诉请求的"),
        ("reexamination_opinion", "不再受理"),
        ("bar_notice", "不再受理"),
        ("hearing_notice", "代表不超过5人"),
        ("hearing_notice", "可以要求其回避"),
    ],
)
def test_a_letter_says_what_the_article_gives(key: str, words: str) -> None:
    assert words in said(letter_of(key), handled())


def test_after_reexamination_nobody_is_sent_on_to_another_review() -> None:
    for key in ("reexamination_opinion", "bar_notice"):
        assert "上一级" not in said(letter_of(key), handled())


@every_letter
def test_no_letter_asks_anybody_to_give_up_a_right(letter: Letter) -> None:
    text = said(letter, filled_in(letter, handled()))
    for words in ("放弃", "息访", "息诉", "罢访", "不再信访", "不再上访", "承诺不"):
        assert words not in text


# to whom it goes


@to_petitioner
def test_a_letter_to_the_petitioner_is_addressed_to_the_petitioner(key: str) -> None:
    letter = letter_of(key)
    (addressee,) = [part for part in letter.written if isinstance(part, Addressee)]
    assert letter.words(addressee, handled()) == "铍𫖯𠮷"
    assert not letter.outside


@outside
def test_a_letter_to_another_body_is_not_addressed_to_the_petitioner(key: str) -> None:
    letter = letter_of(key)
    assert letter.outside
    addressees = [part for part in letter.written if isinstance(part, Addressee)]
    assert len(addressees) == (0 if key in AGREEMENTS else 1)
    assert not any("铍" in letter.words(part, handled()) for part in addressees)


@outside
def test_a_letter_to_another_body_names_an_ordinary_petitioner(key: str) -> None:
    assert "铍𫖯𠮷" in said(letter_of(key), handled())


# accusations


def sealed() -> Matter:
    matter = accusation(superior_number="330600202610080099")
    matter.office = OFFICE.model_copy(update={"superior_bureau": "某某市信访局"})
    return matter


@outside
def test_a_letter_to_another_body_never_tells_who_accuses(key: str) -> None:
    name, document, phone, *_ = SEALED_WORDS
    letter, matter = letter_of(key), sealed()
    sheet = compose_paper(letter, matter)
    for text in (sheet.text, sheet.title, text_layer(pdf_bytes(sheet))):
        for secret in (name, document, phone, matter.petitioner.address):
            assert secret not in "".join(text.split())
    assert "检举控告人（保密）" in said(letter, matter)


@outside
def test_who_accuses_is_found_in_words_that_the_clerk_wrote(key: str) -> None:
    letter, matter = letter_of(key), sealed()
    path = letter.path(letter.written[-1])
    for secret in (*SEALED_WORDS[:3], matter.petitioner.address):
        letter.bindings[path].write(matter, f"请与{secret}联系。")
        told = [problem for problem in letter.missing(matter) if problem.weight is Weight.LAW]
        assert [problem.path for problem in told] == [path]
        assert secret not in told[0].text


def test_a_name_set_apart_by_blanks_is_found_too() -> None:
    letter, matter = letter_of("referral_letter"), sealed()
    matter.petition.claim = "我叫赵　检 举，举报有人低价出租集体店面。"
    assert [problem.path for problem in letter.missing(matter) if problem.weight is Weight.LAW] == [
        "words.referral_letter.claim"
    ]


def test_the_village_or_surname_of_who_accuses_may_be_named() -> None:
    letter, matter = letter_of("referral_letter"), sealed()
    matter.petitioner.name = "解"
    matter.petitioner.address = "解放村"
    matter.petition.claim = "举报解放村集体店面低价出租。"
    assert not [problem for problem in letter.missing(matter) if problem.weight is Weight.LAW]


@pytest.mark.parametrize("accused", ["解放村村民委员会", "解放村村民委员会主任"])
@pytest.mark.parametrize("key", sorted(OUTSIDE - AGREEMENTS))
def test_an_accusation_does_not_go_to_the_accused(key: str, accused: str) -> None:
    letter, matter = letter_of(key), sealed()
    matter.petition.accused = accused
    matter.words[f"{key}.addressee"] = "解放村村民委员会"
    told = [problem for problem in letter.missing(matter) if problem.weight is Weight.LAW]
    assert [problem.path for problem in told] == [f"words.{key}.addressee"]
    matter.words[f"{key}.addressee"] = "某某市纪律检查委员会"
    assert not [problem for problem in letter.missing(matter) if problem.weight is Weight.LAW]


@pytest.mark.parametrize("key", ["supervision_tracking", "archive_cover", "file_contents"])
def test_a_sheet_that_lies_open_does_not_tell_who_accuses(key: str) -> None:
    text = "".join(compose_paper(FORMS[key], sealed()).text.split())
    for secret in (*SEALED_WORDS[:3], sealed().petitioner.address):
        assert secret not in text


@pytest.mark.parametrize("key", ["referral_letter", "assignment_letter"])
def test_who_takes_over_a_matter_is_reminded_of_secrecy(key: str) -> None:
    assert "不得将材料和有关情况透露或者转给被检举、控告的人员或者单位" in said(
        letter_of(key), sealed()
    )


@every_letter
def test_the_headings_of_a_letter_are_counted_from_one(letter: Letter) -> None:
    heads = [part.text[:2] for part in letter.parts if isinstance(part, Section)]
    assert heads == [f"{DIGITS[n]}、" for n in range(1, len(heads) + 1)]


# what is written about them


def test_the_page_on_the_papers_lists_them_all_as_they_are() -> None:
    page = (Path(__file__).parents[2] / "docs" / "papers.md").read_text("utf-8")
    rows = {row[0].strip("`"): row for row in map(cells, page.splitlines()) if len(row) > 3}
    assert set(FORMS) <= set(rows)
    for key, paper in FORMS.items():
        assert rows[key][1] == paper.title
    for key, letter in LETTERS.items():
        _, _, articles, series, goes_to, required = rows[key]
        named = [article.removeprefix("《信访工作条例》") for article in letter.articles]
        assert articles.split("、") == named
        assert series == (letter.series or "—")
        assert letter.outside == (goes_to != "the petitioner")
        assert required == "、".join(part.title for part in letter.written if part.required)


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []


def with_head(head: LetterHead, **changes: object) -> Matter:
    matter = ordinary()
    matter.office = matter.office.model_copy(update={"letter_head": head, **changes})
    return matter


def test_a_preprinted_head_is_left_free_and_nothing_is_lost() -> None:
    letter = FORMS["liaison_letter"]
    plain, free = (
        compose_paper(letter, matter)
        for matter in (ordinary(), with_head(LetterHead.PREPRINTED, red_head_room=90))
    )
    assert min(box.y for box in free.pages[0].boxes) >= 90
    assert "".join(free.text.split()).startswith("".join(plain.text.split())[:40])


def test_the_letter_format_shows_the_office_in_red_over_double_lines() -> None:
    """GB/T 9704-2012, 10.1: the mark 30 mm from the edge, no page number on the first page."""
    sheet = compose_paper(FORMS["liaison_letter"], with_head(LetterHead.LETTER))
    page = sheet.pages[0]
    (mark,) = page.head
    assert (mark.is_red, mark.y, mark.line.text) == (True, 30, OFFICE.signature)
    assert [round(rule.x2 - rule.x1) for rule in page.red_lines] == [170] * 4
    assert page.red_lines[-1].y == 297 - 20
    assert page.foot == ()
    assert "".join(docx_reading.words(docx_bytes(sheet)).split()) == "".join(sheet.text.split())
    assert OFFICE.signature in text_layer(pdf_bytes(sheet))


def test_a_letter_to_the_petitioner_never_takes_the_letter_format() -> None:
    sheet = compose_paper(FORMS["acceptance_notice"], with_head(LetterHead.LETTER))
    assert sheet.pages[0].head == ()
    assert sheet.pages[0].red_lines == ()


def test_a_letter_that_goes_to_the_accused_is_not_printed_in_any_way(tmp_path: Path) -> None:
    matter = accusation()
    matter.petition.number = "镜访〔2026〕5号"
    matter.petition.accused = "某村负责人"
    matter.words["liaison_letter.addressee"] = "某村负责人"
    letter = FORMS["liaison_letter"]
    for file in (tmp_path / "a.pdf", tmp_path / "a.docx"):
        with pytest.raises(OfficeError, match="没有打印"):
            print_paper(letter, matter, OFFICE, file)
        assert not file.exists()
    with pytest.raises(OfficeError):
        docx_paper(letter, matter, OFFICE)
