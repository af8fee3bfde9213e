"""Given histories, what do the read models show? Estates through decide and evolve, rows in SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files

from kvob_domain.actor import Actor
from kvob_domain.estate.commands import Command
from kvob_domain.estate.commands.base import EstateCommand
from kvob_domain.estate.commands.identity import RegisterEstate, RegisterGroup
from kvob_domain.estate.commands.past import RecordPastFact
from kvob_domain.estate.decide import decide
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import PastFact
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.scheme.book import SchemeBook
from kvob_projections import ALL_VIEWS, FOLLOWED_VIEWS, board, deadlines, measures, register
from kvob_projections.board import BoardQuery, BoardRow
from kvob_projections.deadlines import DueQuery, DueRow
from kvob_projections.measures import MeasureQuery, MeasureRow
from kvob_projections.register import RegisterQuery, RegisterRow
from kvob_projections.view import Value

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@cache
def book() -> SchemeBook:
    """The scheme data that ships with the package."""
    folder = files("kvob_domain") / "schemes"
    texts = {entry.name: entry.read_text("utf-8") for entry in folder.iterdir()}
    policy = texts.pop("practice.toml")
    return SchemeBook.parse(texts.values(), policy)


def day(text: str) -> date:
    """A day as tests write it."""
    return date.fromisoformat(text)


@dataclass(frozen=True)
class Step:
    """One command of a history, given by a person."""

    command: Callable[[EstateId], Command]
    person: str


def does(asked: type[EstateCommand], on: str, person: str = "p-guide", /, **fields: object) -> Step:
    """A person does something on a day."""

    def command(estate: EstateId) -> Command:
        made = asked.model_validate({"estate": estate, "on": on, **fields})
        assert isinstance(made, Command)
        return made

    return Step(command, person)


def fact(kind: str, on: str, **fields: object) -> Step:
    """A source says that something happened; `on` may be partial or empty."""
    stated = PastFact.model_validate(
        {"kind": kind, "on": on, "provenance": {"source": "https://example.org/"}, **fields}
    )
    return Step(lambda estate: RecordPastFact(estate=estate, fact=stated), "p-importer")


@dataclass(frozen=True)
class History:
    """One estate's or group's name and what happened to it."""

    name: str
    municipalities: tuple[str, ...]
    steps: tuple[Step, ...]
    group: bool = False

    @property
    def id(self) -> EstateId:
        """An id that follows from the name, so that tests can compare."""
        return EstateId(sha256(f"{self.name}|{self.municipalities}".encode()).hexdigest()[:32])

    def fold(self) -> Estate:
        """The state that the history gives."""
        kind = RegisterGroup if self.group else RegisterEstate
        start = kind(estate=self.id, name=self.name, municipalities=self.municipalities)
        state, history = Estate(self.id), list[Recorded]()
        for step in (Step(lambda _: start, "p-operator"), *self.steps):
            ground = Ground(book(), TODAY, Actor(PersonId(step.person)))
            for event in decide(step.command(self.id), state, ground):
                version = len(history) + 1
                history.append(Recorded(self.id, version, event, AT, by=ground.actor.person))
            state = fold(self.id, history)
        return state


def estate(name: str, municipality: str, *steps: Step) -> History:
    """An estate; a municipality written A/B is two."""
    return History(name, tuple(municipality.split("/")), steps)


def group(name: str, municipality: str, *steps: Step) -> History:
    """A group of estates that sources speak of as one."""
    return History(name, tuple(municipality.split("/")), steps, group=True)


@dataclass
class Desk:
    """Tables filled with the rows of estates, and the questions a clerk asks of them."""

    connection: sqlite3.Connection
    asked: list[str] = field(default_factory=list[str])

    @classmethod
    def opened(cls) -> Desk:
        """Empty tables."""
        connection = sqlite3.connect(":memory:")
        connection.row_factory = sqlite3.Row
        for view in (*ALL_VIEWS, *FOLLOWED_VIEWS):
            for statement in view.ddl:
                connection.execute(statement)
        return cls(connection)

    def given(self, *histories: History) -> Desk:
        """Fills the tables."""
        return self.holds(*(history.fold() for history in histories))

    def holds(self, *estates: Estate) -> Desk:
        """Fills the tables from states."""
        for view in (*ALL_VIEWS, *FOLLOWED_VIEWS):
            places = ", ".join("?" for _ in view.columns)
            for state in estates:
                rows = view.rows(state, book())
                self.connection.executemany(f"INSERT INTO {view.table} VALUES ({places})", rows)
        return self

    def read(self, sql: str, parameters: Mapping[str, Value]) -> list[sqlite3.Row]:
        """What a store's `read` does; remembers the SQL."""
        self.asked.append(sql)
        found: list[sqlite3.Row] = self.connection.execute(sql, parameters).fetchall()
        return found

    def board(self, query: BoardQuery) -> tuple[BoardRow, ...]:
        """The rows of the board."""
        return board.read(self.read, query).items

    def register(self, query: RegisterQuery) -> tuple[RegisterRow, ...]:
        """The rows of the register."""
        return register.read(self.read, query).items

    def due(self, query: DueQuery) -> tuple[DueRow, ...]:
        """The rows of the deadlines."""
        return deadlines.read(self.read, query).items

    def measures(self, query: MeasureQuery) -> tuple[MeasureRow, ...]:
        """The rows of the measures."""
        return measures.read(self.read, query).items
