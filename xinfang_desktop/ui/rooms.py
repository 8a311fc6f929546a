"""The rooms of the window, as data; a room is built when somebody first enters it."""

from collections.abc import Callable
from dataclasses import dataclass

from xinfang_desktop.models import Right

from .desk import Desk
from .page import Page

Build = Callable[[Desk], Page]


@dataclass(frozen=True)
class Room:
    """One place of the rail, with the key that leads there, or one that is reached from a room.

    ``right`` is what an account must be allowed to do to find it on the rail.
    """

    name: str
    title: str
    build: Build
    key: str = ""
    right: Right = Right.READ
    at_foot: bool = False


def _today(desk: Desk) -> Page:
    from .today_page import TodayPage

    return TodayPage(desk)


def _registration(desk: Desk) -> Page:
    from .registration_page import RegistrationPage

    return RegistrationPage(desk)


def _ledger(desk: Desk) -> Page:
    from .ledger_page import LedgerPage

    return LedgerPage(desk)


def _supervision(desk: Desk) -> Page:
    from .supervision_page import SupervisionPage

    return SupervisionPage(desk)


def _statistics(desk: Desk) -> Page:
    from .statistics_page import StatisticsPage

    return StatisticsPage(desk)


def _papers(desk: Desk) -> Page:
    from .papers_page import PapersPage

    return PapersPage(desk)


def _taking_in(desk: Desk) -> Page:
    from .taking_in.page import TakingInPage

    return TakingInPage(desk)


def _matter(desk: Desk) -> Page:
    from .matter_page import MatterPage

    return MatterPage(desk)


def _settings(desk: Desk) -> Page:
    from .settings_page import SettingsPage

    return SettingsPage(desk)


TODAY = Room("today", "今日", _today, "Alt+1")
REGISTRATION = Room("registration", "登记", _registration, "Alt+2", Right.WORK)
LEDGER = Room("ledger", "台账", _ledger, "Alt+3")
SUPERVISION = Room("supervision", "会商督办", _supervision, "Alt+4")
STATISTICS = Room("statistics", "统计", _statistics, "Alt+6")
SETTINGS = Room("settings", "设置", _settings, "Alt+9", at_foot=True)
PAPERS = Room("papers", "文书去向", _papers)
TAKING_IN = Room("taking_in", "导入台账", _taking_in, right=Right.WORK)
MATTER = Room("matter", "信访件", _matter)

RAIL = (TODAY, REGISTRATION, LEDGER, SUPERVISION, STATISTICS, SETTINGS)
ROOMS = (*RAIL, PAPERS, TAKING_IN, MATTER)
