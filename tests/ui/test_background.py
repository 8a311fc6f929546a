"""Background: work off the window's thread, answers on it."""

from threading import Event, get_ident

import pytest
from pytestqt.qtbot import QtBot

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.ui.background import Background


def test_work_is_done_elsewhere_and_told_here(qtbot: QtBot) -> None:
    background, told = Background(), list[tuple[int, int]]()
    errand = background.run(get_ident, lambda worker: told.append((worker, get_ident())))
    with qtbot.waitSignal(errand.ended):
        pass
    qtbot.waitUntil(lambda: bool(told))
    worker, here = told[0]
    assert worker != here == get_ident()


def test_a_failure_of_the_office_comes_as_its_sentence(qtbot: QtBot) -> None:
    def refuse() -> None:
        raise OfficeError("磁盘已满。")

    background, sentences = Background(), list[str]()
    background.run(refuse, None, sentences.append)
    qtbot.waitUntil(lambda: sentences == ["磁盘已满。"])


def test_a_bug_is_never_swallowed(qtbot: QtBot) -> None:
    def stumble() -> None:
        raise ZeroDivisionError

    background = Background()
    with qtbot.captureExceptions() as exceptions:
        errand = background.run(stumble)
        with qtbot.waitSignal(errand.ended):
            pass
    assert [kind for kind, _, _ in exceptions] == [ZeroDivisionError]


def test_a_dropped_errand_tells_nobody(qtbot: QtBot) -> None:
    background, told = Background(), list[object]()
    errand = background.run(lambda: 1, told.append)
    errand.drop()
    background.finish()
    with qtbot.waitSignal(errand.destroyed):
        pass
    assert told == []


def test_whoever_goes_is_told_nothing_more(qtbot: QtBot) -> None:
    background, told = Background(threads=1), list[object]()
    for _ in range(3):
        background.run(lambda: 1, told.append)
    background.let_go()
    background.run(lambda: 2, told.append)
    other = Background()
    with qtbot.waitSignal(other.run(lambda: 3, told.append).ended):
        pass
    assert told in ([], [3])


def test_a_window_may_be_destroyed_while_its_work_is_under_way(qtbot: QtBot) -> None:
    begun, may_end = Event(), Event()
    background = Background(threads=1)

    def work() -> None:
        begun.set()
        may_end.wait(5)

    background.run(work, pytest.fail)
    assert begun.wait(5)
    with qtbot.waitSignal(background.destroyed):
        background.deleteLater()
    may_end.set()
