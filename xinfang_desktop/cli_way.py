"""The way of a matter on the command line: what may follow, one act, and taking it back."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlmodel import Session

from xinfang_desktop.casework import guiding, handling, matters
from xinfang_desktop.casework.conditions import Facts
from xinfang_desktop.casework.flows import ACTS
from xinfang_desktop.casework.paper_following import follow
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Action
from xinfang_desktop.models.way import AskKind
from xinfang_desktop.store.database import Store

_UNKNOWN = "没有“{what}”这个办理步骤，没有办理；请用 xinfang step 编号 查看现在可以办理什么。"
_BAD_SET = "“{given}”要写成 名称=内容 的样子，没有办理；名称见 xinfang step 编号 --json。"
_NO_TEXT = "“{act}”没有可以写文字的栏，没有办理；请去掉 --text。"
_BAD_DAY = "“{given}”不是日期，没有办理；请写成2026-10-08的样子。"
_BAD_TIME = "“{given}”不是时刻，没有办理；请写成09:30的样子。"


def offered(store: Store, number: str) -> list[dict[str, Any]]:
    """Tell what may follow now, the next act first, each with what it asks.

    Raises:
        OfficeError: no matter has the number, or it is not for this account.
    """

    def read(session: Session) -> list[dict[str, Any]]:
        facts = _facts(session, store, number)
        assert facts.petition.id is not None
        offers = handling.offers(session, facts.petition.id, viewer=store.viewer)
        following = guiding.next_offer(offers, facts)
        return [
            _offer_object(offer, facts, is_next=offer is following)
            for offer in sorted(offers, key=lambda offer: offer is not following)
        ]

    return store.read(read)


def offer_line(offer: dict[str, Any]) -> str:
    """Tell one offer in a line: code, title, who acts, what it asks, why not now."""
    asked = "、".join(f"{ask['key']}（{ask['title']}）" for ask in offer["asks"])
    mark = "*" if offer["next"] else " "
    return "\t".join(
        (f"{mark} {offer['action']}", offer["title"], offer["actor"], asked, offer["refusal"])
    ).rstrip()


def done(
    store: Store,
    number: str,
    what: str,
    *,
    now: datetime,
    on: str | None = None,
    at: str | None = None,
    by: str = "",
    text: str | None = None,
    settings: Sequence[str] = (),
    confirmed: Sequence[str] = (),
) -> dict[str, Any]:
    """Do the act ``what`` (its code or its title), or take the last one back, and tell it.

    Raises:
        OfficeError: the act is unknown, may not follow, or something about it is wrong.
    """
    action = _action(what)
    day = _parsed(on, date.fromisoformat, _BAD_DAY)
    moment = _parsed(at, time.fromisoformat, _BAD_TIME)
    said: dict[str, object] = dict(_setting(given) for given in settings)

    def work(session: Session) -> dict[str, Any]:
        viewer = store.viewer
        if action is Action.TAKE_BACK:
            told = handling.take_back(session, number, viewer=viewer, now=now)
        else:
            if text is not None:
                said[_text_key(action)] = text
            step = handling.step(
                session,
                number,
                action,
                viewer=viewer,
                now=now,
                on=day,
                at=moment,
                by=by,
                confirmed=frozenset(confirmed),
                said=said,
            )
            follow(session, step, viewer=viewer, now=now)
            told = f"{step.action.label} {step.done_on.isoformat()} {step.done_by}".rstrip()
        petition = _facts(session, store, number).petition
        return {
            "number": petition.number,
            "done": told,
            "stage": petition.stage.value,
            "state": petition.standing,
        }

    try:
        result, _ = store.do(work)
    except handling.UnconfirmedError as error:
        raise OfficeError(f"{error.sentence}（确认请加 --confirm {error.concern.key}）") from None
    return result


def _facts(session: Session, store: Store, number: str) -> Facts:
    return handling.facts_of(session, matters.load_matter(session, number, viewer=store.viewer))


def _offer_object(offer: handling.Offer, facts: Facts, *, is_next: bool) -> dict[str, Any]:
    act = offer.act
    return {
        "action": act.action.value,
        "title": act.action.label,
        "next": is_next,
        "refusal": offer.refusal,
        "actor": act.actor.label,
        "basis": act.basis,
        "papers": list(act.papers),
        "asks": [
            {
                "key": ask.key,
                "title": ask.title,
                "required": ask.required,
                "choices": [{"code": one.value, "label": one.label} for one in choices],
            }
            for ask, choices, _ in handling.asks_of(act, facts)
        ],
    }


def _action(what: str) -> Action:
    for action in (*ACTS, Action.TAKE_BACK):
        if what in (action.value, action.label):
            return action
    raise OfficeError(_UNKNOWN.format(what=what))


def _text_key(action: Action) -> str:
    asks = ACTS[action].asks
    for ask in asks:
        if ask.key == "words":
            return ask.key
    for ask in asks:
        if ask.kind is AskKind.TEXT:
            return ask.key
    raise OfficeError(_NO_TEXT.format(act=action.label))


def _setting(given: str) -> tuple[str, str]:
    key, equals, value = given.partition("=")
    if not key or not equals:
        raise OfficeError(_BAD_SET.format(given=given))
    return key, value


def _parsed(given: str | None, parse: Any, refusal: str) -> Any:  # noqa: ANN401 - day or time
    if given is None:
        return None
    try:
        return parse(given)
    except ValueError:
        raise OfficeError(refusal.format(given=given)) from None
