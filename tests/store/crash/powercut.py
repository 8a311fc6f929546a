"""Cut the power in the middle of saving: ``python -m tests.store.crash.powercut 300``.

Killing a program does not lose what it wrote; a power cut does. So the system calls of a saving
program are recorded, and replayed up to a random point on an imagined disk that keeps only what was
synced. Of the rest every write may be there, be missing, or be torn at sectors of 512 bytes, in any
order; a file made, renamed or removed may not be, until its folder was synced.
"""

import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.store import cipher

from .killer import PASSWORD, ROOT, Outcome, new_office
from .looking import Found, look

SECTOR = 512
_TRACED = (
    "openat,open,close,write,pwrite64,ftruncate,lseek,fsync,fdatasync,"
    "rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,dup,dup2,dup3"
)
_CALL = re.compile(r"^(\w+)\((.*)\)\s+=\s+(-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


class Call(NamedTuple):
    """One system call: its name, the texts and the plain arguments, and what it gave."""

    name: str
    texts: list[bytes]
    arguments: list[str]
    result: int


class Write(NamedTuple):
    """Bytes at a place of a file, or with None a cut to that length."""

    offset: int
    content: bytes | None


@dataclass
class File:
    """A file on the imagined disk: what is durable, and what was written since."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Write] = field(default_factory=list)

    def sync(self) -> None:
        """Make everything durable."""
        for write in self.pending:
            _apply(self.durable, write)
        self.pending.clear()

    def after_a_cut(self, chance: random.Random) -> bytes:
        """Give what is found after the power went."""
        content = bytearray(self.durable)
        for write in chance.sample(self.pending, len(self.pending)):
            fate = chance.random()
            if fate < 0.4:
                _apply(content, write)
            elif fate < 0.7 and write.content is not None:
                for torn in _torn(write, chance):
                    _apply(content, torn)
        return bytes(content)


@dataclass
class Disk:
    """An imagined disk: files by name, as they are durable and as the program sees them."""

    root: str
    names: dict[str, File] = field(default_factory=dict)
    durable_names: dict[str, File] = field(default_factory=dict)
    unsettled: list[tuple[str, str, File | None]] = field(default_factory=list)
    open: dict[int, tuple[File | None, str]] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    said: bytearray = field(default_factory=bytearray)

    @classmethod
    def of(cls, folder: Path) -> "Disk":
        """Take in a folder as it lies on a settled disk."""
        disk = cls(str(folder))
        for path in folder.rglob("*"):
            if path.is_file():
                file = File(bytearray(path.read_bytes()))
                disk.names[str(path)] = disk.durable_names[str(path)] = file
        return disk

    def do(self, call: Call) -> None:
        """Do what a system call does."""
        if call.result >= 0:
            act = getattr(self, f"_{call.name}", None)
            if act is not None:
                act(call)

    def after_a_cut(self, folder: Path, chance: random.Random) -> None:
        """Lay out in ``folder`` what is found after the power went."""
        names = dict(self.durable_names)
        by_folder: dict[str, list[tuple[str, File | None]]] = {}
        for place, name, file in self.unsettled:
            by_folder.setdefault(place, []).append((name, file))
        for changes in by_folder.values():
            for name, file in changes[: chance.randint(0, len(changes))]:
                _enter(names, name, file)
        for name, file in names.items():
            if name.endswith("-shm"):
                continue
            target = folder / Path(name).relative_to(self.root)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.after_a_cut(chance))

    def _openat(self, call: Call) -> None:
        name = call.texts[0].decode()
        if not name.startswith(self.root):
            self.open.pop(call.result, None)
            return
        flags = " ".join(call.arguments)
        if "O_DIRECTORY" in flags or Path(name).is_dir():
            self.open[call.result] = (None, name)
            return
        if name not in self.names and "O_CREAT" in flags:
            self._rename_to(name, File())
        file = self.names.get(name)
        self.open[call.result], self.places[call.result] = (file, name), 0
        if file is not None and "O_TRUNC" in flags:
            file.pending.append(Write(0, None))

    def _close(self, call: Call) -> None:
        self.open.pop(int(call.arguments[0]), None)

    def _write(self, call: Call) -> None:
        handle = int(call.arguments[0])
        content = call.texts[0][: call.result]
        if handle == 1:
            self.said += content
        elif file := self._file(handle):
            place = self.places.get(handle, 0)
            file.pending.append(Write(place, content))
            self.places[handle] = place + len(content)

    def _pwrite64(self, call: Call) -> None:
        if file := self._file(int(call.arguments[0])):
            offset = int(call.arguments[-1])
            file.pending.append(Write(offset, call.texts[0][: call.result]))

    def _lseek(self, call: Call) -> None:
        self.places[int(call.arguments[0])] = call.result

    def _ftruncate(self, call: Call) -> None:
        if file := self._file(int(call.arguments[0])):
            file.pending.append(Write(int(call.arguments[-1]), None))

    def _fsync(self, call: Call) -> None:
        file, name = self.open.get(int(call.arguments[0]), (None, ""))
        if file is not None:
            file.sync()
        elif name:
            self._settle(name)

    _fdatasync = _fsync

    def _rename(self, call: Call) -> None:
        old, new = (text.decode() for text in call.texts[:2])
        file = self.names.get(old)
        if file is not None:
            self._rename_to(new, file)
            self._forget(old)

    def _unlink(self, call: Call) -> None:
        self._forget(call.texts[0].decode())

    _renameat = _renameat2 = _rename
    _unlinkat = _unlink

    def _file(self, handle: int) -> File | None:
        return self.open.get(handle, (None, ""))[0]

    def _rename_to(self, name: str, file: File) -> None:
        self.names[name] = file
        self.unsettled.append((str(Path(name).parent), name, file))

    def _forget(self, name: str) -> None:
        if self.names.pop(name, None) is not None:
            self.unsettled.append((str(Path(name).parent), name, None))

    def _settle(self, place: str) -> None:
        for where, name, file in self.unsettled:
            if where == place.rstrip("/"):
                _enter(self.durable_names, name, file)
        self.unsettled = [one for one in self.unsettled if one[0] != place.rstrip("/")]


def record(folder: Path, saves: int, trace: Path, *, seed: int = 1, careless: bool = False) -> None:
    """Let a program save in ``folder`` and record its system calls in ``trace``."""
    subprocess.run(
        ("strace", "-xx", "-s", "4000000", "-e", f"trace={_TRACED}", "-o", str(trace))
        + (sys.executable, "-m", "tests.store.crash.writer")
        + (str(folder), PASSWORD, str(seed), str(saves), *(("careless",) if careless else ())),
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def calls(trace: Path) -> Iterator[Call]:
    """Read the recorded system calls."""
    with trace.open("r", encoding="ascii") as lines:
        for line in lines:
            if match := _CALL.match(line):
                name, arguments, result = match.groups()
                texts = [bytes.fromhex(t.replace("\\x", "")) for t in _TEXT.findall(arguments)]
                plain = [part.strip() for part in _TEXT.sub("", arguments).split(",")]
                yield Call(name, texts, plain, int(result))


def cut(
    trials: int, scratch: Path, *, saves: int = 160, seed: int = 1, careless: bool = False
) -> Outcome:
    """Cut the power ``trials`` times at random points of one recording; give what came of it."""
    folder, trace = scratch / "live", scratch / "trace"
    new_office(folder)
    before = scratch / "before"
    shutil.copytree(folder, before)
    record(folder, saves, trace, seed=seed, careless=careless)
    recorded = list(calls(trace))
    ready = next(i for i, call in enumerate(recorded) if call.texts[:1] == [b"ready\n"])
    chance, outcome = random.Random(seed), Outcome()
    points = sorted(chance.randrange(ready // 2, len(recorded)) for _ in range(trials))
    disk, done = Disk.of(before), 0
    disk.root = str(folder)
    for names in (disk.names, disk.durable_names):
        for name in list(names):
            names[name.replace(str(before), str(folder), 1)] = names.pop(name)
    for number, point in enumerate(points):
        for call in recorded[done:point]:
            disk.do(call)
        done = point
        found_at = scratch / f"cut {number}"
        disk.after_a_cut(found_at, chance)
        acknowledged = disk.said.decode().split("\n")[:-1]
        outcome.take(looked_at(found_at, acknowledged), 0)
        shutil.rmtree(found_at)
    outcome.acknowledged = disk.said.count(b"\n")
    return outcome


def looked_at(folder: Path, acknowledged: list[str]) -> Found:
    """Look, also at what cannot be opened any more."""
    try:
        return look(folder, PASSWORD, acknowledged)
    except (OfficeError, cipher.driver.DatabaseError) as error:
        return Found(len(acknowledged), [], [f"cannot be opened: {type(error).__name__}"])


def _enter(names: dict[str, File], name: str, file: File | None) -> None:
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file


def _apply(content: bytearray, write: Write) -> None:
    if write.content is None:
        del content[write.offset :]
        content.extend(b"\0" * (write.offset - len(content)))
        return
    content.extend(b"\0" * (write.offset - len(content)))
    content[write.offset : write.offset + len(write.content)] = write.content


def _torn(write: Write, chance: random.Random) -> Iterator[Write]:
    """Give some of the sectors of a write."""
    assert write.content is not None
    for start in range(0, len(write.content), SECTOR):
        if chance.random() < 0.5:
            yield Write(write.offset + start, write.content[start : start + SECTOR])


def main(trials: str = "300", saves: str = "160", seed: str = "1") -> int:
    """Cut and say what came of it."""
    with tempfile.TemporaryDirectory(prefix="xinfang-cut-") as scratch:
        outcome = cut(int(trials), Path(scratch), saves=int(saves), seed=int(seed))
    print(f"power cut: {outcome}".replace("kills", "cuts"))
    for line in (*outcome.lost[:10], *outcome.broken[:10]):
        print(" ", line)
    return 1 if outcome.lost or outcome.broken else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
