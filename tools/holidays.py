"""Write the years of the work calendar that are shipped, from the table of chinesecalendar.

``python -m tools.holidays`` writes one file for each year that the installed table covers into
``resources/calendar``. The program itself reads these files and never the table: it ends with a
year, and raises for every day after it.
"""

import sys
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path

from chinese_calendar.constants import holidays, workdays

FOLDER = Path(__file__).parent.parent / "resources" / "calendar"

_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}
_HEAD = """\
# {year}年放假和调休上班的日期
year = {year}
source = "国务院办公厅关于{year}年节假日安排的通知（汇编：chinesecalendar {version}）"
"""


def text_of(year: int) -> str:
    """Give the file of a year."""
    parts = [_HEAD.format(year=year, version=version("chinesecalendar"))]
    for section, days in (("off", holidays), ("work", workdays)):
        named = _of_year(days, year)
        if named:
            parts.append("\n".join((f"\n[{section}]", *(_line(*one) for one in named), "")))
    return "".join(parts)


def years() -> list[int]:
    """Give the years that the installed table covers."""
    return sorted({day.year for day in holidays})


def main() -> int:
    """Write every year."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for year in years():
        (FOLDER / f"{year}.toml").write_text(text_of(year), encoding="utf-8")
    return 0


def _of_year(days: Mapping[date, str], year: int) -> Iterable[tuple[date, str]]:
    return sorted((day, _NAMES[name]) for day, name in days.items() if day.year == year)


def _line(day: date, name: str) -> str:
    return f'{day.isoformat()} = "{name}"'


if __name__ == "__main__":
    sys.exit(main())
