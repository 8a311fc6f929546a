"""A sample office from scratch: what the program does in a month, left in a folder to look at.

Nobody in it exists. The month is worked through day by day; then the clock stands still at its
end, so that two runs leave the same papers.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from xinfang_desktop.casework import handling, intake, matters
from xinfang_desktop.casework.flows import ACTS
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.printing import print_paper
from xinfang_desktop.models import Action, Channel, Leader, Matter, OfficeProfile, Viewer
from xinfang_desktop.paths import resource
from xinfang_desktop.reports.ledger import export_ledger
from xinfang_desktop.store.database import Store, create_store

DEMO_PASSWORD = "演示密码-demo"
DEMO_ACCOUNT = "演示经办"
DEMO_NOW = datetime(2026, 10, 31, 16, 30)
_OPENED = datetime(2026, 10, 1, 8, 30)
_REGISTERED_AT, _STEP_AT = time(9, 30), time(10)
DATA = "演示数据"
_MARK = "这里是演示数据，可以删除.txt"
_FORM = FORMS["visit_registration"]

Say = Callable[[str], None]

DEMO_OFFICE = OfficeProfile(
    name="镜湖新区开发办",
    full_name="绍兴市镜湖新区开发建设办公室",
    desk="信访办",
    superior_bureau="绍兴市信访局",
    leaders=(Leader(title="办主任"), Leader(title="信访工作分管领导")),
)


@dataclass
class _Clock:
    """The clock of the sample office."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


def make_demo(to: Path, *, say: Say) -> None:
    """Set the sample office up in ``to``, work through its month and leave what came of it.

    Raises:
        OfficeError: the folder cannot be written, or holds data that is no demonstration's.
    """
    _prepare(to)
    clock = _Clock(_OPENED)
    store, _ = create_store(
        to / DATA,
        password=DEMO_PASSWORD,
        profile=DEMO_OFFICE,
        account=DEMO_ACCOUNT,
        now=clock.now,
        clock=clock,
    )
    (to / DATA / _MARK).write_text("xinfang demo 建立，再次运行时会重建。\n", encoding="utf-8")
    try:
        _work(store, clock, to, say)
    finally:
        store.close()
    say(f"都在 {to} 里；演示数据的密码是“{DEMO_PASSWORD}”。")


def _work(store: Store, clock: _Clock, to: Path, say: Say) -> None:
    numbers, steps = _work_through_the_month(store, clock)
    say(f"登记了 {len(numbers)} 件，从 {numbers[0]} 到 {numbers[-1]}。")
    say(f"按流程办理了 {len(steps)} 步：签收、交办、答复、回访、不满意核实……")
    papers = _print_visits(store, numbers, to)
    say(f"来访登记单 {papers} 件，各存 PDF 和 DOCX；另有空白表一份。")
    others = _print_every_paper(store, steps, to)
    say(f"其他文书 {others} 种，办过的按办的打印，没办过的打印空白的。")
    ledger = to / "信访台账.xlsx"
    count = store.read(lambda session: export_ledger(session, ledger, viewer=store.viewer))
    say(f"台账 {count} 行：{ledger.name}。")
    summaries = _sum_up(store, to)
    say(f"统计 {len(summaries)} 份：{'、'.join(summaries)}。")
    pictures = _take_pictures(store, to)
    say(f"窗口截图 {len(pictures)} 张：" + "、".join(picture.name for picture in pictures) + "。")


def _sum_up(store: Store, to: Path) -> list[str]:
    """Hand the month in, and leave its report and a week's in every format."""
    from xinfang_desktop.cli_summary import Summing

    names = []
    month = Summing(store, "2026-10", now=DEMO_NOW)
    month.freeze("")
    for ending in (".pdf", ".docx", ".xlsx", ".json"):
        names.append(f"信访工作月报{ending}" if ending != ".json" else f"上报数据{ending}")
        month.write(to / names[-1])
    names.append("周会商周报.pdf")
    Summing(store, "2026-W44", now=DEMO_NOW).write(to / names[-1])
    return names


def _prepare(to: Path) -> None:
    """Make room; only what an earlier demonstration left is taken away."""
    data = to / DATA
    try:
        to.mkdir(parents=True, exist_ok=True)
        if data.exists():
            if not (data / _MARK).exists():
                raise OfficeError(
                    f"“{DATA}”文件夹不是演示程序建立的，没有动它；请换一个文件夹再运行。"
                )
            shutil.rmtree(data)
    except OSError:
        raise OfficeError("这个文件夹不能写入，没有建立演示；请换一个文件夹再运行。") from None


def _work_through_the_month(
    store: Store, clock: _Clock
) -> tuple[list[str], list[tuple[str, Action]]]:
    """Register every matter on the day it came in and do every act on its own day.

    Gives the numbers of the matters, and what was done with each matter's number.
    """
    records = intake.read_records(_sample("october-2026.json"))
    steps = json.loads(_sample("october-2026-steps.json"))
    days = {_day_of(record) for record in records}
    days |= {date.fromisoformat(step["on"]) for step in steps}
    numbers, done = list[str](), list[tuple[str, Action]]()
    for day in sorted(days):
        clock.now = datetime.combine(day, _REGISTERED_AT)
        come = [record for record in records if _day_of(record) == day]
        registered, _ = store.do(
            partial(_register, records=come, now=clock.now, viewer=store.viewer)
        )
        numbers += [one.number for one in registered]
        clock.now = datetime.combine(day, _STEP_AT)
        for given in steps:
            if date.fromisoformat(given["on"]) == day:
                number = numbers[given["record"] - 1]
                store.do(
                    partial(_step, number=number, given=given, now=clock.now, viewer=store.viewer)
                )
                done.append((number, Action.from_code(given["action"])))
    clock.now = DEMO_NOW
    return numbers, done


def _day_of(record: intake.Record) -> date:
    return record.given.received_on.on if record.given.received_on else DEMO_NOW.date()


def _sample(name: str) -> str:
    return resource("samples", name).read_text(encoding="utf-8")


def _register(
    session: Any,  # noqa: ANN401 - the store's own
    *,
    records: list[intake.Record],
    now: datetime,
    viewer: Viewer,
) -> list[intake.Done]:
    return intake.register_records(session, records, by=DEMO_ACCOUNT, now=now, viewer=viewer)


def _step(
    session: Any,  # noqa: ANN401 - the store's own
    *,
    number: str,
    given: dict[str, Any],
    now: datetime,
    viewer: Viewer,
) -> None:
    handling.step(
        session,
        number,
        Action.from_code(given["action"]),
        viewer=viewer,
        now=now,
        on=now.date(),
        by=given.get("by", ""),
        said=given.get("said"),
    )


def _print_every_paper(store: Store, steps: list[tuple[str, Action]], to: Path) -> int:
    """Print every other paper of the office: where it was needed, for the first such matter."""
    needed: dict[str, str] = {}
    for number, action in steps:
        for key in ACTS[action].papers:
            needed.setdefault(key, number)
    others = [form for key, form in FORMS.items() if key != _FORM.key]
    for form in others:
        needed_by = needed.get(form.key)
        matter = _load(store, needed_by) if needed_by else None
        for ending in (".pdf", ".docx"):
            name = f"{needed_by or '空白'} {form.title}{ending}"
            print_paper(form, matter, DEMO_OFFICE, to / name)
    return len(others)


def _load(store: Store, number: str) -> Matter:
    return store.read(lambda session: matters.load_matter(session, number, viewer=store.viewer))


def _print_visits(store: Store, numbers: list[str], to: Path) -> int:
    printed = 0
    for number in numbers:
        matter = _load(store, number)
        if matter.petition.channel is Channel.VISIT:
            for ending in (".pdf", ".docx"):
                print_paper(_FORM, matter, matter.office, to / f"{number} {_FORM.title}{ending}")
            printed += 1
    for ending in (".pdf", ".docx"):
        print_paper(_FORM, None, DEMO_OFFICE, to / f"空白 {_FORM.title}{ending}")
    return printed


def _take_pictures(store: Store, to: Path) -> list[Path]:
    from xinfang_desktop.ui.pictures import take_pictures

    return take_pictures(store, to, now=DEMO_NOW)
