"""Walking a matter through the office: a day and an answer for every act."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tests.helpers.office import ACCOUNT, CLEARED, NOW, visit
from xinfang_desktop.casework import handling, registration
from xinfang_desktop.casework.matters import load_matter
from xinfang_desktop.models import (
    Action,
    Adoption,
    Advice,
    Kind,
    Matter,
    MediationResult,
    MediationTier,
    ReceptionBy,
    RefusalGround,
    ReviewOutcome,
    Route,
    Satisfaction,
    ServiceMethod,
    SourceLevel,
    Stage,
    Step,
    SupervisionReason,
    Viewer,
)
from xinfang_desktop.store.database import Store

DAY = date(2026, 10, 9)

ANSWERS: Mapping[Action, Mapping[str, Any]] = {
    Action.CLASSIFY: {"kind": Kind.REMEDY, "route": Route.PETITION},
    Action.RECEIVE: {"outcome": ReceptionBy.DEPARTMENT, "body": "建设管理部"},
    Action.RECORD_RECEPTION: {"reception_opinion": "同意清淤。", "handler": "周承办"},
    Action.ASSIGN: {"body": "建设管理部", "words": "请建设管理部办理。"},
    Action.HAND_OVER: {"body": "解放村", "until_on": date(2026, 12, 31)},
    Action.TRANSFER: {"body": "市水利局"},
    Action.REFER: {"body": "区人民法院"},
    Action.REFUSE: {"outcome": RefusalGround.LAWSUIT, "words": "已在诉讼中。"},
    Action.DECLINE: {"words": "复核意见〔2025〕3号，事实和理由相同。"},
    Action.RETURN: {"words": "不属本部职责。"},
    Action.OBJECT: {"body": "市信访局", "words": "不属本办职权。"},
    Action.RECUSE: {"handler": "吴承办", "words": "有利害关系。"},
    Action.EXTEND: {"until_on": date(2026, 12, 20), "words": "情况复杂。", "by": "郑主任"},
    Action.CLOSE_HEARING: {"words": "已听取双方意见。"},
    Action.MEDIATE: {"outcome": MediationTier.DEPARTMENT_LEADER},
    Action.END_MEDIATION: {"outcome": MediationResult.FAILED},
    Action.CONSULT: {"words": "职责交叉。"},
    Action.CONSULTED: {"words": "由建设管理部牵头。"},
    Action.SUPERVISE: {
        "outcome": SupervisionReason.DELAY,
        "body": "建设管理部",
        "words": "请三日内办理。",
    },
    Action.FEED_BACK: {"words": "已安排施工。"},
    Action.ADVISE: {
        "outcome": Advice.IMPROVE,
        "body": "建设管理部",
        "words": "请建立渠道清淤的定期检查。",
    },
    Action.ADVICE_ANSWERED: {"outcome": Adoption.ADOPTED},
    Action.REPORT_URGENT: {"body": "党委、政府", "words": "可能影响汛期安全。"},
    Action.PROPOSE: {
        "conclusion": "已清淤，水渠恢复通水。",
        "handler": "周承办",
    },
    Action.SEND_BACK: {"words": "请补充现场照片。"},
    Action.REPORT: {"body": "市信访局"},
    Action.REPLY: {"outcome": ServiceMethod.IN_PERSON},
    Action.FOLLOW_UP: {"satisfaction": Satisfaction.SATISFIED, "method": "phone"},
    Action.UNREACHABLE: {"unreachable_reason": "三次未接通，号码已停用。"},
    Action.VERIFY: {"requirement": "核实清淤是否到位。"},
    Action.ASSIGN_VERIFICATION: {"body": "建设管理部"},
    Action.ACCOUNT: {"account": "经现场核实，尚有一段未清。", "handler": "周承办"},
    Action.REQUEST_REVIEW: {"body": "市人民政府"},
    Action.DECIDE_REVIEW: {"outcome": ReviewOutcome.UPHELD},
    Action.REQUEST_RE_REVIEW: {"body": "省人民政府"},
    Action.DECIDE_RE_REVIEW: {"outcome": ReviewOutcome.UPHELD},
}
"""What each act may be answered, where it asks anything that must be said."""

TO_HANDLING = (Action.SIGN_IN, Action.SUBMIT, Action.ASSIGN)
TO_CONCLUSION = (
    *TO_HANDLING,
    Action.ACCEPT,
    Action.PROPOSE,
    Action.REVIEW_MATTER,
    Action.REVIEW_PETITION,
    Action.CONCLUDE,
)
TO_FOLLOW_UP = (*TO_CONCLUSION, Action.REPLY, Action.FOLLOW_UP)


class Walk:
    """One matter in the books that is walked on by its acts."""

    def __init__(self, store: Store, matter: Matter | None = None, now: datetime = NOW) -> None:
        self.store, self.now = store, now
        matter = matter or from_superior()
        self.number = store.do(
            lambda session: registration.register(session, matter, by=ACCOUNT, now=now)
        )[0].number

    def do(
        self,
        *actions: Action,
        on: date = DAY,
        by: str = "",
        viewer: Viewer = CLEARED,
        confirmed: frozenset[str] = frozenset(),
        **said: Any,  # noqa: ANN401
    ) -> Step:
        """Do acts one after another, all on one day; ``said`` answers the last of them."""
        for action in actions:
            given = dict(ANSWERS.get(action, {}))
            if action is actions[-1]:
                given.update(said)
            who = by or str(given.pop("by", ""))
            given.pop("by", None)
            done, _ = self.store.do(
                lambda session, action=action, given=given, who=who: handling.step(  # type: ignore[misc]
                    session,
                    self.number,
                    action,
                    viewer=viewer,
                    now=self.now,
                    on=on,
                    by=who,
                    confirmed=confirmed,
                    said=given,
                )
            )
        return done

    def take_back(self) -> str:
        """Take the latest act back."""
        told, _ = self.store.do(
            lambda session: handling.take_back(session, self.number, viewer=CLEARED, now=self.now)
        )
        return told

    @property
    def matter(self) -> Matter:
        """The matter as it stands."""
        return self.store.read(lambda session: load_matter(session, self.number, viewer=CLEARED))

    def stands_at(self, stage: Stage) -> bool:
        """Tell whether it stands there."""
        return self.matter.petition.stage is stage

    @property
    def id(self) -> int:
        """Its id."""
        found = self.matter.petition.id
        assert found is not None
        return found

    @property
    def offers(self) -> list[handling.Offer]:
        """What may follow."""
        return self.store.read(lambda session: handling.offers(session, self.id, viewer=CLEARED))

    def following(self) -> Action | None:
        """Give the next act of the flow."""
        return next((offer.action for offer in self.offers if offer.is_next), None)

    @property
    def way(self) -> handling.Way:
        """Its way."""
        return self.store.read(lambda session: handling.way(session, self.id, viewer=CLEARED))


def from_superior(**changes: Any) -> Matter:  # noqa: ANN401
    """Give an item that the platform handed down, to be handled by 信访程序."""
    return visit(
        **{
            "source_level": SourceLevel.SUPERIOR,
            "superior_number": "ZLF20261008001",
            "route": Route.PETITION,
            **changes,
        }
    )
