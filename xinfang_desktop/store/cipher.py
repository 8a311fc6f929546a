"""The cipher behind one function: how a connection to the encrypted database is opened.

Whoever changes the cipher changes this module and nothing else. The settings make a save durable
before it is acknowledged (WAL with synchronous=FULL), keep references whole, overwrite what is
deleted, and refuse to run anything a damaged or foreign schema might carry.
"""

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

__all__ = ["PLAIN_MAGIC", "connect", "driver"]

PLAIN_MAGIC = b"SQLite format 3\0"
"""How an unencrypted SQLite file begins; ours never does."""

# There are half a dozen connections, and each keeps the pages that it once had. 4 MB for each are
# enough to look words up in the index, to save and to sum a year up, and keep the program with
# 100,000 matters under 200 MB. (One bound for all of them together, soft_heap_limit, keeps a search
# waiting: what one connection has taken, the others then lack.)
_BEFORE_READING = (
    "PRAGMA cipher_log_level = NONE",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -4000",
    "PRAGMA foreign_keys = ON",
)
_FOR_WRITING: tuple[str, ...] = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
)


def connect(path: Path, key: bytes, *, writing: bool = True) -> Any:  # noqa: ANN401 - untyped driver
    """Open the database at ``path`` with its raw 256-bit key; usable from any one thread at a time.

    Transactions are begun and ended by whoever uses the connection. ``writing=False`` makes every
    change an error.
    """
    connection = driver.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        connection.execute(_BEFORE_READING[0])
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for setting in (*_BEFORE_READING[1:], *(_FOR_WRITING if writing else ())):
            connection.execute(setting).fetchall()
        if not writing:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection
