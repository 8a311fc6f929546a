"""The rooms of the window, as data; a room is built when somebody first enters it."""

from collections.abc import Callable
from dataclasses import dataclass

from .desk import Desk
from .page import Page

Build = Callable[[Desk], Page]


@dataclass(frozen=True)
class Room:
    """One place of the rail (or, without a key, reached from a room)."""

    name: str
    title: str
    build: Build


def _today(desk: Desk) -> Page:
    from .today_page import TodayPage

    return TodayPage(desk)


def _registration(desk: Desk) -> Page:
    from .registration_page import RegistrationPage

    return RegistrationPage(desk)


def _ledger(desk: Desk) -> Page:
    from .ledger_page import LedgerPage

    return LedgerPage(desk)


def _matter(desk: Desk) -> Page:
    from .matter_page import MatterPage

    return MatterPage(desk)


TODAY = Room("today", "今日", _today)
REGISTRATION = Room("registration", "登记", _registration)
LEDGER = Room("ledger", "台账", _ledger)
MATTER = Room("matter", "信访件", _matter)

RAIL = (TODAY, REGISTRATION, LEDGER)
ROOMS = (*RAIL, MATTER)
