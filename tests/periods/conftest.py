"""Stores and histories for the tests about the past."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.events.past import PastFactRecorded
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.values import EstateKind, FactKind, PastFact, Provenance
from kvob_domain.ids import EditionId, EstateId
from kvob_domain.partial_date import PartialDate
from kvob_projections import ALL_VIEWS
from kvob_workflow import Engine
from kvob_workflow.store import EventStore, open_store
from kvob_workflow.testing import SettableClock

TODAY = date(2026, 11, 23)
ESTATE = EstateId("a" * 32)


@pytest.fixture
def url(kept_url: str) -> str:
    """The address of an empty store of either kind."""
    return kept_url


@pytest.fixture
def store(url: str) -> Iterator[EventStore]:
    opened = open_store(url, ALL_VIEWS)
    yield opened
    opened.close()


@pytest.fixture
def engine(store: EventStore) -> Engine:
    return Engine(store, clock=SettableClock(TODAY))


def at(year: int, month: int, day: int, second: int = 0) -> datetime:
    return datetime(year, month, day, 9, tzinfo=UTC) + timedelta(seconds=second)


def registered(name: str = "De Vaart") -> EstateRegistered:
    return EstateRegistered(
        kind=EstateKind.ESTATE, name=name, municipalities=("Oss",), on=PartialDate.parse("")
    )


def award(on: str) -> PastFactRecorded:
    return fact(FactKind.AWARD, on)


def fact(kind: FactKind, on: str) -> PastFactRecorded:
    return PastFactRecorded(
        fact=PastFact(
            kind=kind,
            on=PartialDate.parse(on),
            provenance=Provenance(source="https://bron.example/"),
        ),
        edition=EditionId("kvo-4.0"),
        term_years=3,
    )


def correction(version: int, instead: AnyEvent | None, on: date) -> EventCorrected:
    return EventCorrected(on=on, version=version, instead=instead, reason="verkeerd overgenomen")


def stream(*said: tuple[AnyEvent, datetime], estate: EstateId = ESTATE) -> tuple[Recorded, ...]:
    return tuple(
        Recorded(estate, version, event, instant)
        for version, (event, instant) in enumerate(said, start=1)
    )
