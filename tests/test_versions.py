"""Versions side by side: which one starts, and going from one to the other."""

import sys
from pathlib import Path

import pytest

from xinfang_desktop import versions
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.versions import CHOSEN, Installed, installed


def lay(root: Path, *names: str, current: str, previous: str = "") -> None:
    """Lay versions into a folder as an installer does."""
    for schema, name in enumerate(names, start=3):
        (root / name).mkdir(parents=True)
        (root / name / "xinfang").write_text("#!/bin/sh\n")
        (root / name / "schema").write_text(f"{schema}\n")
    (root / "current").write_text(f"{current}\n")
    if previous:
        (root / "previous").write_text(f"{previous}\n")


def at(root: Path, version: str) -> Installed:
    found = installed(root / version / "xinfang")
    assert found is not None
    return found


def test_the_new_program_knows_the_old_one_beside_it(tmp_path: Path) -> None:
    lay(tmp_path, "0.1.0", "0.2.0", current="0.2.0", previous="0.1.0")
    here = at(tmp_path, "0.2.0")
    assert (here.running, here.other, here.schema_of("0.1.0")) == ("0.2.0", "0.1.0", 3)
    assert at(tmp_path, "0.1.0").other == "0.2.0"


@pytest.mark.parametrize("previous", ["", "0.0.9"])
def test_where_only_one_is_left_there_is_no_other(tmp_path: Path, previous: str) -> None:
    lay(tmp_path, "0.2.0", current="0.2.0", previous=previous)
    assert at(tmp_path, "0.2.0").other == ""


def test_a_program_from_its_source_is_not_installed() -> None:
    assert installed() is None


def test_a_folder_that_no_installer_laid_is_not_installed(tmp_path: Path) -> None:
    assert installed(tmp_path / "0.2.0" / "xinfang") is None


def test_going_back_is_remembered_for_this_version_only(tmp_path: Path) -> None:
    lay(tmp_path / "程序", "0.1.0", "0.2.0", current="0.2.0", previous="0.1.0")
    here, data = at(tmp_path / "程序", "0.2.0"), tmp_path / "数据"
    here.choose("0.1.0", data)
    assert (data / CHOSEN).read_text() == "0.2.0 0.1.0\n"
    here.choose("0.2.0", data)
    assert (data / CHOSEN).read_text() == ""


def test_a_version_that_does_not_start_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, "0.1.0", "0.2.0", current="0.2.0", previous="0.1.0")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "0.2.0" / "没有"))
    with pytest.raises(OfficeError, match="没有启动起来"):
        at(tmp_path, "0.2.0").start("0.1.0")


def test_the_libraries_of_one_version_are_not_handed_to_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/x/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/usr/local/lib")
    theirs = versions._own_environment()
    assert theirs["LD_LIBRARY_PATH"] == "/usr/local/lib"
    assert "LD_LIBRARY_PATH_ORIG" not in theirs
