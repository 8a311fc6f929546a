"""The faces of the window: the system's Chinese sans, or the shipped one where there is none.

The faces of the paper (and of rare characters in names) are large and are loaded when the first
window after the password needs them.
"""

from functools import cache

from PySide6.QtGui import QFontDatabase, QRawFont

from xinfang_desktop.paths import resource

SYSTEM_SANS = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "HarmonyOS Sans SC",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
SHIPPED_SANS = "NotoSansSC_400Regular.ttf"
SHIPPED_FOR_PAPER = (
    "LXGWZhuqueFangsong-Regular.ttf",
    "NotoSerifSC_400Regular.ttf",
    "NotoSerifSC_700Bold_8105.ttf",
    "HanaMinB.ttf",
)
_PIXELS = 16.0


def sans_families() -> list[str]:
    """Give the families of the window, the best first, rare characters last."""
    present = set(QFontDatabase.families())
    system = [family for family in SYSTEM_SANS if family in present]
    return (system or _loaded(SHIPPED_SANS)) + ["Noto Serif SC", "HanaMinB"]


@cache
def load_paper_fonts() -> None:
    """Load the faces of the paper and of rare characters, once in a program run."""
    for name in SHIPPED_FOR_PAPER:
        _loaded(name)


def unreadable() -> list[str]:
    """Give the files of the shipped faces that cannot be read here; the system's do not count."""
    files = (SHIPPED_SANS, *SHIPPED_FOR_PAPER)
    return [name for name in files if not QRawFont(_file(name), _PIXELS).isValid()]


def _loaded(name: str) -> list[str]:
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(_file(name)))


def _file(name: str) -> str:
    return str(resource("fonts", name))
