"""Look: the colours and measures of the window as data, light and dark.

A colour is named by its role, never by its hue; ``READABLE`` says which roles are written on which,
and a test holds every pair to a contrast of 4.5 : 1.
"""

from dataclasses import dataclass, fields, replace

SIZES = (100, 110, 125, 150, 175)


@dataclass(frozen=True)
class Roles:
    """What a colour is for."""

    rail: str = "#20344D"
    rail_here: str = "#2D4868"
    rail_text: str = "#E4ECF4"
    rail_quiet: str = "#AFC0D2"
    rail_bar: str = "#E8B04B"
    desk: str = "#E9EDF1"
    surface: str = "#FFFFFF"
    surface_quiet: str = "#F7F9FB"
    hairline: str = "#D5DCE4"
    outline: str = "#77889A"
    text: str = "#1F2933"
    quiet: str = "#52606D"
    accent: str = "#2B5C8A"
    accent_raised: str = "#34699B"
    accent_sunk: str = "#224A70"
    on_accent: str = "#FFFFFF"
    chosen: str = "#E3EEF7"
    overdue: str = "#A93226"
    overdue_tint: str = "#FBEDEB"
    warning: str = "#8A5300"
    warning_tint: str = "#FDF5E3"
    done: str = "#276B2B"
    done_tint: str = "#EDF6EE"
    toast: str = "#263646"
    toast_text: str = "#F4F7FA"
    toast_act: str = "#F2C46D"
    paper: str = "#FFFEFB"
    paper_ink: str = "#1F2933"
    paper_quiet: str = "#52606D"
    blank: str = "#F3F7FB"
    blank_line: str = "#8FA9C2"
    in_hand: str = "#2B5C8A"
    shadow: str = "#40202A36"
    mark: str = "#FBE7A8"
    paper_mark: str = "#FBE7A8"


LIGHT = Roles()

DARK = replace(
    LIGHT,
    rail="#17202B",
    rail_here="#26384C",
    rail_text="#E2E9F0",
    rail_quiet="#9FB0C1",
    desk="#10161D",
    surface="#1B242E",
    surface_quiet="#212C38",
    hairline="#354352",
    outline="#748699",
    text="#E6ECF2",
    quiet="#A9B7C5",
    accent="#7DB3E3",
    accent_raised="#95C2EA",
    accent_sunk="#659FD3",
    on_accent="#0E1B28",
    chosen="#28405A",
    overdue="#F39A8F",
    overdue_tint="#3A2422",
    warning="#E9BC62",
    warning_tint="#362C1A",
    done="#84CC8A",
    done_tint="#1D3222",
    toast="#E6ECF2",
    toast_text="#17202B",
    toast_act="#1F4E79",
    paper="#F4F2EC",
    blank="#E9EEF3",
    shadow="#80000000",
    mark="#4A3C10",
)

READABLE: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("rail_text", "rail_quiet") for ground in ("rail", "rail_here")),
    *(
        (text, ground)
        for text in ("text", "quiet", "accent")
        for ground in ("surface", "surface_quiet", "desk", "chosen")
    ),
    *(
        (text, ground)
        for text in ("overdue", "warning", "done")
        for ground in ("surface", "surface_quiet", "desk", f"{text}_tint")
    ),
    *(("on_accent", ground) for ground in ("accent", "accent_raised", "accent_sunk")),
    ("toast_text", "toast"),
    ("toast_act", "toast"),
    *((text, ground) for text in ("paper_ink", "paper_quiet") for ground in ("paper", "blank")),
    ("text", "mark"),
    ("paper_ink", "paper_mark"),
    ("quiet", "mark"),
)
"""(what is written, what it is written on)."""

VISIBLE: tuple[tuple[str, str], ...] = (
    *((line, ground) for line in ("outline", "accent") for ground in ("surface", "surface_quiet")),
    ("rail_bar", "rail_here"),
    ("in_hand", "paper"),
)
"""(a line or sign that must be seen, what it lies on): 3 : 1."""


@dataclass(frozen=True)
class Look:
    """One appearance of the window: its roles, and its size in per cent."""

    dark: bool = False
    size: int = 100

    @property
    def roles(self) -> Roles:
        """The colours."""
        return DARK if self.dark else LIGHT

    def px(self, length: float) -> int:
        """Give a length that is drawn as ``length`` pixels at 100 %."""
        return round(length * self.size / 100)

    def resized(self, steps: int) -> "Look":
        """Give the look that is so many sizes larger, as far as there are any."""
        nearest = min(range(len(SIZES)), key=lambda i: abs(SIZES[i] - self.size))
        return replace(self, size=SIZES[min(max(nearest + steps, 0), len(SIZES) - 1)])


def colours(roles: Roles) -> dict[str, str]:
    """Give every colour under its role."""
    return {role.name: getattr(roles, role.name) for role in fields(roles)}


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours (WCAG 2: relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (value / 255 for value in bytes.fromhex(colour[-6:]))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
