"""Desk: one transaction an act, and everybody is told what changed."""

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.office import ACCOUNT, NOW, OFFICE, visit
from tests.ui.conftest import Registering
from xinfang_desktop.casework import registration
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Petition
from xinfang_desktop.ui.desk import Desk


def test_an_act_announces_the_kinds_that_changed(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.changed) as told:
        desk.do(lambda session: registration.register(session, visit(), by="王", now=NOW))
    assert told.args is not None
    assert Petition in told.args[0]


def test_reading_announces_nothing(desk: Desk, qtbot: QtBot, register: Registering) -> None:
    register()
    with qtbot.assertNotEmitted(desk.changed):
        assert desk.office == OFFICE


def test_an_attempt_that_fails_is_told_and_gives_nothing(desk: Desk, qtbot: QtBot) -> None:
    def refuse(_: object) -> int:
        raise OfficeError("没有找到这个编号。")

    with qtbot.waitSignal(desk.failed, check_params_cb=lambda told: told == "没有找到这个编号。"):
        assert desk.attempt(refuse) is None
    with pytest.raises(OfficeError):
        desk.do(refuse)


def test_the_desk_knows_the_day_and_the_viewer(desk: Desk) -> None:
    assert (desk.now(), desk.today(), desk.viewer.name) == (NOW, NOW.date(), ACCOUNT)
