"""The way of a matter: stages, steps that can be taken back, time limits, the work calendar."""

# fmt: off
STATEMENTS: tuple[str, ...] = ()
# fmt: on
