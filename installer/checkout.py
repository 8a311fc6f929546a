"""The commit that is built: exported clean, so that nothing lying about goes along."""

import io
import os
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build"
DIST = ROOT / "dist"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)


@dataclass(frozen=True)
class Checkout:
    """An exported commit.

    Attributes:
        source: where it lies.
        version: what the program calls itself, or what it is labelled in its place.
        when: the moment of the commit in seconds, which stands for every file's.
    """

    source: Path
    version: str
    when: int


def export(commit: str, *, label: str = "") -> Checkout:
    """Export a commit into the folder of builds."""
    to = BUILD / "source" / (label or "program")
    subprocess.run(["rm", "-rf", str(to)], check=True)
    to.mkdir(parents=True)
    packed = subprocess.run(_git("archive", commit), check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(to, filter="data")
    told = subprocess.run(
        _git("log", "-1", "--format=%ct", commit), check=True, capture_output=True
    )
    return Checkout(to, label or _version(to), int(told.stdout))


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


def _git(*words: str) -> list[str]:
    return ["git", "-C", str(ROOT), *words]


def _version(source: Path) -> str:
    words = (source / "xinfang_desktop/__init__.py").read_text("utf-8")
    return words.split("__version__ = ", 1)[1].split('"')[1]
