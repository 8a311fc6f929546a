"""What a cell says where a day, a number, a name or a choice is meant.

A reading either says exactly what was typed, or says what is wrong with it: what a spreadsheet has
rounded, or nobody can tell from the cell alone, is never guessed. Only outer blanks, the width of
digits and letters in numbers, and a sign that merely tells the spreadsheet "this is text" are no
part of what was typed.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any

from .workbook import EPOCH_1900, NO_RESULT, Cell, is_blank

EXACT_DIGITS = 15
"""How many digits of a figure a spreadsheet keeps; what follows them it has made up."""

_ROUNDED = "号码已被表格软件改过，后几位已经丢失，请对照原件补全。"
_NO_DAY = "看不出是哪一天，请写成 2026-10-08 这样的日期。"
_NO_SUCH_DAY = "没有这一天，请核对。"
_NO_YEAR = "没有写年份，请补上年份。"
_TWO_DIGITS = "年份只有两位，请补成四位。"
_DAY_AS_FIGURE = "是一个数字，看不出是几月几日（10.1 可能是10月1日，也可能是10月10日），请重写。"
_TOO_EARLY = "年份太早，请核对。"
_FUTURE = "在今天之后，请核对。"
_NO_TIME = "看不出是几点几分，请写成 9:30 这样的时间。"
_NO_COUNT = "不是人数，请写一个整数。"
_ERROR = "表格里的公式出错，没有内容，请补写或清空。"
_NOT_RECKONED = "这一格是公式，文件里没有存下它的结果，请补写或清空。"
_UNKNOWN = "不在可选的范围内，请改选。"
_TOO_MANY = 1_000_000

_EARLIEST, _LATEST = date(1950, 1, 1), date(2100, 1, 1)
_ERRORS = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|GETTING_DATA|SPILL!|CALC!)", re.I
)
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+")
_HASHES = re.compile(r"#{3,}")


@dataclass(frozen=True)
class Reading:
    """What a cell says: its value, or the sentence that tells why there is none."""

    value: Any = None
    trouble: str = ""


@dataclass(frozen=True)
class Hints:
    """What the sheet tells of its cells: how days are counted, the one year it names, today."""

    today: date
    epoch: date = EPOCH_1900
    year: int | None = None


def shown(cell: Cell) -> str:
    """Give a cell as the spreadsheet shows it, as near as can be told."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case datetime():
            return cell.isoformat(" ", "minutes") if cell.time() != time() else str(cell.date())
        case time():
            return cell.isoformat("minutes")
        case float() if not isfinite(cell):
            return str(cell)
        case float() if abs(cell) >= 10**EXACT_DIGITS:
            return f"{cell:.5E}"
        case float() if cell == int(cell):
            return str(int(cell))
        case float():
            return repr(cell)
        case _:
            return str(cell)


def broken(cell: Cell) -> str:
    """Say what is wrong with a cell whose formula gave nothing; nothing where it is whole."""
    if not isinstance(cell, str):
        return ""
    if cell.startswith(NO_RESULT):
        return _NOT_RECKONED
    return _ERROR if _ERRORS.fullmatch(cell.strip()) else ""


def text(cell: Cell) -> Reading:
    """Read words; line ends and blanks inside them stay."""
    if trouble := broken(cell):
        return Reading(trouble=trouble)
    return Reading(shown(cell).strip())


def number(cell: Cell) -> Reading:
    """Read a number of a document, a telephone, a matter: digits that are not reckoned with."""
    if trouble := broken(cell):
        return Reading(trouble=trouble)
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if abs(cell) >= 10**EXACT_DIGITS:
            return Reading(trouble=_ROUNDED)
        return Reading(shown(cell))
    written = shown(cell).translate(_WIDE).strip().removeprefix("'").strip()
    if _SCIENTIFIC.fullmatch(written) or _HASHES.fullmatch(written):
        return Reading(trouble=_ROUNDED)
    return Reading(written)


def count(cell: Cell) -> Reading:
    """Read a head count, also written 3人."""
    if is_blank(cell):
        return Reading(None)
    if trouble := broken(cell):
        return Reading(trouble=trouble)
    written = "".join(_half_width(shown(cell)).split())
    found = re.fullmatch(r"([0-9]{1,9})(?:\.0+)?[人名个位]?", written)
    if isinstance(cell, bool) or found is None or int(found[1]) > _TOO_MANY:
        return Reading(trouble=_NO_COUNT)
    return Reading(int(found[1]))


def choice(cell: Cell, choices: Mapping[str, Any]) -> Reading:
    """Read one of ``choices``, which are known by what a ledger may call them."""
    if is_blank(cell):
        return Reading(None)
    if trouble := broken(cell):
        return Reading(trouble=trouble)
    written = plain_word(shown(cell))
    found = choices.get(written, choices.get(written.removesuffix("类").removesuffix("件")))
    return Reading(found) if found is not None else Reading(trouble=_UNKNOWN)


def plain_word(written: str) -> str:
    """Give a word as choices are known by: half-width, without blanks."""
    return "".join(_half_width(written).split())


def day(cell: Cell, hints: Hints) -> Reading:
    """Read a day, and the time where one is told: a pair of both, the time may be None."""
    if is_blank(cell):
        return Reading(None)
    if trouble := broken(cell):
        return Reading(trouble=trouble)
    match cell:
        case datetime():
            read = Reading((cell.date(), _time_of(cell.time())))
        case date():
            read = Reading((cell, None))
        case float() | int() if not isinstance(cell, bool):
            read = _by_figure(cell, hints)
        case str():
            read = _by_words(cell, hints)
        case _:
            read = Reading(trouble=_NO_DAY)
    return _plausible(read, hints)


def clock_time(cell: Cell) -> Reading:
    """Read a time of day."""
    if is_blank(cell):
        return Reading(None)
    if trouble := broken(cell):
        return Reading(trouble=trouble)
    match cell:
        case datetime():
            return Reading(_time_of(cell.time()) or time())
        case time():
            return Reading(cell.replace(microsecond=0))
        case float() if 0 <= cell < 1:
            return Reading((datetime.min + _of_day(cell)).time())
        case str():
            return _time_by_words(cell)
    return Reading(trouble=_NO_TIME)


def names(cell: Cell) -> tuple[list[str], int | None]:
    """Part the names in one cell (张三、李四等5人), and give the number of people it tells."""
    written = shown(cell).strip()
    several = _SEVERAL.search(written)
    crowd = int(_half_width(several["heads"])) if several and several["heads"] else None
    if several:
        written = written[: several.start()]
    return [name.strip() for name in _BETWEEN.split(written) if name.strip()], crowd


def years_in(words: Iterable[str]) -> set[int]:
    """Give the years that titles and names of sheets tell."""
    return {int(year) for one in words for year in _YEAR.findall(_half_width(one))}


def parts(written: str) -> list[str]:
    """Part the numbers in one cell."""
    return [part.strip() for part in _BETWEEN.split(written) if part.strip()]


_SEVERAL = re.compile(r"[（(]?\s*等\s*(?:(?P<heads>[0-9０-９]{1,6})\s*[人名位]|人)?\s*[）)]?\s*$")
"""Only an exact number of people is told apart: 等二十余户 stays with the name, as it was typed."""

_WIDE = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_BETWEEN = re.compile(r"[、，,;；/／\n]+")

_WEEKDAY = re.compile(r"[（(]?(?:星期|周)[一二三四五六日天][)）]?")
_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:：时点](?P<minute>[0-9]{1,2})?分?(?:[:：][0-9]{2}秒?)?)"
)
_WHOLE_DAY = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{2})\s*[年./\-]\s*(?P<month>[0-9]{1,2})\s*[月./\-]\s*"
    r"(?P<day>[0-9]{1,2})\s*[日号]?"
)
_EIGHT = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_WITHOUT_YEAR = re.compile(r"(?P<month>[0-9]{1,2})\s*[月./\-]\s*(?P<day>[0-9]{1,2})\s*[日号]?")
_SERIAL = re.compile("[0-9]{5}")


def _by_figure(figure: float, hints: Hints) -> Reading:
    """A figure is a count of days, or eight digits; anything else could be two days."""
    if not isfinite(figure):
        return Reading(trouble=_NO_DAY)
    if figure == int(figure) and (eight := _EIGHT.fullmatch(str(int(figure)))):
        return _day_of(eight, hints)
    counted = _counted(figure, hints)
    if counted is not None:
        return Reading(counted)
    return Reading(trouble=_DAY_AS_FIGURE if 0 < figure < 10_000 else _NO_DAY)


def _counted(figure: float, hints: Hints) -> tuple[date, time | None] | None:
    try:
        moment = datetime.combine(hints.epoch, time()) + _of_day(figure)
    except OverflowError:
        return None
    if not _EARLIEST <= moment.date() < _LATEST:
        return None
    return moment.date(), _time_of(moment.time())


def _by_words(written: str, hints: Hints) -> Reading:
    words = _WEEKDAY.sub("", _half_width(written).strip().removeprefix("'")).strip()
    if _SERIAL.fullmatch(words):
        counted = _counted(int(words), hints)
        return Reading(counted) if counted else Reading(trouble=_NO_DAY)
    for shape in (_WHOLE_DAY, _EIGHT, _WITHOUT_YEAR):
        found = shape.match(words)
        if found is None:
            continue
        rest = words[found.end() :].strip(" Tt,，")
        read = _day_of(found, hints)
        return _with_time(read, rest) if rest else read
    return Reading(trouble=_NO_DAY)


def _day_of(found: re.Match[str], hints: Hints) -> Reading:
    written = found.groupdict().get("year")
    if written is None and hints.year is None:
        return Reading(trouble=_NO_YEAR)
    if written is not None and len(written) == 2:
        if hints.year is None or hints.year % 100 != int(written):
            return Reading(trouble=_TWO_DIGITS)
        written = None
    try:
        year = int(written) if written else hints.year or 0
        return Reading((date(year, int(found["month"]), int(found["day"])), None))
    except ValueError:
        return Reading(trouble=_NO_SUCH_DAY)


def _with_time(read: Reading, rest: str) -> Reading:
    if read.trouble:
        return read
    told = _time_by_words(rest)
    if told.trouble:
        return Reading(trouble=_NO_DAY)
    return Reading((read.value[0], _time_of(told.value)))


def _time_by_words(written: str) -> Reading:
    words = _half_width(written).strip()
    later = 12 if words.startswith(("下午", "晚上")) else 0
    found = _CLOCK.fullmatch(re.sub("^(?:上午|下午|晚上|中午)", "", words).strip())
    try:
        if found is not None:
            hour = int(found["hour"])
            return Reading(time(hour + (later if hour < 12 else 0), int(found["minute"] or 0)))
    except ValueError:
        pass
    return Reading(trouble=_NO_TIME)


def _plausible(read: Reading, hints: Hints) -> Reading:
    if read.trouble or read.value is None:
        return read
    told: date = read.value[0]
    if told > hints.today:
        return Reading(trouble=_FUTURE)
    return read if told >= _EARLIEST else Reading(trouble=_TOO_EARLY)


def _of_day(figure: float) -> timedelta:
    return timedelta(seconds=round(figure * 86400 / 60) * 60)


def _time_of(moment: time) -> time | None:
    """Midnight is what a spreadsheet writes where nobody told a time."""
    return moment.replace(second=0, microsecond=0) if moment != time() else None


def _half_width(written: str) -> str:
    return unicodedata.normalize("NFKC", written)
