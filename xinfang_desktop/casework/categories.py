"""The content classification (内容分类): two levels, read from the table that is shipped.

A category is written ``一级`` or ``一级/二级``. One that is not in the table is kept as written.
"""

import json
from dataclasses import dataclass
from functools import cache

from xinfang_desktop.paths import resource


@dataclass(frozen=True)
class Category:
    """A first-level class and its second-level names."""

    name: str
    parts: tuple[str, ...]


@cache
def categories() -> tuple[Category, ...]:
    """Give the classification in the order of the table."""
    table = json.loads(resource("codes", "content_categories.json").read_text("utf-8"))
    return tuple(Category(row["name"], tuple(row["parts"])) for row in table["categories"])


@cache
def all_names() -> tuple[str, ...]:
    """Give every category as it is written in a matter, each first level before its parts."""
    return tuple(
        name
        for category in categories()
        for name in (category.name, *(f"{category.name}/{part}" for part in category.parts))
    )


def is_known(category: str) -> bool:
    """Tell whether the table has the category."""
    return category in all_names()
