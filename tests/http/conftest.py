"""An API for the tests: an engine in memory, and a client for whoever the test says is asking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from kvob_domain.actor import Actor, Role
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.mandates import EVERYWHERE, Bond, BondKind, Mandate, Reach, Scope, scopes_of
from kvob_workflow import Engine
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.http.auth.errors import CredentialsMissing
from kvob_workflow.testing import SettableClock, engine_at

TODAY = date(2026, 11, 23)
WHO = "x-test-mandate"


class Introduced:
    """An authenticator that knows the mandates that a test has introduced, by a header."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._known: dict[str, Mandate] = {}

    def introduce(self, mandate: Mandate) -> dict[str, str]:
        """The header that this mandate comes in with."""
        number = str(next(self._numbers))
        self._known[number] = mandate
        return {WHO: number}

    def at_hand(self, headers: Mapping[str, str]) -> Mandate | None:
        return self._known.get(headers.get(WHO, ""))

    def mandate(self, headers: Mapping[str, str]) -> Mandate:
        del headers
        raise CredentialsMissing


@dataclass
class HttpWorld:
    """An engine, its API, and who asks."""

    engine: Engine
    clock: SettableClock
    people: Introduced = field(default_factory=Introduced)
    api: Api | None = None
    app: FastAPI = field(init=False)

    def __post_init__(self) -> None:
        self.api = self.api or Api(authenticator=self.people, stream_seconds=0.0)
        self.app = asgi_app(self.engine, self.api)

    def client(
        self,
        role: Role = Role.GUIDE,
        organisation: str | None = None,
        municipalities: Iterable[str] | None = None,
        *,
        person: str = "p-guide",
        reach: Reach | None = None,
        scopes: Iterable[Scope] | None = None,
    ) -> TestClient:
        """A client with the scopes of a role, for all estates unless a reach is given."""
        if reach is None:
            places = () if municipalities is None else tuple(municipalities)
            bonds = frozenset(Bond.to(BondKind.MUNICIPALITY, place) for place in places)
            reach = EVERYWHERE if municipalities is None else Reach(bonds=bonds)
        given = scopes_of(role) if scopes is None else frozenset(scopes)
        actor = Actor(PersonId(person), organisation, role, "http")
        headers = self.people.introduce(Mandate(actor, given, reach))
        return TestClient(self.app, headers=headers, raise_server_exceptions=False)

    def stranger(self) -> TestClient:
        """A client without credentials."""
        return TestClient(self.app, raise_server_exceptions=False)


@pytest.fixture
def http_world() -> Iterator[HttpWorld]:
    clock = SettableClock(TODAY)
    with engine_at("memory:", clock) as engine:
        yield HttpWorld(engine, clock)


@pytest.fixture(scope="session")
def whole() -> Iterator[tuple[HttpWorld, EstateId]]:
    """The sample cases and one whole life, for tests that only look."""
    from tests.http.populated import whole_world  # which takes its world from here

    with whole_world() as made:
        yield made
