"""What was taken in from other ledgers, decisions on duplicates, merged matters."""

# fmt: off
STATEMENTS: tuple[str, ...] = ()
# fmt: on
