"""Checking a store through: pages, references, trail, attachments, numbers, clock, backups.

Nothing is repaired and nothing is changed: what is found is said, with what to do.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .backup_records import read_records
from .database import Store
from .failures import DAMAGED, DamagedError
from .schedule import age_in_words, overdue
from .vault import vault_references


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is in order, and the sentence about it.

    What is not ``serious`` is advice: a backup that is old, a clock that is doubtful.
    """

    title: str
    ok: bool
    sentence: str
    serious: bool = True


def check_store(
    store: Store, *, now: datetime, say: Callable[[str], None] = lambda _: None
) -> list[Finding]:
    """Look at everything and give what was found, in the order of weight."""
    findings = []
    for title, look in _LOOKS:
        say(title)
        ok, sentence = look(store, now)
        findings.append(Finding(title, ok, sentence, title not in _ADVICE))
    return findings


def quick_check(store: Store) -> None:
    """Look at the pages quickly, as at the start; takes some two seconds for 100,000 matters.

    Raises:
        DamagedError: the database is damaged; the last proven backup should be offered.
    """
    with store.reading() as connection:
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise DamagedError


def _pages(store: Store, now: datetime) -> tuple[bool, str]:
    """Check every page of the file itself, once all of the log stands in it."""
    with store.quiet(), store.reading() as connection:
        for pragma in ("quick_check", "cipher_integrity_check"):
            told = connection.execute(f"PRAGMA {pragma}").fetchall()
            if told not in ([], [("ok",)]):
                return False, DAMAGED
    return True, "数据文件逐页校验无误。"


def _references(store: Store, now: datetime) -> tuple[bool, str]:
    with store.reading() as connection:
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        return False, f"有{len(broken)}处关联对不上，登记内容还在。请用备份核对，并联系维护人员。"
    return True, "记录之间的关联完整。"


def _trail(store: Store, now: datetime) -> tuple[bool, str]:
    verdict = store.verify_trail()
    return verdict.is_whole, verdict.sentence


def _vault(store: Store, now: datetime) -> tuple[bool, str]:
    with store.reading() as connection:
        names = sorted(vault_references(connection))
    damaged = store.vault.damaged(names)
    if damaged:
        return False, (
            f"{len(names)}份附件和存档文书中有{len(damaged)}份缺失或损坏，登记内容不受影响。"
            "请从备份恢复。"
        )
    return True, f"附件和存档文书{len(names)}份，都能打开。"


def _numbers(store: Store, now: datetime) -> tuple[bool, str]:
    with store.reading() as connection:
        gaps = list(_gaps(connection))
    if gaps:
        return False, f"编号有空缺：{'、'.join(gaps[:5])}等{len(gaps)}处。请核对是否有登记缺失。"
    return True, "编号连续，没有空缺。"


def _gaps(connection: Any) -> Iterator[str]:  # noqa: ANN401 - untyped driver
    rows = connection.execute(
        "SELECT series, year, last FROM number_series WHERE last > 0 ORDER BY year, series"
    ).fetchall()
    for series, year, last in rows:
        for serial in range(1, last + 1):
            with suppress(KeyError, IndexError, ValueError):
                number = series.format(year=year, serial=serial)
                if not _is_given(connection, number):
                    yield number


def _is_given(connection: Any, number: str) -> bool:  # noqa: ANN401 - untyped driver
    """Whether a matter or an issued paper has the number."""
    query = """SELECT EXISTS (SELECT 1 FROM petition WHERE number = ?)
        OR EXISTS (SELECT 1 FROM issued_paper WHERE number = ?)"""
    return bool(connection.execute(query, (number, number)).fetchone()[0])


def _clock(store: Store, now: datetime) -> tuple[bool, str]:
    told = store.clock_doubt
    return told is None, told or "电脑日期没有疑问。"


def _backups(store: Store, now: datetime) -> tuple[bool, str]:
    records = read_records(store.folder.root)
    last = records.last_proven
    late = overdue(records.for_schedule(), now=now)
    told = f"最近一次可用的备份：{age_in_words(last.moment if last else None, now=now)}。"
    if records.paused:
        told += "恢复之后自动备份暂停着，核对无误后请确认恢复。"
    fine = last is not None and now - last.moment < timedelta(days=7)
    return fine and not late and not records.paused, told + "".join(late)


_LOOKS: tuple[tuple[str, Callable[[Store, datetime], tuple[bool, str]]], ...] = (
    ("数据文件", _pages),
    ("记录关联", _references),
    ("操作记录", _trail),
    ("附件", _vault),
    ("编号", _numbers),
    ("电脑时间", _clock),
    ("备份", _backups),
)
_ADVICE = {"编号", "电脑时间", "备份"}
