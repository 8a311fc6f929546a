"""In which line of a TOML file something stands: the parser tells it for faults of syntax only.

A file is looked through once, past strings and comments; what is noted are the keys, the
``[[rows]]`` and the cells of each row.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

Where: TypeAlias = tuple[str | int, ...]
"""A place such as ``("rows", 2, 0)``: the first cell of the third row."""

_TOKEN = re.compile(
    r'"""(?:\\.|.)*?"""' + r"|'''.*?'''" + r'|"(?:\\.|[^"\\\n])*"' + r"|'[^'\n]*'"
    r"|#[^\n]*|[\[\]{}\n=,]|[^\s\[\]{}=,#\"']+|\s",
    re.DOTALL,
)


@dataclass(frozen=True)
class Lines:
    """The line of every place of a file."""

    places: dict[Where, int]

    def line(self, where: Where) -> int:
        """Give the line of a place, or of the nearest place it stands in; 1 where there is none."""
        while where and where not in self.places:
            where = where[:-1]
        return self.places.get(where, 1)


def lines_of(content: str) -> Lines:
    """Look through the text of a file that the parser takes."""
    places: dict[Where, int] = {}
    table: Where = ()
    rows = 0
    for line, statement in _statements(content):
        words = [token for _, token in statement]
        header = "".join(words)
        if header.startswith("["):
            name = header.strip("[]")
            table = ("rows", rows) if header == "[[rows]]" else tuple(name.split("."))
            rows += header == "[[rows]]"
            places.setdefault(table[:1], line)
            places[table] = line
        elif "=" in words:
            key: Where = (*table, words[0].strip("\"'"))
            places[key] = line
            places |= dict(_cells(statement, (*table,) if key[-1] == "cells" else key))
    return Lines(places)


def _cells(statement: list[tuple[int, str]], table: Where) -> Iterator[tuple[Where, int]]:
    """Yield the line of each ``{`` that stands in the first list of a statement."""
    depth, count = 0, 0
    for line, token in statement:
        if token == "{" and depth == 1:
            yield (*table, count), line
            count += 1
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token, 0)


def _statements(content: str) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Yield every statement with its first line: a header, or a key with all of its value."""
    line, depth = 1, 0
    statement: list[tuple[int, str]] = []
    for token in _TOKEN.findall(content):
        if not token.isspace() and not token.startswith("#"):
            statement.append((line, token))
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token, 0)
        elif token == "\n" and depth == 0 and statement:
            yield statement[0][0], statement
            statement = []
        line += token.count("\n")
    if statement:
        yield statement[0][0], statement
