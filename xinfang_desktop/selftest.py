"""Does everything work on this PC: each part of the program tried once on a matter nobody brought.

Run after installing, by ``xinfang selftest`` and from 帮助 → 自检. It works in a folder of its own
that is taken away, looks at no office's data, and its report names neither persons nor places, so
that it can be handed to whoever maintains the PC.
"""

import platform
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import Any
from zipfile import ZipFile

from xinfang_desktop import __version__
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.printing import print_paper
from xinfang_desktop.models import Channel, Kind, Matter, OfficeProfile, Petition, Petitioner
from xinfang_desktop.store.database import Store, create_store

_NAME = "铍𫖯𠮷"
_CLAIM = "自检：村口水渠多年失修，雨季漫水淹田。"
_NOW = datetime(2026, 10, 8, 9, 30)
_PASSWORD, _ACCOUNT = "自检用的密码", "自检"
_FORM = FORMS["visit_registration"]
_PLAIN_DATABASE = b"SQLite format 3\0"
_NO_PLACE = "临时文件夹不能写入，没有做自检；已登记的内容不受影响。请清理磁盘后再试。"
_UNEXPECTED = "没有成功（{kind}）。请重新安装程序后再试；已登记的内容不受影响。"
_NO_SCANNER = "本版程序还没有扫描识别，不用检查"
_PARTS = ("PySide6-Essentials", "sqlcipher3", "reportlab", "python-docx", "pypdfium2")


class State(Enum):
    """How a trial went."""

    GOOD = "好"
    BAD = "坏"
    ABSENT = "没有"


@dataclass(frozen=True)
class Result:
    """How one part of the program did; ``milliseconds`` is how long it took."""

    key: str
    title: str
    state: State
    told: str
    milliseconds: int


@dataclass(frozen=True)
class Bench:
    """What the trials work with: a store nobody needs, a matter in it, a folder for papers."""

    store: Store
    matter: Matter
    folder: Path


@dataclass(frozen=True)
class Trial:
    """One part of the program and how it is tried.

    ``run`` says in words what it saw; it raises where the part does not work, and ``AbsentError``
    where this version has no such part.
    """

    key: str
    title: str
    run: Callable[[Bench], str]


class AbsentError(Exception):
    """This version of the program has no such part."""


class FaultError(Exception):
    """A part works otherwise than it should; the words say how."""


def run_trials(more: Sequence[Trial] = ()) -> tuple[Result, ...]:
    """Try every part, also after one has failed; ``more`` are those of the window.

    Raises:
        OfficeError: there is no room for a store to try with.
    """
    with _bench() as bench:
        return tuple(_tried(trial, bench) for trial in (*TRIALS, *more))


def report(results: Sequence[Result]) -> str:
    """Write the report for whoever maintains the PC: versions and results, nothing of anybody."""
    lines = [f"信访案头 {__version__} 自检", *surroundings(), ""]
    lines += [f"{one.state.value}\t{one.title}\t{one.told}" for one in results]
    return "\n".join([*lines, "", verdict(results)])


def verdict(results: Sequence[Result]) -> str:
    """Say in a sentence how it went."""
    bad = [one.title for one in results if one.state is State.BAD]
    if bad:
        return f"有{len(bad)}项不正常：{'、'.join(bad)}。请把本报告交给维护人员。"
    return "全部正常，可以使用。"


def surroundings() -> list[str]:
    """Tell what the program runs on; no name of a person, a PC or a folder."""
    system = f"系统：{platform.system()} {platform.release()} {platform.machine()}"
    if glibc := platform.libc_ver()[1]:
        system += f"，glibc {glibc}"
    parts = "，".join(f"{name} {_version(name)}" for name in _PARTS)
    return [system, f"组件：Python {platform.python_version()}，{parts}"]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "版本未知"


def _tried(trial: Trial, bench: Bench) -> Result:
    state, begin = State.BAD, perf_counter()
    try:
        told = trial.run(bench)
        state = State.GOOD
    except AbsentError as absent:
        state, told = State.ABSENT, str(absent)
    except FaultError as fault:
        told = str(fault)
    except OfficeError as refused:
        told = refused.sentence
    except Exception as unexpected:  # a part that cannot even be loaded is what is looked for
        told = _UNEXPECTED.format(kind=type(unexpected).__name__)
    return Result(trial.key, trial.title, state, told, round((perf_counter() - begin) * 1000))


@contextmanager
def _bench() -> Iterator[Bench]:
    """Set up a store with one matter, and take it away afterwards."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="信访自检 "))
    except OSError:
        raise OfficeError(_NO_PLACE) from None
    try:
        store, _ = create_store(
            folder / "数据",
            password=_PASSWORD,
            profile=OfficeProfile(),
            account=_ACCOUNT,
            now=_NOW,
            clock=lambda: _NOW,
        )
        try:
            yield Bench(store, _registered(store), folder)
        finally:
            store.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _registered(store: Store) -> Matter:
    from xinfang_desktop.casework.registration import register

    petition = Petition(
        channel=Channel.VISIT, received_on=date(2026, 10, 8), claim=_CLAIM, kind=Kind.REMEDY
    )
    matter = Matter(office=OfficeProfile(), petition=petition, petitioners=[Petitioner(name=_NAME)])

    def work(session: Any) -> Matter:  # noqa: ANN401 - a session is casework's to name
        register(session, matter, by=_ACCOUNT, now=_NOW)
        return matter

    return store.do(work)[0]


def _cipher(bench: Bench) -> str:
    from xinfang_desktop.store.database import open_store

    files = bench.store.folder
    log = files.store.with_name(files.store.name + "-wal")
    stored = files.store.read_bytes() + (log.read_bytes() if log.exists() else b"")
    if stored.startswith(_PLAIN_DATABASE) or _CLAIM.encode("utf-8") in stored:
        raise FaultError("数据没有加密。请不要登记，联系维护人员")
    opened = open_store(files.root, password=_PASSWORD)
    opened.close()
    with bench.store.reading() as connection:
        engine = connection.execute("PRAGMA cipher_version").fetchone()[0]
    return f"数据加密存放，密码能打开（SQLCipher {engine}）"


def _search(bench: Bench) -> str:
    from xinfang_desktop.casework.search import find

    with bench.store.reading() as connection:
        for words in ("水渠", _NAME[1:], "漫水淹田"):
            if len(find(connection, words, viewer=bench.store.viewer)) != 1:
                raise FaultError("登记过的内容查不到")
    return "按两个字、按生僻字姓名都能查到"


def _pdf(bench: Bench) -> str:
    import pypdfium2

    to = bench.folder / "登记单.pdf"
    print_paper(_FORM, bench.matter, bench.matter.office, to)
    document = pypdfium2.PdfDocument(to.read_bytes())
    try:
        pages = len(document)
        text = "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    if _NAME not in text:
        raise FaultError("打印出的PDF里文字不对")
    return f"登记单打印成PDF，{pages}页，文字核对无误"


def _docx(bench: Bench) -> str:
    to = bench.folder / "登记单.docx"
    print_paper(_FORM, bench.matter, bench.matter.office, to)
    with ZipFile(to) as word:
        written = word.read("word/document.xml").decode("utf-8")
        if _NAME not in re.sub(r"<[^>]+>", "", written):
            raise FaultError("打印出的DOCX里文字不对")
    return "登记单打印成DOCX，文字核对无误"


def _archive(bench: Bench) -> str:
    to = bench.folder / "存档.pdf"
    print_paper(_FORM, bench.matter, bench.matter.office, to, archive=True)
    return "存档文书按PDF/A生成"


def _limits(bench: Bench) -> str:
    from xinfang_desktop.casework.reckoning import Span, reckon
    from xinfang_desktop.casework.work_calendar import work_calendar

    calendar = bench.store.read(work_calendar)
    due_on = reckon(Span(15), date(2026, 9, 17), calendar).due_on
    if due_on != date(2026, 10, 8):
        raise FaultError("时限算得不对，放假安排可能没有装全")
    return "2026年9月17日起15日逢国庆节，顺延到10月8日"


def _fonts(bench: Bench) -> str:
    from xinfang_desktop.forms.faces import Face

    faces = [face for face in Face if face.is_font]
    blank = [face.office_name for face in faces if not face.advance("〇") and not face.draws("一")]
    if blank or not Face.RARE.draws("𠮷"):
        raise FaultError("随程序的字体不全。请重新安装程序")
    return f"随程序的{len(faces)}种字体齐全，生僻字能印"


def _spreadsheet(bench: Bench) -> str:
    from python_calamine import CalamineWorkbook

    from xinfang_desktop.reports.ledger import export_ledger

    to = bench.folder / "台账.xlsx"
    viewer = bench.store.viewer
    count = bench.store.read(lambda session: export_ledger(session, to, viewer=viewer))
    rows = CalamineWorkbook.from_path(str(to)).get_sheet_by_index(0).to_python()
    if count != 1 or not any(_CLAIM in map(str, row) for row in rows):
        raise FaultError("导出的台账读回来不对")
    return "台账导出成Excel表，读回核对无误"


def _backup(bench: Bench) -> str:
    from xinfang_desktop.store.backup import make_backup
    from xinfang_desktop.store.restore import verify

    place = bench.folder / "备份"
    place.mkdir()
    made = make_backup(bench.store, place, now=_NOW, portable=True)
    if verify(made.path, secret=_PASSWORD).contents.petitions != 1:
        raise FaultError("备份打开后内容不对")
    return "备份做成，打开核对无误"


def _scanner(bench: Bench) -> str:
    if find_spec("xinfang_desktop.scanning") is None:
        raise AbsentError(_NO_SCANNER)
    raise FaultError("扫描识别没有自检的办法")


TRIALS = (
    Trial("cipher", "加密存储", _cipher),
    Trial("search", "查找", _search),
    Trial("limits", "时限和工作日历", _limits),
    Trial("fonts", "字体", _fonts),
    Trial("pdf", "打印成PDF", _pdf),
    Trial("archive", "存档文书", _archive),
    Trial("docx", "打印成DOCX", _docx),
    Trial("spreadsheet", "Excel表", _spreadsheet),
    Trial("backup", "备份", _backup),
    Trial("scanner", "扫描识别", _scanner),
)
