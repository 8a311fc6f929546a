"""Chinese typing on Linux: PySide6 speaks to ibus only, and fcitx5 can answer as ibus.

It must be arranged before the application is made. Measured: under fcitx5 nothing is typed in
Chinese unless both variables are set.
"""

import os
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path

SPOKEN = ("ibus", "compose", "qtvirtualkeyboard")
_MODULES = (("ibus", "ibus（fcitx5 也走这个接口）"),)
_HINTS = ("QT_IM_MODULE", "GTK_IM_MODULE", "XMODIFIERS", "INPUT_METHOD")


def prepare(environment: MutableMapping[str, str] = os.environ) -> None:
    """Let fcitx5 be heard, unless somebody chose a module that works."""
    if not sys.platform.startswith("linux") or environment.get("QT_IM_MODULE") in SPOKEN:
        return
    if any("fcitx" in environment.get(hint, "") for hint in _HINTS) or _fcitx_runs():
        environment["QT_IM_MODULE"] = "ibus"
        environment["IBUS_USE_PORTAL"] = "1"


def heard() -> list[str]:
    """Name the input methods that this program can hear: Windows' own, or the modules shipped."""
    if not sys.platform.startswith("linux"):
        return ["系统自带"]
    from PySide6.QtCore import QLibraryInfo

    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforminputcontexts")
    shipped = [path.name for path in folder.glob("lib*platforminputcontextplugin.so")]
    return [
        title for name, title in _MODULES if f"lib{name}platforminputcontextplugin.so" in shipped
    ]


def in_use(environment: Mapping[str, str] = os.environ) -> str:
    """Say which way Chinese typing goes now, for a report."""
    chosen = environment.get("QT_IM_MODULE", "")
    if chosen == "ibus" and environment.get("IBUS_USE_PORTAL"):
        return "fcitx5（经 ibus 接口）"
    return chosen or "由系统决定"


def _fcitx_runs() -> bool:
    return any(_name(process) == "fcitx5" for process in Path("/proc").glob("[0-9]*/comm"))


def _name(process: Path) -> str:
    try:
        return process.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
