"""Declaring the intent closes the kickoff; who signs joins the partnership."""

from datetime import date

from kvob_domain.estate.events.preparation import IntentDeclared
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.parties import Party, PartyRole
from tests.domain.asking import PARTIES, Given, declare, register, start, up_to

PARK = Party(organisation="Parkmanagement", role=PartyRole.PARK_MANAGEMENT)


def test_the_inventory_follows_the_declaration(given: Given) -> None:
    state = given(*up_to(Step.KICKOFF)).when(declare()).then(IntentDeclared).state
    assert state.step is Step.INVENTORY
    assert state.dossier.intent_declared


def test_who_signs_and_was_not_there_yet_joins_the_partnership(given: Given) -> None:
    story = given(register(), start(), declare(date(2020, 10, 6), *PARTIES, PARK))
    assert story.state.parties == (*PARTIES, PARK)


def test_an_organisation_s_role_counts_and_not_its_name(given: Given) -> None:
    bmo = Party(organisation="BMO Soest", role=PartyRole.ENTREPRENEURS)
    command = declare(date(2020, 10, 6), bmo, *PARTIES[1:])
    given(register(), start(parties=())).when(command).then(IntentDeclared)
