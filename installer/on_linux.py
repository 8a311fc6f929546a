"""The Linux program: built in the room, then packed as ``.deb`` and as a portable ``.tar.xz``."""

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

from .checkout import BUILD, HERE, ROOT, Checkout, icons
from .contents import ships
from .listing import glibc_asked, size
from .lock import LINUX, fetch

PACKAGE = "xinfang-desktop"
PLACE = f"opt/{PACKAGE}"
FILES = HERE / "debian"
PACKAGES = (f"{PACKAGE}_{{}}_amd64.deb", f"{PACKAGE}-{{}}-linux-x86_64.tar.xz")
DEPENDS = (
    *("libstdc++6", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libfreetype6", "libcups2"),
    *("libgl1", "libegl1", "libx11-6", "libxcb1", "libwayland-client0", "libwayland-cursor0"),
)
"""Where ``contents.SYSTEM_LIBRARIES`` come from, and what PyInstaller leaves out for the like
reason: every desktop has them."""

_CONTROL = """\
Package: {package}
Version: {version}
Section: office
Priority: optional
Architecture: amd64
Depends: libc6 (>= {glibc}), {depends}
Installed-Size: {kib}
Maintainer: the xinfang-desktop authors <xinfang-desktop@localhost>
Description: 信访案头：乡镇信访办的登记、打印和办理
 来访登记、打印各种文书、计算时限、回访、台账和统计，只在本机使用，
 不联网，数据加密存放。
"""
_READ_ME = """\
信访案头 {version}，免安装版

1. 整个文件夹解压到本机硬盘（不要放在U盘上运行）。
2. 双击 xinfang，或在终端里运行 ./xinfang 。
3. 不知道能不能用时先运行 ./xinfang selftest 。

需要 x86_64 处理器、glibc {glibc} 或更新的系统。数据不在这个文件夹里，删掉它不会动数据。
"""


def tools(checkout: Checkout) -> None:
    """Lay PyInstaller and what the program needs into a folder, from the locked wheels."""
    lock, to = checkout.source / "requirements/installer.txt", BUILD / "tools"
    wheels = BUILD / "wheels/linux"
    mark = to / ".lock"
    if mark.exists() and mark.read_bytes() == lock.read_bytes():
        return
    shutil.rmtree(to, ignore_errors=True)
    fetch(lock, LINUX, wheels)
    lay(lock, LINUX, wheels, to)
    for plugin in to.glob("PySide6/Qt/plugins/*/*"):
        if not ships(str(plugin.relative_to(to)), "linux"):
            plugin.unlink()
    shutil.copyfile(lock, mark)


def lay(lock: Path, platforms: tuple[str, ...], wheels: Path, to: Path) -> None:
    """Unpack the wheels of a lock for another machine into a folder."""
    words = [word for platform in platforms for word in ("--platform", platform)]
    subprocess.run(
        [
            *(str(ROOT / ".venv/bin/python"), "-m", "pip", "install", "--quiet", "--no-index"),
            *("--find-links", str(wheels), "--require-hashes", "--no-deps", "--no-compile"),
            *("--only-binary", ":all:", "--python-version", "3.11", "--implementation", "cp"),
            *words,
            *("--target", str(to), "-r", str(lock)),
        ],
        check=True,
    )


def build(checkout: Checkout) -> Path:
    """Make the program's folder in the room and give it, laid out as it is installed."""
    tools(checkout)
    work = BUILD / "linux" / checkout.version
    source, to = (path.relative_to(ROOT) for path in (checkout.source, work))
    when = f"SOURCE_DATE_EPOCH={checkout.when}"
    command = f"{when} {source}/installer/debian/build.sh {source} {to}"
    subprocess.run([ROOT / "installer/room.sh", command], check=True)
    root = work / "root"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    (work / "xinfang").rename(root / checkout.version)
    shutil.copy2(FILES / "xinfang", root / "xinfang")
    (root / "current").write_text(f"{checkout.version}\n", "ascii")
    settle(root, checkout.when)
    return root


def settle(tree: Path, when: int) -> None:
    """Give every file the same owner's rights and the moment of the commit."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (when, when), follow_symlinks=False)


def deb(checkout: Checkout, root: Path, to: Path) -> Path:
    """Pack the Debian package."""
    glibc = ".".join(map(str, glibc_asked(root)[0]))
    tree = root.parent / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(root, tree / PLACE, symlinks=True)
    _desktop(checkout, tree)
    control = tree / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(
        _CONTROL.format(
            package=PACKAGE,
            version=checkout.version,
            glibc=glibc,
            depends=", ".join(DEPENDS),
            kib=size(tree) // 1024,
        ),
        "utf-8",
    )
    for name in ("preinst", "postinst", "postrm"):
        script = (FILES / name).read_text("utf-8").replace("@GLIBC@", glibc)
        (control / name).write_text(script, "utf-8")
        (control / name).chmod(0o755)
    settle(tree, checkout.when)
    to.mkdir(parents=True, exist_ok=True)
    packed = to / f"{PACKAGE}_{checkout.version}_amd64.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(tree), str(packed)],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(checkout.when)},
    )
    shutil.rmtree(tree)
    return packed


def portable(checkout: Checkout, root: Path, to: Path) -> Path:
    """Pack the folder that runs from wherever it is unpacked."""
    name = f"{PACKAGE}-{checkout.version}-linux-x86_64"
    glibc = ".".join(map(str, glibc_asked(root)[0]))
    packed = to / f"{name}.tar.xz"
    to.mkdir(parents=True, exist_ok=True)
    read_me = root / "安装说明.txt"
    read_me.write_text(_READ_ME.format(version=checkout.version, glibc=glibc), "utf-8")
    plain = root.parent / f"{name}.tar"

    def settled(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        member.mtime = checkout.when
        return member

    with tarfile.open(plain, "w", format=tarfile.PAX_FORMAT) as archive:
        archive.add(root, name, recursive=False, filter=settled)
        for path in sorted(root.rglob("*")):
            archive.add(path, f"{name}/{path.relative_to(root)}", recursive=False, filter=settled)
    read_me.unlink()
    with packed.open("wb") as out:
        # More than one thread whatever the machine, so that the blocks are cut alike.
        subprocess.run(
            [
                "xz",
                "-T2",
                "--block-size=64MiB",
                "--lzma2=preset=6,dict=64MiB",
                "--stdout",
                str(plain),
            ],
            check=True,
            stdout=out,
        )
    plain.unlink()
    return packed


def pack(checkout: Checkout, root: Path, to: Path) -> tuple[Path, ...]:
    """Pack everything for Linux, and say which glibc it asks for."""
    (major, minor), asks = glibc_asked(root)
    print(f"         asks for glibc {major}.{minor} ({asks})")
    return deb(checkout, root, to), portable(checkout, root, to)


def _desktop(checkout: Checkout, tree: Path) -> None:
    """Put in the menu entry, the icons, the command and the licence."""
    share = tree / "usr/share"
    entry = share / "applications" / f"{PACKAGE}.desktop"
    entry.parent.mkdir(parents=True)
    shutil.copyfile(FILES / entry.name, entry)
    for pixels, path in icons(checkout, BUILD / "icons").items():
        to = share / f"icons/hicolor/{pixels}x{pixels}/apps/{PACKAGE}.png"
        to.parent.mkdir(parents=True)
        shutil.copyfile(path, to)
    legal = share / "doc" / PACKAGE
    legal.mkdir(parents=True)
    shutil.copyfile(checkout.source / "LICENSE", legal / "copyright")
    command = tree / "usr/bin/xinfang"
    command.parent.mkdir(parents=True)
    command.symlink_to(f"/{PLACE}/xinfang")
