"""Which rectangles is a question about? What is known of it beforehand, and who looks for them.

Both stores find the same ones, each by its own means: `trees` on SQLite, `boxes` on PostgreSQL.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kvob_projections.deadlines import DEADLINES
from kvob_projections.estates import EstateQuery, containing, places_text
from kvob_projections.paging import Reader
from kvob_projections.periods import ALIVE, Pair
from kvob_projections.places import place_number
from kvob_projections.stored import Record
from kvob_projections.view import Value, View


@dataclass(frozen=True, slots=True)
class Narrow:
    """What a search knows of a question; bounds inclusive. `whole`: it knows all of it."""

    first: tuple[int, int] | None
    second: tuple[int, int] | None = None
    place: str | None = None
    whole: bool = True


class Finder(ABC):
    """Looks for the rectangles that a question is about."""

    def __init__(self, reader: Reader, pair: Pair, view: View, narrow: Narrow) -> None:
        """`view` is the one that the list begins with."""
        self._reader = reader
        self._view = view
        self._narrow = narrow
        self._pair = pair
        self._parameters: dict[str, Value] = dict(pair.parameters)
        bounds: list[str] = []
        for name, between in (("first", narrow.first), ("second", narrow.second)):
            if between is not None:
                low, high = f"{name}_low", f"{name}_high"
                self._parameters |= {low: between[0], high: between[1]}
                bounds += [f"{name} >= :{low}", f"{name} <= :{high}"]
        self._bounds = bounds
        self._in_place = [ALIVE, *bounds]
        holds = list(self._in_place)
        if narrow.place is not None:
            self._parameters["place_number"] = place_number(narrow.place)
            self._parameters["one_place"] = places_text((narrow.place,))
            self._parameters["place"] = containing(places_text((narrow.place,)))
            holds.append("lies_in LIKE :place ESCAPE '!'")
        self._holds = " AND ".join(holds)
        self._days = narrow.second if view is DEADLINES else None

    @abstractmethod
    def numbers(self, most: int) -> list[int]:
        """The numbers of at most so many rectangles that the question is about."""

    @abstractmethod
    def first_of(self, numbers: Sequence[int], query: EstateQuery) -> list[int]:
        """Those on the page, of the ones that were found."""

    @abstractmethod
    def walked(self, query: EstateQuery) -> list[int]:
        """Those on the page, gone through in the order of the list."""

    def _from_day(self) -> str:
        """A rank of the deadlines begins with the day, so that a walk can begin there."""
        if self._days is None:
            return ""
        self._parameters["rank_low"] = date.fromordinal(self._days[0]).isoformat()
        return " AND rank >= :rank_low"

    def _numbers(self, sql: str, **more: Value) -> list[int]:
        return [int(record["id"]) for record in self._ask(sql, more)]

    def _ask(self, sql: str, more: Mapping[str, Value]) -> Sequence[Record]:
        return self._reader(sql, {**self._parameters, **more})


class Differing(Protocol):
    """Looks for the rectangles of the board that hold one of two pairs and not the other."""

    def __call__(self, a: Pair, b: Pair, groups: bool) -> tuple[str, Mapping[str, Value]]:
        """The query for their numbers, at most `:few`, some of them twice; more parameters.

        The pairs' own parameters have names that end in `_a` and `_b`.
        """
        ...


def alive(name: str, side: str) -> str:
    """The condition that a rectangle holds the pair of one side."""
    return (
        f"{name}.seen_from <= :seen_on_{side} AND {name}.seen_until > :seen_on_{side}"
        f" AND {name}.known_from <= :known_at_{side} AND {name}.known_until > :known_at_{side}"
    )


def codes_between(bounds: tuple[int, int] | None, count: int) -> range:
    """The codes between bounds, both inclusive, of those from 0 on that there are."""
    low, high = (0, count - 1) if bounds is None else bounds
    return range(max(low, 0), min(high, count - 1) + 1)
