"""Which level does a certificate carry? A stated one wins; else one rung up, to the top."""

from datetime import date

import pytest

from kvob_domain.estate.levels import canonical, derive, level_names
from kvob_domain.estate.values import FactKind
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme import SchemeBook, Terms
from tests.domain.asking import RENEWAL, Given, award, fact, register, up_to

BASIC, CONTINUOUS = "Basis Samenwerken", "Continu Samenwerken"


@pytest.fixture(scope="module")
def terms(book: SchemeBook) -> Terms:
    """What holds under edition 3.1."""
    return book.terms("kvo-3.1")


@pytest.mark.parametrize(
    ("previous", "renewal", "level"),
    [
        (None, False, BASIC),
        (None, True, CONTINUOUS),
        (BASIC, True, CONTINUOUS),
        (CONTINUOUS, True, CONTINUOUS),
        (CONTINUOUS, False, BASIC),
        ("1st star", True, "2nd star"),
        ("4th star", True, "5th star"),
        ("5th star", True, "5th star"),
        ("3rd star", False, "1st star"),
        ("goud", True, None),
    ],
)
def test_a_renewal_climbs_one_rung_and_a_first_certificate_begins_below(
    terms: Terms, previous: str | None, renewal: bool, level: str | None
) -> None:
    assert derive(previous, renewal, terms) == level


def test_without_a_ladder_nothing_is_derived() -> None:
    assert derive(None, False, Terms()) is None


@pytest.mark.parametrize(
    ("spelling", "level"),
    [("Continue Samenwerken", CONTINUOUS), ("vierde ster", "4th star"), ("goud", "goud")],
)
def test_other_spellings_are_the_same_level(terms: Terms, spelling: str, level: str) -> None:
    assert canonical(spelling, terms) == level


def test_first_basic_then_continuous(given: Given) -> None:
    story = given(*up_to(Step.RECERTIFICATION), *RENEWAL, award(date(2024, 5, 16)))
    levels = [(one.level, one.level_derived) for one in story.state.certificates]
    assert levels == [(BASIC, True), (CONTINUOUS, True)]


def test_a_stated_level_wins_under_its_name_in_the_ladder(given: Given) -> None:
    stated = award(level="derde ster")
    (certificate,) = given(*up_to(Step.AWARD), stated).state.certificates
    assert (certificate.level, certificate.level_derived) == ("3rd star", False)


def test_after_a_stated_star_the_renewal_climbs_the_stars(given: Given) -> None:
    cycle = (*up_to(Step.AWARD), award(level="derde ster"), *up_to(Step.RECERTIFICATION)[-5:])
    story = given(*cycle, *RENEWAL, award(date(2024, 5, 16)))
    assert story.state.certificates[1].level == "4th star"


def test_a_source_that_names_no_level_leaves_it_to_the_ladder(
    given: Given, book: SchemeBook
) -> None:
    story = given(
        register(on=""),
        fact(FactKind.AWARD, "2013"),
        fact(FactKind.RECERTIFICATION, "2016", level="Continue Samenwerken"),
        fact(FactKind.RECERTIFICATION, "2019"),
    )
    names = level_names(story.state.certificates, book)
    assert names == [(BASIC, True), (CONTINUOUS, False), (CONTINUOUS, True)]


def test_a_recertification_whose_first_award_nobody_knows_is_continuous(
    given: Given, book: SchemeBook
) -> None:
    story = given(register(on=""), fact(FactKind.RECERTIFICATION, "2019"))
    assert level_names(story.state.certificates, book) == [(CONTINUOUS, True)]
