"""The content classification: two levels, and no gaps in the table."""

import json

from xinfang_desktop.casework.categories import all_names, categories, is_known
from xinfang_desktop.paths import resource


def test_the_seventeen_first_levels_are_there() -> None:
    assert len(categories()) == 17
    assert all(category.parts for category in categories())


def test_no_name_stands_twice_or_holds_a_stroke() -> None:
    assert len(set(all_names())) == len(all_names())
    for category in categories():
        assert not any("/" in name for name in (category.name, *category.parts))


def test_first_and_second_levels_are_known_and_others_are_not() -> None:
    assert is_known("城乡建设")
    assert is_known("城乡建设/住房保障与房地产")
    assert not is_known("住房保障与房地产")
    assert not is_known("")


def test_every_category_of_the_sample_month_is_known() -> None:
    records = json.loads(resource("samples", "october-2026.json").read_text("utf-8"))
    assert all(is_known(record["category"]) for record in records)
