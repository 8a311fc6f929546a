"""Whatever the program can be asked, an account without clearance learns nothing of an accusation.

Every public function of casework and reports that takes a session, and every command, is found by
looking; one that is new fails here until it has a case, or a reason why it needs none.
"""

import importlib
import inspect
import json
import pkgutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from tests.helpers.commands import Xinfang
from tests.helpers.office import (
    ACCOUNT,
    CLEARED,
    NOW,
    SEALED_WORDS,
    TODAY,
    UNCLEARED,
    accusation,
    petitioner,
    visit,
)
from xinfang_desktop import casework, cli, reports
from xinfang_desktop.casework import (
    accounts,
    agenda,
    audit,
    bin,
    counting,
    drafts,
    due,
    duplicates,
    earlier,
    facts,
    filters,
    handling,
    known_values,
    ledger,
    linking,
    matters,
    merging,
    names_used,
    paper_states,
    papers,
    platform,
    registration,
    search,
    side_by_side,
    supervision,
    telling,
    time_line,
    today,
    undo,
)
from xinfang_desktop.casework.categories import all_names
from xinfang_desktop.casework.counted import RECEIVED
from xinfang_desktop.casework.counting import Scope
from xinfang_desktop.casework.dimensions import DIMENSIONS
from xinfang_desktop.casework.flows import ACTS
from xinfang_desktop.casework.ledger import COLUMN
from xinfang_desktop.casework.taking_in import checking, entering, repairs
from xinfang_desktop.casework.taking_in.checking import Options, Part
from xinfang_desktop.casework.taking_in.planning import plan
from xinfang_desktop.casework.taking_in.workbook import Book, book_of
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.issuing import makers
from xinfang_desktop.models import Action, Noted, PetitionLink, Relation, Right, Role, Viewer
from xinfang_desktop.models.period import Period, PeriodKind
from xinfang_desktop.reports import figures, snapshot, summary, workbook
from xinfang_desktop.reports import ledger as spreadsheet
from xinfang_desktop.reports.adding_up import figures_file
from xinfang_desktop.reports.measures import MEASURES
from xinfang_desktop.store.accounts import add_account
from xinfang_desktop.store.database import Store

LATER = TODAY + timedelta(90)
NUMBER, OPEN_NUMBER = "镜访〔2026〕1号", "镜访〔2026〕2号"
SECRET = (*SEALED_WORDS, "密址", "密地", "改过的密事", "纪检监察")
LEADER = Viewer(name="钱领导", cleared=False, role=Role.LEADER)
ADMINISTRATOR = Viewer(name="孙管理", cleared=False, role=Role.ADMINISTRATOR)
VIEWERS = {"clerk": UNCLEARED, "leader": LEADER, "administrator": ADMINISTRATOR}

LISTED_FOR = [one.key for one in supervision.LISTS]

Ask = Callable[[Session, Viewer], object]


def exported(session: Session, viewer: Viewer) -> str:
    target = Path("台账.xlsx")
    spreadsheet.export_ledger(session, target, viewer=viewer)
    with zipfile.ZipFile(BytesIO(target.read_bytes())) as book:
        return b"".join(map(book.read, book.namelist())).decode("utf-8")


def everything_found(session: Session, viewer: Viewer) -> object:
    """Ask for every word of the accusation, and list everything."""
    words = ("", NUMBER, *SECRET, "举报", "3330", "0003333", "330602197205")
    ids = [list(search.find(session, word, viewer=viewer)) for word in words]
    assert all(1 not in found for word, found in zip(words, ids, strict=True) if word in SECRET)
    return [telling.line_object(row) for row in search.rows(session, sorted({*sum(ids, [])}))]


def offered_while_typing(session: Session, viewer: Viewer) -> object:
    """Give what completes a value, but for the names of the shipped classification."""
    kinds = ("bodies", "locations", "categories")
    told = [known_values.known_values(session, kind, viewer=viewer) for kind in kinds]
    return [value for values in told for value in values if value not in all_names()]


def counted_by_facets(session: Session, viewer: Viewer) -> object:
    return [search.facet_counts(session, facet, viewer=viewer) for facet in filters.FACET]


def drilled_down(session: Session, viewer: Viewer) -> object:
    """Open the list behind every figure of the day, and ask for the work of it."""
    figures_of_day = [
        *today.counts(session, LATER, viewer=viewer),
        *today.quiet_counts(session, TODAY, viewer=viewer),
    ]
    opened = [
        search.rows(session, search.find(session, viewer=viewer, **figure.filter))
        for figure in figures_of_day
    ]
    lines = today.work(session, LATER, viewer=viewer)
    assert any(line.sealed for line in lines)
    told = today.reminder(lines, LATER)
    assert NUMBER not in told.text
    listed = [today.ids(session, one.key, LATER, viewer=viewer) for one in today.LISTS]
    return [opened, lines, told, listed]


def alike(session: Session, viewer: Viewer) -> object:
    name, document, phone, *_ = SEALED_WORDS
    same = petitioner(name=name, document_number=document, phone=phone, address="密址五组")
    alike = visit(same, claim=f"举报有人{SEALED_WORDS[3]}。")
    found = duplicates.similar(session, alike, viewer=viewer, limit=50)
    assert found == []
    return found


def beside(session: Session, viewer: Viewer) -> object:
    """Ask what stands beside the open matter, linked with the accusation, and beside that."""
    own = matters.load_matter(session, OPEN_NUMBER, viewer=viewer)
    found = earlier.earlier(session, own, viewer=viewer, today=TODAY)
    assert found.find(NUMBER) is None
    typed = accusation()
    typed.decisions = {NUMBER: Relation.SAME_MATTER}
    told = earlier.earlier(session, typed, viewer=viewer, today=TODAY)
    assert told == earlier.Earlier()
    return [found, told, facts.facts_of_draft(session, typed, viewer=viewer, today=TODAY)]


def put_side_by_side(session: Session, viewer: Viewer) -> object:
    own = matters.load_matter(session, OPEN_NUMBER, viewer=viewer)
    told = duplicates.Proposal(NUMBER, TODAY, "", "", "", 0.0)
    return side_by_side.side_by_side(session, own, told, viewer=viewer)


def decided(session: Session, viewer: Viewer) -> None:
    same = Relation.SAME_MATTER
    linking.decide(session, OPEN_NUMBER, NUMBER, same, viewer=viewer, by=ACCOUNT, now=NOW)


def counted(session: Session, viewer: Viewer) -> object:
    """Ask for every figure and every group of every figure, and open the lists behind them."""
    scope = Scope(Period.year(TODAY), TODAY, matters.office_profile(session))
    told: list[object] = [figures.figures(session, scope), figures.values(session, scope, [])]
    for dimension in DIMENSIONS.values():
        for part in figures.figures_by(session, scope, dimension, [MEASURES["received"]]):
            pointer = part.pointer("received")
            opened = figures.behind(session, scope, pointer)
            told += [part.label, pointer, search.rows(session, [*opened])]
        told.append(counting.count_by(session, scope, dimension, [RECEIVED]))
    return [told, counting.count(session, scope, [RECEIVED])]


def summed_up(session: Session, viewer: Viewer) -> object:
    """Ask for the summaries of every kind, hand one in, and ask what changed since."""
    told: list[object] = []
    for kind in PeriodKind:
        made = summary.summarise(session, Period.of(kind, TODAY), today=TODAY)
        told += [made.report, made.words, made.agenda]
    scope = Scope(Period.year(TODAY), TODAY, matters.office_profile(session))
    told.append(agenda.agenda(session, scope, RECEIVED))
    told.append(counting.members_by(session, scope, DIMENSIONS["category"], RECEIVED))
    if viewer.may(Right.WORK):
        kept = snapshot.freeze(session, Period.year(TODAY), viewer=viewer, now=NOW)
        told += [kept, figures_file(kept), snapshot.changes(session, kept, today=TODAY)]
    with zipfile.ZipFile(BytesIO(workbook.workbook(session, made))) as book:
        told.append(b"".join(map(book.read, book.namelist())).decode("utf-8"))
    return [told, snapshot.versions(session, Period.year(TODAY))]


def all_due(session: Session, viewer: Viewer) -> object:
    """Ask for everything that runs and why, and open the lists of the day."""
    items = due.due(session, LATER, viewer=viewer, within=None)
    assert NUMBER in {item.number for item in items}
    lists = [due.ids(session, one.key, LATER, viewer=viewer) for one in due.LISTS]
    opened: list[object] = [search.rows(session, found) for found in lists]
    opened += [due.line_of(session, one, viewer=viewer, today=LATER) for one in items]
    return [items, due.explanations(session, items, viewer=viewer), opened]


def names_written(session: Session, viewer: Viewer) -> object:
    """Ask what was written before in every blank of every act."""
    return [
        [
            names_used.names_used(session, act, viewer=viewer),
            *(names_used.answers_used(session, ask, viewer=viewer) for ask in act.asks),
        ]
        for act in ACTS.values()
    ]


def ledger_of_accusations() -> tuple[Book, list[Part]]:
    """Give a foreign ledger with an accusation whose document number is damaged."""
    name, _, phone, claim, _ = SEALED_WORDS
    text = (
        f"日期,姓名,身份证号,电话,内容,信访目的\n2026-10-08,{name},3.3E+17,{phone},{claim},举报\n"
    )
    book = book_of(text.encode(), "来访.csv")
    return book, [one.part() for one in plan(book)]


def checked_again(session: Session, viewer: Viewer) -> object:
    _, parts = ledger_of_accusations()
    found = checking.check(session, parts, Options(), viewer=viewer, today=TODAY)
    return [(one.told, one.reason, one.double_of) for one in found]


def all_papers(session: Session, viewer: Viewer) -> object:
    """Ask for every list of papers, and open the matters behind it."""
    keys = [one.key for one in paper_states.LISTS]
    found = [paper_states.ids(session, key, LATER, viewer=viewer) for key in keys]
    told = [paper_states.lines(session, key, LATER, viewer=viewer) for key in keys]
    return [told, [search.rows(session, ids) for ids in found]]


ASKED: dict[str, Ask] = {
    "accounts.accounts": lambda s, v: accounts.accounts(s, viewer=v),
    "audit.count_entries": lambda s, v: audit.count_entries(s, viewer=v),
    "audit.entries": lambda s, v: audit.entries(s, viewer=v, limit=10_000),
    "audit.field_history": lambda s, v: audit.field_history(s, 1, viewer=v),
    "counting.count": counted,
    "counting.count_by": counted,
    "counting.members": counted,
    "counting.members_by": summed_up,
    "agenda.agenda": summed_up,
    "reports.snapshot.changes": summed_up,
    "reports.snapshot.freeze": summed_up,
    "reports.snapshot.frozen": summed_up,
    "reports.snapshot.versions": summed_up,
    "reports.summary.body_figures": summed_up,
    "reports.summary.summarise": summed_up,
    "reports.summary.prose_of": summed_up,
    "reports.workbook.workbook": summed_up,
    "reports.figures.behind": counted,
    "reports.figures.figures": counted,
    "reports.figures.figures_by": counted,
    "reports.figures.values": counted,
    "bin.discarded": lambda s, v: bin.discarded(s, viewer=v, now=NOW),
    "bin.take_from_bin": lambda s, v: bin.take_from_bin(s, 1, viewer=v, now=NOW),
    "drafts.count_drafts": lambda s, v: drafts.count_drafts(s, v),
    "drafts.drafts": lambda s, v: drafts.drafts(s, v),
    "drafts.open_draft": lambda s, v: drafts.open_draft(s, 1, viewer=v),
    "due.counts": lambda s, v: due.counts(s, LATER, viewer=v),
    "due.due": all_due,
    "due.explanations": all_due,
    "due.ids": all_due,
    "due.line_of": all_due,
    "due.provisional": lambda s, v: due.provisional(s),
    "due.limits_of": lambda s, v: [due.limits_of(s, n, viewer=v, today=LATER) for n in (2, 1)],
    "earlier.earlier": beside,
    "facts.facts_of_draft": beside,
    "side_by_side.side_by_side": put_side_by_side,
    "facts.facts_of": lambda s, v: [facts.facts_of(s, 2, viewer=v), facts.facts_of(s, 1, viewer=v)],
    "handling.offers": lambda s, v: handling.offers(s, 1, viewer=v),
    "handling.way": lambda s, v: handling.way(s, 1, viewer=v),
    "handling.step": lambda s, v: handling.step(s, NUMBER, Action.SIGN_IN, viewer=v, now=NOW),
    "supervision.ids": lambda s, v: [supervision.ids(s, k, TODAY, viewer=v) for k in LISTED_FOR],
    "supervision.counts": lambda s, v: supervision.counts(s, TODAY, viewer=v),
    "supervision.lines": lambda s, v: [
        supervision.lines(s, k, TODAY, viewer=v) for k in LISTED_FOR
    ],
    "handling.take_back": lambda s, v: handling.take_back(s, NUMBER, viewer=v, now=NOW),
    "linking.decide": lambda s, v: decided(s, v),
    "merging.candidates": lambda s, v: [
        list(merging.candidates(s, OPEN_NUMBER, words, viewer=v, today=LATER))
        for words in ("", NUMBER, "1号", *SECRET)
    ],
    "merging.compare": lambda s, v: merging.compare(s, NUMBER, OPEN_NUMBER, viewer=v),
    "merging.differences": lambda s, v: merging.differences(s, NUMBER, OPEN_NUMBER, viewer=v),
    "merging.kept_of": lambda s, v: merging.kept_of(s, NUMBER, OPEN_NUMBER, viewer=v),
    "merging.merge": lambda s, v: merging.merge(
        s, NUMBER, OPEN_NUMBER, viewer=v, by=v.name, now=NOW
    ),
    "merging.unmerge": lambda s, v: merging.unmerge(s, NUMBER, viewer=v, by=v.name, now=NOW),
    "duplicates.similar": alike,
    "ledger.lines": lambda s, v: list(ledger.lines(s, [1, 2])),
    "matters.history": lambda s, v: matters.history(s, 1, viewer=v),
    "matters.links": lambda s, v: [matters.links(s, 2, viewer=v), matters.links(s, 1, viewer=v)],
    "matters.load_matter": lambda s, v: matters.load_matter(s, NUMBER, viewer=v),
    "matters.load_matter_by_id": lambda s, v: matters.load_matter_by_id(s, 1, viewer=v),
    "matters.office_profile": lambda s, v: matters.office_profile(s),
    "names_used.answers_used": names_written,
    "names_used.names_used": names_written,
    "paper_states.counts": lambda s, v: paper_states.counts(s, LATER, viewer=v),
    "paper_states.holders": lambda s, v: paper_states.holders(s, viewer=v),
    "paper_states.ids": all_papers,
    "paper_states.lines": all_papers,
    "paper_states.moves_of": lambda s, v: paper_states.moves_of(s, 1, viewer=v),
    "paper_states.places": lambda s, v: paper_states.places(s, 1, viewer=v),
    "papers.issued": lambda s, v: papers.issued(s, 1, viewer=v),
    "papers.stale": lambda s, v: papers.stale(s, sealed_matter(s), makers(FORMS), viewer=v),
    "platform.sheet": lambda s, v: platform.sheet(s, NUMBER, "entry", viewer=v, now=NOW),
    "platform.note_superior_number": lambda s, v: platform.note_superior_number(
        s, NUMBER, "上1", viewer=v, now=NOW
    ),
    "registration.amend": lambda s, v: registration.amend(s, changed(s), by=v.name, now=NOW),
    "search.count": lambda s, v: search.count(s, viewer=v),
    "known_values.known_values": offered_while_typing,
    "search.facet_counts": counted_by_facets,
    "search.flag_counts": lambda s, v: search.flag_counts(s, viewer=v),
    "search.find": everything_found,
    "search.rows": lambda s, v: search.rows(s, [1, 2]),
    "search.totals": lambda s, v: search.totals(s, [1, 2], viewer=v),
    "time_line.in_round": lambda s, v: time_line.in_round(s, 1, 1, viewer=v),
    "time_line.rounds_of": lambda s, v: time_line.rounds_of(s, 1, viewer=v),
    "time_line.time_line": lambda s, v: time_line.time_line(s, 1, viewer=v),
    "taking_in.checking.check": checked_again,
    "taking_in.entering.ledgers": lambda s, v: entering.ledgers(s, viewer=v),
    "taking_in.entering.original": lambda s, v: entering.original(s, 1, viewer=v),
    "taking_in.entering.taken_out": lambda s, v: entering.taken_out(s, 1, viewer=v),
    "taking_in.entering.matters_of": lambda s, v: search.rows(
        s, entering.matters_of(s, 1, viewer=v)[1]
    ),
    "taking_in.repairs.count_waiting": lambda s, v: repairs.count_waiting(s, viewer=v),
    "taking_in.repairs.leave_out": lambda s, v: repairs.leave_out(s, 1, reason="重复", viewer=v),
    "taking_in.repairs.to_form": lambda s, v: drafts.open_draft(
        s, repairs.to_form(s, 1, {}, "visit_registration", viewer=v, now=NOW), viewer=v
    ),
    "taking_in.repairs.open_row": lambda s, v: repairs.open_row(s, 1, viewer=v, today=TODAY),
    "taking_in.repairs.put_right": lambda s, v: repairs.put_right(s, 1, {}, viewer=v, now=NOW),
    "taking_in.repairs.still_wrong": lambda s, v: repairs.still_wrong(
        s, 1, {}, viewer=v, today=TODAY
    ),
    "taking_in.repairs.take_up_again": lambda s, v: repairs.take_up_again(s, 1, viewer=v),
    "taking_in.repairs.waiting": lambda s, v: repairs.waiting(s, viewer=v, today=TODAY),
    "today.counts": drilled_down,
    "today.ids": drilled_down,
    "today.quiet_counts": drilled_down,
    "today.work": drilled_down,
    "reports.ledger.export_ledger": exported,
}

NEEDS_NO_CASE = {
    "reports.summary.keep_words": "writes",
    "reports.workbook.export_workbook": "writes what workbook gives",
    **dict.fromkeys(
        ("drafts.save_draft", "drafts.discard_draft", "bin.put_in_bin", "bin.empty_bin"),
        "writes what the caller has, and tells nothing",
    ),
    **dict.fromkeys(
        ("registration.register", "registration.void", "intake.register_records"),
        "enters or voids, and tells the number",
    ),
    **dict.fromkeys(
        ("undo.undo", "undo.redo"), "tells an action and a number; its changes are refused below"
    ),
    **dict.fromkeys(
        (
            "handling.facts_of",
            "handling.steps_of_way",
            "written.put_back",
            "matters.petitioners_of",
            "numbering.find_by_number",
            "deadlines.due_before_extension",
            "rounds.latest",
            "rounds.latest_acts",
            "rounds.words_of",
        ),
        "a part of a matter, for those who have admitted the viewer; used inside casework only",
    ),
    **dict.fromkeys(
        (
            "rounds.keep_round",
            "rounds.keep_words",
            "word_index.refresh",
            "word_index.catch_up",
            "matters.save_office_profile",
        ),
        "writes",
    ),
    **dict.fromkeys(
        ("numbering.next_number", "numbering.take_number", "papers.next_paper_number"),
        "takes a number",
    ),
    **dict.fromkeys(
        (
            "linking.chain_of",
            "linking.doublets",
            "linking.relation_of",
            "linking.same_matters",
            "linking.standing_for",
        ),
        "which matters are one, by id; used inside casework only",
    ),
    **dict.fromkeys(
        (
            "linking.keep_decisions",
            "linking.note_decision",
            "linking.seal_doublets",
            "linking.settle",
            "steps.note_step",
        ),
        "writes what the caller has admitted",
    ),
    **dict.fromkeys(
        ("limit_facts.facts_of", "deadlines.latest_extension"),
        "days and kinds of acts, for those who have admitted the viewer or tell no more than due",
    ),
    **dict.fromkeys(
        ("deadlines.refresh", "deadlines.refresh_all"), "writes days, and tells which rule moved"
    ),
    **dict.fromkeys(
        ("limit_rules.rule_book", "work_calendar.work_calendar", "work_calendar.office_hours"),
        "rules and days of the office, nothing of a matter",
    ),
    **dict.fromkeys(
        (
            "calendar_editing.calendar_year",
            "calendar_editing.clear_day",
            "calendar_editing.import_year",
            "calendar_editing.keep_year",
            "calendar_editing.put_back_day",
            "calendar_editing.save_office_hours",
            "calendar_editing.set_day",
            "limit_editing.add_node",
            "limit_editing.change_rule",
            "limit_editing.reset_rule",
            "limit_editing.take_back",
            "limit_editing.switch_rule",
            "limit_upkeep.catch_up",
            "limit_upkeep.days_changed",
            "limit_upkeep.hours_changed",
            "limit_upkeep.is_behind",
            "limit_upkeep.rule_changed",
        ),
        "the office's own settings, and how many limits moved",
    ),
    **dict.fromkeys(
        ("reports.adding_up.expected_offices", "reports.adding_up.keep_expected_offices"),
        "names of offices",
    ),
    "registration.bring_to": "writes, after amend has asked",
    "numbering.is_free": "tells whether a number is given, which every list tells",
    **dict.fromkeys(
        (
            *("registration.register_all", "deadlines.refresh_many"),
            *("word_index.forget", "word_index.refresh_all"),
        ),
        "writes, and tells at most numbers",
    ),
    **dict.fromkeys(
        ("taking_in.entering.take_in", "taking_in.entering.withdraw"),
        "writes, and tells numbers and counts",
    ),
    "taking_in.entering.taken_before": "tells a moment",
    "taking_in.entering.name_of": "tells the name of a file",
    "taking_in.waiting.settle": "writes, and tells a row of a file",
    **dict.fromkeys(
        ("taking_in.columns.keep", "taking_in.columns.kept_for"), "heads of columns, no matter"
    ),
    **dict.fromkeys(
        (
            "papers.issue",
            "papers.issue_once",
            "papers.continued",
            "papers.reprint",
            "papers.kept_pdf",
        ),
        "admits the viewer by load_matter; tests/casework/test_papers.py has the cases",
    ),
    **dict.fromkeys(
        (
            "paper_states.carry_on",
            "paper_states.move",
            "paper_states.returned_with",
            "paper_states.sent_with",
            "paper_following.follow",
        ),
        "asks as places does, or writes what was admitted; tests/casework/test_paper_states.py",
    ),
    **dict.fromkeys(
        ("platform.save_templates", "platform.templates"), "settings of the office, no matter"
    ),
    "audit.note": "notes a number and a kind of thing",
    **dict.fromkeys(
        (
            "layouts.layout",
            "layouts.layouts",
            "layouts.save_layout",
            "layouts.delete_layout",
            "views.views",
            "views.save_view",
            "views.rename_view",
            "views.delete_view",
        ),
        "keeps what lists are to look like and what was asked of them, nothing of a matter",
    ),
    "word_index.is_behind": "tells whether words are to be put in",
    "reading.execute": "runs the queries of the functions above",
}


def sealed_matter(session: Session) -> Any:  # noqa: ANN401
    return matters.load_matter(session, NUMBER, viewer=CLEARED)


def changed(session: Session) -> Any:  # noqa: ANN401
    matter = accusation(claim="改过的密事")
    matter.petition.id = 1
    return matter


def functions() -> Iterator[str]:
    """Name every public function of casework and reports that takes a session."""
    for package, prefix in ((casework, ""), (reports, "reports.")):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            name = module.name
            for function in vars(importlib.import_module(name)).values():
                if not inspect.isfunction(function) or function.__module__ != name:
                    continue
                if function.__name__.startswith("_"):
                    continue
                if {"session", "source"} & set(inspect.signature(function).parameters):
                    inside = name.removeprefix(f"{package.__name__}.")
                    yield f"{prefix}{inside}.{function.__name__}"


@pytest.fixture
def sealed(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Give a store in which an accusation has left every trace that a matter can leave."""
    monkeypatch.chdir(tmp_path)
    form = "visit_registration"

    def fill(session: Session) -> None:
        registration.register(session, accusation(), by=ACCOUNT, now=NOW)
        registration.register(session, visit(), by=ACCOUNT, now=NOW)
        session.add(PetitionLink(petition_id=2, earlier_id=1, relation=Relation.SAME_PERSON))
        draft = drafts.save_draft(session, form, accusation(), draft_id=None, now=NOW)
        drafts.discard_draft(session, draft, now=NOW)
        drafts.save_draft(session, form, accusation(), draft_id=None, now=NOW)

    def take_in(session: Session) -> None:
        book, parts = ledger_of_accusations()
        rows = checking.check(session, parts, Options(), viewer=CLEARED, today=TODAY)
        entering.take_in(session, store.vault, book, rows, Options(), viewer=CLEARED, now=NOW)

    store.do(fill)
    store.do(take_in)
    store.do(lambda s: registration.amend(s, amended(s), by=ACCOUNT, now=NOW))
    store.do(lambda s: undo.undo(s, by=ACCOUNT, now=NOW))
    store.do(lambda s: undo.redo(s, by=ACCOUNT, now=NOW))
    store.read(lambda s: matters.load_matter(s, NUMBER, viewer=CLEARED))
    return store


def amended(session: Session) -> Any:  # noqa: ANN401
    matter = matters.load_matter(session, NUMBER, viewer=CLEARED)
    matter.petition.claim = f"改过的密事：{matter.petition.claim}"
    return matter


def test_every_question_has_a_case_or_a_reason() -> None:
    known = set(ASKED) | set(NEEDS_NO_CASE)
    assert set(functions()) - known == set()
    assert known - set(functions()) == set()


@pytest.mark.parametrize("who", VIEWERS)
@pytest.mark.parametrize("what", ASKED)
def test_no_question_tells_of_an_accusation(sealed: Store, what: str, who: str) -> None:
    viewer = VIEWERS[who]
    sealed.viewer = viewer
    try:
        told = str(sealed.do(lambda session: ASKED[what](session, viewer))[0])
    except OfficeError as refused:
        told = refused.sentence
    for word in SECRET:
        assert word not in told


@pytest.mark.parametrize("act", [Action.AMEND, Action.VOID, Noted.UNDO])
def test_nobody_without_clearance_changes_one(sealed: Store, act: str) -> None:
    sealed.viewer = UNCLEARED
    acts: dict[str, Callable[[Session], object]] = {
        Action.AMEND: lambda s: registration.amend(s, changed(s), by="李", now=NOW),
        Action.VOID: lambda s: registration.void(s, NUMBER, reason="试", by="李", now=NOW),
        Noted.UNDO: lambda s: undo.undo(s, by="李", now=NOW),
    }
    with pytest.raises(OfficeError, match="没有修改的权限"):
        sealed.do(acts[act])


def test_parts_of_a_matter_are_used_inside_casework_only() -> None:
    root = Path(casework.__file__).parents[1]
    outside = [p for room in ("ui", "reports") for p in (root / room).rglob("*.py")]
    for path in (*outside, *root.glob("cli*.py")):
        text = path.read_text("utf-8")
        for name in ("petitioners_of", "find_by_number", "words_of"):
            assert name not in text, f"{path.name} uses {name}"


def test_the_trail_holds_numbers_and_kinds_of_things_only(sealed: Store) -> None:
    with sealed.reading() as connection:
        told = str(connection.execute("SELECT * FROM audit_entry").fetchall())
    assert NUMBER in told
    for word in (*SECRET, "铍𫖯𠮷", "水渠", "13800001234"):
        assert word not in told


def test_a_look_at_an_accusation_is_noted_once_in_ten_minutes(store: Store) -> None:
    store.do(lambda session: registration.register(session, accusation(), by=ACCOUNT, now=NOW))
    for minutes in (0, 1, 20):
        store.clock = lambda minutes=minutes: NOW + timedelta(minutes=minutes)
        store.read(lambda session: matters.load_matter(session, NUMBER, viewer=CLEARED))
    with store.reading() as connection:
        looks = connection.execute("SELECT number FROM audit_entry WHERE act = 'view_sealed'")
        assert looks.fetchall() == [(NUMBER,), (NUMBER,)]


COMMANDS: dict[str, list[tuple[str, ...]]] = {
    "today": [("today",), ("today", "--json", "--on", "2027-02-20")],
    "due": [("due",), ("due", "--json", "--on", "2027-02-20"), ("due", "--within", "9")],
    "show": [("show", NUMBER), ("show", NUMBER, "--json"), ("show", OPEN_NUMBER, "--json")],
    "search": [
        ("search",),
        ("search", "--json"),
        ("search", SEALED_WORDS[0]),
        ("search", "举报"),
        ("search", NUMBER, "--columns", ",".join(COLUMN), "--full", "--purpose", "试", "--json"),
        ("search", "属地:密地", "--columns", ",".join(COLUMN), "--sort", "内容分类"),
    ],
    "step": [("step", NUMBER), ("step", NUMBER, "--json"), ("step", NUMBER, "sign_in")],
    "void": [("void", NUMBER, "--reason", "试")],
    "print": [("print", form, NUMBER, "--to", "单.pdf") for form in FORMS],
    "export": [
        ("export", "--to", "出.xlsx"),
        ("export", "--to", "全.xlsx", "--columns", ",".join(COLUMN), "--full", "--purpose", "试"),
    ],
    "import": [
        ("import", "来访.csv", "--dry-run"),
        ("import", "来访.csv", "--dry-run", "--json", "--full", "--purpose", "试"),
        ("import", "来访.csv", "--with-doubles", "--json"),
        ("import", "--list", "--json"),
        ("import", "--waiting", "--json"),
        ("import", "--original", "1", "--to", "原件.csv"),
        ("import", "--withdraw", "1", "--json"),
    ],
    "backup": [("backup", "--to", ".")],
    "check": [("check",), ("check", "--json")],
    "accounts": [("accounts",), ("accounts", "--json")],
    "audit": [("audit",), ("audit", "--json"), ("audit", "--verify")],
    "register": [("register", "相同.json", "--json")],
    "summary": [
        ("summary", "2026-10"),
        ("summary", "2026", "--json"),
        ("summary", "2026-W41", "--to", "统计.xlsx"),
        ("summary", "2026-10", "--freeze", "--to", "上报.json"),
        ("summary", "2026-10", "--changes"),
    ],
}
TELL_NOTHING_OF_MATTERS = {
    "init",
    "forms",
    "verify",
    "restore",
    "demo",
    "calendar",
    "deadline",
    "layouts",
    "selftest",
}


def test_every_command_has_a_case_or_tells_nothing_of_matters() -> None:
    assert set(COMMANDS) | TELL_NOTHING_OF_MATTERS == {command[0] for command in cli._COMMANDS}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_tells_of_an_accusation(
    sealed: Store, xinfang: Xinfang, monkeypatch: pytest.MonkeyPatch, command: str, role: Role
) -> None:
    add_account(sealed, name="无权", password="无权的密码", role=role, cleared=False)
    sealed.close()
    monkeypatch.setenv(cli.PASSWORD_VARIABLE, "无权的密码")
    same = {"channel": "visit", "petitioners": [{"name": SEALED_WORDS[0]}]}
    Path("来访.csv").write_bytes(ledger_of_accusations()[0].content)
    Path("相同.json").write_text(json.dumps({**same, "relates_to": "same_matter"}), "utf-8")
    for words in COMMANDS[command]:
        ran = xinfang(*words)
        for word in SECRET:
            assert word not in ran.out + ran.err, words
    for path in Path().glob("*.xlsx"):
        with zipfile.ZipFile(path) as book:
            content = b"".join(map(book.read, book.namelist())).decode("utf-8")
        assert not any(word in content for word in SECRET)
    assert not Path("单.pdf").exists()
    assert not Path("原件.csv").exists()
