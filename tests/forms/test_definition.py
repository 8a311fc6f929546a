"""A definition that is wrong stops the program where it is written, and says why."""

import pytest

from xinfang_desktop.forms.definition import Choice, Form, Label, Line, Row, Text, row

COLUMNS = (40.0, 60.0, 65.0)


def form(*rows: Row, columns: tuple[float, ...] = COLUMNS, headline: str = "试表") -> Form:
    return Form(key="trial", title="试表", headline=headline, columns=columns, rows=rows)


def test_a_gap_in_the_grid_is_named() -> None:
    with pytest.raises(ValueError, match=r"form trial: row 1: columns \[3\] are not filled"):
        form(row(Label("姓名"), Line("petitioner.name")))


def test_a_cell_without_room_is_named() -> None:
    with pytest.raises(ValueError, match="form trial: row 2: no room for"):
        form(
            row(Label("姓名", rows=2), Line("petitioner.name", cols=2)),
            row(Label("人数"), Line("petition.headcount", cols=2)),
        )


def test_a_cell_that_reaches_below_the_last_row_is_named() -> None:
    with pytest.raises(ValueError, match="row 1: no room for"):
        form(row(Label("姓名", rows=2), Line("petitioner.name", cols=2)))


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("petitioner.nmae", "petitioner.nmae: Petitioner has no nmae"),
        ("petitoner.name", "petitoner.name: Matter has no petitoner"),
        ("petition.claim.length", "petition.claim.length: str has no length"),
    ],
)
def test_a_path_that_leads_nowhere_is_named(path: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"form trial: {reason}"):
        form(row(Label("姓名"), Text(path, cols=2)))


def test_a_path_in_a_title_is_checked_too() -> None:
    with pytest.raises(ValueError, match="office.nmae: OfficeProfile has no nmae"):
        form(row(Label("姓名", cols=3)), headline="{office.nmae}登记单")


def test_columns_that_do_not_fill_the_page_are_told() -> None:
    with pytest.raises(ValueError, match="the columns are 100 mm wide, the page has 165"):
        form(row(Label("姓名"), Line("petitioner.name")), columns=(40.0, 60.0))


def test_rows_too_high_for_the_page_are_told() -> None:
    with pytest.raises(ValueError, match="too high for the page"):
        form(row(Label("姓名", cols=3), height=400))


def test_a_choice_of_something_without_choices_is_told() -> None:
    with pytest.raises(ValueError, match=r"petition\.claim has nothing to choose from"):
        form(row(Label("姓名"), Choice("petition.claim", cols=2)))
