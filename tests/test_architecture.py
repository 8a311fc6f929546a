"""The directions of import, checked: what a package may never reach, and what it may never name."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "xinfang_desktop"
OURS = "xinfang_desktop"

MAY_NOT_IMPORT = {
    "models": ("PySide6", "reportlab", "docx", "sqlcipher3", "store casework reports forms ui cli"),
    "store": ("PySide6", "reportlab", "docx", "casework reports forms ui cli demo"),
    "casework": ("PySide6", "reportlab", "docx", "sqlcipher3", "store reports forms ui cli demo"),
    "forms": ("PySide6", "sqlcipher3", "store casework reports ui cli demo"),
    "reports": ("PySide6", "reportlab", "docx", "sqlcipher3", "store forms ui cli demo"),
    "ui": ("reportlab", "docx", "sqlcipher3", "sqlite3", "xlsxwriter", "cli demo"),
    "store/migrations": ("sqlmodel", "sqlalchemy", "models"),
    "errors.py": ("models store casework reports forms ui cli demo",),
    "files.py": ("models store casework reports forms ui cli demo",),
    "paths.py": ("models store casework reports forms ui cli demo",),
}
"""For each room, libraries it never imports, and last the rooms of ours that it never enters."""

MAY_NOT_NAME = {
    "forms": {"Session", "select", "create_engine"},
    "ui": {"Session", "select", "create_engine"},
}

ONLY_IN = {
    "PySide6": ("ui", "demo.py", "demo"),
    "appdirs": ("paths.py",),
    "sqlcipher3": ("store/cipher.py",),
    "reportlab": ("forms",),
    "docx": ("forms",),
    "xlsxwriter": ("reports",),
    "python_calamine": ("casework/taking_in/workbook.py", "selftest.py"),
    "argparse": ("cli.py",),
}

CLOCKS = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today")}
CLOCKS |= {("time", "time"), ("time", "localtime"), ("QDate", "currentDate")}
TIME_IS_AN_ARGUMENT = ("models", "store", "casework", "forms", "reports")


def modules(room: str = "") -> Iterator[Path]:
    place = PACKAGE / room
    return iter([place]) if place.is_file() else place.rglob("*.py")


def imports(path: Path) -> Iterator[str]:
    """Give the full name of everything a module imports, anywhere in it."""
    package = [OURS, *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *filter(None, [node.module])])
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def names(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def is_within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def test_the_rules_speak_of_rooms_that_exist() -> None:
    for room in (*MAY_NOT_IMPORT, *MAY_NOT_NAME, *TIME_IS_AN_ARGUMENT):
        assert (PACKAGE / room).exists(), room


@pytest.mark.parametrize("room", MAY_NOT_IMPORT)
def test_imports_run_one_way(room: str) -> None:
    *libraries, rooms = MAY_NOT_IMPORT[room]
    ours = rooms.split() if " " in rooms or (PACKAGE / rooms).exists() else []
    forbidden = [*libraries, *(f"{OURS}.{name}" for name in ours)]
    found = {
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in modules(room)
        for name in imports(path)
        if any(is_within(name, package) for package in forbidden)
    }
    assert not found


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_used_in_its_own_place_only(library: str) -> None:
    allowed = [PACKAGE / place for place in ONLY_IN[library]]
    found = {
        str(path.relative_to(PACKAGE))
        for path in modules()
        if not any(path == place or place in path.parents for place in allowed)
        for name in imports(path)
        if is_within(name, library)
    }
    assert not found


@pytest.mark.parametrize("room", MAY_NOT_NAME)
def test_windows_and_forms_know_no_session(room: str) -> None:
    found = {
        f"{path.relative_to(PACKAGE)} names {name}"
        for path in modules(room)
        for name in names(path) & MAY_NOT_NAME[room]
    }
    assert not found


@pytest.mark.parametrize("room", TIME_IS_AN_ARGUMENT)
def test_the_clock_is_never_read_where_time_is_an_argument(room: str) -> None:
    found = {
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in modules(room)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in CLOCKS
    }
    assert not found


def test_models_say_their_annotations_at_once() -> None:
    for path in modules("models"):
        assert "from __future__ import annotations" not in path.read_text("utf-8"), path.name


def test_no_module_is_without_a_word_on_what_it_is_for() -> None:
    for path in modules():
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path


@pytest.mark.parametrize(
    ("module", "late"),
    [
        ("xinfang_desktop.cli", {"sqlmodel", "sqlalchemy", "PySide6", "reportlab", "docx"}),
        ("xinfang_desktop.store.presence", {"sqlmodel", "sqlalchemy", "cryptography"}),
        ("xinfang_desktop.ui.app", {"sqlmodel", "sqlalchemy", "reportlab", "docx", "sqlcipher3"}),
    ],
)
def test_heavy_libraries_wait_until_they_are_used(module: str, late: set[str]) -> None:
    told = f"import sys, {module}; print(*sorted(set(sys.modules) & {late!r}))"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []
