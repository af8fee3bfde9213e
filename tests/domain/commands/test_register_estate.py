"""Registering an estate enters it once, with what is known of it."""

from kvob_domain.estate.commands.identity import RegisterEstate
from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.values import EstateKind
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.partial_date import PartialDate
from kvob_domain.refusals.lifecycle import AlreadyRegistered
from tests.domain.asking import Given, register


def test_an_estate_is_entered_with_its_name_municipalities_and_first_day(given: Given) -> None:
    command = RegisterEstate(
        name="H2O",
        municipalities=("Hattem", "Heerde", "Oldebroek"),
        on=PartialDate.parse("2010-02"),
        scope="vier terreinen",
    )
    state = given().when(command).then(EstateRegistered).state
    assert (state.name, state.municipality) == ("H2O", "Hattem/Heerde/Oldebroek")
    assert (state.registered_on.text, state.scope) == ("2010-02", "vier terreinen")
    assert (state.kind, state.step, state.cycle) == (EstateKind.ESTATE, Step.REGISTERED, 0)


def test_a_registered_estate_holds_nothing_and_misses_nothing(given: Given) -> None:
    state = given(register()).state
    assert state.exists
    assert state.certificates == ()
    assert state.moves == ()


def test_the_same_estate_is_not_entered_twice(given: Given) -> None:
    given(register()).when(register(name="Anders")).then_refused(
        AlreadyRegistered, name="De Zilverhoek"
    )
