"""A warning of Qt or of Python fails the suite; that it does is shown by a test that gives one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]

QT = """
from PySide6.QtCore import qWarning

def test_that_warns(qapp):
    qWarning("a warning of Qt")
"""
PYTHON = """
import warnings

def test_that_warns():
    warnings.warn("a warning of Python", UserWarning)
"""


@pytest.mark.parametrize(("body", "said"), [(QT, "a warning of Qt"), (PYTHON, "of Python")])
def test_a_warning_fails_the_suite(tmp_path: Path, body: str, said: str) -> None:
    trial = tmp_path / "test_trial.py"
    trial.write_text(body, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", str(PROJECT / "pyproject.toml"), str(trial)],
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    assert ended.returncode == 1, ended.stdout
    assert said in ended.stdout
