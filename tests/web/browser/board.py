"""Which board do the tests look at? One full of estates, on a server, for whoever comes in."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final

from kvob_domain.actor import Actor, Role
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.mandates import EVERYWHERE, Mandate, Scope
from kvob_workflow.demo import walk
from kvob_workflow.importing import import_file, sample_cases
from kvob_workflow.testing import SettableClock, engine_at
from tests.http.serving import served
from tests.web.conftest import TODAY, WebWorld

_BEFORE_ALL: Final = date(2019, 5, 6)


@dataclass(frozen=True)
class Board:
    """A world that is served: the sample cases, and `estate`, which has walked its whole life.

    `webhook` is one of who may see and do all.
    """

    world: WebWorld
    estate: EstateId
    origin: str
    webhook: str

    def badge(
        self,
        role: Role = Role.GUIDE,
        organisation: str | None = None,
        municipalities: Iterable[str] | None = None,
        *,
        person: str = "p-guide",
        name: str = "",
        scopes: Iterable[Scope] | None = None,
    ) -> dict[str, str]:
        """The cookie of somebody in a role, for all estates unless municipalities are given.

        `scopes` are given instead of those of the role.
        """
        known = self.world.browser(
            role, organisation, municipalities, person=person, name=name, scopes=scopes
        )
        return dict(known.cookies)


@contextmanager
def bare_board(today: date) -> Generator[Board]:
    """A board without estates on a free port, on this day; its `estate` is nothing yet."""
    clock = SettableClock(today)
    with engine_at("memory:", clock) as engine:
        world = WebWorld(engine, clock)
        with served(world.app) as port:
            yield Board(world, EstateId(""), f"http://127.0.0.1:{port}", "")


@contextmanager
def board(*, stream_seconds: float = 0.0) -> Generator[Board]:
    """A board of its own on a free port, on the day of the tests of the pages.

    `stream_seconds`: how long a page is told what happens before it asks again.
    """
    clock = SettableClock(_BEFORE_ALL)
    with engine_at("memory:", clock) as engine:
        world = WebWorld(engine, clock, stream_seconds=stream_seconds)
        with sample_cases() as path:
            import_file(engine, path)
        taken = [one.outcome.estate for one in walk(engine, clock.set_day) if one.outcome]
        clock.set_day(TODAY)
        own = Mandate(
            Actor(PersonId("p-guide"), None, Role.GUIDE, "web"), frozenset(Scope), EVERYWHERE
        )
        hook = engine.webhooks(own).add("https://example.org/kvob").webhook.id
        with served(world.app) as port:
            yield Board(world, taken[0], f"http://127.0.0.1:{port}", hook)
