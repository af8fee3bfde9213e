"""What does the report show? Every figure with its definition, the same numbers as the engine."""

from __future__ import annotations

import pytest

from kvob_domain.actor import Role
from kvob_domain.ids import EstateId
from kvob_projections.figures import FIGURES
from tests.web.conftest import WebWorld

Lived = tuple[WebWorld, EstateId]


def test_every_figure_stands_there_with_what_it_counts(lived_in: Lived) -> None:
    text = lived_in[0].browser().get("/report").text
    for figure in FIGURES.values():
        assert figure.name.nl in text
        assert figure.definition.nl[:60].split("'")[0] in text


def test_the_numbers_are_those_of_the_engine(lived_in: Lived) -> None:
    world, _ = lived_in
    text = world.browser().get("/report").text
    found = {one.figure.code.value: one for one in world.engine.statistics().figures}
    for row in found["funnel"].rows:
        assert f'<td class="number">{row.n}' in text


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/report?since=2027-01-01", 400, "begint op"),
        ("/report?since=31-02-2020", 400, "februari 2020 heeft 29 dagen"),
        ("/report?municipality=Nergenshuizen", 200, "Nergenshuizen"),
        ("/report?silent_days=0", 400, "0"),
    ],
)
def test_what_cannot_be_asked_is_told(
    lived_in: Lived, address: str, status: int, said: str
) -> None:
    answer = lived_in[0].browser().get(address)
    assert answer.status_code == status
    assert said in answer.text


def test_who_may_not_see_figures_is_told_which_right_is_missing(lived_in: Lived) -> None:
    answer = lived_in[0].browser(Role.PARK_MANAGER).get("/report")
    assert answer.status_code == 403
    assert "cijfers inzien" in answer.text
