"""What the disk and the database may do to us, each as one sentence for the clerk.

Only the failures of the surroundings are translated. A broken rule of the schema is a bug of the
program and stays the exception it is. No sentence holds a path, a parameter or a name.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from xinfang_desktop.errors import OfficeError

SQLITE_BUSY = 5
SQLITE_LOCKED = 6
SQLITE_NOMEM = 7
SQLITE_READONLY = 8
SQLITE_INTERRUPT = 9
SQLITE_IOERR = 10
SQLITE_CORRUPT = 11
SQLITE_FULL = 13
SQLITE_CANTOPEN = 14
SQLITE_NOTADB = 26

_FULL = "磁盘已满，这一步没有保存；以前保存的内容都在。请腾出空间后再保存一次。"
_READ_ONLY = (
    "数据文件夹不能写入（只读，或没有权限），这一步没有完成；以前保存的内容都在。"
    "请改正文件夹的权限后再试。"
)
_BUSY = "数据正被另一个程序占用，这一步没有完成；以前保存的内容都在。请关闭另一个窗口后再试。"
_BROKEN_DISK = "磁盘读写出错，这一步没有完成；以前保存的内容没有改动。请检查磁盘，并用备份核对。"
_NO_MEMORY = "内存不足，这一步没有完成；以前保存的内容都在。请关闭别的程序后再试。"

DAMAGED = "数据文件已经损坏，没有打开，也没有改动它。请不要删除任何文件，用最近的备份恢复。"

_DATABASE = {
    SQLITE_FULL: _FULL,
    SQLITE_READONLY: _READ_ONLY,
    SQLITE_CANTOPEN: _READ_ONLY,
    SQLITE_BUSY: _BUSY,
    SQLITE_LOCKED: _BUSY,
    SQLITE_IOERR: _BROKEN_DISK,
    SQLITE_NOMEM: _NO_MEMORY,
    SQLITE_CORRUPT: DAMAGED,
    SQLITE_NOTADB: DAMAGED,
}
_SYSTEM = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.ENOENT: _READ_ONLY,
    errno.ENOTDIR: _READ_ONLY,
    errno.EIO: _BROKEN_DISK,
}


class DamagedError(OfficeError):
    """The database is damaged: the window offers the last proven backup."""

    def __init__(self, sentence: str = DAMAGED) -> None:
        super().__init__(sentence)


class Interrupted(Exception):
    """A query was broken off because a newer one makes it pointless."""


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn a failure of the disk or the database into an OfficeError.

    Raises:
        OfficeError: one sentence, without the cause's own words.
        Interrupted: the query was broken off on purpose.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _SYSTEM:
            raise
        raise OfficeError(_SYSTEM[error.errno]) from None
    except Exception as error:
        code = _database_code(error)
        if code == SQLITE_INTERRUPT:
            raise Interrupted from None
        if code not in _DATABASE:
            raise
        if code in (SQLITE_CORRUPT, SQLITE_NOTADB):
            raise DamagedError from None
        raise OfficeError(_DATABASE[code]) from None


def _database_code(error: Exception) -> int | None:
    """Give SQLite's primary result code of ``error``, also through SQLAlchemy's wrapper."""
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None
