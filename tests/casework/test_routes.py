"""What a classification leads to: told for every kind and route, with the article."""

import pytest

from tests.helpers.office import OFFICE
from xinfang_desktop.casework.routes import Consequence, consequences
from xinfang_desktop.models import Kind, Route


def told(kind: Kind | None, route: Route | None = None) -> dict[str, Consequence]:
    return {line.title: line for line in consequences(kind, route, OFFICE)}


def test_nothing_is_told_before_a_kind_is_chosen() -> None:
    assert told(None) == {}


def test_a_remedy_needs_a_route_before_anything_can_be_told() -> None:
    lines = told(Kind.REMEDY)
    assert lines["处理途径"].basis == "第三十一条"
    assert "办结时限" not in lines


@pytest.mark.parametrize(
    ("kind", "route"),
    [(Kind.SUGGESTION, None), (Kind.ACCUSATION, None), *((Kind.REMEDY, route) for route in Route)],
)
def test_how_long_what_papers_and_what_relief_are_told_with_their_article(
    kind: Kind, route: Route | None
) -> None:
    lines = told(kind, route)
    assert {"怎样办理", "告知", "办结时限", "文书", "复查复核", "签批"} <= set(lines)
    assert all("条" in line.basis or "制度" in line.basis for line in lines.values())


@pytest.mark.parametrize("route", tuple(Route))
def test_sixty_days_and_review_belong_to_the_sixth_route_alone(route: Route) -> None:
    lines = told(Kind.REMEDY, route)
    is_sixth = route is Route.PETITION
    assert lines["办结时限"].text.startswith("自受理之日起60日") is is_sixth
    assert lines["复查复核"].text.startswith("有：") is is_sixth
    assert lines["怎样办理"].basis.startswith(f"第三十一条第{route.item}项")


@pytest.mark.parametrize("route", tuple(Route))
def test_relief_is_told_in_the_words_that_the_petitioner_reads(route: Route) -> None:
    assert told(Kind.REMEDY, route)["救济"].text == route.relief.format(body=OFFICE.signature)


def test_an_accusation_is_sealed_and_goes_to_the_principal_leader() -> None:
    lines = told(Kind.ACCUSATION)
    assert "只有可阅检举控告的账户" in lines["保密"].text
    assert "主职领导" in lines["签批"].text
    assert "信访分管领导" in told(Kind.SUGGESTION)["签批"].text
