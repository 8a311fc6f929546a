"""The key file: what tells a wrong password from a damaged file."""

import json
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.office import PASSWORD, Office
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.paths import DataFolder
from xinfang_desktop.store import keys
from xinfang_desktop.store.database import open_store
from xinfang_desktop.store.keys import KeyFile
from xinfang_desktop.store.recovery_code import new_recovery_code


def test_the_real_costs_are_those_that_were_measured() -> None:
    assert keys.ARGON2 == {"iterations": 3, "memory_kib": 65536, "lanes": 4}


def test_a_slot_of_real_cost_opens_with_its_password_only() -> None:
    key = keys.new_key()
    slot = keys.account_slot(key, "王经办", PASSWORD)
    assert slot.open(PASSWORD) == key
    assert slot.open(PASSWORD + " ") is None


def test_a_password_is_the_same_however_it_was_composed(office: Office) -> None:
    composed, decomposed = "caf\u00e9 密码", "cafe\u0301 密码"
    assert keys.account_slot(keys.new_key(), "甲", composed).open(decomposed)


def test_an_empty_password_is_refused() -> None:
    with pytest.raises(OfficeError, match="密码不能为空"):
        keys.account_slot(keys.new_key(), "甲", "")


def test_a_short_password_is_advised_against_and_allowed() -> None:
    assert keys.password_advice("1234567")
    assert keys.password_advice("12345678") is None


def test_slots_cannot_be_exchanged_between_accounts(office: Office) -> None:
    slot = keys.account_slot(keys.new_key(), "甲", PASSWORD)
    forged = keys.Slot("account", "乙", slot.kdf, slot.salt, slot.nonce, slot.wrapped)
    assert forged.open(PASSWORD) is None


def test_the_key_file_holds_neither_key_nor_password_nor_code(office: Office) -> None:
    content = DataFolder(office.folder).key_file.read_bytes()
    key = keys.open_key_file(DataFolder(office.folder), PASSWORD).key
    for secret in (key, key.hex().encode(), PASSWORD.encode(), office.recovery_code.encode()):
        assert secret not in content


def test_the_files_are_the_owners_alone(office: Office, template_office: Office) -> None:
    for path in template_office.folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_the_key_file_is_read_as_it_was_written(office: Office) -> None:
    key_file = keys.read_key_file(DataFolder(office.folder))
    assert KeyFile.from_bytes(key_file.to_bytes()) == key_file


@given(st.data())
def test_a_key_file_with_a_single_wrong_byte_is_not_believed(
    template_office: Office, data: st.DataObject
) -> None:
    content = bytearray(DataFolder(template_office.folder).key_file.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    read = KeyFile.from_bytes(bytes(content))
    assert read is None or read == keys.read_key_file(DataFolder(template_office.folder))


@given(st.binary(max_size=200))
def test_what_is_no_key_file_is_not_believed(content: bytes) -> None:
    assert KeyFile.from_bytes(content) is None


@pytest.mark.parametrize("spoil", [b"", b"{}", b"\x00" * 512, b"not json"])
@pytest.mark.parametrize("name", ["key_file", "key_copy"])
def test_a_damaged_key_file_is_mended_from_its_copy(
    office: Office, spoil: bytes, name: str
) -> None:
    folder = DataFolder(office.folder)
    getattr(folder, name).write_bytes(spoil)
    open_store(office.folder, password=PASSWORD).close()
    assert folder.key_file.read_bytes() == folder.key_copy.read_bytes()
    assert KeyFile.from_bytes(folder.key_file.read_bytes())


def test_a_missing_key_file_is_mended_from_its_copy(office: Office) -> None:
    folder = DataFolder(office.folder)
    folder.key_file.unlink()
    open_store(office.folder, password=PASSWORD).close()
    assert folder.key_file.read_bytes() == folder.key_copy.read_bytes()


def test_of_two_good_copies_the_newer_counts(office: Office) -> None:
    folder = DataFolder(office.folder)
    key = keys.open_key_file(folder, PASSWORD).key
    now = keys.read_key_file(folder)
    slots = (keys.account_slot(key, "王经办", "换过的密码"), now.slots[1])
    newer = keys.KeyFile(now.store, now.check, slots, now.header, now.generation + 1)
    folder.key_file.write_bytes(newer.to_bytes())
    open_store(office.folder, password="换过的密码").close()
    assert KeyFile.from_bytes(folder.key_copy.read_bytes()) == newer


def test_a_key_file_of_a_newer_program_is_refused_in_words(office: Office) -> None:
    folder = DataFolder(office.folder)
    now = keys.read_key_file(folder)
    newer = keys.KeyFile(now.store, now.check, now.slots, now.header, version=keys.VERSION + 1)
    for path in (folder.key_file, folder.key_copy):
        path.write_bytes(newer.to_bytes())
    with pytest.raises(OfficeError, match="更新版本的程序"):
        open_store(office.folder, password=PASSWORD)


def test_a_new_recovery_code_of_another_office_opens_nothing(office: Office) -> None:
    with pytest.raises(OfficeError, match="密码不对"):
        open_store(office.folder, password=new_recovery_code())


def test_the_key_file_is_plain_json_for_whoever_must_repair_it(office: Office) -> None:
    read = json.loads(DataFolder(office.folder).key_file.read_text("ascii"))
    assert (read["format"], read["version"]) == ("xinfang-key", 1)
    assert [slot["kind"] for slot in read["slots"]] == ["account", "recovery"]
