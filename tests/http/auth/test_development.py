"""When is anybody let in? On a developer's own machine, when he asks for it, and told loudly."""

from __future__ import annotations

import logging

import pytest

from kvob_domain.actor import Role
from kvob_domain.mandates import EVERYWHERE
from kvob_domain.mandates.roles import ROLE_SCOPES
from kvob_workflow.http.auth.access_errors import DevelopmentRefused
from kvob_workflow.http.auth.development import DevelopmentMode
from kvob_workflow.http.auth.errors import DevelopmentHeader


@pytest.fixture
def mode() -> DevelopmentMode:
    return DevelopmentMode(asked=True, host="127.0.0.1")


def test_it_says_loudly_what_it_is(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "kvob_workflow.security"):
        mode = DevelopmentMode(asked=True, host="::1")
    (line,) = caplog.records
    assert line.levelno == logging.WARNING
    assert "DEVELOPMENT MODE" in line.getMessage()
    assert "anybody" in mode.response_headers["Kvob-Development-Mode"]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"])
def test_it_is_refused_when_nobody_asked_for_it(host: str) -> None:
    with pytest.raises(DevelopmentRefused):
        DevelopmentMode(asked=False, host=host)
    assert DevelopmentMode(asked=True, host=host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "", "192.168.1.2", "example.org", "127.0.0.1.example.org", "unix:/x"]
)
def test_it_is_refused_where_others_could_reach_it(host: str) -> None:
    with pytest.raises(DevelopmentRefused):
        DevelopmentMode(asked=True, host=host)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ALARM])
def test_a_developer_acts_in_any_role(mode: DevelopmentMode, role: Role) -> None:
    mandate = mode.mandate({"kvob-role": role.value, "kvob-person": "P-1"})
    assert (mandate.actor.role, mandate.actor.person) == (role, "p-1")
    assert (mandate.scopes, mandate.reach) == (ROLE_SCOPES[role], EVERYWHERE)


def test_who_says_nothing_is_a_guide_who_sees_every_estate(mode: DevelopmentMode) -> None:
    mandate = mode.mandate({})
    assert (mandate.actor.role, mandate.actor.person) == (Role.GUIDE, "developer")
    assert (mandate.scopes, mandate.reach) == (ROLE_SCOPES[Role.GUIDE], EVERYWHERE)


def test_with_an_organisation_he_reaches_what_that_one_does(mode: DevelopmentMode) -> None:
    mandate = mode.mandate({"kvob-role": "auditor", "kvob-organisation": "Bureau%20C%C3%A9rt"})
    assert [bond.text for bond in mandate.reach.bonds] == ["body:bureau cert"]
    asked = {"kvob-role": "municipality", "kvob-municipalities": "Goes, Veere,"}
    assert len(mode.mandate(asked).reach.bonds) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"kvob-role": "alarm"},
        {"kvob-role": "boss"},
        {"kvob-person": "Jan Jansen"},
        {"kvob-organisation": "%00"},
        {"kvob-role": "municipality", "kvob-organisation": "Goes"},
        {"host": "evil.example:8000"},
        {"host": "evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"host": "127.0.0.1:8000", "origin": "https://evil.example"},
        {"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:3000"},
        {"host": "127.0.0.1:8000", "origin": "null"},
        {"host": "127.0.0.1:8000", "x-forwarded-for": "203.0.113.9"},
        {"host": "127.0.0.1:8000", "forwarded": "for=203.0.113.9"},
        {"host": "127.0.0.1:8000", "x-real-ip": "203.0.113.9"},
        {"host": "127.0.0.1:8000", "via": "1.1 proxy"},
    ],
    ids=str,
)
def test_what_cannot_be_or_comes_from_elsewhere_is_refused(
    mode: DevelopmentMode, headers: dict[str, str]
) -> None:
    assert mode.at_hand(headers) is None
    with pytest.raises(DevelopmentHeader):
        mode.mandate(headers)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000", "[::1]"])
def test_this_machine_has_several_names(mode: DevelopmentMode, host: str) -> None:
    assert mode.at_hand({"host": host, "sec-fetch-site": "same-origin"})
    assert mode.at_hand({"host": host, "origin": f"http://{host}"})
