"""How long nobody has touched the machine, as far as it tells, and when its session is locked.

Windows tells by GetLastInputInfo, Linux desktops by D-Bus (Mutter, or org.freedesktop.ScreenSaver).
Where nothing tells, the keys and the mouse of this program are watched instead.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

LOOK_EVERY_MS = 5_000
_TOUCHES = {
    QEvent.Type.KeyPress,
    QEvent.Type.InputMethod,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}

SystemIdle = Callable[[], float | None]


class IdleWatch(QObject):
    """Watches for nobody being there.

    Signals:
        idle(): nobody touched anything for as long as was asked.
        left(): the session was locked, or the machine goes to sleep.
    """

    idle = Signal()
    left = Signal()

    def __init__(
        self,
        minutes: Callable[[], int],
        system: SystemIdle | None = None,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._clock = clock
        self._touched_at = clock()
        self._session = None if system else _session_of(self)
        self._system: SystemIdle = system or (self._session.seconds if self._session else _nothing)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._watches = False

    def start(self) -> None:
        """Begin to watch."""
        self.touch()
        application = QCoreApplication.instance()
        if application is not None and not self._watches:
            application.installEventFilter(self)
            self._watches = True
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        application = QCoreApplication.instance()
        if application is not None and self._watches:
            application.removeEventFilter(self)
        self._watches = False

    def touch(self) -> None:
        """Somebody is there."""
        self._touched_at = self._clock()

    def look(self) -> None:
        """See how long nobody was there; a wait of no minutes is never over."""
        minutes = self._minutes()
        if minutes and self.seconds() >= minutes * 60:
            self.touch()
            self.idle.emit()

    def seconds(self) -> float:
        """Give for how many seconds nobody was there."""
        own, told = self._clock() - self._touched_at, self._system()
        return own if told is None else min(own, told)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note keys and mouse; nothing is taken away."""
        if event.type() in _TOUCHES:
            self._touched_at = self._clock()
        return False


def _nothing() -> float | None:
    return None


def _session_of(watch: IdleWatch) -> _Session | None:
    if QGuiApplication.platformName() in ("offscreen", "minimal", ""):
        return None
    if sys.platform == "win32":  # pragma: no cover - proved on Windows only
        return _Windows(watch)
    return _Desktop(watch) if _has_bus() else None


def _has_bus() -> bool:
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(runtime) and (Path(runtime) / "bus").exists()


class _Session(QObject):
    """What a platform tells."""

    def seconds(self) -> float | None:
        """Give how long nobody touched the machine; None where it is not known."""
        return None


if sys.platform == "win32":  # pragma: no cover - proved on Windows only
    import ctypes
    from ctypes import wintypes

    from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray

    _SESSION_CHANGE, _SESSION_LOCK = 0x02B1, 7

    class _LastInput(ctypes.Structure):
        _fields_ = (("size", wintypes.UINT), ("ticks", wintypes.DWORD))

    class _Messages(QAbstractNativeEventFilter):
        """Hears that the session was locked."""

        def __init__(self, tell: Callable[[], object]) -> None:
            super().__init__()
            self._tell = tell

        def nativeEventFilter(  # type: ignore[override]
            self, kind: QByteArray | bytes, message: int
        ) -> tuple[bool, int]:
            told = wintypes.MSG.from_address(int(message))
            if told.message == _SESSION_CHANGE and told.wParam == _SESSION_LOCK:
                self._tell()
            return False, 0

    class _Windows(_Session):
        def __init__(self, watch: IdleWatch) -> None:
            super().__init__(watch)
            self._messages = _Messages(watch.left.emit)
            application = QCoreApplication.instance()
            if application is not None:
                application.installNativeEventFilter(self._messages)
            QTimer.singleShot(0, self._register)

        def seconds(self) -> float | None:
            told = _LastInput(ctypes.sizeof(_LastInput), 0)
            if not ctypes.windll.user32.GetLastInputInfo(ctypes.byref(told)):
                return None
            now = ctypes.windll.kernel32.GetTickCount()
            return ((now - told.ticks) & 0xFFFFFFFF) / 1000

        def _register(self) -> None:
            for window in QGuiApplication.topLevelWindows():
                ctypes.windll.wtsapi32.WTSRegisterSessionNotification(int(window.winId()), 0)

else:
    from PySide6.QtCore import SLOT, Slot

    _IDLE = (
        ("org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core", "GetIdletime"),
        ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "GetSessionIdleTime"),
    )
    """Service (and interface), object, method; the answer is in milliseconds."""

    _LOCKED = (
        ("org.freedesktop.ScreenSaver", "ActiveChanged"),
        ("org.gnome.ScreenSaver", "ActiveChanged"),
        ("org.ukui.ScreenSaver", "ActiveChanged"),
        ("org.mate.ScreenSaver", "ActiveChanged"),
        ("com.deepin.dde.lockFront", "Visible"),
    )

    _LOCKED_SLOT: Any = SLOT("locked(bool)")
    _ASKED_SLOT: Any = SLOT("asked_to_lock()")
    """Text, whatever the stub says: ``connect`` refuses bytes."""

    class _Desktop(_Session):
        """A Linux desktop, asked by D-Bus without ever waiting for its answer."""

        def __init__(self, watch: IdleWatch) -> None:
            super().__init__(watch)
            from PySide6.QtDBus import QDBusConnection

            self._watch = watch
            self._ways = list(_IDLE)
            self._told: tuple[float, float] | None = None
            self._first: float | None = None
            self._is_live = False
            self._waiting: QObject | None = None
            self._bus = QDBusConnection.sessionBus()
            for interface, name in _LOCKED:
                self._bus.connect("", "", interface, name, self, _LOCKED_SLOT)
            system = QDBusConnection.systemBus()
            login = "org.freedesktop.login1"
            system.connect(login, "", f"{login}.Session", "Lock", self, _ASKED_SLOT)
            system.connect(login, "", f"{login}.Manager", "PrepareForSleep", self, _LOCKED_SLOT)
            self._ask()

        def seconds(self) -> float | None:
            """Give what was told last, and ask again; who always says the same tells nothing.

            Some desktops answer 0 for ever: to believe that would mean never to lock.
            """
            told = self._told if self._is_live else None
            self._ask()
            return None if told is None else told[0] + time.monotonic() - told[1]

        @Slot(bool)
        def locked(self, yes: bool) -> None:
            """The screen was locked or freed, or the machine sleeps or wakes."""
            if yes:
                self._watch.left.emit()

        @Slot()
        def asked_to_lock(self) -> None:
            """Somebody locks the session."""
            self._watch.left.emit()

        def _ask(self) -> None:
            from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

            if self._waiting is not None or not self._ways or not self._bus.isConnected():
                return
            service, place, method = self._ways[0]
            call = QDBusMessage.createMethodCall(service, place, service, method)
            waiting = QDBusPendingCallWatcher(self._bus.asyncCall(call, 2_000), self)
            waiting.finished.connect(self._heard)
            self._waiting = waiting

        def _heard(self, waiting: QObject) -> None:
            from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

            self._waiting = None
            assert isinstance(waiting, QDBusPendingCallWatcher)
            reply = waiting.reply()
            waiting.deleteLater()
            if reply.type() is QDBusMessage.MessageType.ReplyMessage and reply.arguments():
                seconds = float(reply.arguments()[0]) / 1000
                self._first = seconds if self._first is None else self._first
                self._is_live = self._is_live or seconds != self._first
                self._told = (seconds, time.monotonic())
            else:
                self._told = None
                self._ways.pop(0)
                self._ask()
