"""A past fact is never refused by the lifecycle; its story is told in the folder `past`."""

import pytest

from kvob_domain.estate.events.past import PastFactRecorded
from kvob_domain.estate.values import FactKind
from kvob_domain.ids import EditionId
from kvob_domain.lifecycle.trajectory import Step
from tests.domain.asking import CYCLE, Given, fact, register, register_group, up_to


@pytest.mark.parametrize("kind", FactKind)
@pytest.mark.parametrize("step", CYCLE)
def test_every_kind_of_fact_is_taken_in_every_step(
    given: Given, kind: FactKind, step: Step
) -> None:
    given(*up_to(step)).when(fact(kind, "2012")).then(PastFactRecorded)


@pytest.mark.parametrize("kind", FactKind)
def test_every_kind_of_fact_is_taken_by_a_group(given: Given, kind: FactKind) -> None:
    given(register_group()).when(fact(kind, "2012-05")).then(PastFactRecorded)


def test_the_edition_and_the_term_of_that_day_are_written_down(given: Given) -> None:
    story = given(register())
    command = fact("award", "2014")
    story.when(command).then(
        PastFactRecorded(fact=command.fact, edition=EditionId("kvo-2008-v2"), term_years=2)
    )
    undated = fact("award", "")
    story.when(undated).then(PastFactRecorded(fact=undated.fact))
