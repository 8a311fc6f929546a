"""Bringing a store to the schema of today, one numbered step after another.

A step is a module of plain SQL as it was on its day: it never imports the models, which go on
changing. The number of the last step stands in ``PRAGMA user_version``. Every step is one
transaction: it is done wholly or not at all.
"""

from typing import Any, Protocol

from xinfang_desktop.errors import OfficeError

from . import (
    m0001_first,
    m0002_safety,
    m0003_papers,
    m0004_way,
    m0005_finding,
    m0006_intake,
    m0007_summaries,
    m0008_limits,
    m0009_paper_states,
    m0010_answers,
)


class Step(Protocol):
    """A migration: SQL statements in order."""

    @property
    def STATEMENTS(self) -> tuple[str, ...]:
        """The statements."""


STEPS: tuple[Step, ...] = (
    m0001_first,
    m0002_safety,
    m0003_papers,
    m0004_way,
    m0005_finding,
    m0006_intake,
    m0007_summaries,
    m0008_limits,
    m0009_paper_states,
    m0010_answers,
)
LATEST = len(STEPS)
RELEASES: tuple[int, ...] = (1, 2, 3, 9, LATEST)
"""The schemas that offices have. A sample store of each but the newest is kept and opened by the
tests; a step that was released is never changed."""

_TOO_NEW = "数据是更新版本的程序建立的，没有打开，也没有改动。请换用新版程序。"
_BROKEN = "数据升级后核对不符，已退回原样，数据没有改动。请用备份核对，并联系维护人员。"


def schema_version(connection: Any) -> int:  # noqa: ANN401 - untyped driver
    """Give the number of the last migration done."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: Any, steps: tuple[Step, ...] = STEPS) -> int:  # noqa: ANN401
    """Do what is not done yet and give the schema's version.

    Raises:
        OfficeError: the store is newer than the program, or its references do not hold.
    """
    version = schema_version(connection)
    if version > len(steps):
        raise OfficeError(_TOO_NEW)
    if version == len(steps):
        return version
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        for number, step in enumerate(steps[version:], start=version + 1):
            _do(connection, number, step)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    return len(steps)


def _do(connection: Any, number: int, step: Step) -> None:  # noqa: ANN401
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in step.STATEMENTS:
            connection.execute(statement)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise OfficeError(_BROKEN)
        connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
