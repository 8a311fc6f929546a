"""From the number as the office writes it (镜访〔2026〕1号) to the pattern it stands for."""

import re

_DIGITS = re.compile(r"\d+", re.ASCII)


def pattern_from_example(example: str, year: int) -> str | None:
    """Give the pattern of an example, or None when its year or its serial number is missing.

    The year is the last figure that is ``year``; the serial number is the last figure after it.
    A serial number written with noughts in front keeps its width.
    """
    figures = list(_DIGITS.finditer(example))
    years = [place for place, figure in enumerate(figures) if figure[0] == str(year)]
    if not years or years[-1] + 1 >= len(figures):
        return None
    when, serial = figures[years[-1]], figures[-1]
    width = f":0{len(serial[0])}d" if serial[0].startswith("0") else ""
    return (
        _plain(example[: when.start()])
        + "{year}"
        + _plain(example[when.end() : serial.start()])
        + f"{{serial{width}}}"
        + _plain(example[serial.end() :])
    )


def example_of(pattern: str, year: int, serial: int = 1) -> str:
    """Write a number after its pattern."""
    return pattern.format(year=year, serial=serial)


def _plain(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
