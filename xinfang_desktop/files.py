"""Writing files so that a full disk or a pulled stick never leaves half a file behind."""

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from .errors import OfficeError

_CAUSES = {
    errno.ENOSPC: ("磁盘已满", "请腾出空间后再试"),
    errno.EDQUOT: ("磁盘配额已用完", "请腾出空间后再试"),
    errno.EFBIG: ("这个磁盘放不下这么大的文件", "请换一个磁盘再试"),
    errno.EROFS: ("要写入的位置是只读的", "请换一个文件夹再试"),
    errno.EACCES: ("没有写入这个文件夹的权限", "请换一个文件夹再试"),
    errno.EPERM: ("没有写入这个文件夹的权限", "请换一个文件夹再试"),
    errno.ENOENT: ("要写入的文件夹不存在", "请先建好文件夹再试"),
    errno.ENOTDIR: ("要写入的文件夹不存在", "请先建好文件夹再试"),
    errno.EISDIR: ("给的是文件夹，不是文件名", "请补上文件名再试"),
    errno.ENAMETOOLONG: ("文件名太长", "请换一个短些的名字再试"),
    errno.EIO: ("磁盘读写出错", "请检查磁盘，或换一个U盘再试"),
}
_OTHERWISE = ("磁盘不接受这个文件", "请检查磁盘和文件夹后再试")


def write_file_atomically(path: Path, content: bytes, *, private: bool = False) -> None:
    """Put ``content`` at ``path``: either the whole new file is there, or what was there before.

    ``private`` files may be read by their owner only. A target that is no ordinary file (a
    printer or another device) is written straight.

    Raises:
        OfficeError: the disk is full, the folder is read-only, missing or not permitted.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(content)
        else:
            _replace(path, content, 0o600 if private else 0o666)
    except OSError as error:
        cause, remedy = _CAUSES.get(error.errno or 0, _OTHERWISE)
        raise OfficeError(f"{cause}，文件没有写成；已登记的内容不受影响。{remedy}。") from None


def read_file(path: Path, *, what: str, limit: int = 64 * 2**20) -> bytes:
    """Give the content of a file that somebody pointed to; ``what`` names it in the sentence.

    Raises:
        OfficeError: it is missing, may not be read, or is larger than ``limit`` bytes.
    """
    try:
        if path.is_dir():
            raise OfficeError(f"{what}应当是一个文件，给的却是文件夹。")
        if path.stat().st_size > limit:
            raise OfficeError(f"{what}太大，不像是本程序要的文件；没有读取。")
        return path.read_bytes()
    except FileNotFoundError:
        raise OfficeError(f"找不到{what}，请核对文件名和所在文件夹。") from None
    except PermissionError:
        raise OfficeError(f"没有读取{what}的权限，请换一个文件或请管理员授权。") from None
    except OSError:
        raise OfficeError(f"{what}读不出来，请检查磁盘或U盘后再试。") from None


def settle_folder(folder: Path) -> None:
    """Make the names in ``folder`` survive a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _replace(path: Path, content: bytes, mode: int) -> None:
    path = path.resolve() if path.is_symlink() else path
    beside = path.with_name(f".{secrets.token_hex(6)}.part")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    settle_folder(path.parent)
