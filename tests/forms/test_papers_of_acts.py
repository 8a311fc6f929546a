"""What was done with a matter stands on its papers already; nobody types it twice."""

from datetime import date, datetime
from typing import Any

import pytest

from tests.helpers.office import visit
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.papers import compose_paper
from xinfang_desktop.models import (
    Action,
    LatestActs,
    RefusalGround,
    Stage,
    Step,
    SupervisionReason,
)

NOW = datetime(2026, 10, 20, 9)


def step(action: Action, **changes: Any) -> Step:  # noqa: ANN401
    return Step(
        petition_id=1,
        action=action,
        done_on=date(2026, 10, 20),
        done_by="郑主任",
        recorded_at=NOW,
        stage=Stage.HANDLING,
        **changes,
    )


@pytest.mark.parametrize(
    ("paper", "done", "said"),
    [
        (
            "extension_notice",
            step(Action.EXTEND, words="需要现场勘测。", until_on=date(2027, 1, 5)),
            ("需要现场勘测。", "郑主任批准", "延长至2027年1月5日"),
        ),
        (
            "supervision_letter",
            step(
                Action.SUPERVISE,
                body="建设管理部",
                outcome=SupervisionReason.DELAY,
                words="请三日内进场。",
            ),
            ("建设管理部：", "拖延", "请三日内进场。请抓紧"),
        ),
        ("referral_letter", step(Action.TRANSFER, body="市水利局"), ("市水利局：",)),
        (
            "assignment_letter",
            step(Action.HAND_OVER, body="解放村", until_on=date(2026, 12, 31)),
            ("解放村：", "请于2026年12月31日前办结"),
        ),
        (
            "decline_notice",
            step(Action.REFUSE, outcome=RefusalGround.LAWSUIT, words="已在法院审理。"),
            ("已在法院审理。", "第二十条，不予受理"),
        ),
        ("review_opinion", step(Action.REQUEST_REVIEW), ("于2026年10月20日请求复查",)),
        ("reexamination_opinion", step(Action.REQUEST_RE_REVIEW), ("于2026年10月20日请求复核",)),
    ],
)
def test_a_letter_says_what_was_done(paper: str, done: Step, said: tuple[str, ...]) -> None:
    matter = visit()
    matter.done = LatestActs()
    setattr(matter.done, done.action.value, done)
    text = "".join(compose_paper(FORMS[paper], matter).text.split())
    for words in said:
        assert words in text


def test_what_nobody_did_leaves_room_to_write() -> None:
    text = compose_paper(FORMS["referral_letter"], visit()).text
    assert "None" not in text
