"""A program that saves without end, and says on stdout what it was told is saved.

``python -m tests.store.crash.writer FOLDER PASSWORD SEED COUNT`` saves so many times. A line is
written only after the store has acknowledged: ``matter NUMBER``, ``amended NUMBER``,
``void NUMBER``, ``draft WORDS``, ``file NAME``.

Without arguments it waits for lines of JSON on stdin, each asking for a writer that is killed after
some seconds: one process has imported everything and every writer is a fork of it.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from tests.helpers.office import ACCOUNT, CLEARED, visit
from xinfang_desktop.casework.drafts import save_draft
from xinfang_desktop.casework.matters import load_matter
from xinfang_desktop.casework.registration import amend, register, void
from xinfang_desktop.models import Petition
from xinfang_desktop.store import cipher
from xinfang_desktop.store.database import Store, open_store

BEGAN = datetime(2026, 11, 22, 8, 0)


def write(
    folder: str, password: str, seed: int, count: int = 10**9, *, careless: bool = False
) -> None:
    """Save ``count`` times, or until killed; there is no farewell.

    A ``careless`` writer does not wait for the disk: by it the crash tests prove that they see it.
    """
    chance = random.Random(seed)
    if careless:
        cipher._FOR_WRITING += ("PRAGMA synchronous = OFF",)
    store = open_store(Path(folder), password=password)
    say("ready")
    for done in range(count):
        save(store, chance, BEGAN + timedelta(seconds=done))
    os._exit(0)


def serve() -> None:
    """Let writers live and die as the lines on stdin ask, and say what each acknowledged."""
    for line in sys.stdin:
        asked = json.loads(line)
        seconds, awaited = asked.pop("seconds"), asked.pop("awaited")
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.dup2(writing, 1)
            write(**asked)
        os.close(writing)
        with os.fdopen(reading, "rb") as told:
            first = told.readline() if awaited else b""
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            lines = (first + told.read()).decode().split("\n")
        print(json.dumps([line for line in lines[:-1] if line != "ready"]), flush=True)


def save(store: Store, chance: random.Random, now: datetime) -> None:
    """Do one of the things a clerk does, and say that it is done."""
    what = chance.random()
    if what < 0.6:
        say(f"matter {_register(store, chance, now)}")
    elif what < 0.8:
        words = f"写到第{chance.randrange(10**9)}字"
        store.do(lambda session: _draft(session, words, now))
        say(f"draft {words}")
    elif what < 0.9:
        stored = store.vault.put(chance.randbytes(chance.randrange(1, 200_000)))
        say(f"file {stored.name}")
    else:
        number = _register(store, chance, now)
        say(f"matter {number}")
        _amend(store, number, now)
        say(f"amended {number}")
        store.do(lambda session: void(session, number, reason="重复", by=ACCOUNT, now=now))
        say(f"void {number}")


def say(line: str) -> None:
    """Acknowledge: one line in one write."""
    os.write(1, f"{line}\n".encode())


def _register(store: Store, chance: random.Random, now: datetime) -> str:
    matter = visit(claim="水渠失修，" * chance.randrange(1, 400))

    def work(session: Session) -> Petition:
        return register(session, matter, by=ACCOUNT, now=now)

    return store.do(work)[0].number


def _amend(store: Store, number: str, now: datetime) -> None:
    matter = store.read(lambda session: load_matter(session, number, viewer=CLEARED))
    matter.petition.claim = f"改过：{number}"
    store.do(lambda session: amend(session, matter, by=ACCOUNT, now=now))


def _draft(session: Session, words: str, now: datetime) -> int:
    form = "visit_registration"
    return save_draft(session, form, visit(claim=words), draft_id=None, now=now)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        careless = sys.argv[5:] == ["careless"]
        write(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), careless=careless)
    else:
        serve()
