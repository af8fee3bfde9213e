"""What do the tests of persons share? A store in a file with keys, and an estate to sign for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kvob_domain.estate.events.oversight import ErasureBasis
from kvob_domain.parties import PartyRole
from kvob_workflow import (
    Actor,
    DeclareIntent,
    Engine,
    EstateId,
    Outcome,
    PersonId,
    RegisterEstate,
    Signatory,
    StartTrajectory,
)
from kvob_workflow.clock import Clock
from kvob_workflow.privacy.directory import PersonDetails
from kvob_workflow.testing import SettableClock

TODAY = date(2026, 3, 4)
ASKS = Actor(PersonId("p-asks"))
APPROVES = Actor(PersonId("p-approves"))
ROLES = (
    PartyRole.ENTREPRENEURS,
    PartyRole.MUNICIPALITY,
    PartyRole.POLICE,
    PartyRole.FIRE_BRIGADE,
)
NAME = "Wilhelmina Voorbeeldsma"

Open = Callable[[], Engine]


@dataclass(frozen=True)
class House:
    """A store of one kind, with its keys in files."""

    url: str
    keys: Path
    master: Path

    def open(self, clock: Clock | None = None) -> Engine:
        """An engine on it; whoever opens it closes it."""
        return Engine.open(self.url, clock=clock, keys=self.keys, master_key=self.master)

    def run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What the keeper of the store gets for SQL of his own, with ? for values."""
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(self.url[10:], isolation_level=None)) as connection:
                return connection.execute(statement, values).fetchall()
        with psycopg.connect(self.url.partition("?")[0], autocommit=True) as server:
            server.execute(f"SET search_path = {self.url.rpartition('=')[2]}".encode())
            found = server.execute(statement.replace("?", "%s").encode(), values)
            return found.fetchall() if found.description else []


@pytest.fixture(params=["file", "postgres"])
def house(request: pytest.FixtureRequest, path: Path) -> House:
    """A store of each kind; the files of the keys lie in the same place."""
    url = f"sqlite:///{path}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
    return House(url, path.with_name("kvob.db.keys"), path.with_name("kvob.db.master"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of the store, where it is one."""
    return tmp_path / "kvob.db"


@pytest.fixture
def open_engine(house: House) -> Iterator[Open]:
    """Opens engines on the store, and closes them afterwards."""
    opened: list[Engine] = []

    def open_engine() -> Engine:
        opened.append(house.open(SettableClock(TODAY)))
        return opened[-1]

    yield open_engine
    for engine in opened:
        engine.close()


@pytest.fixture
def engine(open_engine: Open) -> Engine:
    """An engine whose store has keys."""
    engine = open_engine()
    engine.make_keys()
    return engine


def person(engine: Engine, name: str = NAME) -> PersonId:
    """Somebody in the directory."""
    return engine.persons.add(PersonDetails(name, email=f"{name.split()[0]}@voorbeeld.nl"))


def estate(engine: Engine, name: str = "De Hoek") -> EstateId:
    """An estate that may declare its intent."""
    made = engine.do(RegisterEstate(name=name, municipalities=("Voorbeeldstad",))).estate
    engine.do(StartTrajectory(estate=made, on=TODAY))
    return made


def intent(
    estate: EstateId, who: PersonId | None, name: str | None = NAME, role: PartyRole | None = None
) -> DeclareIntent:
    """A declaration that one person signs, in one role, or in all."""
    return DeclareIntent(
        estate=estate,
        on=TODAY,
        signatories=tuple(
            Signatory(
                organisation=one.value,
                role=one,
                person=who if role in (None, one) else None,
                name=name if role in (None, one) else None,
            )
            for one in ROLES
        ),
    )


def signed(engine: Engine, estate: EstateId, who: PersonId, name: str = NAME) -> Outcome:
    """A declaration in the record of the estate, signed by one person with a name."""
    return engine.do(intent(estate, who, name, PartyRole.POLICE))


def erase(engine: Engine, who: PersonId) -> None:
    """Erase somebody by two persons."""
    asked = engine.propose_erasure(who, ErasureBasis.CONSENT_WITHDRAWN, actor=ASKS)
    engine.erase([asked.id], actor=APPROVES)
