"""The look: everything can be read, in light and dark and at every size."""

import re

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from xinfang_desktop.ui.look import (
    DARK,
    LIGHT,
    READABLE,
    SIZES,
    VISIBLE,
    Look,
    Roles,
    colours,
    contrast,
)
from xinfang_desktop.ui.theme import Theme, style_sheet

BOTH = pytest.mark.parametrize("roles", [LIGHT, DARK], ids=["light", "dark"])


@BOTH
@pytest.mark.parametrize(("written", "ground"), READABLE)
def test_every_text_stands_out_from_what_it_is_written_on(
    roles: Roles, written: str, ground: str
) -> None:
    seen = colours(roles)
    assert contrast(seen[written], seen[ground]) >= 4.5


@BOTH
@pytest.mark.parametrize(("line", "ground"), VISIBLE)
def test_every_line_that_must_be_seen_is_seen(roles: Roles, line: str, ground: str) -> None:
    seen = colours(roles)
    assert contrast(seen[line], seen[ground]) >= 3


def test_contrast_is_the_known_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_the_style_sheet_leaves_no_role_unnamed() -> None:
    for look in (Look(), Look(dark=True, size=175)):
        assert "@" not in style_sheet(look)


def test_lengths_grow_with_the_size_and_hairlines_do_not() -> None:
    sheet = style_sheet(Look(size=150))
    assert re.search(r"QWidget \{[^}]*font-size: 21px", sheet)
    assert "border: 1px solid" in sheet


def test_sizes_go_up_and_down_and_stop_at_the_ends() -> None:
    look = Look()
    walked = [look := look.resized(1) for _ in range(len(SIZES))]
    assert [step.size for step in walked] == [*SIZES[1:], SIZES[-1]]
    assert Look().resized(-1).size == SIZES[0]


def test_widgets_laid_out_by_hand_follow_the_size(theme: Theme, qapp: QApplication) -> None:
    widget = QWidget()
    row = QHBoxLayout(widget)
    theme.space(row, 8, gap=4)
    theme.put_on(Look(size=150))
    assert (row.contentsMargins().left(), row.spacing()) == (12, 6)
    assert qapp.font().pixelSize() == 21


def test_the_theme_forgets_a_widget_that_is_gone(theme: Theme) -> None:
    owner, seen = QObject(), list[int]()
    theme.follow(owner, lambda look: seen.append(look.size))
    del owner
    theme.put_on(Look(size=125))
    assert seen == [100]
