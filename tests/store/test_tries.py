"""Wrong passwords: five are free, the next ones wait longer and longer, also after a restart."""

from datetime import datetime, timedelta

import pytest

from tests.helpers.office import NOW, PASSWORD, Office
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.store.database import open_store
from xinfang_desktop.store.tries import Tries, read_tries


def opened(office: Office, password: str, now: datetime) -> None:
    open_store(office.folder, password=password, clock=lambda: now).close()


def refused(office: Office, password: str, now: datetime) -> str:
    with pytest.raises(OfficeError) as told:
        opened(office, password, now)
    return told.value.sentence


def test_five_wrong_ones_and_the_right_one_has_to_wait_as_well(office: Office) -> None:
    for _ in range(5):
        assert "密码不对" in refused(office, "错的", NOW)
    assert "已连续输错5次，请等30秒再试" in refused(office, PASSWORD, NOW)
    assert "请等1秒再试" in refused(office, PASSWORD, NOW + timedelta(seconds=29))
    opened(office, PASSWORD, NOW + timedelta(seconds=30))
    assert read_tries(office.folder) == Tries()


def test_waiting_is_not_counted_as_a_try(office: Office) -> None:
    for _ in range(9):
        refused(office, "错的", NOW)
    assert read_tries(office.folder).count == 5


def test_the_wait_grows_and_has_an_end() -> None:
    waits = [Tries(count, (NOW,)).wait(NOW).total_seconds() for count in range(4, 12)]
    assert waits == [0, 30, 60, 120, 240, 480, 900, 900]


def test_a_clock_put_back_does_not_shorten_the_wait(office: Office) -> None:
    for _ in range(5):
        refused(office, "错的", NOW)
    assert "请等30秒再试" in refused(office, PASSWORD, NOW - timedelta(days=3))


def test_the_trail_tells_of_wrong_passwords_once_somebody_gets_in(office: Office) -> None:
    for seconds in range(3):
        refused(office, "错的", NOW + timedelta(seconds=seconds))
    opened(office, PASSWORD, NOW + timedelta(minutes=1))
    store = open_store(office.folder, password=PASSWORD)
    with store.reading() as connection:
        acts = [row[0] for row in connection.execute("SELECT act FROM audit_entry ORDER BY id")]
    store.close()
    assert acts == ["failed_login"] * 3 + ["login"]


def test_the_count_holds_no_password(office: Office) -> None:
    refused(office, "错的密码啊", NOW)
    content = (office.folder / "xinfang.tries").read_bytes()
    assert "错的密码啊".encode() not in content


def test_a_count_that_cannot_be_read_counts_for_none(office: Office) -> None:
    (office.folder / "xinfang.tries").write_bytes(b"\xff{")
    opened(office, PASSWORD, NOW)
