"""Killed at any moment, and the power cut at any moment: what was acknowledged is there.

``XINFANG_KILLS`` and ``XINFANG_CUTS`` ask for more of it; 1,000 and 300 are the long run.
"""

import os
import shutil
from pathlib import Path

import pytest

from .killer import kill
from .powercut import cut

needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None,
    reason="strace is not installed, so that no system calls can be recorded",
)


def test_a_program_killed_at_any_moment_loses_nothing_acknowledged(tmp_path: Path) -> None:
    outcome = kill(int(os.environ.get("XINFANG_KILLS", "100")), tmp_path, longest=0.15)
    assert outcome.acknowledged > 0
    assert (outcome.lost, outcome.broken) == ([], [])


@needs_strace
def test_a_power_cut_at_any_moment_loses_nothing_acknowledged(tmp_path: Path) -> None:
    outcome = cut(int(os.environ.get("XINFANG_CUTS", "30")), tmp_path, saves=60)
    assert outcome.acknowledged >= 60
    assert (outcome.lost, outcome.broken) == ([], [])


@needs_strace
def test_the_imagined_disk_would_notice_a_program_that_does_not_wait(tmp_path: Path) -> None:
    outcome = cut(30, tmp_path, saves=40, careless=True)
    assert outcome.lost or outcome.broken
