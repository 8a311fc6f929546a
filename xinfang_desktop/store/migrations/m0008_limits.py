"""Rules of time limits, the limits that run, and the work calendar."""

# fmt: off
STATEMENTS: tuple[str, ...] = ()
# fmt: on
