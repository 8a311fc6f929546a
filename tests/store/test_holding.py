"""One program at a time; who, since when; and a lock that never outlives its holder."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.helpers.office import NOW, PASSWORD, Office
from xinfang_desktop.store.database import open_store
from xinfang_desktop.store.holding import LOCK_NAME, HeldError, Holding, holder_of

HOLDER = """
import sys, time
from pathlib import Path
from xinfang_desktop.store.holding import Holding
Holding.take(Path(sys.argv[1]), program="窗口")
print("held", flush=True)
time.sleep(60)
"""


def test_a_second_window_is_told_who_has_the_store_and_since_when(office: Office) -> None:
    first = open_store(office.folder, password=PASSWORD, program="窗口", clock=lambda: NOW)
    with pytest.raises(HeldError, match=r"另一个窗口（进程\d+）从2026-11-22 10:30起使用") as told:
        open_store(office.folder, password=PASSWORD, program="窗口", clock=lambda: NOW)
    assert told.value.holder.since == "2026-11-22T10:30:00"
    first.close()
    open_store(office.folder, password=PASSWORD, program="窗口", clock=lambda: NOW).close()
    assert not (office.folder / LOCK_NAME).exists()


def test_a_program_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        (sys.executable, "-c", HOLDER, str(tmp_path)), stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(HeldError):
        Holding.take(tmp_path, program="窗口")
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert holder_of(tmp_path) is not None  # its words are still there, and hold nobody up
    Holding.take(tmp_path, program="窗口").release()


def test_a_command_waits_a_moment_for_another(tmp_path: Path) -> None:
    with Holding.take(tmp_path, program="命令行程序"):
        began = time.monotonic()
        with pytest.raises(HeldError):
            Holding.take(tmp_path, program="命令行程序", patience=0.3)
        assert time.monotonic() - began >= 0.3
    Holding.take(tmp_path, program="命令行程序", patience=0.3).release()


def test_a_wrong_password_holds_nothing(office: Office) -> None:
    with pytest.raises(Exception, match="密码不对"):
        open_store(office.folder, password="错的", program="窗口", clock=lambda: NOW)
    open_store(office.folder, password=PASSWORD, program="窗口", clock=lambda: NOW).close()


def test_words_of_another_day_do_not_hold_a_store(tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).write_text("{不成样子", "utf-8")
    assert holder_of(tmp_path) is None
    Holding.take(tmp_path, program="窗口").release()
