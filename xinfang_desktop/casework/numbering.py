"""Numbers of matters: one rising series per pattern and year; a number is never given twice."""

import re
import unicodedata
from functools import cache
from string import Formatter
from typing import NamedTuple

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
    counter = _counter(session, series, year)
    while True:
        counter.last += 1
        number = series.format(year=year, serial=counter.last)
        if not _is_taken(session, number):
            break
    return series, counter.last, number


class Ours(NamedTuple):
    """A number as one of the office's own."""

    series: str
    year: int
    serial: int
    number: str


def take_number(session: Session, profile: OfficeProfile, channel: Channel, number: str) -> Ours:
    """Take a number that the office has given already.

    The series goes on after it; it never falls back.

    Raises:
        OfficeError: the number is not of the office's pattern, or a matter has it.
    """
    ours = as_ours(profile, channel, number)
    if ours is None:
        raise OfficeError(_OTHER_PATTERN)
    if not is_free(session, ours):
        raise OfficeError(_TAKEN)
    counter = _counter(session, ours.series, ours.year)
    counter.last = max(counter.last, ours.serial)
    return ours


def as_ours(profile: OfficeProfile, channel: Channel, number: str) -> Ours | None:
    """Give a number as one of the office's own, however its brackets were typed, if it fits."""
    series = profile.pattern_for(channel)
    found = _shape(series).fullmatch(squared(number))
    if found is None:
        return None
    year, serial = int(found["year"]), int(found["serial"])
    return Ours(series, year, serial, series.format(year=year, serial=serial))


def is_free(session: Session, ours: Ours) -> bool:
    """Tell whether no matter has the number, nor its place in the series."""
    same_place = (
        (col(Petition.series) == ours.series)
        & (col(Petition.year) == ours.year)
        & (col(Petition.serial) == ours.serial)
    )
    taken = select(Petition.id).where((col(Petition.number) == ours.number) | same_place)
    return session.exec(taken).first() is None


def _counter(session: Session, series: str, year: int) -> NumberSeries:
    with session.no_autoflush:
        counter = session.get(NumberSeries, (series, year))
    if counter is None:
        counter = NumberSeries(series=series, year=year)
        session.add(counter)
        session.flush()
    return counter


def _is_taken(session: Session, number: str) -> bool:
    """Ask the index itself: a whole ledger may be numbered at once."""
    sql = "SELECT 1 FROM petition WHERE number = ?"
    return session.connection().exec_driver_sql(sql, (number,)).first() is not None


@cache
def _shape(series: str) -> re.Pattern[str]:
    """Give what the numbers of a pattern look like; leading noughts of a serial mean nothing."""
    written, seen = "", set[str]()
    for words, name, _, _ in Formatter().parse(series):
        written += re.escape(squared(words))
        if name is not None:
            written += f"(?P={name})" if name in seen else _FIGURES[name]
            seen.add(name)
    return re.compile(written)


def spellings(typed: str) -> list[str]:
    """Give the numbers that somebody may mean: blanks gone, full-width digits, any brackets."""
    compact, bare = "".join(typed.split()), squared(typed)
    variants = (bare.translate(str.maketrans("〔〕", pair)) for pair in _BRACKETS)
    return list(dict.fromkeys((typed, compact, *variants)))


def find_by_number(session: Session, typed: str) -> Petition | None:
    """Find the matter of a number, however its brackets and blanks were typed."""
    found = session.exec(select(Petition).where(col(Petition.number).in_(spellings(typed)))).all()
    return found[0] if len(found) == 1 else next((p for p in found if p.number == typed), None)


def squared(typed: str) -> str:
    """Give a number without blanks, in half-width signs, its brackets as 〔〕."""
    compact = unicodedata.normalize("NFKC", "".join(typed.split()))
    return _CLOSING.sub("〕", _OPENING.sub("〔", compact))
