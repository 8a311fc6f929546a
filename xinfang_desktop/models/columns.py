"""How model fields become columns: enumerations by their code, moments as local wall-clock time."""

from typing import Any

from sqlalchemy import Enum as SqlEnum

from .labelled import LabelledEnum


def coded(choices: type[LabelledEnum]) -> Any:  # noqa: ANN401 - SQLModel types sa_type as Any
    """Store a member of ``choices`` by its code; the CHECK stands in the migration."""
    return SqlEnum(
        choices,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=False,
        length=32,
    )
