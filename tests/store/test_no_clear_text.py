"""After a whole demonstration no file of the program holds a name, a number or a claim in clear."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from xinfang_desktop.demo import DATA, DEMO_PASSWORD
from xinfang_desktop.paths import resource

ROOT = Path(__file__).parents[2]


def told_in_the_sample() -> list[str]:
    """Give what the sample's petitioners said and are called: every name, number and claim."""
    text = resource("samples", "october-2026.json").read_text("utf-8")
    words: list[str] = []
    for record in json.loads(text):
        words += [record.get("claim", "")[start : start + 8] for start in (0, 10, 20)]
        words += record.get("accused", [])
        for person in record.get("petitioners", []):
            words += [person.get("name", ""), person.get("phone", ""), person.get("address", "")]
            words.append(person.get("document", {}).get("number", ""))
    return sorted({word for word in words if len(word) >= 3})


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the demonstration, a backup and a rehearsal, with a home and a temporary folder."""
    place = tmp_path_factory.mktemp("演示 全程")
    folders = {name: place / name for name in ("home", "tmp", "out", "backup")}
    for folder in folders.values():
        folder.mkdir()
    surroundings = {
        **os.environ,
        "HOME": str(folders["home"]),
        "TMPDIR": str(folders["tmp"]),
        "XDG_DATA_HOME": str(folders["home"] / "data"),
        "XINFANG_PASSWORD": DEMO_PASSWORD,
        "QT_QPA_PLATFORM": "offscreen",
    }
    data = str(folders["out"] / DATA)
    for words in (
        ("demo", "--to", str(folders["out"])),
        ("backup", "--to", str(folders["backup"]), "--portable", "--data", data),
        ("search", "没有这样的词", "--data", data),
        ("check", "--data", data),
    ):
        ran = subprocess.run(
            (sys.executable, "-m", "xinfang_desktop", *words),
            cwd=ROOT,
            env=surroundings,
            capture_output=True,
            text=True,
        )
        assert ran.returncode == 0, ran.stderr
    return place


def test_nothing_can_be_read_in_the_data_the_backups_the_logs_or_what_was_temporary(
    demonstration: Path,
) -> None:
    words = told_in_the_sample()
    assert len(words) > 50
    places = [demonstration / name for name in ("home", "tmp", "backup")]
    places.append(demonstration / "out" / DATA)
    read = 0
    for path in (path for place in places for path in place.rglob("*") if path.is_file()):
        content = path.read_bytes()
        read += 1
        for word in words:
            for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
                assert word.encode(encoding) not in content, path.name
            assert word not in path.name
    assert read >= 5


def test_nothing_temporary_is_left(demonstration: Path) -> None:
    assert list((demonstration / "tmp").rglob("*")) == []
