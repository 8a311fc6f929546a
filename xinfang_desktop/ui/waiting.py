"""How long the next password has to wait after five wrong ones, in words that count down."""

from datetime import datetime
from pathlib import Path

from xinfang_desktop.store.tries import read_tries

TICK_MS = 500
_WAIT = "密码已连续输错{count}次，还要等{wait}才能再试；数据没有改动。"


def wait_in_words(folder: Path, now: datetime) -> str:
    """Say how long to wait; nothing where nobody has to."""
    tries = read_tries(folder)
    wait = tries.wait(now)
    seconds = int(wait.total_seconds()) + (wait.microseconds > 0)
    return _WAIT.format(count=tries.count, wait=_in_words(seconds)) if seconds else ""


def _in_words(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest}秒"
    return f"{minutes}分{rest}秒" if rest else f"{minutes}分钟"
