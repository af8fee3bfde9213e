"""Changing the scope changes the area that the mark covers."""

from datetime import date

from kvob_domain.estate.commands.identity import ChangeScope
from kvob_domain.estate.events.identity import ScopeChanged
from tests.domain.asking import ESTATE, Given, register


def test_the_area_is_the_one_that_was_given_last(given: Given) -> None:
    larger = ChangeScope(estate=ESTATE, on=date(2023, 5, 1), scope="fase 1 en 2", reason="groei")
    state = given(register(scope="fase 1")).when(larger).then(ScopeChanged).state
    assert state.scope == "fase 1 en 2"
