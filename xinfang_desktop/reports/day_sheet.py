"""每日工作单: the work of a day on paper, in its order, with boxes to be ticked by hand.

It lies open on a desk, so it names petitioners by their surname only, and of an accusation it has
the number and the day.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from xinfang_desktop.casework.reckoning import day_in_words
from xinfang_desktop.casework.today import LISTS, WorkLine
from xinfang_desktop.models import OfficeProfile
from xinfang_desktop.models.report import Paragraph, Report, Said, Section, Table

KEY, TITLE = "day_sheet", "每日工作单"
CLAIM_START = 18
"""How many characters of a claim it has."""

_HEAD = ("办", "编号", "信访人", "事项", "下一步", "期限")
_WIDTHS = (8.0, 33.0, 17.0, 38.0, 28.0, 36.0)
_BOX = "□"
_NOTHING = "今天没有超期、到期的，也没有待回访、送签未回和待核实的。"
_REMARK = "最急的在前，每件只列一次；办完的在方格里打勾。内部使用，注意保管。"
_TWO_CHARACTERS = re.compile(
    "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|令狐|宇文|长孙|慕容|司徒|夏侯|端木|南宫"
)


def day_sheet(lines: Sequence[WorkLine], office: OfficeProfile, today: date) -> Report:
    """Put the work of a day, which stands in its order, on paper."""
    titles = {one.key: one.title for one in LISTS}
    told = "，".join(f"{titles[key]}{number}件" for key, number in _numbers(lines))
    work = _table(told, lines) if lines else Paragraph((Said(_NOTHING),))
    return Report(
        key=KEY,
        title=f"{TITLE}（{today.year}年{today.month}月{today.day}日）",
        office=office.name,
        signature=f"{office.name}{office.desk}",
        period="",
        days="",
        made_on=day_in_words(today, year=True),
        sections=(Section(f"今天要办的{len(lines)}件", (work,)),),
        remarks=(_REMARK,),
    )


def surname(names: str) -> str:
    """Give who is meant without saying who it is: 龚某 等3人; a body keeps its first words."""
    name, apart, others = names.partition(" 等")
    if not name or name == "匿名":
        return names
    if len(name) > 4 and "·" not in name:
        shown = f"{name[:4]}…"
    else:
        shown = f"{name[:2] if _TWO_CHARACTERS.match(name) else name[:1]}某"
    return f"{shown}{apart}{others}"


def due_in_words(line: WorkLine) -> str:
    """Say until when: how long is left of what, and since when a paper is out."""
    if line.item is None:
        return line.waits or line.title
    day = line.item.due_on
    told = f"{day.month}月{day.day}日 {line.item.left}\n{line.limit}"
    return f"{told}\n{line.waits}" if line.waits else told


def _numbers(lines: Sequence[WorkLine]) -> Iterator[tuple[str, int]]:
    for key, group in groupby(lines, lambda line: line.key):
        yield key, len(list(group))


def _table(title: str, lines: Iterable[WorkLine]) -> Table:
    rows = tuple(
        (
            Said(_BOX),
            Said(line.number, matter=line.number),
            Said(surname(line.names)),
            Said(line.claim_start if line.sealed else line.claim_start[:CLAIM_START]),
            Said(line.next_step),
            Said(due_in_words(line)),
        )
        for line in lines
    )
    return Table(title, _HEAD, rows, _WIDTHS, numbers=len(_HEAD))
