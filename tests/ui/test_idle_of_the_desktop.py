"""What a Linux desktop tells over D-Bus, on a bus of the test's own."""

import os
import shutil
import subprocess
import sys

import pytest

SERVICE = """
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, Slot
from PySide6.QtDBus import QDBusConnection
application = QCoreApplication([])
answers = iter({answers})

@ClassInfo({{"D-Bus Interface": "org.freedesktop.ScreenSaver"}})
class ScreenSaver(QObject):
    @Slot(result=int)
    def GetSessionIdleTime(self):
        return next(answers)

saver, bus = ScreenSaver(), QDBusConnection.sessionBus()
bus.registerObject(
    "/org/freedesktop/ScreenSaver", saver, QDBusConnection.RegisterOption.ExportAllSlots
)
bus.registerService("org.freedesktop.ScreenSaver")
print("ready", flush=True)
application.exec()
"""

CLIENT = """
from PySide6.QtCore import QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtGui import QGuiApplication
from xinfang_desktop.ui import idle
application = QGuiApplication([])
idle.QGuiApplication.platformName = staticmethod(lambda: "xcb")
watch = idle.IdleWatch(lambda: 10)
watch.left.connect(lambda: print("left", flush=True))
asked = []

def ask():
    asked.append(watch._session.seconds())
    if len(asked) == 4:
        told = asked[-1]
        print("idle", "unknown" if told is None else round(told), flush=True)
        message = QDBusMessage.createSignal(
            "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged"
        )
        message.setArguments([True])
        QDBusConnection.sessionBus().send(message)
        QTimer.singleShot(300, application.quit)

timer = QTimer()
timer.timeout.connect(ask)
timer.start(150)
application.exec()
"""

BOTH = """
import subprocess, sys
service = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdout=subprocess.PIPE)
service.stdout.readline()
subprocess.run([sys.executable, "-c", sys.argv[2]], timeout=40)
service.kill()
"""

pytestmark = pytest.mark.skipif(
    shutil.which("dbus-run-session") is None, reason="no D-Bus to try it on"
)


def told_by(answers: str) -> list[str]:
    run = subprocess.run(
        [
            *("dbus-run-session", "--", sys.executable, "-c", BOTH),
            *(SERVICE.format(answers=answers), CLIENT),
        ],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return run.stdout.splitlines()


def test_the_desktop_tells_how_long_nobody_was_there_and_that_it_locks() -> None:
    assert told_by("range(600000, 700000, 10)") == ["idle 600", "left"]


def test_a_desktop_that_always_says_nought_is_not_believed() -> None:
    assert told_by("iter(int, 1)") == ["idle unknown", "left"]
