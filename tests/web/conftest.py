"""Pages for the tests: an engine in memory, and a browser without scripts for whoever looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient

from kvob_domain.actor import Actor, Role
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.mandates import EVERYWHERE, Bond, BondKind, Mandate, Reach, Scope, scopes_of
from kvob_workflow import Engine
from kvob_workflow.demo import walk
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.http.auth.errors import StepUpNeeded
from kvob_workflow.importing import import_file, sample_cases
from kvob_workflow.testing import SettableClock, engine_at
from kvob_workflow.web import Pages
from kvob_workflow.web.sessions import LoginRoute, SessionKeys, Visitor

TODAY = date(2026, 11, 29)
COOKIE = "test-visitor"


class Introduced:
    """A login that knows the visitors that a test has introduced, by a cookie."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._known: dict[str, Visitor] = {}

    def introduce(self, mandate: Mandate, name: str = "") -> str:
        """The value of the cookie that this visitor has."""
        number = str(next(self._numbers))
        self._known[number] = Visitor(mandate, f"session-{mandate.actor.person}", name)
        return number

    def forget(self) -> None:
        """End all sessions."""
        self._known.clear()

    def visitor(self, request: Request) -> Visitor | None:
        return self._known.get(request.cookies.get(COOKIE, ""))

    def way_in(self, back: str) -> str | None:
        return f"/login?back={back}"

    def way_up(self, needed: StepUpNeeded, back: str) -> str | None:
        del needed
        return self.way_in(back)

    def way_to_roles(self, back: str) -> str | None:
        del back
        return None

    def way_out(self) -> str | None:
        return "/logout"

    def routes(self) -> Sequence[LoginRoute]:
        return ()

    def renew(self, visitor: Visitor | None, request: Request, response: Response) -> None:
        del visitor, request, response


@dataclass
class WebWorld:
    """An engine, its pages, and who looks."""

    engine: Engine
    clock: SettableClock
    people: Introduced = field(default_factory=Introduced)
    stream_seconds: float = 0.0
    app: FastAPI = field(init=False)
    pages: Pages = field(init=False)

    def __post_init__(self) -> None:
        self.pages = Pages(login=self.people, keys=SessionKeys())
        api = Api(a_minute=None, open_a_minute=None, stream_seconds=self.stream_seconds)
        self.app = asgi_app(self.engine, api, pages=self.pages)

    def browser(
        self,
        role: Role = Role.GUIDE,
        organisation: str | None = None,
        municipalities: Iterable[str] | None = None,
        *,
        person: str = "p-guide",
        scopes: Iterable[Scope] | None = None,
        name: str = "",
    ) -> TestClient:
        """A browser of somebody in a role, for all estates unless municipalities are given."""
        places = () if municipalities is None else tuple(municipalities)
        bonds = frozenset(Bond.to(BondKind.MUNICIPALITY, place) for place in places)
        reach = EVERYWHERE if municipalities is None else Reach(bonds=bonds)
        given = scopes_of(role) if scopes is None else frozenset(scopes)
        mandate = Mandate(Actor(PersonId(person), organisation, role, "web"), given, reach)
        cookies = {COOKIE: self.people.introduce(mandate, name)}
        headers = {"accept": "text/html"}
        return TestClient(
            self.app,
            cookies=cookies,
            headers=headers,
            raise_server_exceptions=False,
            follow_redirects=False,
        )

    def mandate_of(self, role: Role, person: str) -> Mandate:
        """The mandate of a visitor with all that his role gives, everywhere."""
        return Mandate(Actor(PersonId(person), None, role, "web"), scopes_of(role), EVERYWHERE)

    def token(self, role: Role = Role.GUIDE, person: str = "p-guide") -> str:
        """The token of the forms of a visitor."""
        mandate = self.mandate_of(role, person)
        return self.pages.form_tokens.token(Visitor(mandate, f"session-{person}"))

    def stranger(self) -> TestClient:
        """A browser of somebody who is not logged in."""
        return TestClient(
            self.app,
            headers={"accept": "text/html"},
            raise_server_exceptions=False,
            follow_redirects=False,
        )


@pytest.fixture
def web_world() -> Iterator[WebWorld]:
    clock = SettableClock(TODAY)
    with engine_at("memory:", clock) as engine:
        yield WebWorld(engine, clock)


@pytest.fixture(scope="session")
def lived_in() -> Iterator[tuple[WebWorld, EstateId]]:
    """The sample cases and the demonstration's whole life, for tests that only look."""
    clock = SettableClock(date(2019, 5, 6))
    with engine_at("memory:", clock) as engine:
        with sample_cases() as path:
            import_file(engine, path)
        estates = [one.outcome.estate for one in walk(engine, clock.set_day) if one.outcome]
        clock.set_day(TODAY)
        yield WebWorld(engine, clock), estates[0]
