"""The Windows program, made on Linux: Python, wheels, starters, then a setup program and a zip."""

import compileall
import os
import py_compile
import shutil
import struct
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from . import embed
from .checkout import BUILD, HERE, ROOT, Checkout, icons
from .contents import QT_MODULES, UNUSED_MODULES, ships
from .lock import WINDOWS, fetch
from .on_linux import PACKAGE, lay

FILES = HERE / "nsis"
PACKAGES = (f"{PACKAGE}-{{}}-windows-x64-setup.exe", f"{PACKAGE}-{{}}-windows-x64.zip")
COMPILER, RESOURCES = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres"
STARTERS = {
    ("", "xinfang.exe"): ("-mwindows", "-DCHOOSING"),
    ("", "xinfang-cmd.exe"): ("-mconsole", "-DCHOOSING", "-DCONSOLE"),
    ("version", "xinfang.exe"): ("-mwindows",),
    ("version", "xinfang-cmd.exe"): ("-mconsole", "-DCONSOLE"),
}
UNUSED_FILES = {
    *("python.exe", "pythonw.exe", "python.cat", "sqlite3.dll", "_sqlite3.pyd", "_ssl.pyd"),
    *("libssl-3.dll", "libcrypto-3.dll", "_hashlib.pyd", "_uuid.pyd", "_msi.pyd", "winsound.pyd"),
}
"""Of the embeddable Python; the program is started by its own starters and makes no connection."""

PATHS = "python311.zip\n.\nlib\napp\n"
QT_LIBRARIES = (*QT_MODULES, "QtSvg")
_READ_ME = """\
信访案头 {version}，免安装版（64位 Windows 10 1809 或更新）

1. 整个文件夹解压到本机硬盘（不要放在U盘或网盘里运行）。
2. 双击 xinfang.exe 。
3. 不知道能不能用时，在命令行里运行 xinfang-cmd.exe selftest 。

数据不在这个文件夹里，删掉它不会动数据。
"""


def pack(checkout: Checkout, root: Path, to: Path) -> tuple[Path, ...]:
    """Pack everything for Windows."""
    to.mkdir(parents=True, exist_ok=True)
    return setup(checkout, root, to), portable(checkout, root, to)


def build(checkout: Checkout) -> Path:
    """Make the program's folder and give it, laid out as it is installed."""
    root = BUILD / "windows" / checkout.version / "root"
    shutil.rmtree(root, ignore_errors=True)
    tree = root / checkout.version
    embed.unpack(embed.fetch(), tree)
    for name in UNUSED_FILES:
        (tree / name).unlink()
    (tree / "python311._pth").write_bytes(PATHS.replace("\n", "\r\n").encode("ascii"))
    _libraries(checkout, tree / "lib")
    _program(checkout, tree / "app")
    (tree / "schema").write_text(f"{_schema(checkout)}\n", "ascii")
    _starters(checkout, root, tree)
    (root / "current").write_text(f"{checkout.version}\n", "ascii")
    for path in (root, *root.rglob("*")):
        os.utime(path, (checkout.when, checkout.when))
    return root


def setup(checkout: Checkout, root: Path, to: Path) -> Path:
    """Pack the setup program."""
    packed = to / PACKAGES[0].format(checkout.version)
    defined = {
        "OUTFILE": packed,
        "VERSION": checkout.version,
        "NUMBERS": _numbers(checkout.version, "."),
        "ICON": BUILD / "icons/xinfang.ico",
        "TREE": root,
    }
    words = [f"-D{name}={value}" for name, value in defined.items()]
    subprocess.run(
        ["makensis", "-V2", "-INPUTCHARSET", "UTF8", *words, str(FILES / "setup.nsi")],
        check=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(checkout.when)},
    )
    return packed


def portable(checkout: Checkout, root: Path, to: Path) -> Path:
    """Pack the folder that runs from wherever it is unpacked."""
    name = f"{PACKAGE}-{checkout.version}-windows-x64"
    packed = to / f"{name}.zip"
    moment = datetime.fromtimestamp(checkout.when, UTC).timetuple()[:6]
    read_me = _READ_ME.format(version=checkout.version).replace("\n", "\r\n").encode("utf-8-sig")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(zipfile.ZipInfo(f"{name}/安装说明.txt", moment), read_me)
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{name}/{path.relative_to(root).as_posix()}", moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes(), compresslevel=9)
    return packed


def _libraries(checkout: Checkout, lib: Path) -> None:
    lock = checkout.source / "requirements/run.txt"
    wheels = BUILD / "wheels/windows"
    fetch(lock, WINDOWS, wheels)
    lay(lock, WINDOWS, wheels, lib)
    for name in UNUSED_MODULES:
        found = lib.joinpath(*name.split("."))
        shutil.rmtree(found, ignore_errors=True)
        for path in found.parent.glob(f"{found.name}.*"):
            if path.suffix in (".py", ".pyd"):
                path.unlink()
    shutil.rmtree(lib / "bin", ignore_errors=True)
    for path in sorted(lib.rglob("*"), reverse=True):
        if path.is_file() and not _goes_along(path, lib):
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    _compile(lib)


def _goes_along(path: Path, lib: Path) -> bool:
    name = path.relative_to(lib).as_posix()
    folder, _, file = name.partition("/")
    if folder == "PySide6" and "/" not in file:
        return _is_used_of_qt(path)
    if folder == "PySide6" and not file.startswith(("plugins/", "translations/")):
        return False
    return ships(name, "windows")


def _is_used_of_qt(path: Path) -> bool:
    """Tell whether the program uses a file of PySide6's own folder."""
    if path.suffix == ".pyd":
        return path.stem in QT_MODULES
    if path.suffix == ".dll" and path.name.startswith("Qt6"):
        return path.stem.replace("Qt6", "Qt", 1) in QT_LIBRARIES
    return path.suffix == ".py" or path.name.startswith(("pyside6.", "msvcp140", "vcruntime"))


def _program(checkout: Checkout, app: Path) -> None:
    for name in ("xinfang_desktop", "resources"):
        shutil.copytree(checkout.source / name, app / name)
    for name in ("LICENSE", "LICENSES.md"):
        shutil.copyfile(checkout.source / name, app / name)
    _compile(app / "xinfang_desktop")


def _compile(tree: Path) -> None:
    """Leave the compiled modules only: half the files for a virus scanner to open at start."""
    done = compileall.compile_dir(
        tree,
        quiet=2,
        legacy=True,
        stripdir=str(tree),
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    if not done:
        raise RuntimeError(f"not all of {tree} compiles")
    for path in tree.rglob("*.py"):
        path.unlink()


def _schema(checkout: Checkout) -> int:
    told = subprocess.run(
        [
            *(str(ROOT / ".venv/bin/python"), "-c"),
            "from xinfang_desktop.store.migrations import LATEST; print(LATEST)",
        ],
        check=True,
        capture_output=True,
        cwd=checkout.source,
        env={**os.environ, "PYTHONPATH": str(checkout.source)},
    )
    return int(told.stdout)


def _starters(checkout: Checkout, root: Path, tree: Path) -> None:
    work = BUILD / "icons"
    drawn = icons(checkout, work)
    (work / "xinfang.ico").write_bytes(_ico(list(drawn.values())))
    resources = work / "launcher.o"
    subprocess.run(
        [
            *(RESOURCES, f"-I{work}", f"-I{FILES}", "-DRT_MANIFEST=24"),
            f'-DXINFANG_VERSION=\\"{checkout.version}\\"',
            f"-DXINFANG_NUMBERS={_numbers(checkout.version, ',')}",
            *(str(FILES / "launcher.rc"), str(resources)),
        ],
        check=True,
    )
    for (place, name), options in STARTERS.items():
        subprocess.run(
            [
                *(COMPILER, "-O2", "-s", "-municode", "-Wall", "-Werror", *options),
                *("-Wl,--no-insert-timestamp", "-static", "-o"),
                *(str((tree if place else root) / name), str(FILES / "launcher.c")),
                str(resources),
            ],
            check=True,
        )


def _numbers(version: str, between: str) -> str:
    """Give a version as the four numbers that Windows wants."""
    parts = [part for part in version.replace("~", ".").split(".") if part.isdigit()]
    return between.join([*parts, "0", "0", "0"][:4])


def _ico(pictures: list[Path]) -> bytes:
    """Put PNG pictures into one icon file (each entry: width, height, and where its PNG lies)."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    entries, data, start = b"", b"", 6 + 16 * len(pictures)
    for path in pictures:
        png = path.read_bytes()
        pixels = int(path.stem) % 256
        entries += struct.pack(
            "<BBBBHHII", pixels, pixels, 0, 0, 1, 32, len(png), start + len(data)
        )
        data += png
    return head + entries + data
