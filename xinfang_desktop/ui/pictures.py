"""Pictures of the real window at work, for the demonstration and for whoever looks after its looks.

The windows are the program's own, worked by key and input-method events as a clerk works them.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from xinfang_desktop.errors import OfficeError

from .look import Look
from .theme import Theme

if TYPE_CHECKING:
    from xinfang_desktop.store.database import Store

    from .main_window import MainWindow

SMALL, LARGE = (1366, 768), (1920, 1080)
_HARMLESS = "propagateSizeHints"
_PATIENCE = 5.0
_TYPED = (
    "铍𫖯𠮷",
    "3",
    "330602198803120355",
    "13800001234",
    "灵芝街道喆堃家园3幢201室",
    "20261031",
)
_CLAIM = "反映所住小区三期工程停工至今，开发商两次承诺复工均未兑现。要求：一、公开专项账户流水；"


@dataclass(frozen=True)
class _Scene:
    """One picture: its name, the size of the window, and how to get there."""

    name: str
    size: tuple[int, int]
    act: Callable[["MainWindow"], object]
    look: Look = Look()


def take_pictures(store: "Store", to: Path, *, now: datetime) -> list[Path]:
    """Work the window on ``store`` and leave pictures of it in ``to``."""
    application = _application()
    theme = Theme(application)
    with _without_noise():
        taken = [_first_run(theme, to, now)]
        window = _window(store, theme, now)
        for scene in _SCENES:
            taken.append(_scene(window, theme, scene, to))
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return taken


def _application() -> QApplication:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["xinfang"])
    if not isinstance(application, QApplication):
        raise OfficeError("这里不能打开窗口，没有截图；其他文件已经写好。")
    return application


def _first_run(theme: Theme, to: Path, now: datetime) -> Path:
    from .first_run import FirstRun

    def never(*_: object) -> "tuple[Store, str]":
        raise OfficeError("演示中不建立数据。")

    dialog = FirstRun(theme, never, folder=Path(), year=now.year)
    dialog.show()
    _settle()
    path = _save(dialog, to / "截图1 首次使用.png")
    dialog.done(0)
    dialog.deleteLater()
    return path


def _window(store: "Store", theme: Theme, now: datetime) -> "MainWindow":
    from .desk import Desk
    from .main_window import MainWindow

    desk = Desk(store, theme=theme, clock=lambda: now)
    window = MainWindow(desk)
    desk.setParent(window)
    return window


def _scene(window: "MainWindow", theme: Theme, scene: _Scene, to: Path) -> Path:
    if theme.look != scene.look:
        theme.put_on(scene.look)
    window.showNormal()
    window.resize(*scene.size)
    scene.act(window)
    _settle()
    return _save(window, to / f"{scene.name}.png")


def _begin(window: "MainWindow") -> None:
    window.start_new()
    for text in _TYPED:
        _type(text)
        _press(Qt.Key.Key_Return)
    _type(_CLAIM)


def _matter(window: "MainWindow") -> None:
    window.page("registration").discard()
    window.open_matter("镜访〔2026〕1号")


def _preview(window: "MainWindow") -> None:
    page = window.page("matter")
    page.show_view("preview")
    _until(lambda: page.preview.pages > 0)


def _act(window: "MainWindow") -> None:
    window.open_matter("镜访〔2026〕19号")
    page = window.page("matter")
    page.show_view("form")
    page.acting.open_next()


def _history(window: "MainWindow") -> None:
    window.open_matter("镜访〔2026〕6号")
    window.page("matter").show_view("history")


def _statistics(window: "MainWindow") -> None:
    window.enter("statistics")
    page = window.page("statistics")
    _until(lambda: page.summary is not None and bool(page.figures.chart.sticks))


_SCENES = (
    _Scene("截图2 今日", SMALL, lambda window: window.enter("today")),
    _Scene("截图3 登记", SMALL, _begin),
    _Scene("截图4 登记（大屏）", LARGE, lambda window: None),
    _Scene("截图5 台账", SMALL, lambda window: window.enter("ledger")),
    _Scene("截图6 查找", SMALL, lambda window: window.search("水渠")),
    _Scene("截图7 信访件", SMALL, _matter),
    _Scene("截图8 打印预览", SMALL, _preview),
    _Scene("截图9 信访件（深色）", LARGE, lambda w: w.page("matter").show_view("form"), Look(True)),
    _Scene("截图10 办理", SMALL, _act),
    _Scene("截图11 经过", SMALL, _history),
    _Scene("截图12 统计", SMALL, _statistics),
)


def _type(text: str) -> None:
    """Type as an input method does: composed, then settled."""
    widget = QApplication.focusWidget()
    if widget is not None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)


def _press(key: Qt.Key) -> None:
    widget = QApplication.focusWidget()
    if widget is not None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


def _settle(turns: int = 12) -> None:
    """Let the window and its threads come to rest."""
    for _ in range(turns):
        QApplication.processEvents()
        time.sleep(0.02)


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not is_so() and time.monotonic() < end:
        _settle(1)


def _save(widget: QWidget, path: Path) -> Path:
    if not widget.grab().save(str(path)):
        raise OfficeError("截图写不进这个文件夹；其他文件已经写好。请换一个文件夹再运行。")
    return path


@contextmanager
def _without_noise() -> Iterator[None]:
    """Leave out the one warning that a platform without a screen gives for every dialog."""

    def hear(kind: QtMsgType, _: QMessageLogContext, message: str) -> None:
        if _HARMLESS in message:
            return
        if callable(before):
            before(kind, _, message)
        else:
            os.write(2, f"{message}\n".encode())

    before: object = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
