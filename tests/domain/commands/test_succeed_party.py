"""Succeeding puts an organisation in the place of another: merged municipalities, for one."""

from datetime import date

from kvob_domain.estate.commands.identity import SucceedParty
from kvob_domain.estate.events.identity import PartySucceeded
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.parties import PartyRole
from tests.domain.asking import ESTATE, MUNICIPALITY, Given, up_to

MERGED = SucceedParty(
    estate=ESTATE,
    on=date(2022, 1, 1),
    former=MUNICIPALITY.organisation,
    successor="Gemeente Nieuwstad",
    role=PartyRole.MUNICIPALITY,
)


def test_the_successor_takes_the_place_of_the_former_party(given: Given) -> None:
    state = given(*up_to(Step.EVALUATION)).when(MERGED).then(PartySucceeded).state
    names = [party.organisation for party in state.parties]
    assert names[1] == "Gemeente Nieuwstad"
    assert MUNICIPALITY.organisation not in names


def test_the_successor_owns_the_measures_of_the_former_party(given: Given) -> None:
    state = given(*up_to(Step.EVALUATION), MERGED).state
    assert {measure.owner for measure in state.measures} == {"Gemeente Nieuwstad"}
