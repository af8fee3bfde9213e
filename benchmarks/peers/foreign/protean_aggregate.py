"""How does Protean do the job? An aggregate whose status has transitions, and its repository."""

from __future__ import annotations

import json
import sqlite3
from enum import Enum
from importlib.metadata import version
from pathlib import Path
from time import perf_counter_ns

import sqlalchemy
from protean import Domain
from protean.fields import Identifier, Status, Text
from sqlalchemy import event

from benchmarks.peers.durable_file import durable_file
from benchmarks.peers.job import BEFORE, ENTERED, STEPS, Found, Place, Timing
from benchmarks.peers.protocol import serve

Stands = Enum("Stands", {step.upper(): step for step in (ENTERED, *STEPS)})
_MOVES = {Stands(before): [Stands(step)] for step, before in BEFORE.items()}


class Protean:
    """One domain with one aggregate on SQLAlchemy."""

    def open(self, place: Place) -> None:
        """SQLite; FULL is set on every connection that SQLAlchemy opens."""
        self._texts = place.texts
        path = Path(place.folder) / "protean.db"
        durable_file(path)
        event.listen(sqlalchemy.Engine, "connect", _fully)
        domain = Domain(
            name="peers",
            config={
                "databases": {
                    "default": {"provider": "sqlite", "database_uri": f"sqlite:///{path}"},
                    "memory": {"provider": "memory"},
                },
                "event_processing": "sync",
                "command_processing": "sync",
            },
        )

        @domain.aggregate
        class Estate:
            id = Identifier(identifier=True)
            stands = Status(Stands, transitions=_MOVES, default=Stands(ENTERED))
            texts = Text(default="[]")

        domain.init(traverse=False)
        self._domain, self._estate = domain, Estate
        domain.domain_context().push()
        domain.setup_database()

    def facts(self) -> dict[str, str]:
        """Versions and durability."""
        connection = self._domain.providers["default"]._engine.raw_connection()
        try:
            cursor, told = connection.cursor(), list[str]()
            for name in ("journal_mode", "synchronous"):
                told.append(f"{name}={cursor.execute(f'PRAGMA {name}').fetchone()[0]}")
        finally:
            connection.close()
        return {
            "protean": version("protean"),
            "SQLAlchemy": version("sqlalchemy"),
            "SQLite": sqlite3.sqlite_version,
            "connection": ", ".join(told),
        }

    def refuse(self, estate: str) -> str:
        """By the transitions of the status."""
        self._enter(estate)
        try:
            self._take(estate, 5)
        except Exception as refusal:
            return f"{type(refusal).__name__}: {refusal}"
        return ""

    def walk(self, estate: str) -> Timing:
        """Get the aggregate, change it, add it: a unit of work for each step."""
        timing = Timing()
        began = perf_counter_ns()
        self._enter(estate)
        last = perf_counter_ns()
        for number in range(len(STEPS)):
            self._take(estate, number)
            now = perf_counter_ns()
            timing.steps.append(now - last)
            last = now
        timing.total = last - began
        return timing

    def look(self, estate: str) -> Found:
        """The aggregate from its repository."""
        found = self._domain.repository_for(self._estate).get(estate)
        return Found(str(found.stands), tuple(json.loads(found.texts)))

    def close(self) -> None:
        """Close its connections."""
        self._domain.close()

    def _enter(self, estate: str) -> None:
        self._domain.repository_for(self._estate).add(self._estate(id=estate))

    def _take(self, estate: str, number: int) -> None:
        repository = self._domain.repository_for(self._estate)
        found = repository.get(estate)
        found.stands = STEPS[number]
        found.texts = json.dumps([*json.loads(found.texts), self._texts[number]])
        repository.add(found)


def _fully(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA synchronous=FULL")


if __name__ == "__main__":
    serve(Protean())
