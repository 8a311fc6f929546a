"""The self-test: every part tried for real, a fault told as it is, nothing of anybody in it."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import pytest

from tests.helpers.commands import Xinfang
from tests.helpers.office import Office
from xinfang_desktop import selftest
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.selftest import AbsentError, Bench, FaultError, State, Trial
from xinfang_desktop.ui.selftest_trials import WINDOW_TRIALS


def broken(_: Bench) -> NoReturn:
    raise ImportError("libnobody.so")


def faulty(_: Bench) -> NoReturn:
    raise FaultError("字体不全")


def absent(_: Bench) -> NoReturn:
    raise AbsentError("还没有")


def test_every_part_works_here(xinfang: Xinfang) -> None:
    done = xinfang("selftest", "--json")
    results = json.loads(done.out)
    assert done.code == 0, done.out
    assert [one["key"] for one in results] == [
        trial.key for trial in (*selftest.TRIALS, *WINDOW_TRIALS)
    ]
    assert {one["state"] for one in results} == {"good", "absent"}


def test_the_report_names_nobody_and_no_place(
    xinfang: Xinfang, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USER", "zhangsan")
    done = xinfang("selftest")
    assert done.code == 0
    assert "全部正常" in done.out
    for private in (str(office.folder), str(Path.home()), "zhangsan", "铍𫖯𠮷", "水渠", "/tmp"):
        assert private not in done.out


def test_no_data_is_needed_or_made(xinfang: Xinfang, tmp_path: Path) -> None:
    place = tmp_path / "没有数据"
    assert xinfang("selftest", "--data", place, data=False).code == 0
    assert not place.exists()


def test_the_report_can_be_written_to_a_file(xinfang: Xinfang, tmp_path: Path) -> None:
    to = tmp_path / "自检.txt"
    done = xinfang("selftest", "--to", to)
    assert (done.code, done.out) == (0, "")
    assert "全部正常" in to.read_text(encoding="utf-8")


def test_what_does_not_work_is_told_and_the_rest_goes_on(
    xinfang: Xinfang, monkeypatch: pytest.MonkeyPatch
) -> None:
    trials = (Trial("a", "甲", broken), Trial("b", "乙", faulty), Trial("c", "丙", absent))
    monkeypatch.setattr(selftest, "TRIALS", trials)
    monkeypatch.setattr("xinfang_desktop.ui.selftest_trials.WINDOW_TRIALS", ())
    done = xinfang("selftest")
    assert done.code == 1
    assert done.sentence == "有2项不正常：甲、乙。请把本报告交给维护人员。"
    assert "坏\t甲\t没有成功（ImportError）" in done.out
    assert "libnobody" not in done.out
    assert "没有\t丙\t还没有" in done.out


def test_the_trials_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    selftest.run_trials()
    assert list(tmp_path.iterdir()) == []


def test_without_a_place_to_work_in_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/proc/不能写")
    with pytest.raises(OfficeError, match="临时文件夹不能写入"):
        selftest.run_trials()


def test_scanning_is_tried_as_soon_as_there_is_scanning() -> None:
    results = {one.key: one.state for one in selftest.run_trials()}
    there = find_spec("xinfang_desktop.scanning") is not None
    assert (results["scanner"] is State.GOOD) is there
