"""The program as a process of its own: pipes, encodings, exit codes."""

import os
import subprocess
import sys
from pathlib import Path

from tests.helpers.office import PASSWORD, Office
from xinfang_desktop.paths import resource


def run(office: Office, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "xinfang_desktop", *words, "--data", str(office.folder)],
        capture_output=True,
        check=False,
        timeout=120,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "XINFANG_PASSWORD": PASSWORD, **environment},
    )


def test_rare_characters_come_through_a_terminal_that_has_none(office: Office) -> None:
    sample = str(resource("samples", "october-2026.json"))
    done = run(office, "register", sample, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0
    assert len(done.stdout.decode("utf-8").split()) == 22
    found = run(office, "search", "𠮷", PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="1")
    assert "铍𫖯𠮷" in found.stdout.decode("utf-8")


def test_nothing_is_asked_where_nobody_can_answer(office: Office) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "XINFANG_PASSWORD"}
    done = subprocess.run(
        [sys.executable, "-m", "xinfang_desktop", "search", "--data", str(office.folder)],
        capture_output=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
        env=environment,
    )
    assert done.returncode == 1
    assert done.stderr.decode("utf-8").count("\n") == 1


def test_a_reader_that_goes_away_is_no_trouble(office: Office) -> None:
    run(office, "register", str(resource("samples", "october-2026.json")))
    command = f"{sys.executable} -m xinfang_desktop search --data '{office.folder}' | head -1"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        capture_output=True,
        check=True,
        timeout=60,
        env={**os.environ, "XINFANG_PASSWORD": PASSWORD},
    )
    assert done.stdout.decode("utf-8").startswith("镜访〔2026〕22号")
    assert done.stderr == b""


def test_no_file_is_left_beside_the_store(office: Office, tmp_path: Path) -> None:
    run(office, "register", str(resource("samples", "october-2026.json")))
    run(office, "export", "--to", str(tmp_path / "台账.xlsx"))
    assert {path.name for path in office.folder.iterdir()} == {
        "xinfang.db",
        "xinfang.head",
        "xinfang.key",
        "xinfang.key.copy",
    }
    assert {path.name for path in tmp_path.iterdir()} == {"台账.xlsx", office.folder.name}
