"""Summaries as they were handed in."""

# fmt: off
STATEMENTS: tuple[str, ...] = ()
# fmt: on
