"""Wrong passwords: after five in a row the next try has to wait, also after a restart.

The count lies in a small file beside the key file, because a store that nobody has opened cannot be
written. It holds moments and a number, no name and no password. Somebody who copies the whole
folder is not kept by it: against that stands the slow hashing of the password.
"""

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import write_file_atomically

FILE_NAME = "xinfang.tries"
FREE = 5
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(minutes=15)
_REMEMBERED = 200


@dataclass(frozen=True)
class Tries:
    """The wrong tries since the store was last opened, the latest last."""

    count: int = 0
    moments: tuple[datetime, ...] = ()

    def after_wrong(self, now: datetime) -> "Tries":
        """Count one more."""
        return replace(self, count=self.count + 1, moments=(*self.moments, now)[-_REMEMBERED:])

    def wait(self, now: datetime) -> timedelta:
        """Give how long the next try has to wait; a clock put back does not shorten it."""
        if self.count < FREE or not self.moments:
            return timedelta(0)
        doublings: int = min(self.count - FREE, 10)
        whole = min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)
        passed = max(now - self.moments[-1], timedelta(0))
        return max(whole - passed, timedelta(0))


def read_tries(folder: Path) -> Tries:
    """Read the count; a file that cannot be read counts for none."""
    try:
        read = json.loads((folder / FILE_NAME).read_text("ascii"))
        return Tries(int(read["count"]), tuple(map(datetime.fromisoformat, read["moments"])))
    except (OSError, ValueError, KeyError, TypeError):
        return Tries()


def keep_tries(folder: Path, tries: Tries) -> None:
    """Write the count down, if the folder lets us."""
    content = {"count": tries.count, "moments": [moment.isoformat() for moment in tries.moments]}
    with suppress(OfficeError):
        write_file_atomically(folder / FILE_NAME, json.dumps(content).encode("ascii"), private=True)


def forget_tries(folder: Path) -> None:
    """Begin to count anew."""
    with suppress(OSError):
        (folder / FILE_NAME).unlink(missing_ok=True)


def refuse_if_too_soon(tries: Tries, now: datetime) -> None:
    """Let the next try wait.

    Raises:
        OfficeError: it comes too soon; the sentence says how long to wait.
    """
    wait = tries.wait(now)
    if wait:
        raise OfficeError(
            f"密码已连续输错{tries.count}次，请等{_in_words(wait)}再试；数据没有改动。"
            "忘记密码可用恢复码，也要等这段时间。"
        )


def _in_words(wait: timedelta) -> str:
    seconds = int(wait.total_seconds()) + (wait.microseconds > 0)
    minutes, rest = divmod(seconds, 60)
    return (
        f"{minutes}分{rest}秒" if minutes and rest else f"{minutes}分钟" if minutes else f"{rest}秒"
    )
