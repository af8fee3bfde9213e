"""What is the named peer? The same commands on bare eventsourcing, in its declarative style.

Each command is `repository.get`, one event method, `save`, on the library's own SQLite factory,
which leaves `synchronous` at FULL, as the engine does.
"""

from datetime import date
from pathlib import Path
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event


class BareEstate(Aggregate):
    """One estate whose events carry what the engine's events carry, as plain JSON values."""

    @event("Registered")
    def __init__(self, name: str, municipality: str) -> None:
        self.name = name
        self.municipality = municipality
        self.step = "registered"
        self.facts: list[str] = []

    @event("Recorded")
    def record(self, kind: str, on: str, details: str) -> None:
        """Take one step; the payload is the engine's own, so that both store as much."""
        self.step = kind
        self.last_on = date.fromisoformat(on)
        self.facts.append(kind)


class BareApplication(Application[UUID]):
    """The library's application, without snapshots, cache or projections."""


def open_bare(path: Path) -> BareApplication:
    """An application on a new SQLite file."""
    return BareApplication(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "SQLITE_DBNAME": str(path),
        }
    )


def register(app: BareApplication, name: str) -> UUID:
    """Enter an estate."""
    estate = BareEstate(name=name, municipality="Voorbeeldstad")
    app.save(estate)
    return estate.id


def command(app: BareApplication, estate: UUID, kind: str, on: str, details: str) -> None:
    """Load, take one step, save durably."""
    loaded: BareEstate = app.repository.get(estate)
    loaded.record(kind=kind, on=on, details=details)
    app.save(loaded)
