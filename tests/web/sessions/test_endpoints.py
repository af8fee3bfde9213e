"""Where does the login service log people in? What it said is kept while it is away, for a time."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kvob_workflow.http.auth.access import Issuer
from kvob_workflow.web.sessions.endpoints import EndpointSource
from kvob_workflow.web.sessions.errors import LoginServiceAway
from tests.http.auth.login_service import ADDRESS, Seconds, access


class Service:
    """Tells where it is, unless it is away."""

    def __init__(self) -> None:
        """There, at its first address."""
        self.asked = 0
        self.is_away = False
        self.place = f"{ADDRESS}/authorize"

    def __call__(self, issuer: Issuer) -> Mapping[str, object]:
        """What it says of itself."""
        self.asked += 1
        if self.is_away:
            raise OSError("away")
        return {"authorization_endpoint": self.place, "token_endpoint": f"{issuer.address}/token"}


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def source(service: Service, seconds: Seconds) -> EndpointSource:
    issuer = access().issuer
    assert issuer is not None
    return EndpointSource(issuer, service, elapsed=seconds)


def test_it_is_asked_when_somebody_logs_in_and_again_when_that_is_long_ago(
    source: EndpointSource, service: Service, seconds: Seconds
) -> None:
    assert service.asked == 0
    for _ in range(3):
        assert source.now().authorization == f"{ADDRESS}/authorize"
    assert service.asked == 1
    service.place = f"{ADDRESS}/moved"
    seconds.now += 601
    assert source.now().authorization == f"{ADDRESS}/moved"


def test_while_it_is_away_what_it_said_is_kept_for_a_day(
    source: EndpointSource, service: Service, seconds: Seconds
) -> None:
    source.now()
    service.is_away = True
    seconds.now += 86_400
    assert source.now().token == f"{ADDRESS}/token"
    seconds.now += 1
    with pytest.raises(LoginServiceAway):
        source.now()
    service.is_away = False
    seconds.now += 30
    assert source.now().token == f"{ADDRESS}/token"


def test_a_service_that_is_away_is_asked_once_in_half_a_minute(
    source: EndpointSource, service: Service, seconds: Seconds
) -> None:
    service.is_away = True
    for _ in range(5):
        with pytest.raises(LoginServiceAway):
            source.now()
    assert service.asked == 1
    service.is_away = False
    seconds.now += 30
    assert source.now().takes_basic
