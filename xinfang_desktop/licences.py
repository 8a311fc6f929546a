"""The works that the program is shipped with, and their licences: 帮助 → 关于 shows them.

The list is ``LICENSES.md``, which ``make check`` holds against what is locked. The texts come with
the packages and the fonts; those that their packages leave out lie in ``resources/licences``.
"""

import re
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from xinfang_desktop.paths import legal_file, resource

_ROW = re.compile(
    r"^\| `(?P<name>[^`]+)` \| (?P<told>[^|]*) \| ?(?P<rest>[^|]*?) ?\|$", re.MULTILINE
)
_LEGAL = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_SYSTEM = "system"

LEFT_OUT = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt", "Qt-base.txt", "ICU.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "sqlcipher3": ("SQLCipher.txt", "Apache-2.0.txt"),
    "cryptography": ("Apache-2.0.txt",),
    "chinesecalendar": ("chinesecalendar.txt",),
    "pypinyin": ("pypinyin.txt",),
    "Python": ("Python.txt",),
    "PyInstaller": ("PyInstaller.txt",),
}
"""The texts that a package does not bring itself."""


@dataclass(frozen=True)
class Work:
    """A work that is shipped: its name, its licence in a few words, and where the texts lie."""

    name: str
    licence: str
    version: str = ""
    texts: tuple[Path, ...] = field(default=(), repr=False)

    def read(self) -> str:
        """Give the whole of its licences."""
        read = (path.read_text("utf-8", "replace").strip() for path in self.texts)
        return "\n\n――――――――\n\n".join(read)


def works() -> list[Work]:
    """List the program itself, fonts, packages, and the system's libraries in an installed one."""
    listed = legal_file("LICENSES.md").read_text("utf-8")
    ours = Work("信访案头", "MIT", texts=(legal_file("LICENSE"),))
    found = [_font(row) if row["name"].endswith(".ttf") else _package(row) for row in _rows(listed)]
    return [ours, *found, *_system()]


def _rows(listed: str) -> list[dict[str, str]]:
    return [row.groupdict() for row in _ROW.finditer(listed)]


def _font(row: dict[str, str]) -> Work:
    texts = re.findall(r"`(LICENSE-[^`]+)`", row["rest"])
    licence = row["rest"].partition(":")[0]
    return Work(row["name"], licence, texts=tuple(resource("fonts", name) for name in texts))


def _package(row: dict[str, str]) -> Work:
    name = row["name"]
    more = tuple(resource("licences", text) for text in LEFT_OUT.get(name, ()))
    try:
        packed = distribution(name)
    except PackageNotFoundError:
        return Work(name, row["told"], texts=more)
    files = (file for file in packed.files or () if ".dist-info/" in file.as_posix())
    listed = {Path(str(file.locate())) for file in files if _LEGAL.search(file.as_posix())}
    here = {path for path in _beside(packed) if _LEGAL.search(path.as_posix())}
    texts = sorted(path for path in listed | here if path.is_file())
    return Work(name, row["told"], packed.version, (*texts, *more))


def _beside(packed: object) -> list[Path]:
    """Give the files of a package's metadata; an installed program keeps no record of them."""
    folder = getattr(packed, "_path", None)
    return [path for path in folder.rglob("*") if path.is_file()] if folder else []


def _system() -> list[Work]:
    """List the libraries that the Linux program brings from the system it was built on."""
    try:
        folder = resource("licences", _SYSTEM)
    except FileNotFoundError:
        return []
    return [Work(path.stem, "见原文", texts=(path,)) for path in sorted(folder.glob("*.txt"))]
