"""Shared fixtures: one office set up per run, copied for every test that needs a store."""

import codecs
import os
import resource
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings

from tests.helpers.commands import Xinfang
from tests.helpers.office import ACCOUNT, NOW, OFFICE, PASSWORD, Office
from xinfang_desktop.store import keys
from xinfang_desktop.store.database import Store, create_store, open_store

settings.register_profile(
    "office",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("office")

NOBODY = 65534

QUICK_ARGON2 = {"iterations": 1, "memory_kib": 64, "lanes": 1}
"""The costs stand in the key file, so that such a store opens quickly; one test uses the real."""


@pytest.fixture(scope="session")
def template_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Set up an office once."""
    folder = tmp_path_factory.mktemp("office") / "数据"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "ARGON2", QUICK_ARGON2)
        store, code = create_store(
            folder, password=PASSWORD, profile=OFFICE, account=ACCOUNT, now=NOW
        )
    store.close()
    return Office(folder, code)


@pytest.fixture
def office(template_office: Office, tmp_path: Path) -> Office:
    """Give a fresh office of a test's own, in a folder with blanks and Chinese in its name."""
    folder = tmp_path / "信访 数据"
    shutil.copytree(template_office.folder, folder)
    return Office(folder, template_office.recovery_code)


@pytest.fixture
def store(office: Office) -> Iterator[Store]:
    """Give an open store."""
    store = open_store(office.folder, password=PASSWORD)
    yield store
    store.close()


@pytest.fixture(scope="session")
def busy_office(template_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Set up an office with something in every list of the day, once."""
    from tests.helpers.day import busy_day

    folder = tmp_path_factory.mktemp("busy") / "数据"
    shutil.copytree(template_office.folder, folder)
    store = open_store(folder, password=PASSWORD)
    busy_day(store)
    store.close()
    return Office(folder, template_office.recovery_code)


@pytest.fixture
def busy_store(busy_office: Office, tmp_path: Path) -> Iterator[Store]:
    """Give the open store of a busy office of a test's own."""
    folder = tmp_path / "忙 数据"
    shutil.copytree(busy_office.folder, folder)
    store = open_store(folder, password=PASSWORD)
    yield store
    store.close()


@pytest.fixture
def xinfang(
    office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Xinfang:
    """Give the command line of an office that is set up."""
    return Xinfang(office.folder, capsys, monkeypatch)


@pytest.fixture
def open_place() -> Iterator[Path]:
    """Give a folder that another user can reach, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="xinfang-"))
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def as_nobody() -> Iterator[int]:
    """Act as a user without rights for one test; the superuser may write anywhere.

    That user may not be able to read the interpreter's own folder, and Python remembers for good
    that a codec was not found: what a command loads when it is first used is loaded before.
    """
    codecs.lookup("utf-8-sig")
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield os.geteuid()
    finally:
        os.seteuid(before)


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Let no file grow beyond 4 kB, as the system itself enforces it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
