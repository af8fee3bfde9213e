"""How fast do a million events go into PostgreSQL? Against raw COPY of the same rows.

    python -m benchmarks.postgres_bulk_load --events 1000000

Estates come in whole, ten thousand events an append: events alone, and with the rows of all views.
The floor copies the same bytes with psycopg, as many events a transaction, into tables with the
same indexes; it encodes nothing, checks nothing and wakes nobody. Both commit durably, in turn, to
one server of our own on this disk. Making the events and the rows is not counted.
"""

import argparse
import cProfile
import pstats
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Final

import psycopg

from benchmarks.past_portfolio import portfolio
from benchmarks.report import Figure, print_report
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_projections import ALL_VIEWS
from kvob_workflow.engine.scheme_files import packaged_book
from kvob_workflow.store import Append, EventStore, RowChange, open_store
from kvob_workflow.store.codec import Codec
from kvob_workflow.store.postgres.viewtables import schema_sql
from tests.postgres_server import Server, server

BATCH: Final = 10_000
"""Events an append, about; estates are kept whole."""
_PARTS: Final = 10
_EVENTS_AN_ESTATE: Final = 3.4
_COPY: Final = (
    b"COPY raw.stored_events (originator_id, originator_version, topic, state)"
    b" FROM STDIN (FORMAT BINARY)"
)


@dataclass
class Side:
    """How many events went in, and how long it took in all and part by part."""

    seconds: list[float] = field(default_factory=list[float])
    events: list[int] = field(default_factory=list[int])

    def rates(self) -> tuple[float, ...]:
        """Events a second, for each of ten parts of the load."""
        size = max(1, len(self.events) // _PARTS)
        firsts = range(0, len(self.events), size)
        return tuple(
            sum(self.events[n : n + size]) / sum(self.seconds[n : n + size]) for n in firsts
        )

    def rate(self) -> float:
        """Events a second over the whole load."""
        return sum(self.events) / sum(self.seconds)


def main() -> None:
    """Load, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--profile", action="store_true", help="say where our time goes")
    given = parser.parse_args()
    for with_rows in (False, True):
        with server(durable=True) as running:
            _compare(running, given.events, with_rows=with_rows, profile=given.profile)


def _compare(running: Server, events: int, *, with_rows: bool, profile: bool) -> None:
    ours, raw = Side(), Side()
    profiler = cProfile.Profile()
    with (
        closing(open_store(running.url(), ALL_VIEWS)) as store,
        psycopg.connect(running.dsn) as floor,
    ):
        floor.execute(";".join(schema_sql("raw", ALL_VIEWS)).encode())
        floor.commit()
        for number, batch in enumerate(_batches(events, with_rows=with_rows)):
            if number % 2:
                _append(store, batch, ours, profiler if profile else None)
                _copy(floor, batch, raw)
            else:
                _copy(floor, batch, raw)
                _append(store, batch, ours, profiler if profile else None)
        assert store.last_position() == sum(ours.events)
        assert not store.behind()
    what = "events with the rows of all views" if with_rows else "events alone"
    ratio = {"share of raw COPY": ours.rate() / raw.rate()}
    print_report(
        f"Bulk load of {sum(ours.events):,} {what}",
        f"python -m benchmarks.postgres_bulk_load --events {events}",
        [
            Figure("append", ours.rates(), "events/s", ratio),
            Figure("raw COPY (floor)", raw.rates(), "events/s"),
        ],
    )
    if profile:
        pstats.Stats(profiler).sort_stats("tottime").print_stats(14)


def _batches(events: int, *, with_rows: bool) -> Iterator[Append]:
    book = packaged_book()
    batch: list[Recorded] = []
    rows: list[RowChange] = []
    history: list[Recorded] = []
    for recorded in portfolio(round(events / _EVENTS_AN_ESTATE)):
        if history and recorded.estate != history[0].estate:
            batch += history
            if with_rows:
                state = fold(history[0].estate, history)
                rows += [RowChange(v, state.id, upserts=v.rows(state, book)) for v in ALL_VIEWS]
            history = []
            if len(batch) >= BATCH:
                yield Append(tuple(batch), rows=tuple(rows))
                batch, rows = [], []
        history.append(recorded)


def _append(
    store: EventStore, batch: Append, side: Side, profiler: cProfile.Profile | None
) -> None:
    if profiler is not None:
        profiler.enable()
    begin = time.perf_counter()
    store.append(batch)
    side.seconds.append(time.perf_counter() - begin)
    side.events.append(len(batch.events))
    if profiler is not None:
        profiler.disable()


def _copy(floor: psycopg.Connection, batch: Append, side: Side) -> None:
    encode = Codec().encode
    stored = [(one.estate, one.version, *encode(one)) for one in batch.events]
    rows = {
        view.table: [row for one in batch.rows if one.view is view for row in one.upserts]
        for view in ALL_VIEWS
    }
    begin = time.perf_counter()
    with floor.cursor() as cursor:
        with cursor.copy(_COPY) as copy:
            copy.set_types(("text", "int8", "text", "bytea"))
            for event in stored:
                copy.write_row(event)
        for table, made in rows.items():
            if made:
                with cursor.copy(f"COPY raw.{table} FROM STDIN".encode()) as copy:
                    for row in made:
                        copy.write_row(row)
    floor.commit()
    side.seconds.append(time.perf_counter() - begin)
    side.events.append(len(batch.events))


if __name__ == "__main__":
    main()
