"""The live previewer: a paper is drawn anew whenever its definition is saved.

``python -m xinfang_desktop.forms KEY|FILE.toml [--to FILE.pdf] [--once]``: forms are made by eye.
A paper of the program is drawn by a fresh interpreter each time, so that the definition as it is
on the disk is what is drawn. The PDF is put in place whole: a viewer that follows the file never
sees half of it.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import write_file_atomically

from .papers import AnyPaper

_USAGE = "用法：python -m xinfang_desktop.forms 文书名称|文件.toml [--to 文件.pdf] [--once]"
_DRAWN = "已画好：{to}（{pages}页）"
_UNKNOWN = "没有“{key}”这种文书；有：{keys}。"
_WATCHING = "正在看着 {file}，存盘就重画；按 Ctrl+C 结束。"
_OTHER_VERSION = "定义有错，没有重画：{reason}"
LOOK_AGAIN = 0.3
"""Seconds between two looks at the file of the definition."""


def main(arguments: Sequence[str]) -> int:
    """Draw once, or whenever the definition changes; the exit code is that of the last drawing."""
    words = [word for word in arguments if word != "--once"]
    to = Path(words.pop(place + 1)) if (place := _place(words, "--to")) is not None else None
    words = [word for word in words if word != "--to"]
    if len(words) != 1 or words[0].startswith("-"):
        print(_USAGE, file=sys.stderr)
        return 2
    target = words[0]
    to = to or Path(f"{Path(target).stem}.pdf")
    if "--once" in arguments:
        return draw(target, to)
    return watch(target, to)


def draw(target: str, to: Path) -> int:
    """Draw the empty paper and say how it went; gives the exit code."""
    try:
        print(_drawn(target, to), flush=True)
    except OfficeError as error:
        print(error.sentence, file=sys.stderr, flush=True)
        return 1
    return 0


def watch(target: str, to: Path, *, wait: Callable[[float], None] = time.sleep) -> int:
    """Draw now and after every change of the definition's file, until interrupted."""
    file, seen, code = definition_file(target), -1.0, 0
    draws = draw if target.endswith(".toml") else _draw_afresh
    print(_WATCHING.format(file=file), flush=True)
    try:
        while True:
            changed = file.stat().st_mtime if file.exists() else 0.0
            if changed != seen:
                seen, code = changed, draws(target, to)
            wait(LOOK_AGAIN)
    except KeyboardInterrupt:
        return code


def definition_file(target: str) -> Path:
    """Give the file that a paper is defined in."""
    if target.endswith(".toml"):
        return Path(target)
    return Path(__file__).parent / "catalogue" / f"{target}.py"


def _draw_afresh(target: str, to: Path) -> int:
    command = [sys.executable, "-m", "xinfang_desktop.forms", target, "--to", str(to), "--once"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    print(done.stdout, end="", flush=True)
    if done.returncode and done.stderr:
        told = done.stderr.strip().splitlines()[-1]
        print(_OTHER_VERSION.format(reason=told), file=sys.stderr, flush=True)
    return done.returncode


def _drawn(target: str, to: Path) -> str:
    from xinfang_desktop.models import Matter, OfficeProfile

    from .papers import compose_paper
    from .pdf import pdf_bytes

    sheet = compose_paper(_paper(target), Matter(office=OfficeProfile()))
    write_file_atomically(to, pdf_bytes(sheet))
    return _DRAWN.format(to=to, pages=len(sheet.pages))


def _paper(target: str) -> AnyPaper:
    from .catalogue import FORMS
    from .office_forms import read_office_form

    if target.endswith(".toml"):
        form, problems = read_office_form(Path(target))
        if form is None:
            raise OfficeError("\n".join(problem.sentence for problem in problems))
        return form
    if target not in FORMS:
        raise OfficeError(_UNKNOWN.format(key=target, keys="、".join(FORMS)))
    return FORMS[target]


def _place(words: Sequence[str], word: str) -> int | None:
    return words.index(word) if word in words[:-1] else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
