"""Finding again: names by pinyin, saved views."""

# fmt: off
STATEMENTS: tuple[str, ...] = ()
# fmt: on
