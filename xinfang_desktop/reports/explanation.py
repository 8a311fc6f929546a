"""Why a time limit ends on its day (时限说明), as a page that can be printed and handed over.

It holds days, articles and a matter's number; nothing of what the matter is about.
"""

from dataclasses import dataclass
from datetime import date, time

from xinfang_desktop.casework.due import LimitLine, explained
from xinfang_desktop.casework.reckoning import Reckoning, day_in_words
from xinfang_desktop.models import LimitRule, OfficeProfile
from xinfang_desktop.models.report import Paragraph, Report, Said, Section, Table

KEY = "time_limit"
_PROVISIONAL = "暂算：放假安排公布并录入后会重新计算"
_WIDTHS = (28.0, 128.0)


@dataclass(frozen=True)
class ExplainedLimit:
    """A limit with its reasons, of a matter or worked out by itself.

    ``left`` tells how long is left, where that is known; ``number`` is empty without a matter.
    """

    title: str
    length: str
    nominal_on: date
    due_on: date
    due_at: time | None
    alarm_on: date
    provisional: bool
    sentences: tuple[str, ...]
    number: str = ""
    left: str = ""

    @property
    def due(self) -> str:
        """The day it ends, in words."""
        at = f" {self.due_at:%H:%M}" if self.due_at else ""
        return f"{day_in_words(self.due_on, year=True)}{at}"

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is said at a glance: name and value."""
        told = [
            ("事项编号", self.number),
            ("时限", f"{self.title}，{self.length}" if self.length else self.title),
            ("届满日", day_in_words(self.nominal_on, year=True)),
            ("期限", self.due),
            ("提醒从", day_in_words(self.alarm_on) if self.alarm_on != self.due_on else ""),
            ("现在", self.left),
            ("注意", _PROVISIONAL if self.provisional else ""),
        ]
        return tuple((name, value) for name, value in told if value)


def explained_line(line: LimitLine) -> ExplainedLimit:
    """Give a limit of a matter with its reasons."""
    return ExplainedLimit(
        title=line.rule.title,
        length=line.rule.length,
        nominal_on=line.nominal_on,
        due_on=line.due_on,
        due_at=line.due_at,
        alarm_on=line.alarm_on,
        provisional=line.provisional,
        sentences=line.sentences,
        number=line.number,
        left=line.left,
    )


def explained_reckoning(
    reckoning: Reckoning, rule: LimitRule | None = None, title: str = "试算"
) -> ExplainedLimit:
    """Give a limit that was worked out by itself, of a rule or of a plain amount."""
    return ExplainedLimit(
        title=rule.title if rule else title,
        length=rule.length if rule else "",
        nominal_on=reckoning.nominal_on,
        due_on=reckoning.due_on,
        due_at=reckoning.due_at,
        alarm_on=reckoning.alarm_on,
        provisional=reckoning.provisional,
        sentences=explained(rule, reckoning) if rule else reckoning.sentences,
    )


def explanation_report(told: ExplainedLimit, *, office: OfficeProfile, made_on: date) -> Report:
    """Put an explanation on a page."""
    facts = Table(
        title="",
        head=("项目", "内容"),
        rows=tuple((Said(name), Said(value)) for name, value in told.facts),
        widths=_WIDTHS,
        numbers=len(_WIDTHS),
    )
    reasons = tuple(Paragraph((Said(sentence),)) for sentence in told.sentences)
    return Report(
        key=KEY,
        title="时限说明",
        office=office.name,
        signature=office.signature,
        period="",
        days="",
        made_on=f"{made_on.year}年{made_on.month}月{made_on.day}日",
        sections=(Section("期限", (facts,)), Section("怎样算出来的", reasons)),
    )
