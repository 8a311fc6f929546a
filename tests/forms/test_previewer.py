"""The live previewer: drawn when saved, told in place when wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.pdf_reading import page_count, text_by_pdfium
from xinfang_desktop.forms import __main__ as previewer
from xinfang_desktop.paths import resource

SAMPLE = resource("samples", "office-form.toml").read_text(encoding="utf-8")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "接待单.toml"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


def test_a_file_is_drawn_once(file: Path, tmp_path: Path) -> None:
    to = tmp_path / "接待单.pdf"
    assert previewer.main([str(file), "--to", str(to), "--once"]) == 0
    assert "村（社区）接待登记单" in text_by_pdfium(to.read_bytes())


def test_a_paper_of_the_program_is_drawn_by_its_key(tmp_path: Path) -> None:
    to = tmp_path / "函.pdf"
    assert previewer.main(["liaison_letter", "--once", "--to", str(to)]) == 0
    assert page_count(to.read_bytes()) == 1


def test_faults_are_told_in_place_and_the_last_drawing_stays(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "接待单.pdf"
    previewer.draw(str(file), to)
    before = to.read_bytes()
    file.write_text(SAMPLE.replace("petitioner.phone", "petitioner.fone"), encoding="utf-8")
    assert previewer.draw(str(file), to) == 1
    assert "接待单.toml 第" in capsys.readouterr().err
    assert to.read_bytes() == before


def test_it_draws_again_whenever_the_file_is_saved(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to, texts = tmp_path / "接待单.pdf", []
    edits = [
        SAMPLE.replace('接待登记单"   #', '来访事由单"   #'),
        SAMPLE.replace("columns", "colums"),
        SAMPLE,
    ]

    def wait(_: float) -> None:
        texts.append("来访事由单" in text_by_pdfium(to.read_bytes()))
        if not edits:
            raise KeyboardInterrupt
        file.write_text(edits.pop(0), encoding="utf-8")
        os.utime(file, (len(edits), len(edits)))

    assert previewer.watch(str(file), to, wait=wait) == 0
    assert texts == [False, True, True, False]
    assert capsys.readouterr().err.count("第") >= 1


def test_a_definition_in_python_is_drawn_by_a_fresh_interpreter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "单.pdf"

    def wait(_: float) -> None:
        raise KeyboardInterrupt

    assert previewer.watch("process_sheet_2211", to, wait=wait) == 0
    assert "2211" in text_by_pdfium(to.read_bytes())
    assert "process_sheet_2211.py" in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["--once"], ["a", "b"], ["--what"]])
def test_wrong_usage_is_told(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert previewer.main(words) == 2
    assert capsys.readouterr().err.startswith("用法")


def test_an_unknown_key_names_those_there_are() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "xinfang_desktop.forms", "nothing", "--once"],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 1
    assert "visit_registration" in done.stderr
    assert "Traceback" not in done.stderr
