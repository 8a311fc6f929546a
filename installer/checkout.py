"""The commit that is built: exported clean, so that nothing lying about goes along.

The recipe is exported with it and makes the installers itself (``hand_over``): program and recipe
are of one commit, whatever the files here say meanwhile.
"""

import io
import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = Path(os.environ.get("INSTALLER_CHECKOUT") or HERE.parent)
"""The checkout that is worked in: its ``build/`` and ``dist/``, also for an exported recipe."""

BUILD = ROOT / "build"
DIST = ROOT / "dist"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)
RECIPE = ("installer", "requirements/installer.txt")
"""What packs a program; a commit of before there was any is packed by a later one's."""


@dataclass(frozen=True)
class Checkout:
    """An exported commit.

    Attributes:
        source: where it lies.
        version: what the program calls itself, or what it is labelled in its place.
        when: the moment of the commit in seconds, which stands for every file's.
        commit: its whole name.
    """

    source: Path
    version: str
    when: int
    commit: str


def export(commit: str, *, label: str = "", packed_by: str = "") -> Checkout:
    """Export a commit into the folder of builds; ``packed_by`` names another with the recipe."""
    to = BUILD / "source" / (label or "program")
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    _unpack(commit, to)
    if packed_by:
        _unpack(packed_by, to, *RECIPE)
    name, when = _git("log", "-1", "--format=%H %ct", commit).split()
    return Checkout(to, label or _version(to), int(when), name.decode("ascii"))


def hand_over(checkout: Checkout, *words: str) -> int:
    """Let the recipe of an exported commit go on, with words for it; gives its exit code."""
    told = ("--version", checkout.version, "--when", str(checkout.when))
    return subprocess.run(
        [sys.executable, "-m", "installer.making", *told, "--commit", checkout.commit, *words],
        check=False,
        cwd=checkout.source,
        env={**os.environ, "INSTALLER_CHECKOUT": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    ).returncode


def icons(checkout: Checkout, to: Path) -> dict[int, Path]:
    """Draw the program's picture in every size a desktop asks for."""
    to.mkdir(parents=True, exist_ok=True)
    drawn = {size: to / f"{size}.png" for size in ICON_SIZES}
    svg = checkout.source / "resources/icons/xinfang.svg"
    if not svg.exists():
        svg = ROOT / "resources/icons/xinfang.svg"
    program = (
        "import sys\nfrom PySide6.QtCore import QSize\nfrom PySide6.QtGui import QIcon\n"
        "from PySide6.QtWidgets import QApplication\nQApplication([])\n"
        "icon = QIcon(sys.argv[1])\n"
        "for size, to in zip(sys.argv[2::2], sys.argv[3::2]):\n"
        "    assert icon.pixmap(QSize(int(size), int(size))).save(to)\n"
    )
    words = [word for size, path in drawn.items() for word in (str(size), str(path))]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", program, str(svg), *words], check=True, env=environment)
    return drawn


def _unpack(commit: str, to: Path, *paths: str) -> None:
    with tarfile.open(fileobj=io.BytesIO(_git("archive", commit, *paths))) as archive:
        archive.extractall(to, filter="data")


def _git(*words: str) -> bytes:
    return subprocess.run(["git", "-C", str(ROOT), *words], check=True, capture_output=True).stdout


def _version(source: Path) -> str:
    words = (source / "xinfang_desktop/__init__.py").read_text("utf-8")
    return words.split("__version__ = ", 1)[1].split('"')[1]
