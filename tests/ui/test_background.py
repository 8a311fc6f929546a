"""Background: work off the window's thread, answers on it."""

from threading import get_ident

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


def test_an_errand_may_outlive_its_window(qtbot: QtBot) -> None:
    background = Background(threads=1)
    background.run(lambda: 1, pytest.fail)
    background.deleteLater()
    other, told = Background(), list[object]()
    other.run(lambda: 2, told.append)
    qtbot.waitUntil(lambda: told == [2])


def test_whoever_goes_is_told_nothing_more(qtbot: QtBot) -> None:
    background, told = Background(threads=1), list[object]()
    errands = [background.run(lambda: 1, told.append) for _ in range(3)]
    background.let_go()
    with qtbot.waitSignal(errands[-1].destroyed):
        pass
    assert told == []
