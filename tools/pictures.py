"""Draw every paper three ways side by side: PDF, DOCX through LibreOffice, and the window.

``python -m tools.pictures [--to DIR] [KEY ...]``: one PNG for each paper, ordinary and blank, to
be looked at. Where LibreOffice is not installed its place stays empty.
"""

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pypdfium2
from PIL import Image, ImageDraw
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QApplication

from tests.helpers.papers import empty, ordinary
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.papers import AnyPaper, compose_paper
from xinfang_desktop.forms.pdf import pdf_bytes
from xinfang_desktop.forms.printing import docx_paper
from xinfang_desktop.models import IssuedFacts, Matter
from xinfang_desktop.paths import resource

SCALE = 1.4
GAP = 12
WINDOW_WIDTH = 880
TODAY = date(2026, 11, 22)
KINDS = {"ordinary": ordinary, "blank": empty}
ALIASES = {
    "仿宋": "Zhuque Fangsong (technical preview)",
    "宋体": "Noto Serif SC",
    "黑体": "Noto Sans SC",
    "SimSun-ExtB": "HanaMinB",
}
"""What stands in for the fonts of a Chinese office PC."""


@dataclass(frozen=True)
class Picture:
    """One paper in one state."""

    name: str
    paper: AnyPaper
    matter: Matter


def main(arguments: Sequence[str]) -> int:
    """Draw what is asked for and say where it lies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=Path("build/pictures"))
    parser.add_argument("keys", nargs="*", metavar="KEY")
    args = parser.parse_args(arguments)
    if strange := set(args.keys) - set(FORMS):
        parser.error(f"no paper is called {', '.join(sorted(strange))}")
    args.to.mkdir(parents=True, exist_ok=True)
    wanted = [picture for picture in pictures() if not args.keys or picture.paper.key in args.keys]
    for picture, theirs in zip(wanted, through_libreoffice(wanted), strict=True):
        sides = [page(pdf_bytes(compose_paper(picture.paper, picture.matter))), page(theirs)]
        beside([*sides, window(picture)]).save(args.to / f"{picture.name}.png")
    print(f"{len(wanted)} pictures in {args.to.resolve()}")
    return 0


def pictures() -> list[Picture]:
    """Give every paper in every state."""
    return [
        Picture(f"{key}-{kind}", paper, issued(make()))
        for key, paper in FORMS.items()
        for kind, make in KINDS.items()
    ]


def issued(matter: Matter) -> Matter:
    """Give a matter that has a number the paper's own number too."""
    if matter.petition.number:
        matter.paper = IssuedFacts("2211〔2026〕1号", TODAY)
    return matter


def page(pdf: bytes) -> Image.Image | None:
    """Draw the first page of a PDF; nothing where there is none."""
    if not pdf:
        return None
    document = pypdfium2.PdfDocument(pdf)
    drawn: Image.Image = document[0].render(scale=SCALE).to_pil().convert("RGB")
    document.close()
    return drawn


def window(picture: Picture) -> Image.Image:
    """Grab the paper as the window shows it."""
    from xinfang_desktop.ui.fonts import load_paper_fonts
    from xinfang_desktop.ui.paper.form_view import FormView
    from xinfang_desktop.ui.theme import Theme

    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    load_paper_fonts()
    view = FormView(picture.paper, picture.matter, today=TODAY, theme=Theme(application))
    view.fit_width(WINDOW_WIDTH)
    view.show()
    view.clearFocus()
    application.processEvents()
    grabbed = QBuffer()
    grabbed.open(QIODevice.OpenModeFlag.WriteOnly)
    view.grab().save(grabbed, "PNG")
    view.close()
    return Image.open(io.BytesIO(bytes(grabbed.data().data()))).convert("RGB")


def beside(sides: Sequence[Image.Image | None]) -> Image.Image:
    """Put pictures side by side, each as wide as the first; an empty place has a cross."""
    first = sides[0]
    assert first is not None
    width = first.width
    drawn = [side or crossed(first.size) for side in sides]
    fitted = [side.resize((width, side.height * width // side.width)) for side in drawn]
    height = max(side.height for side in fitted)
    whole = Image.new("RGB", ((width + GAP) * len(fitted) - GAP, height), "grey")
    for place, side in enumerate(fitted):
        whole.paste(side, (place * (width + GAP), 0))
    return whole


def crossed(size: tuple[int, int]) -> Image.Image:
    """Draw an empty page."""
    empty_page = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(empty_page)
    pen.line((0, 0, *size), "grey")
    pen.line((0, size[1], size[0], 0), "grey")
    return empty_page


def through_libreoffice(wanted: Sequence[Picture]) -> list[bytes]:
    """Convert the DOCX of every paper in one run of LibreOffice."""
    soffice = shutil.which("soffice")
    if soffice is None:
        print("LibreOffice is not installed here: its place stays empty", file=sys.stderr)
        return [b""] * len(wanted)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for picture in wanted:
            made = docx_paper(picture.paper, picture.matter, picture.matter.office)
            (folder / f"{picture.name}.docx").write_bytes(made)
        (folder / "fonts.conf").write_text(font_rules(folder), encoding="utf-8")
        files = [str(folder / f"{picture.name}.docx") for picture in wanted]
        profile = f"-env:UserInstallation=file://{folder}/profile"
        subprocess.run(
            [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", name, *files],
            check=True,
            capture_output=True,
            timeout=600,
            env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        )
        return [(folder / f"{picture.name}.pdf").read_bytes() for picture in wanted]


def font_rules(folder: Path) -> str:
    """Let the shipped fonts stand for those of an office PC."""
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{ours}</string></edit></match>'
        for name, ours in ALIASES.items()
    )
    fonts = resource("fonts", "HanaMinB.ttf").parent
    return (
        f'<?xml version="1.0"?><fontconfig><dir>{fonts}</dir><dir>/usr/share/fonts</dir>'
        f"<cachedir>{folder}/cache</cachedir>{rules}</fontconfig>"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
