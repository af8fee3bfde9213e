"""Who works with the board in the journeys? People in their roles, each at a browser of his own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from kvob_domain.actor import Role
from tests.web.browser.acting import Person

if TYPE_CHECKING:
    from tests.web.browser.board import Board
    from tests.web.browser.conftest import Visit

BODY: Final = "Keurinstituut Voorbeeld"
GUIDES: Final = "Stichting Veilig Voorbeeld"
ESTATE: Final = "De Zilverhoek"


class People:
    """Everybody who has come in; at the end they are asked whether anything went wrong."""

    def __init__(self, board: Board, visit: Visit) -> None:
        """Nobody yet."""
        self.board: Final = board
        self._visit: Final = visit
        self.everybody: list[Person] = []

    def comes_in(
        self, role: Role, person: str, organisation: str = BODY, *, javascript: bool = True
    ) -> Person:
        """Somebody opens the board."""
        badge = self.board.badge(role, organisation, person=person)
        watched = self._visit(self.board.origin, cookies=badge, javascript=javascript)
        self.everybody.append(Person(watched))
        return self.everybody[-1]

    def guide(self, person: str = "p-guide", *, javascript: bool = True) -> Person:
        """A process guide."""
        return self.comes_in(Role.GUIDE, person, GUIDES, javascript=javascript)

    def auditor(self, person: str = "p-auditor") -> Person:
        """An auditor of the certification body."""
        return self.comes_in(Role.AUDITOR, person)

    def decider(self, person: str = "p-decider") -> Person:
        """Who decides at the certification body."""
        return self.comes_in(Role.DECIDER, person)

    def on(self, year: int, month: int, day: int) -> None:
        """Another day has come."""
        self.board.world.clock.set_day(date(year, month, day))

    def settled(self) -> None:
        """Assert that nothing went wrong at any of the browsers."""
        for one in self.everybody:
            one.watched.settled()


def open_estate(person: Person) -> None:
    """Search for the estate, and open it."""
    person.fill({"Terrein of filter zoeken": "zilverhoek"})
    person.press("Zoek")
    person.follow(ESTATE)


def done(guide: Person, *measures: str) -> None:
    """Say of measures in the matrix that they have been carried out, all in one save."""
    guide.follow("Maatregelen")
    guide.fill({f"Voortgang van {one}": "uitgevoerd" for one in measures})
    guide.check()
    guide.press("Alles vastleggen")
    guide.sees("Vastgelegd.")
    guide.follow("Overzicht")
