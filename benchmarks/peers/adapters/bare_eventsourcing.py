"""How does bare eventsourcing do the job? Load the aggregate, one event method, save."""

from __future__ import annotations

import sqlite3
from importlib.metadata import version
from pathlib import Path
from time import perf_counter_ns
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from benchmarks.peers.job import ENTERED, STEPS, Found, Place, Timing, check
from benchmarks.peers.protocol import serve


class Estate(Aggregate):
    """One estate in the library's declarative style."""

    @event("Entered")
    def __init__(self, name: str) -> None:
        self.name = name
        self.stands = ENTERED
        self.texts: list[str] = []

    def take(self, step: str, text: str) -> None:
        """Refuses a step out of order, before there is an event."""
        check(step, self.stands)
        self._taken(step, text)

    @event("Taken")
    def _taken(self, step: str, text: str) -> None:
        self.stands = step
        self.texts.append(text)

    @staticmethod
    def create_id(name: str) -> UUID:
        """The id is the harness's own."""
        return UUID(hex=name)


class Bare:
    """The library's application, without snapshots, cache or projections."""

    def open(self, place: Place) -> None:
        """Its own SQLite or PostgreSQL factory; it leaves `synchronous` as SQLite has it."""
        self._texts = place.texts
        self._path = Path(place.folder) / "bare.db"
        env = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(self._path)}
        if place.address:
            found = urlsplit(place.address)
            env = {
                "PERSISTENCE_MODULE": "eventsourcing.postgres",
                "POSTGRES_DBNAME": found.path.strip("/"),
                "POSTGRES_HOST": found.hostname or "",
                "POSTGRES_PORT": str(found.port),
                "POSTGRES_USER": found.username or "",
                "POSTGRES_PASSWORD": "none",
            }
        self._app = Application[UUID](env=env)
        self._server = bool(place.address)

    def facts(self) -> dict[str, str]:
        """Versions and durability."""
        told = {"eventsourcing": version("eventsourcing")}
        if not self._server:
            told["SQLite"] = sqlite3.sqlite_version
            told["connection"] = self._durability()
        return told

    def refuse(self, estate: str) -> str:
        """By a table of moves in the aggregate: the library has no notion of it."""
        self._app.save(Estate(name=estate))
        try:
            self._take(estate, 5)
        except Exception as refusal:
            return str(refusal)
        return ""

    def walk(self, estate: str) -> Timing:
        """A repository read and a save for each step."""
        timing = Timing()
        began = perf_counter_ns()
        self._app.save(Estate(name=estate))
        last = perf_counter_ns()
        for number in range(len(STEPS)):
            self._take(estate, number)
            now = perf_counter_ns()
            timing.steps.append(now - last)
            last = now
        timing.total = last - began
        return timing

    def look(self, estate: str) -> Found:
        """The aggregate, replayed."""
        found: Estate = self._app.repository.get(UUID(hex=estate))
        return Found(found.stands, tuple(found.texts))

    def close(self) -> None:
        """Close the application."""
        self._app.close()

    def _durability(self) -> str:
        answers: list[str] = []
        # Any: the application's type does not tell which factory its environment chose.
        datastore: Any = cast("Any", self._app.factory).datastore
        with datastore.transaction(commit=False) as cursor:
            for pragma in ("journal_mode", "synchronous"):
                cursor.execute(f"PRAGMA {pragma}")
                answers.append(f"{pragma}={cursor.fetchone()[0]}")
        return ", ".join(answers)

    def _take(self, estate: str, number: int) -> None:
        loaded: Estate = self._app.repository.get(UUID(hex=estate))
        loaded.take(STEPS[number], self._texts[number])
        self._app.save(loaded)


if __name__ == "__main__":
    serve(Bare())
