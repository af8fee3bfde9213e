"""Stores, histories and views for the tests about followers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import EstateKind
from kvob_domain.ids import EstateId
from kvob_domain.partial_date import PartialDate
from kvob_domain.scheme.book import SchemeBook
from kvob_projections import ALL_VIEWS
from kvob_projections.view import Row, View, table_ddl
from kvob_workflow.engine import packaged_book
from kvob_workflow.store import Append, EventStore, open_store
from kvob_workflow.testing import SettableClock

TODAY = date(2026, 11, 23)
START = datetime(2026, 11, 1, 9, tzinfo=UTC)
COLUMNS = {"estate_id": "TEXT", "step": "TEXT", "events": "INTEGER"}


def steps_of(estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
    """One row an estate; an estate with the name of the poison has none that can be made."""
    del book
    if estate.name.startswith("Gif"):
        raise ZeroDivisionError("poison")
    return ((estate.id, estate.name, estate.version),)


STEPS = View(
    "x_steps",
    1,
    tuple(COLUMNS),
    ("estate_id",),
    (table_ddl("view_x_steps", COLUMNS, ("estate_id",)),),
    steps_of,
)


@pytest.fixture(params=["memory", "file", "postgres"])
def any_url(request: pytest.FixtureRequest, tmp_path: object) -> str:
    """The address of an empty store of each kind."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return "memory:" if request.param == "memory" else f"sqlite:///{tmp_path}/kvob.db"


@pytest.fixture
def store(any_url: str) -> Iterator[EventStore]:
    with closing(open_store(any_url, ALL_VIEWS, durable=False)) as opened:
        opened.prepare_followed((STEPS,))
        yield opened


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(TODAY)


@pytest.fixture
def book() -> SchemeBook:
    return packaged_book()


def estate_id(number: int) -> EstateId:
    return EstateId(f"{number:032x}")


def registered(number: int, name: str = "", version: int = 1) -> Recorded:
    event = EstateRegistered(
        kind=EstateKind.ESTATE,
        name=name or f"Terrein {number}",
        municipalities=("Oss",),
        on=PartialDate.parse("2026-10-01"),
    )
    at = START + timedelta(seconds=number)
    return Recorded(estate_id(number), version, event, at)


def append(store: EventStore, *events: Recorded) -> None:
    store.append(Append(events=events))


def rows(store: EventStore, view: str = "x_steps") -> list[tuple[object, ...]]:
    found = store.read(f"SELECT * FROM view_{view} ORDER BY estate_id", {})
    return [tuple(row) for row in found]
