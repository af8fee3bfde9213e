"""Which board do the tests look at? One full of estates, on a server, for whoever comes in."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kvob_domain.actor import Actor, Role
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.mandates import EVERYWHERE, Bond, BondKind, Mandate, Reach, scopes_of
from tests.http.conftest import HttpWorld
from tests.http.populated import whole_world
from tests.http.serving import served

if TYPE_CHECKING:
    from starlette.types import ASGIApp

TODAY: Final = date(2026, 11, 29)

Made = Callable[[HttpWorld], "ASGIApp"]
"""Makes the application that is served: the API and the pages."""


@dataclass(frozen=True)
class Board:
    """A world that is served: the sample cases, and `estate`, which has walked its whole life."""

    world: HttpWorld
    estate: EstateId
    origin: str

    def badge(
        self,
        role: Role = Role.GUIDE,
        *,
        person: str = "p-guide",
        organisation: str | None = None,
        municipalities: Iterable[str] | None = None,
    ) -> dict[str, str]:
        """The header by which the pages know who looks; all estates, unless places are named."""
        places = () if municipalities is None else tuple(municipalities)
        bonds = frozenset(Bond.to(BondKind.MUNICIPALITY, place) for place in places)
        reach = EVERYWHERE if municipalities is None else Reach(bonds=bonds)
        actor = Actor(PersonId(person), organisation, role, "web")
        return self.world.people.introduce(Mandate(actor, scopes_of(role), reach))


def with_pages(world: HttpWorld) -> ASGIApp:
    """The application as the tests serve it."""
    return world.app


@contextmanager
def board(made: Made = with_pages) -> Generator[Board]:
    """A board of its own on a free port, on 29 November 2026."""
    with whole_world() as (world, estate):
        world.clock.set_day(TODAY)
        with served(made(world)) as port:
            yield Board(world, estate, f"http://127.0.0.1:{port}")
