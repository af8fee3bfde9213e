"""Which estates lie within a reach, and who is let through?"""

from __future__ import annotations

import pytest

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import EstateKind
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.mandates import (
    EVERYWHERE,
    NOWHERE,
    Bond,
    BondKind,
    EverythingNeeded,
    Mandate,
    OutOfReach,
    Reach,
    Scope,
    ScopeMissing,
    bonds_of,
)
from kvob_domain.mandates.reach import MOST_BONDS
from kvob_domain.parties import Party, PartyRole

ID = EstateId("1" * 32)
ACTOR = Actor(PersonId("p"), None, Role.MUNICIPALITY)


def _estate(**said: object) -> Estate:
    return Estate(ID, kind=EstateKind.ESTATE, **{"municipalities": ("Goes",), **said})  # type: ignore[arg-type]


def _reach(*bonds: Bond) -> Reach:
    return Reach(bonds=frozenset(bonds))


def test_an_estate_has_a_bond_with_each_municipality_that_it_lies_in() -> None:
    found = bonds_of(_estate(municipalities=("Goes", "Súdwest-Fryslân"), guide="PVO"))
    assert [bond.text for bond in found if bond.kind is BondKind.MUNICIPALITY] == [
        "municipality:goes",
        "municipality:sudwest-fryslan",
    ]


def test_without_a_guide_it_may_be_taken_up_in_its_municipality() -> None:
    begins = _reach(Bond.to(BondKind.UNGUIDED_IN, "goes"))
    assert begins.holds_estate(_estate())
    assert not begins.holds_estate(_estate(guide="PVO"))


def test_the_guide_the_body_and_the_park_manager_have_a_bond_and_other_parties_have_none() -> None:
    parties = (
        Party(organisation="Park BV", role=PartyRole.PARK_MANAGEMENT),
        Party(organisation="Politie", role=PartyRole.POLICE),
    )
    found = {bond.text for bond in bonds_of(_estate(guide="PVO", body="Kiwa", parties=parties))}
    assert found == {"municipality:goes", "guide:pvo", "body:kiwa", "park_manager:park bv"}


def test_spelling_makes_no_difference_and_the_kind_of_bond_does() -> None:
    estate = _estate(guide="Stichting Één")
    assert _reach(Bond.to(BondKind.GUIDE, "  STICHTING  een ")).holds_estate(estate)
    assert not _reach(Bond.to(BondKind.BODY, "Stichting Één")).holds_estate(estate)


def test_a_reach_holds_an_estate_by_its_id_all_of_them_or_none() -> None:
    assert Reach(estates=frozenset({ID})).holds_estate(_estate())
    assert EVERYWHERE.holds_estate(_estate())
    assert not NOWHERE.holds_estate(_estate())


def test_an_estate_is_registered_where_the_region_is_and_an_organisation_has_no_region() -> None:
    assert _reach(Bond.to(BondKind.MUNICIPALITY, "Goes")).covers("GOES")
    assert _reach(Bond.to(BondKind.UNGUIDED_IN, "Goes")).covers("Goes")
    assert not _reach(Bond.to(BondKind.GUIDE, "Goes")).covers("Goes")
    assert EVERYWHERE.covers("Goes")
    assert not NOWHERE.covers("Goes")


def test_a_reach_is_no_longer_than_a_statement_can_hold() -> None:
    ids = frozenset(EstateId(f"{number:032x}") for number in range(MOST_BONDS + 1))
    with pytest.raises(ValueError, match="500"):
        Reach(estates=ids)


def test_a_mandate_gives_nothing_by_default() -> None:
    mandate = Mandate(ACTOR)
    for scope in Scope:
        with pytest.raises(ScopeMissing):
            mandate.demand(scope)
    with pytest.raises(OutOfReach):
        mandate.demand_estate(_estate())
    with pytest.raises(EverythingNeeded):
        mandate.demand_everything()


def test_a_mandate_lets_through_what_it_gives() -> None:
    mandate = Mandate(ACTOR, frozenset({Scope.ESTATES_READ}), EVERYWHERE)
    mandate.demand(Scope.ESTATES_READ)
    mandate.demand_estate(_estate())
    mandate.demand_everything()
