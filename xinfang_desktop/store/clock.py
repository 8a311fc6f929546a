"""Whether the machine's clock can be believed: compared with the last thing that was done.

A wrong clock gives wrong days of registration and wrong time limits. It is told and nothing is
rewritten by it.
"""

from datetime import datetime, timedelta

_BEHIND = timedelta(minutes=5)
_AHEAD = timedelta(days=400)
_LAST_YEAR = 2099


def doubt(now: datetime, last: datetime | None) -> str | None:
    """Say what is doubtful about ``now`` when the last entry of the trail was made at ``last``.

    Doubtful is a moment before that entry, more than a year after it, or beyond this century.
    """
    if now.year > _LAST_YEAR:
        return _sentence(now, "年份太远")
    if last is None:
        return None
    if now < last - _BEHIND:
        return _sentence(now, f"早于最近一次操作（{last:%Y-%m-%d %H:%M}）")
    if now > last + _AHEAD:
        return _sentence(now, f"比最近一次操作（{last:%Y-%m-%d}）晚了一年多")
    return None


def _sentence(now: datetime, why: str) -> str:
    return (
        f"电脑上的日期是{now:%Y-%m-%d}，{why}，可能不准；登记日期和时限会跟着错。"
        "已有的记录没有改动。请先校准电脑时间，再继续登记。"
    )
