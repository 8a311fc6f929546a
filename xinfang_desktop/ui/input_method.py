"""Chinese typing on Linux: PySide6 speaks to ibus only, and fcitx5 can answer as ibus.

It must be arranged before the application is made. Measured: under fcitx5 nothing is typed in
Chinese unless both variables are set.
"""

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

SPOKEN = ("ibus", "compose", "qtvirtualkeyboard")
_HINTS = ("QT_IM_MODULE", "GTK_IM_MODULE", "XMODIFIERS", "INPUT_METHOD")


def prepare(environment: MutableMapping[str, str] = os.environ) -> None:
    """Let fcitx5 be heard, unless somebody chose a module that works."""
    if not sys.platform.startswith("linux") or environment.get("QT_IM_MODULE") in SPOKEN:
        return
    if any("fcitx" in environment.get(hint, "") for hint in _HINTS) or _fcitx_runs():
        environment["QT_IM_MODULE"] = "ibus"
        environment["IBUS_USE_PORTAL"] = "1"


def _fcitx_runs() -> bool:
    return any(_name(process) == "fcitx5" for process in Path("/proc").glob("[0-9]*/comm"))


def _name(process: Path) -> str:
    try:
        return process.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
