"""Batch printing: one after another, stopped and gone on with, nothing issued or printed twice."""

from collections.abc import Callable
from threading import Event

import pytest
from pytestqt.qtbot import QtBot
from sqlmodel import Session, select

from tests.helpers.office import visit
from tests.ui.conftest import Registering
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.issuing import PaperMaker
from xinfang_desktop.models import IssuedPaper
from xinfang_desktop.ui import printing
from xinfang_desktop.ui.batch_print import Batch, BatchDialog, Job, issuing_job
from xinfang_desktop.ui.desk import Desk

SHEET = PaperMaker(FORMS["process_sheet_2211"])
LETTER = PaperMaker(FORMS["liaison_letter"])
GONE = "打印机「老惠普」找不到或没有接收，没有打印；登记内容没有变动。"


class Printer:
    """A printer that takes so many jobs and then is gone."""

    def __init__(self, takes: int = 1000) -> None:
        self.takes = takes
        self.printed: list[tuple[str, bytes]] = []

    def __call__(self, pdf: bytes, name: str) -> None:
        if len(self.printed) >= self.takes:
            raise OfficeError(GONE)
        self.printed.append((name, pdf))

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.printed]


def jobs(count: int) -> list[Job]:
    return [Job(f"第{n}份", lambda n=n: b"%d" % n) for n in range(1, count + 1)]  # type: ignore[misc]


def all_issued(desk: Desk) -> list[str]:
    def work(session: Session) -> list[str]:
        return [paper.number for paper in session.exec(select(IssuedPaper))]

    return desk.read(work)


def test_a_printer_that_vanishes_stops_the_batch_and_the_rest_goes_on_later() -> None:
    batch, printer = Batch(jobs(5)), Printer(takes=2)
    report = batch.run(printer)
    assert report.printed == ("第1份", "第2份")
    assert report.left == ("第3份", "第4份", "第5份")
    assert report.sentence.startswith(
        GONE + "已送打印机2份，还有3份没有打印：第3份、第4份、第5份。"
    )
    printer.takes = 1000
    assert batch.run(printer).sentence == "5份已全部送打印机。"
    assert printer.names == [f"第{n}份" for n in range(1, 6)]


def test_cancelling_stops_after_the_paper_under_way() -> None:
    batch, printer = Batch(jobs(4)), Printer()
    report = batch.run(printer, lambda done, name: batch.cancel() if done == 1 else None)
    assert report.printed == ("第1份", "第2份")
    assert report.sentence.startswith("已取消。")
    assert batch.run(printer).left == ()


def test_a_paper_that_cannot_be_made_is_passed_over_and_told() -> None:
    def refuses() -> bytes:
        raise OfficeError("还没有写“主送单位”。")

    batch = Batch([*jobs(2), Job("联系函", refuses)])
    report = batch.run(Printer())
    assert report.left == ("联系函",)
    assert batch.jobs[2].state == "未打印：还没有写“主送单位”。"


def test_nothing_is_issued_twice_when_the_printer_vanishes(
    desk: Desk, register: Registering
) -> None:
    numbers = [register().number for _ in range(3)]
    batch = Batch([issuing_job(desk, SHEET, number) for number in numbers])
    printer = Printer(takes=1)
    batch.run(printer)
    assert all_issued(desk) == ["2211〔2026〕1号", "2211〔2026〕2号"]
    printer.takes = 1000
    batch.run(printer)
    again = Batch([issuing_job(desk, SHEET, number) for number in numbers])
    again.run(printer)
    assert all_issued(desk) == ["2211〔2026〕1号", "2211〔2026〕2号", "2211〔2026〕3号"]
    assert [pdf for _, pdf in printer.printed[:3]] == [pdf for _, pdf in printer.printed[3:]]


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Printer:
    printer = Printer()
    monkeypatch.setattr(printing, "printers", lambda: ["老惠普"])
    monkeypatch.setattr(
        printing, "print_on", lambda name, content, title, **rest: printer(content, title)
    )
    return printer


@pytest.fixture
def dialog(desk: Desk, register: Registering, qtbot: QtBot) -> Callable[[int], BatchDialog]:
    def make(count: int) -> BatchDialog:
        made = BatchDialog(
            desk, [issuing_job(desk, SHEET, register().number) for _ in range(count)]
        )
        qtbot.addWidget(made)
        with qtbot.waitExposed(made):
            made.show()
        return made

    return make


def test_the_dialog_prints_all_and_closes(
    dialog: Callable[[int], BatchDialog], printer: Printer, desk: Desk, qtbot: QtBot
) -> None:
    shown = dialog(3)
    with qtbot.waitSignals([desk.changed, desk.told, shown.accepted]):
        shown.print()
    assert len(printer.printed) == 3
    assert len(all_issued(desk)) == 3


def test_the_dialog_says_what_was_printed_and_goes_on(
    dialog: Callable[[int], BatchDialog], printer: Printer, desk: Desk, qtbot: QtBot
) -> None:
    shown = dialog(3)
    printer.takes = 1
    shown.print()
    qtbot.waitUntil(lambda: "还有2份没有打印" in shown.message.text())
    assert "「老惠普」" in shown.message.text()
    assert shown.list.item(0).text().endswith("已打印")
    assert shown.act.accessibleName() == "继续"
    printer.takes = 1000
    with qtbot.waitSignal(shown.accepted):
        shown.print()
    assert len(printer.printed) == len(set(printer.names)) == 3


def test_escape_stops_first_and_closes_only_then(
    dialog: Callable[[int], BatchDialog],
    printer: Printer,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown, may_go_on = dialog(3), Event()

    def waits(name: str, content: bytes, title: str, **rest: object) -> None:
        may_go_on.wait(5)
        printer(content, title)

    monkeypatch.setattr(printing, "print_on", waits)
    shown.print()
    shown.reject()
    assert shown.isVisible()
    may_go_on.set()
    qtbot.waitUntil(lambda: "已取消" in shown.message.text())
    assert len(printer.printed) <= 1
    shown.reject()
    assert not shown.isVisible()


def test_without_a_printer_nothing_is_begun(
    dialog: Callable[[int], BatchDialog], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printers", list)
    shown = dialog(1)
    assert "没有找到打印机" in shown.message.text()
    shown.print()
    assert all_issued(desk) == []
    shown.cancel()
    assert not shown.isVisible()


def test_a_letter_with_gaps_is_told_in_the_list(
    desk: Desk, register: Registering, printer: Printer, qtbot: QtBot
) -> None:
    shown = BatchDialog(desk, [issuing_job(desk, LETTER, register(visit()).number)])
    qtbot.addWidget(shown)
    shown.print()
    qtbot.waitUntil(lambda: "还没有写" in shown.list.item(0).text())
    assert all_issued(desk) == []
