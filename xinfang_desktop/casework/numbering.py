"""Numbers of matters: one rising series per pattern and year; a number is never given twice."""

import re
import unicodedata
from functools import cache
from string import Formatter

from sqlmodel import Session, col, select

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Channel, NumberSeries, OfficeProfile, Petition

_BRACKETS = ("〔〕", "[]", "()", "【】", "［］", "（）", "{}", "<>", "《》")
_OPENING = re.compile(f"[{re.escape(''.join(pair[0] for pair in _BRACKETS))}]")
_CLOSING = re.compile(f"[{re.escape(''.join(pair[1] for pair in _BRACKETS))}]")

_FIGURES = {"year": "(?P<year>[0-9]{4})", "serial": "0*(?P<serial>[1-9][0-9]{0,8})"}
_OTHER_PATTERN = "这个编号不合本单位的编号格式，没有采用；请核对编号，或改为由程序编号。"
_TAKEN = "这个编号已经用过，没有采用；请核对编号，或改为由程序编号。"


def next_number(
    session: Session, profile: OfficeProfile, channel: Channel, year: int
) -> tuple[str, int, str]:
    """Take the next number of the series that ``channel`` belongs to: series, serial, number.

    ``year`` is that of the day the matter was received, also when it is entered late. A number
    that another pattern has happened to give already is passed over.
    """
    series = profile.pattern_for(channel)
    counter = session.get(NumberSeries, (series, year)) or NumberSeries(series=series, year=year)
    while True:
        counter.last += 1
        number = series.format(year=year, serial=counter.last)
        if session.exec(select(Petition.id).where(Petition.number == number)).first() is None:
            break
    session.add(counter)
    return series, counter.last, number


def take_number(
    session: Session, profile: OfficeProfile, channel: Channel, number: str
) -> tuple[str, int, int, str]:
    """Take a number that the office has given already: series, year, serial, number.

    The series goes on after it; it never falls back.

    Raises:
        OfficeError: the number is not of the office's pattern, or a matter has it.
    """
    series = profile.pattern_for(channel)
    found = _shape(series).fullmatch(_squared(number))
    if found is None:
        raise OfficeError(_OTHER_PATTERN)
    year, serial = int(found["year"]), int(found["serial"])
    written = series.format(year=year, serial=serial)
    of_serial = select(Petition.id).where(
        Petition.series == series, Petition.year == year, Petition.serial == serial
    )
    if find_by_number(session, written) is not None or session.exec(of_serial).first() is not None:
        raise OfficeError(_TAKEN)
    counter = session.get(NumberSeries, (series, year)) or NumberSeries(series=series, year=year)
    counter.last = max(counter.last, serial)
    session.add(counter)
    return series, year, serial, written


def fits(profile: OfficeProfile, channel: Channel, number: str) -> bool:
    """Tell whether a number could be one of the office's own, however its brackets were typed."""
    return _shape(profile.pattern_for(channel)).fullmatch(_squared(number)) is not None


@cache
def _shape(series: str) -> re.Pattern[str]:
    """Give what the numbers of a pattern look like; leading noughts of a serial mean nothing."""
    written, seen = "", set[str]()
    for words, name, _, _ in Formatter().parse(series):
        written += re.escape(_squared(words))
        if name is not None:
            written += f"(?P={name})" if name in seen else _FIGURES[name]
            seen.add(name)
    return re.compile(written)


def spellings(typed: str) -> list[str]:
    """Give the numbers that somebody may mean: blanks gone, full-width digits, any brackets."""
    compact, bare = "".join(typed.split()), _squared(typed)
    variants = (bare.translate(str.maketrans("〔〕", pair)) for pair in _BRACKETS)
    return list(dict.fromkeys((typed, compact, *variants)))


def find_by_number(session: Session, typed: str) -> Petition | None:
    """Find the matter of a number, however its brackets and blanks were typed."""
    found = session.exec(select(Petition).where(col(Petition.number).in_(spellings(typed)))).all()
    return found[0] if len(found) == 1 else next((p for p in found if p.number == typed), None)


def _squared(typed: str) -> str:
    """Give a number without blanks, in half-width signs, its brackets as 〔〕."""
    compact = unicodedata.normalize("NFKC", "".join(typed.split()))
    return _CLOSING.sub("〕", _OPENING.sub("〔", compact))
