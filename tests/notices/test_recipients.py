"""Who gets which notices?"""

from __future__ import annotations

import pytest

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_workflow.notices import Recipient
from kvob_workflow.notices.recipients import Recipients
from tests.notices.samples import ZILVERHOEK, party

EXPIRY = DeadlineKind.EXPIRY


def wants(recipient: Recipient, kind: DeadlineKind = EXPIRY) -> bool:
    """Whether it gets such a notice of De Zilverhoek."""
    return recipient in Recipients([recipient]).concerned(zilverhoek()) and recipient.takes(kind)


def zilverhoek() -> Estate:
    return Estate(
        EstateId(ZILVERHOEK),
        version=1,
        name="De Zilverhoek",
        municipalities=("Voorbeeldstad", "Elders"),
        parties=(party("Gemeente Voorbeeldstad"),),
        guide="Gids bv",
        body="Keurders bv",
    )


@pytest.mark.parametrize(
    "organisation", ["Gemeente Voorbeeldstad", "gemeente  voorbeeldstad", "Gids bv", "Keurders BV"]
)
def test_a_party_the_guide_and_the_body_get_it_however_they_are_spelled(organisation: str) -> None:
    assert wants(Recipient(organisation))


@pytest.mark.parametrize("organisation", ["Gemeente", "Politie", "Voorbeeldstad"])
def test_an_organisation_that_takes_no_part_does_not_get_it(organisation: str) -> None:
    assert not wants(Recipient(organisation))


def test_a_municipality_that_is_listed_is_covered() -> None:
    assert wants(Recipient("Regio", municipalities=("ELDERS",)))
    assert not wants(Recipient("Regio", municipalities=("Ergens",)))


def test_who_wants_everything_gets_everything_but_other_kinds() -> None:
    assert wants(Recipient("Beheer", everything=True))
    some = Recipient("Beheer", everything=True, kinds=(DeadlineKind.REMINDER,))
    assert not wants(some)
    assert wants(some, DeadlineKind.REMINDER)


def test_those_concerned_come_in_the_order_in_which_they_are_configured() -> None:
    named = [Recipient("Keurders bv"), Recipient("Regio", municipalities=("Elders",))]
    named += [Recipient("Politie"), Recipient("Beheer", everything=True), Recipient("Gids bv")]
    found = Recipients(named).concerned(zilverhoek())
    assert [one.organisation for one in found] == ["Keurders bv", "Regio", "Beheer", "Gids bv"]


@pytest.mark.parametrize(
    ("organisation", "key"),
    [
        ("Gemeente Baarn", "gemeente-baarn"),
        ("GEMEENTE  Báárn", "gemeente-baarn"),
        ("Safe-Centre", "safe-centre"),
        ("*", "*"),
    ],
)
def test_the_key_is_short_and_the_same_for_two_spellings(organisation: str, key: str) -> None:
    assert Recipient(organisation).key == key


def test_organisations_that_differ_in_lost_signs_have_different_keys() -> None:
    names = ["A & B", "A + B", "Łódź", "日本", "x" * 100, "x" * 101, "!!!", "A B"]
    keys = [Recipient(name).key for name in names]
    assert len(set(keys)) == len(names)
    assert all(key.isascii() and 0 < len(key) <= 60 for key in keys)
