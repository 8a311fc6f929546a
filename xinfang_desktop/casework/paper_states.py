"""文书去向: where each issued paper is, in whose hands and since when; what does not come back.

A leader endorses by hand, so a matter waits where its paper lies. A paper is printed, goes out to
be signed, comes back, is scanned; each stay is kept (``PaperMove``) and can be taken back. Of a
sealed matter lists tell its number and the day, nothing of the paper.
"""

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlmodel import Session, col, func, select

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Action,
    IssuedPaper,
    Kind,
    Noted,
    PaperMove,
    PaperState,
    Petition,
    PetitionState,
    Viewer,
)

from . import audit
from .cleaning import clean_text
from .matters import office_profile
from .sealing import SEALED_CODE, admit
from .search import Executing, execute

LONG = 3
"""After how many days a paper that went out to be signed should be asked for."""

RECENT = 14
"""For how many days a paper that was printed is thought to be sent out to be signed."""

MOST_HOLDERS = 6
_LATEST = 2000
"""How many of the latest stays are looked at for who had papers."""

_S = PaperState
FOLLOWING: Mapping[PaperState, tuple[PaperState, ...]] = {
    _S.PRINTED: (_S.SENT, _S.SCANNED, _S.VOID, _S.LOST),
    _S.SENT: (_S.RETURNED, _S.SENT, _S.LOST, _S.VOID),
    _S.RETURNED: (_S.SCANNED, _S.SENT, _S.LOST, _S.VOID),
    _S.SCANNED: (_S.SENT, _S.LOST, _S.VOID),
    _S.LOST: (_S.RETURNED, _S.VOID),
    _S.VOID: (_S.PRINTED,),
    _S.CARRIED_ON: (),
}
"""Where a paper may go from where it is, the usual way first; from one leader to the next too."""

_SHEET, _VISIT = "process_sheet_2211", "visit_registration"
_VERIFICATION, _REPORT = "dissatisfaction_verification", "verification_report"
ENDORSED_ON: Mapping[Action, tuple[str, ...]] = {
    Action.RECORD_RECEPTION: (_VISIT,),
    Action.ASSIGN: (_SHEET, _VISIT),
    Action.HAND_OVER: (_SHEET,),
    Action.RETURN: (_SHEET,),
    Action.PROPOSE: (_SHEET, _VISIT),
    Action.REVIEW_MATTER: (_SHEET, _VISIT),
    Action.REVIEW_PETITION: (_SHEET, _VISIT),
    Action.SEND_BACK: (_SHEET, _VISIT, _VERIFICATION, _REPORT),
    Action.CONCLUDE: (_SHEET, _VISIT, "handling_opinion"),
    Action.ASSIGN_VERIFICATION: (_VERIFICATION,),
    Action.ACCOUNT: (_VERIFICATION,),
    Action.ISSUE_ACCOUNT: (_VERIFICATION, _REPORT),
    Action.FEED_BACK: ("supervision_tracking",),
}
"""On which papers an act is written by hand: once it is done, they were in the office again."""

SENT_WITH: Mapping[Action, tuple[str, ...]] = {
    Action.SUBMIT: (_SHEET, _VISIT),
    Action.RECEIVE: (_VISIT,),
    Action.VERIFY: (_VERIFICATION,),
    Action.SUPERVISE: ("supervision_tracking",),
}
"""Which papers leave the office with an act."""

_NOTHING = "没有改动。"
_NONE_CHOSEN = f"没有选定文书；{_NOTHING}请先选定。"
_GONE = f"没有找到这份文书，{_NOTHING}请刷新列表后再试。"
_NOT_FROM = f"“{{number}}”的文书现在是“{{present}}”，不能记为“{{state}}”；{_NOTHING}"
_TO_WHOM = f"送签要写明送给谁；{_NOTHING}"
_AHEAD = f"日期{{day}}还没有到，请核对；{_NOTHING}"
_BEFORE = f"日期{{day}}早于{{earlier}}（{{what}}），请核对；{_NOTHING}"


class PaperList(NamedTuple):
    """A list of papers: its key, what it is called, and what stands in it."""

    key: str
    title: str
    told: str


LISTS: tuple[PaperList, ...] = (
    PaperList("papers_out", "送签未回", "送出去签、还没有签回的文书"),
    PaperList("papers_late", "送签三天未回", f"送签满{LONG}天还没有签回的文书"),
    PaperList("papers_to_send", "待送签", f"{RECENT}天内打印、要领导签、还没有送的文书"),
    PaperList("papers_to_scan", "签回未扫描", "已经签回、还没有扫描的文书"),
)
"""The lists of papers; ``ids`` gives the matters of each."""


@dataclass(frozen=True)
class PaperPlace:
    """Where one issued paper of a matter is; ``form`` is the key of what it is."""

    paper_id: int
    form: str
    number: str
    state: PaperState
    holder: str
    since: date

    @property
    def told(self) -> str:
        """The same in words: 送签：钱主任（10月8日起）."""
        whom = f"：{self.holder}" if self.holder else ""
        return f"{self.state.label}{whom}（{self.since.month}月{self.since.day}日）"

    @property
    def following(self) -> tuple[PaperState, ...]:
        """Where it may go from here, the usual way first."""
        return FOLLOWING[self.state]


class PaperLine(NamedTuple):
    """A paper as a line of a list; of a sealed matter only number, state and day are told."""

    paper_id: int
    petition_id: int
    number: str
    form: str
    paper_number: str
    state: PaperState
    holder: str
    since: date
    days: int
    sealed: bool

    @property
    def following(self) -> tuple[PaperState, ...]:
        """Where it may go from here, the usual way first."""
        return FOLLOWING[self.state]


# doing


def move(
    session: Session,
    paper_ids: Sequence[int],
    state: PaperState,
    *,
    viewer: Viewer,
    now: datetime,
    on: date | None = None,
    holder: str = "",
    remarks: str = "",
) -> list[PaperMove]:
    """Note that papers went to ``state`` on a day (today), all of them or none.

    ``holder`` is who has them now; what is sent out to be signed is sent to somebody.

    Raises:
        OfficeError: none was chosen, one is gone, sealed to the viewer or cannot go there from
            where it is, nobody was named, or the day cannot be; nothing is noted then.
    """
    day, whom = on or now.date(), clean_text(holder)[0].strip()
    if not paper_ids:
        raise OfficeError(_NONE_CHOSEN)
    if state is PaperState.SENT and not whom:
        raise OfficeError(_TO_WHOM)
    if day > now.date():
        raise OfficeError(_AHEAD.format(day=day.isoformat()))
    done = []
    for paper_id in dict.fromkeys(paper_ids):
        paper = session.get(IssuedPaper, paper_id)
        if paper is None:
            raise OfficeError(_GONE)
        number = _admitted(session, paper.petition_id, viewer).number
        present = _present(session, paper_id)
        _check(paper, present, state, day, number)
        stay = PaperMove(
            paper_id=paper_id,
            petition_id=paper.petition_id,
            state=state,
            holder=whom if state is PaperState.SENT else "",
            moved_on=day,
            moved_at=now,
            moved_by=viewer.name,
            remarks=clean_text(remarks)[0].strip(),
        )
        done.append(_enter(session, present, stay))
        told = f"{paper.form} {state.value}"
        audit.note(session, Noted.PAPER_MOVE, number=number, detail=told, by=viewer.name, at=now)
    return done


def carry_on(
    session: Session, earlier: IssuedPaper, later: IssuedPaper, *, by: str, now: datetime
) -> None:
    """Let a sheet that was printed on once more go on under the later paper (续打).

    It is one sheet of paper: where the earlier one was, the later one is, since the same day.
    """
    assert earlier.id is not None and later.id is not None
    present = _present(session, earlier.id)
    if present is not None:
        kept = present.model_dump(exclude={"id", "paper_id"})
        _enter(session, None, PaperMove(**kept, paper_id=later.id))
    stay = PaperMove(
        paper_id=earlier.id,
        petition_id=earlier.petition_id,
        state=PaperState.CARRIED_ON,
        moved_on=now.date(),
        moved_at=now,
        moved_by=by,
    )
    _enter(session, present, stay)


# one matter


def places(session: Session, petition_id: int, *, viewer: Viewer) -> dict[int, PaperPlace]:
    """Give where each issued paper of a matter is, by the paper's id.

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    _admitted(session, petition_id, viewer)
    papers = session.exec(select(IssuedPaper).where(IssuedPaper.petition_id == petition_id))
    present = {
        stay.paper_id: stay
        for stay in session.exec(
            select(PaperMove).where(
                PaperMove.petition_id == petition_id, col(PaperMove.left_on).is_(None)
            )
        )
    }
    return {
        paper.id: _place(paper, present.get(paper.id)) for paper in papers if paper.id is not None
    }


def moves_of(session: Session, petition_id: int, *, viewer: Viewer) -> list[PaperMove]:
    """Give every stay of the papers of a matter, in the order they were noted.

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    _admitted(session, petition_id, viewer)
    query = select(PaperMove).where(PaperMove.petition_id == petition_id)
    return list(session.exec(query.order_by(col(PaperMove.id))))


def returned_with(
    session: Session, petition_id: int, action: Action, *, viewer: Viewer
) -> list[PaperPlace]:
    """Give the papers that are out and must be back once ``action`` is done: it stands on them.

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    return _of_act(session, petition_id, ENDORSED_ON.get(action, ()), (_S.SENT,), viewer)


def sent_with(
    session: Session, petition_id: int, action: Action, *, viewer: Viewer
) -> list[PaperPlace]:
    """Give the papers in the office that leave it with ``action``.

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    here = (_S.PRINTED, _S.RETURNED)
    return _of_act(session, petition_id, SENT_WITH.get(action, ()), here, viewer)


def holders(session: Session, *, viewer: Viewer) -> list[str]:
    """Give to whom papers may be sent: who had some lately, then the leaders of the office."""
    newest = session.exec(select(func.max(PaperMove.id))).one() or 0
    query = (
        select(PaperMove.holder)
        .join(Petition, col(Petition.id) == col(PaperMove.petition_id))
        .where(
            col(PaperMove.id) > newest - _LATEST,
            PaperMove.holder != "",
            col(Petition.kind).is_distinct_from(Kind.ACCUSATION),
        )
        .group_by(col(PaperMove.holder))
        .order_by(func.max(PaperMove.id).desc())
        .limit(MOST_HOLDERS)
    )
    leaders = [leader.name for leader in office_profile(session).leaders if leader.name]
    return list(dict.fromkeys((*session.exec(query), *leaders)))[:MOST_HOLDERS]


# lists

_REGISTERED = f"p.state = '{PetitionState.REGISTERED.value}'"
_SIGNED = json.dumps(sorted({form for forms in ENDORSED_ON.values() for form in forms}))
_IN_STATE = f"""
    SELECT m.paper_id, m.petition_id, m.state, m.holder, m.moved_on AS since
    FROM paper_move AS m JOIN petition AS p ON p.id = m.petition_id AND {_REGISTERED}
    WHERE m.left_on IS NULL AND m.state = ?1 AND m.moved_on <= ?2
"""
_TO_SEND = f"""
    SELECT i.id AS paper_id, i.petition_id, ?1 AS state, '' AS holder, i.issued_on AS since
    FROM issued_paper AS i INDEXED BY issued_paper_day
        JOIN petition AS p ON p.id = i.petition_id AND {_REGISTERED}
    WHERE i.issued_on > ?2 AND i.form IN (SELECT value FROM json_each('{_SIGNED}'))
        AND NOT EXISTS (SELECT 1 FROM paper_move AS m WHERE m.paper_id = i.id)
        AND NOT EXISTS (
            SELECT 1 FROM issued_paper AS later
            WHERE later.petition_id = i.petition_id AND later.form = i.form AND later.id > i.id
        )
"""
_OPEN = f"p.kind IS NOT '{SEALED_CODE}'"
_LINES = f"""
    SELECT l.paper_id, l.petition_id, p.number, iif({_OPEN}, i.form, ''),
        iif({_OPEN}, i.number, ''), l.state, iif({_OPEN}, l.holder, ''), l.since, NOT ({_OPEN})
    FROM ({{listed}}) AS l JOIN issued_paper AS i ON i.id = l.paper_id
        JOIN petition AS p ON p.id = l.petition_id
    ORDER BY l.since, l.paper_id
"""
_IDS = """
    SELECT json_group_array(id) FROM (
        SELECT p.id AS id FROM petition AS p
        WHERE p.id IN (SELECT petition_id FROM ({listed}))
        ORDER BY p.received_on DESC, p.id DESC
    )
"""
_ASKED: Mapping[str, tuple[str, PaperState, int]] = {
    "papers_out": (_IN_STATE, PaperState.SENT, 0),
    "papers_late": (_IN_STATE, PaperState.SENT, LONG),
    "papers_to_send": (_TO_SEND, PaperState.PRINTED, RECENT),
    "papers_to_scan": (_IN_STATE, PaperState.RETURNED, 0),
}
"""For each list its query, the state that its papers are in, and a number of days back."""


def lines(source: Session | Executing, key: str, on: date, *, viewer: Viewer) -> list[PaperLine]:
    """Give the papers of one of ``LISTS``, those that are there longest first."""
    found = _asked(source, _LINES, key, on)
    return [
        PaperLine(
            paper_id,
            petition_id,
            number,
            form,
            paper_number,
            PaperState.from_code(state),
            holder,
            date.fromisoformat(since),
            (on - date.fromisoformat(since)).days,
            bool(sealed),
        )
        for paper_id, petition_id, number, form, paper_number, state, holder, since, sealed in found
    ]


def ids(source: Session | Executing, key: str, on: date, *, viewer: Viewer) -> "array[int]":
    """Give the ids of the matters that have papers in a list, the latest received first."""
    found = _asked(source, _IDS, key, on)
    return array("q", json.loads(next(iter(found))[0]))


def counts(source: Session | Executing, on: date, *, viewer: Viewer) -> dict[str, int]:
    """Give how many papers each of ``LISTS`` has, by its key."""
    sql = "SELECT count(*) FROM ({listed})"
    return {one.key: int(next(iter(_asked(source, sql, one.key, on)))[0]) for one in LISTS}


def _asked(source: Session | Executing, sql: str, key: str, on: date) -> Iterable[tuple[Any, ...]]:
    """Ask a question of one of ``LISTS``."""
    listed, state, days = _ASKED[key]
    back = (on - timedelta(days=days)).isoformat()
    return execute(source, sql.format(listed=listed), (state.value, back))


# inside


def _admitted(session: Session, petition_id: int, viewer: Viewer) -> Petition:
    petition = session.get(Petition, petition_id)
    if petition is None:
        raise OfficeError(_GONE)
    admit(petition, viewer)
    return petition


def _present(session: Session, paper_id: int) -> PaperMove | None:
    """Give the present stay of a paper; None where it was never moved."""
    return session.exec(
        select(PaperMove).where(PaperMove.paper_id == paper_id, col(PaperMove.left_on).is_(None))
    ).first()


def _enter(session: Session, present: PaperMove | None, stay: PaperMove) -> PaperMove:
    """End the present stay and begin another; a paper has one present stay at any moment."""
    if present is not None:
        present.left_on = stay.moved_on
        session.add(present)
        session.flush()
    session.add(stay)
    session.flush()
    return stay


def _check(
    paper: IssuedPaper, present: PaperMove | None, state: PaperState, day: date, number: str
) -> None:
    here = present.state if present else PaperState.PRINTED
    if state not in FOLLOWING[here]:
        raise OfficeError(_NOT_FROM.format(number=number, present=here.label, state=state.label))
    earlier, what = (
        (present.moved_on, present.state.label) if present else (paper.issued_on, "打印日期")
    )
    if day < earlier:
        raise OfficeError(
            _BEFORE.format(day=day.isoformat(), earlier=earlier.isoformat(), what=what)
        )


def _of_act(
    session: Session,
    petition_id: int,
    forms: Iterable[str],
    states: Sequence[PaperState],
    viewer: Viewer,
) -> list[PaperPlace]:
    """Give the latest paper of each of ``forms`` that is in one of ``states``."""
    wanted, found = set(forms), places(session, petition_id, viewer=viewer)
    latest: dict[str, PaperPlace] = {}
    for place in sorted(found.values(), key=lambda place: place.paper_id):
        if place.form in wanted and place.state is not PaperState.VOID:
            latest[place.form] = place
    return [place for place in latest.values() if place.state in states]


def _place(paper: IssuedPaper, stay: PaperMove | None) -> PaperPlace:
    assert paper.id is not None
    return PaperPlace(
        paper.id,
        paper.form,
        paper.number,
        stay.state if stay else PaperState.PRINTED,
        stay.holder if stay else "",
        stay.moved_on if stay else paper.issued_on,
    )
