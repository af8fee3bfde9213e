"""What is a rebuild measured against? The floor, and a projection one event at a time.

The floor reads the stored rows, parses them with orjson and nothing else, and writes the very
rows that are right, read beforehand, into fresh tables of the same form: as many events a
transaction, the same statements, indexes afterwards. It folds, checks and compares nothing.
"""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Protocol

import orjson
import psycopg

from kvob_domain.estate.evolve import evolve
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_projections import ALL_VIEWS
from kvob_projections.view import Row, View, set_aside
from kvob_workflow.engine.rebuilding.pooled import CHUNK, spans
from kvob_workflow.engine.scheme_files import packaged_book
from kvob_workflow.store import EventStore, open_store
from kvob_workflow.store.postgres.address import parse_address
from kvob_workflow.store.postgres.schema import translated_ddl
from kvob_workflow.store.rebuilding import Span

_PAGE: Final = 500  # as ProjectionRunner asks for
_FLOOR: Final = "floor"


@dataclass(frozen=True, slots=True)
class Timed:
    """So many events in so many seconds, of which this process computed for `cpu`."""

    events: int
    seconds: float
    cpu: float

    @property
    def rate(self) -> float:
        """Events a second."""
        return self.events / self.seconds


class Target(Protocol):
    """Where the floor and the loop write: the same statements on both engines."""

    def run(self, *statements: str) -> None:
        """Run statements, each by itself."""
        ...

    def events(self, span: Span) -> Sequence[tuple[Any, ...]]:
        """The stored events of a span of estates."""
        ...

    def insert(self, view: View, rows: Sequence[Row]) -> None:
        """Insert rows into an empty table, in the transaction that has begun."""
        ...

    def replace(self, view: View, estate: str, rows: Sequence[Row]) -> None:
        """Replace the rows of one estate."""
        ...


class _File:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # As the store's own writer has them.
        self.run(
            "PRAGMA synchronous=FULL", "PRAGMA cache_size=-64000", "PRAGMA wal_autocheckpoint=4000"
        )

    def run(self, *statements: str) -> None:
        for statement in statements:
            self._connection.execute(statement)

    def events(self, span: Span) -> Sequence[tuple[Any, ...]]:
        upper = "" if span.upto is None else " AND originator_id <= ?"
        bounds = (span.after,) if span.upto is None else (span.after, span.upto)
        return self._connection.execute(
            "SELECT originator_id, originator_version, topic, state FROM stored_events"
            f" WHERE originator_id > ?{upper} ORDER BY originator_id, originator_version",
            bounds,
        ).fetchall()

    def insert(self, view: View, rows: Sequence[Row]) -> None:
        places = ", ".join("?" * len(view.columns))
        self._connection.executemany(f"INSERT INTO {view.table} VALUES ({places})", rows)

    def replace(self, view: View, estate: str, rows: Sequence[Row]) -> None:
        self._connection.execute(f"DELETE FROM {view.table} WHERE estate_id = ?", (estate,))
        self.insert(view, rows)


class _Server:
    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def run(self, *statements: str) -> None:
        for statement in statements:
            self._connection.execute(translated_ddl(statement).encode())

    def events(self, span: Span) -> Sequence[tuple[Any, ...]]:
        upper = "" if span.upto is None else " AND originator_id <= %s"
        bounds = (span.after,) if span.upto is None else (span.after, span.upto)
        query = (
            "SELECT originator_id, originator_version, topic, state FROM stored_events"
            f" WHERE originator_id > %s{upper} ORDER BY originator_id, originator_version"
        )
        return self._connection.execute(query.encode(), bounds).fetchall()

    def insert(self, view: View, rows: Sequence[Row]) -> None:
        with (
            self._connection.cursor() as cursor,
            cursor.copy(f"COPY {view.table} FROM STDIN".encode()) as copy,
        ):
            for row in rows:
                copy.write_row(row)

    def replace(self, view: View, estate: str, rows: Sequence[Row]) -> None:
        query = f"DELETE FROM {view.table} WHERE estate_id = %s".encode()
        self._connection.execute(query, (estate,))
        places = ", ".join(["%s"] * len(view.columns))
        with self._connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {view.table} VALUES ({places})".encode(), rows)


def floor(url: str) -> Timed:
    """Read, parse, write what is known to be right."""
    events, seconds, cpu = 0, 0.0, 0.0
    aside = [set_aside(view, _FLOOR, 0) for view in ALL_VIEWS]
    with closing(open_store(url, ALL_VIEWS)) as store, closing(_opened(url)) as connection:
        target = _target(connection)
        target.run(*_dropped(aside), *(view.ddl[0] for view in aside))
        for span, right in _right(store):
            begin, spent = time.perf_counter(), time.process_time()
            found = target.events(span)
            for event in found:
                orjson.loads(event[3])
            target.run("BEGIN")
            for view, rows in zip(aside, right, strict=True):
                target.insert(view, rows)
            target.run("COMMIT")
            seconds += time.perf_counter() - begin
            cpu += time.process_time() - spent
            events += len(found)
        begin, spent = time.perf_counter(), time.process_time()
        target.run(*(statement for view in aside for statement in view.ddl[1:]))
        seconds += time.perf_counter() - begin
        cpu += time.process_time() - spent
        target.run(*_dropped(aside))
    return Timed(events, seconds, cpu)


def one_by_one(url: str, most: int) -> Timed:
    """The library's way: its recorder's pages, and one transaction for each event with a position.

    ProjectionRunner does this, in threads; it does not run on SQLite, so it is its loop here.
    """
    book = packaged_book()
    aside = [set_aside(view, _FLOOR, 0) for view in ALL_VIEWS]
    states: dict[EstateId, Estate] = {}
    with closing(open_store(url, ALL_VIEWS)) as store, closing(_opened(url)) as connection:
        target = _target(connection)
        target.run(*_dropped(aside), "DROP TABLE IF EXISTS floor_tracking")
        target.run(*(statement for view in aside for statement in view.ddl))
        target.run("CREATE TABLE floor_tracking (position INTEGER PRIMARY KEY)")
        begin, spent = time.perf_counter(), time.process_time()
        for position, recorded in islice(_notifications(store), most):
            estate = recorded.estate
            state = states[estate] = evolve(states.get(estate) or Estate(estate), recorded)
            target.run("BEGIN")
            for view in aside:
                target.replace(view, estate, view.rows(state, book))
            target.run(f"INSERT INTO floor_tracking VALUES ({position})", "COMMIT")
        seconds, cpu = time.perf_counter() - begin, time.process_time() - spent
        target.run(*_dropped(aside), "DROP TABLE floor_tracking")
    return Timed(most, seconds, cpu)


def _dropped(views: Sequence[View]) -> list[str]:
    return [f"DROP TABLE IF EXISTS {view.table}" for view in views]


def _notifications(store: EventStore) -> Iterator[tuple[int, Any]]:
    application = store.library_application()
    after = 0
    while page := application.recorder.select_notifications(after + 1, _PAGE):
        for notification in page:
            event = application.mapper.to_domain_event(notification)
            yield notification.id, event.recorded  # type: ignore[attr-defined]
        after = page[-1].id


def _right(store: EventStore) -> Iterator[tuple[Span, list[Sequence[Row]]]]:
    """The rows of each span as they stand in the live tables; reading them is not counted."""
    for span in spans(store, "", CHUNK):
        live = store.snapshot(span, ALL_VIEWS).live
        yield span, [live[view.name] for view in ALL_VIEWS]


def _opened(url: str) -> sqlite3.Connection | psycopg.Connection:
    if url.startswith("sqlite"):
        return sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    address = parse_address(url)
    options = f"-c search_path={address.schema}"
    return psycopg.connect(address.conninfo, options=options, autocommit=True)


def _target(connection: sqlite3.Connection | psycopg.Connection) -> Target:
    return _File(connection) if isinstance(connection, sqlite3.Connection) else _Server(connection)
