"""What does a token give? One role, the estates of its organisation or region, and no more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvob_domain.actor import Role
from kvob_domain.mandates import EVERYWHERE, NOWHERE, Bond, BondKind, Mandate, Scope, ScopeMissing
from kvob_domain.mandates.roles import ROLE_SCOPES
from kvob_workflow.http.auth.claims import mandate_of
from kvob_workflow.http.auth.errors import RoleMissing, RoleNotHeld, RoleUnclear, StepUpNeeded
from kvob_workflow.http.auth.stepping_up import stepped
from kvob_workflow.http.auth.token_errors import ClaimsUnusable
from kvob_workflow.testing import SettableClock
from tests.http.auth.login_service import NOW, TODAY, access, claims

ESTATE = "0" * 31 + "1"


def given_to(role: Role, asked: str | None = None, **told: Any) -> Mandate:
    """The mandate of somebody whose token holds this role and these claims."""
    return mandate_of(claims(roles=[f"kvob-{role}"], **told), access(), asked)


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.GUIDE, {BondKind.GUIDE, BondKind.UNGUIDED_IN}),
        (Role.AUDITOR, {BondKind.BODY}),
        (Role.DECIDER, {BondKind.BODY}),
        (Role.PARK_MANAGER, {BondKind.PARK_MANAGER}),
        (Role.MUNICIPALITY, {BondKind.MUNICIPALITY}),
        (Role.IMPORTER, {BondKind.MUNICIPALITY}),
    ],
)
def test_a_role_reaches_what_its_organisation_or_region_has(
    role: Role, kinds: set[BondKind]
) -> None:
    mandate = given_to(role, municipalities=["Goes"], estates=ESTATE)
    assert {bond.kind for bond in mandate.reach.bonds} == kinds
    names = {bond.name for bond in mandate.reach.bonds}
    assert names <= {"goes", "pvo brabant"}
    assert mandate.reach.estates == {ESTATE}
    assert mandate.scopes == ROLE_SCOPES[role]
    assert not mandate.reach.everywhere


@pytest.mark.parametrize(
    "role", [Role.SCHEME_MANAGER, Role.OPERATOR, Role.PRIVACY_OFFICER, Role.PUBLIC]
)
def test_who_serves_every_estate_is_narrowed_by_his_scopes(role: Role) -> None:
    assert given_to(role).reach == EVERYWHERE
    assert given_to(role).scopes == ROLE_SCOPES[role]


def test_a_witness_sees_no_estate() -> None:
    assert given_to(Role.WITNESS).reach == NOWHERE


def test_an_importer_reaches_everything_only_where_the_keeper_says_so() -> None:
    wide = access(importers_reach_everything=True)
    assert mandate_of(claims(roles=["kvob-importer"]), wide).reach == EVERYWHERE
    assert mandate_of(claims(roles=["kvob-guide"]), wide).reach != EVERYWHERE
    with pytest.raises(ClaimsUnusable, match="municipalities"):
        given_to(Role.IMPORTER)


@pytest.mark.parametrize("role", [Role.GUIDE, Role.AUDITOR, Role.DECIDER, Role.PARK_MANAGER])
def test_without_its_organisation_a_role_is_told_what_is_missing(role: Role) -> None:
    with pytest.raises(ClaimsUnusable, match="organisation"):
        given_to(role, organisation=None)
    assert given_to(role, organisation=None, estates=[ESTATE]).reach.estates == {ESTATE}


def test_two_spellings_of_an_organisation_are_one() -> None:
    found = given_to(Role.AUDITOR, organisation="  Bureau  CÉRT ").reach.bonds
    assert found == {Bond.to(BondKind.BODY, "bureau cert")}


def test_words_that_are_no_role_here_give_nothing() -> None:
    for roles in (["admin", "decider", "GUIDE"], [], None, ""):
        with pytest.raises(RoleMissing):
            mandate_of(claims(roles=roles), access())


def test_rights_of_two_roles_are_never_added_up() -> None:
    both = claims(roles=["kvob-auditor", "kvob-decider", "offline_access"])
    with pytest.raises(RoleUnclear, match="auditor, decider"):
        mandate_of(both, access())
    for role in (Role.AUDITOR, Role.DECIDER):
        mandate = mandate_of(both, access(), role.value)
        assert (mandate.actor.role, mandate.scopes) == (role, ROLE_SCOPES[role])


@pytest.mark.parametrize("asked", ["decider", "alarm", "kvob-guide", "", "GUIDE", "guide,decider"])
def test_a_role_that_is_not_held_cannot_be_asked_for(asked: str) -> None:
    with pytest.raises(RoleNotHeld):
        given_to(Role.GUIDE, asked)


def test_the_same_role_twice_is_one_role() -> None:
    twice = claims(roles="kvob-guide kvob-guide")
    assert mandate_of(twice, access()).actor.role is Role.GUIDE


def test_claims_stand_where_the_keeper_says() -> None:
    rules = access(
        claims={"roles": ["https://x.example/kvob", "roles"], "organisation": "org.name"}
    )
    told = claims(
        roles=None,
        organisation=None,
        org={"name": ["PVO Zeeland"]},
        **{"https://x.example/kvob": {"roles": ["kvob-guide"]}},
    )
    assert mandate_of(told, rules).actor.organisation == "PVO Zeeland"


@pytest.mark.parametrize(
    "told",
    [
        {"roles": {"a": 1}},
        {"roles": [1]},
        {"roles": 7},
        {"roles": ["x"] * 1_001},
        {"organisation": ["A", "B"]},
        {"organisation": "A\x00B"},
        {"organisation": " "},
        {"organisation": "x" * 201},
        {"organisation": {"name": "A"}},
        {"municipalities": [f"plaats {number}" for number in range(500)]},
        {"municipalities": [["Goes"]]},
        {"estates": ["De Hoek"]},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 501},
    ],
    ids=str,
)
def test_a_claim_that_cannot_be_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(ClaimsUnusable):
        mandate_of(claims(**told), access())


def test_who_acts_is_one_person_for_ever_and_named_nowhere() -> None:
    first = given_to(Role.GUIDE, email="jan@example.org", name="Jan Jansen").actor.person
    assert first == given_to(Role.OPERATOR).actor.person
    assert len(first) == 45
    others = {
        given_to(Role.GUIDE, sub="other").actor.person,
        given_to(Role.GUIDE, iss="i").actor.person,
    }
    assert first not in others
    assert len(others) == 2


def test_a_claim_of_the_keepers_choice_can_tell_who_acts_but_never_by_name_or_as_a_machine() -> (
    None
):
    rules = access(claims={"person": "employee"})
    told = claims(employee="P-0017")
    assert mandate_of(told, rules).actor.person == "p-0017"
    for text in ("jan@example.org", "Jan Jansen", "key:1", "KEY:1", "oidc:1", "", 17, None):
        with pytest.raises(ClaimsUnusable, match="employee"):
            mandate_of(claims(employee=text), rules)


def test_a_token_asks_for_less_where_the_keeper_lets_scopes_narrow() -> None:
    told = claims(scope="openid estates:read certificates:decide")
    assert mandate_of(told, access(narrow_by_scope=True)).scopes == {Scope.ESTATES_READ}
    assert mandate_of(told, access()).scopes == ROLE_SCOPES[Role.GUIDE]
    assert mandate_of(claims(), access(narrow_by_scope=True)).scopes == frozenset()


def demanding(**demands: Any) -> Any:
    return access(step_up=demands).step_up


def decider() -> Mandate:
    return given_to(Role.DECIDER)


def test_a_login_that_is_not_strong_enough_decides_nothing_but_still_looks() -> None:
    now = SettableClock(TODAY).now()
    demands = demanding(acr=["urn:strong", "urn:stronger"])
    weak, _ = stepped(decider(), {"acr": "urn:weak"}, demands, now)
    weak.demand(Scope.ESTATES_READ)
    with pytest.raises(ScopeMissing):
        weak.demand(Scope.PERSONS_ERASE)
    with pytest.raises(StepUpNeeded) as needed:
        weak.demand(Scope.CERTIFICATES_DECIDE)
    challenge = needed.value.challenge()
    assert 'error="insufficient_user_authentication"' in challenge
    assert 'acr_values="urn:strong urn:stronger"' in challenge
    strong, until = stepped(decider(), {"acr": "urn:stronger"}, demands, now)
    assert (strong, until) == (decider(), None)


@pytest.mark.parametrize("auth_time", [None, NOW - 900, True, "x", 10**30, NOW - 901.5])
def test_a_login_that_is_not_fresh_enough_must_be_done_anew(auth_time: object) -> None:
    now = SettableClock(TODAY).now()
    old, _ = stepped(decider(), {"auth_time": auth_time}, demanding(max_age=900), now)
    with pytest.raises(StepUpNeeded) as needed:
        old.demand(Scope.CERTIFICATES_DECIDE)
    assert 'max_age="900"' in needed.value.challenge()


def test_a_fresh_login_is_enough_until_it_is_old() -> None:
    now = SettableClock(TODAY).now()
    fresh, until = stepped(decider(), {"auth_time": NOW - 100}, demanding(max_age=900), now)
    fresh.demand(Scope.CERTIFICATES_DECIDE)
    assert until is not None
    assert (until - now).total_seconds() == 800


def test_who_may_decide_nothing_is_asked_for_no_stronger_login() -> None:
    now = SettableClock(TODAY).now()
    mandate = given_to(Role.MUNICIPALITY, municipalities="Goes")
    assert stepped(mandate, {}, demanding(acr=["x"]), now) == (mandate, None)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=10,
)
_NAMED = st.sampled_from(["roles", "organisation", "municipalities", "estates", "scope", "sub"])


@given(st.dictionaries(_NAMED, _VALUES))
def test_whatever_claims_say_they_give_one_role_or_are_refused(told: dict[str, Any]) -> None:
    try:
        mandate = mandate_of({**claims(), **told}, access(narrow_by_scope=True))
    except (ClaimsUnusable, RoleMissing, RoleUnclear):
        return
    assert mandate.scopes <= ROLE_SCOPES[mandate.actor.role]
