"""Licences: every work that is shipped is listed with the whole of its licence."""

from pathlib import Path

import pytest

from xinfang_desktop import licences
from xinfang_desktop.licences import LEFT_OUT, Work, works
from xinfang_desktop.paths import resource

EVERY = works()


@pytest.mark.parametrize("work", EVERY, ids=lambda work: work.name)
def test_every_work_comes_with_its_licence(work: Work) -> None:
    assert work.licence
    assert len(work.read()) > 500


def test_the_list_is_the_one_that_is_checked() -> None:
    names = {work.name for work in EVERY}
    assert {"信访案头", "pyside6-essentials", "sqlcipher3", "Python", "HanaMinB.ttf"} <= names
    assert len(EVERY) == len(names)


def test_no_text_lies_there_for_nothing() -> None:
    used = {name for names in LEFT_OUT.values() for name in names}
    assert used == {path.name for path in resource("licences").glob("*.txt")}


def test_the_libraries_of_the_system_are_listed_where_they_are_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "licences" / "system"
    folder.mkdir(parents=True)
    (folder / "libxcb1.txt").write_text("许可", encoding="utf-8")
    monkeypatch.setattr(licences, "resource", lambda *parts: tmp_path.joinpath(*parts))
    (work,) = licences._system()
    assert (work.name, work.read()) == ("libxcb1", "许可")
