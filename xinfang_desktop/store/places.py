"""Where a live store may lie: on a disk of this machine, and nowhere else.

A network folder breaks the locks and the order of writes that a database lives by; a stick is
pulled; a folder that a program copies to a cloud is copied in the middle of a save, and what people
told the office leaves the office. Backups may lie on a stick: that is what it is for.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

_NETWORK = {
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "davfs", "fuse.sshfs"),
    *("fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.s3fs", "ceph", "glusterfs"),
}
_REMOVABLE_FOLDERS = ("/media", "/run/media")
_CLOUDS = (
    *("onedrive", "dropbox", "nutstore", "坚果云", "我的坚果云", "baidunetdisk", "baidusyncdisk"),
    *("百度网盘", "百度网盘同步空间", "wps云盘", "google drive", "icloud drive", "微云同步助手"),
)
_WINDOWS_REMOVABLE, _WINDOWS_REMOTE = 2, 4

_ON_NETWORK = (
    "这个文件夹在网络位置上，正在使用的数据不能放在那里：断网或多人同时写入会损坏数据。"
    "没有打开，也没有改动；请改放本机硬盘。"
)
_ON_STICK = (
    "这个文件夹在U盘或可移动磁盘上，正在使用的数据不能放在那里：拔出会损坏数据。"
    "没有打开，也没有改动；请改放本机硬盘，U盘用来存备份。"
)
_IN_CLOUD = (
    "这个文件夹会被网盘软件同步，正在使用的数据不能放在那里：同步会损坏数据，也会把信访内容传出去。"
    "没有打开，也没有改动；请改放本机的普通文件夹。"
)


class Mount(NamedTuple):
    """A file system and where it hangs."""

    device: str
    folder: str
    kind: str


def unfit_for_store(
    folder: Path, *, mounts: Iterable[Mount] | None = None, drive_type: int | None = None
) -> str | None:
    """Say why a live store may not lie in ``folder``, or None when it may.

    ``mounts`` and ``drive_type`` are the system's own where they are not given.
    """
    folder = folder.absolute()
    if any(part.casefold() in _CLOUDS for part in folder.parts):
        return _IN_CLOUD
    if sys.platform == "win32" or drive_type is not None:
        kind = _drive_type(folder) if drive_type is None else drive_type
        return {_WINDOWS_REMOVABLE: _ON_STICK, _WINDOWS_REMOTE: _ON_NETWORK}.get(kind)
    mount = _mount_of(folder, _mounts() if mounts is None else mounts)
    if mount is None:
        return None
    if mount.kind in _NETWORK:
        return _ON_NETWORK
    return _ON_STICK if _is_removable(mount) else None


def _mount_of(folder: Path, mounts: Iterable[Mount]) -> Mount | None:
    """Give the file system of ``folder``: the longest way to it, of several the one on top."""
    real = Path(os.path.realpath(folder))
    holding = [mount for mount in mounts if real.is_relative_to(mount.folder)]
    return max(reversed(holding), key=lambda mount: len(mount.folder), default=None)


def _is_removable(mount: Mount) -> bool:
    if any(Path(mount.folder).is_relative_to(place) for place in _REMOVABLE_FOLDERS):
        return True
    device = Path(mount.device).name.rstrip("0123456789")
    try:
        return Path(f"/sys/block/{device}/removable").read_text("ascii").strip() == "1"
    except OSError:
        return False


def _mounts() -> list[Mount]:
    try:
        lines = Path("/proc/self/mounts").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []
    return [Mount(fields[0], _unescaped(fields[1]), fields[2]) for fields in map(str.split, lines)]


def _unescaped(field: str) -> str:
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, sign)
    return field


def _drive_type(folder: Path) -> int:  # pragma: no cover - proved on Windows only
    if str(folder).startswith("\\\\"):
        return _WINDOWS_REMOTE
    import ctypes

    windows = getattr(ctypes, "windll", None)
    return int(windows.kernel32.GetDriveTypeW(folder.anchor)) if windows else 3
