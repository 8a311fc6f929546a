"""Numbers of matters: one rising series per pattern and year; a number is never given twice."""

import re
import unicodedata

from sqlmodel import Session, col, select

from xinfang_desktop.models import Channel, NumberSeries, OfficeProfile, Petition

_BRACKETS = ("〔〕", "[]", "()", "【】", "［］", "（）", "{}", "<>", "《》")
_OPENING = re.compile(f"[{re.escape(''.join(pair[0] for pair in _BRACKETS))}]")
_CLOSING = re.compile(f"[{re.escape(''.join(pair[1] for pair in _BRACKETS))}]")


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


def spellings(typed: str) -> list[str]:
    """Give the numbers that somebody may mean: blanks gone, full-width digits, any brackets."""
    compact = "".join(typed.split())
    bare = _CLOSING.sub("〕", _OPENING.sub("〔", unicodedata.normalize("NFKC", compact)))
    variants = (bare.translate(str.maketrans("〔〕", pair)) for pair in _BRACKETS)
    return list(dict.fromkeys((typed, compact, *variants)))


def find_by_number(session: Session, typed: str) -> Petition | None:
    """Find the matter of a number, however its brackets and blanks were typed."""
    found = session.exec(select(Petition).where(col(Petition.number).in_(spellings(typed)))).all()
    return found[0] if len(found) == 1 else next((p for p in found if p.number == typed), None)
