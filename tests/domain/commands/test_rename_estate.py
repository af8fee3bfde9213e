"""Renaming gives another name; the earlier ones keep leading to the estate."""

from datetime import date

from kvob_domain.estate.commands.identity import RenameEstate
from kvob_domain.estate.events.identity import EstateRenamed
from kvob_domain.lifecycle.trajectory import Step
from tests.domain.asking import ESTATE, Given, register, up_to


def rename(name: str, year: int) -> RenameEstate:
    """Another name, from the first day of a year on."""
    return RenameEstate(estate=ESTATE, on=date(year, 1, 1), name=name, reason="fusie")


def test_the_earlier_name_is_kept(given: Given) -> None:
    state = given(register()).when(rename("Zilverpark", 2019)).then(EstateRenamed).state
    assert (state.name, state.former_names) == ("Zilverpark", ("De Zilverhoek",))


def test_an_earlier_renaming_that_becomes_known_later_does_not_undo_the_later_one(
    given: Given,
) -> None:
    story = given(register(), rename("Zilverpark", 2019), rename("Hoekpark", 2010))
    assert story.state.name == "Zilverpark"
    assert story.state.former_names == ("De Zilverhoek", "Hoekpark")


def test_an_estate_may_take_an_earlier_name_again(given: Given) -> None:
    story = given(register(), rename("Zilverpark", 2010), rename("De Zilverhoek", 2019))
    assert story.state.name == "De Zilverhoek"


def test_a_name_moves_no_step(given: Given) -> None:
    story = given(*up_to(Step.AWARD), rename("Zilverpark", 2026))
    assert story.state.step is Step.AWARD
