"""The vault: what is put in comes out, or is said to be damaged; nothing lies there in clear."""

import os
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.office import NOW
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.store.vault import CHUNK, Vault

KEY = bytes(range(32))
PAPER = "受理告知书：铍𫖯𠮷 330602198803120355。".encode() * 9000


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path, KEY)


def files(vault: Vault) -> Iterator[Path]:
    return (path for path in vault.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_is_put_in_comes_out(vault: Vault, size: int) -> None:
    content = PAPER[:size]
    stored = vault.put(content)
    assert stored.size == size
    assert vault.read(stored.name) == content
    assert vault.put(BytesIO(content)).name == stored.name


def test_the_same_is_kept_once(vault: Vault) -> None:
    first, second = vault.put(PAPER), vault.put(PAPER)
    assert first == second
    assert len(list(files(vault))) == 1


def test_nothing_of_it_can_be_read_on_the_disk(vault: Vault) -> None:
    vault.put(PAPER)
    [path] = files(vault)
    for words in ("铍𫖯𠮷", "330602198803120355", "受理告知书"):
        assert words.encode() not in path.read_bytes()


@given(place=st.floats(0, 0.99999), bit=st.integers(0, 7))
def test_a_single_flipped_bit_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, place: float, bit: int
) -> None:
    vault = Vault(tmp_path_factory.mktemp("库"), KEY)
    stored = vault.put(PAPER)
    content = bytearray(vault.path(stored.name).read_bytes())
    content[int(place * len(content))] ^= 1 << bit
    vault.path(stored.name).write_bytes(content)
    with pytest.raises(OfficeError, match="已经损坏"):
        vault.read(stored.name)
    assert vault.damaged([stored.name]) == [stored.name]


@pytest.mark.parametrize("left", [0, 3, 20, 100, 20 + CHUNK + 16, -1, -16, -17])
def test_a_file_that_was_cut_off_is_noticed(vault: Vault, left: int) -> None:
    stored = vault.put(PAPER)
    path = vault.path(stored.name)
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(OfficeError, match="已经损坏"):
        vault.read(stored.name)


def test_pieces_cannot_change_places(vault: Vault) -> None:
    stored = vault.put(PAPER[: 3 * CHUNK])
    path, sealed = vault.path(stored.name), CHUNK + 16
    content = path.read_bytes()
    head, first, second = content[:20], content[20 : 20 + sealed], content[20 + sealed :][:sealed]
    path.write_bytes(head + second + first + content[20 + 2 * sealed :])
    with pytest.raises(OfficeError, match="已经损坏"):
        vault.read(stored.name)


def test_files_cannot_change_places(vault: Vault) -> None:
    one, other = vault.put(b"one"), vault.put(b"other")
    vault.path(one.name).replace(vault.path(other.name))
    with pytest.raises(OfficeError, match="已经损坏"):
        vault.read(other.name)


def test_another_key_opens_nothing(vault: Vault, tmp_path: Path) -> None:
    stored = vault.put(PAPER)
    with pytest.raises(OfficeError, match="已经损坏"):
        Vault(tmp_path, bytes(32)).read(stored.name)


def test_a_missing_file_is_told(vault: Vault) -> None:
    with pytest.raises(OfficeError, match="不见了"):
        vault.read("0" * 64)
    with pytest.raises(OfficeError, match="不见了"):
        vault.read("../../etc/passwd")


def test_a_damaged_file_is_mended_by_putting_the_same_in_again(vault: Vault) -> None:
    stored = vault.put(PAPER)
    vault.path(stored.name).write_bytes(b"")
    vault.put(PAPER)
    assert vault.read(stored.name) == PAPER


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_leaves_nothing_behind(vault: Vault) -> None:
    with pytest.raises(OfficeError, match="磁盘已满"):
        vault.put(PAPER)
    assert list(files(vault)) == []


def test_a_scan_that_breaks_off_leaves_nothing_behind(vault: Vault) -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(OfficeError, match="磁盘读写出错"):
        vault.put(Broken())
    assert list(files(vault)) == []


def test_what_nothing_refers_to_is_set_aside_and_goes_after_a_month(vault: Vault) -> None:
    kept, left, new = (vault.put(content) for content in (b"kept", b"left", b"new"))
    (vault.folder / ".0123.part").write_bytes(b"half")
    before = (NOW - timedelta(hours=2)).timestamp()
    for path in files(vault):
        os.utime(path, (before, before))
    os.utime(vault.path(new.name), (NOW.timestamp(), NOW.timestamp()))
    assert vault.clean_up({kept.name}, now=NOW) == 1
    assert vault.read(new.name) == b"new"
    vault.path(new.name).unlink()
    assert list(vault.names()) == [kept.name]
    assert vault.take_back(left.name)
    assert vault.read(left.name) == b"left"
    vault.clean_up({kept.name}, now=NOW + timedelta(hours=2))
    vault.clean_up({kept.name}, now=NOW + timedelta(days=31))
    assert not vault.take_back(left.name)
    assert [path.name for path in files(vault)] == [kept.name[2:]]
