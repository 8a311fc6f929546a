"""Running a query where one is: on a worker's own connection, or inside a transaction."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from sqlmodel import Session


class Executing(Protocol):
    """A connection as the database driver gives it."""

    def execute(self, sql: str, parameters: Sequence[object] = ..., /) -> Any:  # noqa: ANN401
        """Run one statement."""


def execute(
    source: Session | Executing, sql: str, parameters: Sequence[object]
) -> Iterable[tuple[Any, ...]]:
    """Run a query on a worker's own connection, or inside the transaction of a session."""
    if isinstance(source, Session):
        connection = source.connection().connection.driver_connection
        assert connection is not None
        return connection.execute(sql, tuple(parameters))  # type: ignore[no-any-return]
    return source.execute(sql, tuple(parameters))  # type: ignore[no-any-return]
