"""Where an issued paper is, and in whose hands."""

# fmt: off
STATEMENTS: tuple[str, ...] = ()
# fmt: on
