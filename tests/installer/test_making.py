"""Making what is installed: once for a commit, and again to prove that it comes out alike."""

from collections.abc import Callable
from pathlib import Path

import pytest

from installer import listing, making
from installer.checkout import Checkout
from installer.listing import commit_of, listing_of
from installer.making import System, make, make_again
from installer.on_linux import PACKAGE

CHECKOUT = Checkout(Path(), "0.2.0", 7, "4840856")
Build = Callable[[Checkout], Path]


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder of installers with nothing in it."""
    dist = tmp_path / "dist"
    for module in (making, listing):
        monkeypatch.setattr(module, "DIST", dist)
    return dist


def building(place: Path, content: str) -> Build:
    """Build a program of one file."""

    def build(_: Checkout) -> Path:
        place.mkdir(exist_ok=True)
        (place / "xinfang").write_text(content)
        return place

    return build


def small(build: Build) -> System:
    """Give a system whose package is empty."""

    def pack(checkout: Checkout, root: Path, to: Path) -> tuple[Path, ...]:
        packed = to / f"{checkout.version}.deb"
        packed.touch()
        return (packed,)

    return System("linux-x86_64", build, pack, ("{}.deb",))


def test_what_lies_there_of_a_commit_is_not_made_again(dist: Path, tmp_path: Path) -> None:
    system = small(building(tmp_path / "root", "1"))
    assert not system.is_made(CHECKOUT)
    make(system, CHECKOUT)
    assert system.is_made(CHECKOUT)
    assert not system.is_made(Checkout(Path(), "0.2.0", 8, "another"))
    (dist / "0.2.0.deb").unlink()
    assert not system.is_made(CHECKOUT)


def test_the_list_is_found_and_tells_its_commit(dist: Path, tmp_path: Path) -> None:
    assert listing_of("linux") is None
    make(small(building(tmp_path / "root", "1")), CHECKOUT)
    found = listing_of("linux")
    assert found == dist / f"{PACKAGE}-0.2.0-linux-x86_64.contents.txt"
    assert commit_of(found) == "4840856"
    assert listing_of("windows") is None


def test_a_program_that_comes_out_alike_passes(
    dist: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    system = small(building(tmp_path / "root", "1"))
    make(system, CHECKOUT)
    assert make_again(system, CHECKOUT)
    assert "1 files for linux-x86_64, built twice from 4840856: the same" in capsys.readouterr().out


def test_one_that_comes_out_otherwise_is_told_file_by_file(
    dist: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(small(building(tmp_path / "root", "1")), CHECKOUT)
    assert not make_again(small(building(tmp_path / "root", "2")), CHECKOUT)
    told = capsys.readouterr().out
    assert told.count("  xinfang\n") == 2
    assert "2 lines differ" in told
