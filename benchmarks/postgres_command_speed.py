"""How many commands a second on PostgreSQL? The engine, bare eventsourcing, and psycopg alone.

    python -m benchmarks.postgres_command_speed --rounds 5 --seconds 2 --writers 1 4 16 32

Every writer is a process that walks estates of its own from the kickoff to the first certificate.
The three sides take turns in every round, each on a new server, each commit durable. The clock
starts when every writer is connected and has written once. The engine writes its view rows, its
guards and its command in the same transaction; the library stores events alone, and so does the
floor: one INSERT of an event of the same size. Beside each side one reader follows by position; at
the end it must have seen what the table has. The floor takes no lock, so its reader may pass over
rows.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import count
from statistics import median
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import psycopg

from benchmarks.bare_eventsourcing import BareApplication, register
from benchmarks.bare_eventsourcing import command as step
from benchmarks.lifecycle import GUIDE, first_certificate, registration
from benchmarks.report import Figure, print_report
from kvob_projections import ALL_VIEWS
from kvob_workflow import Engine
from kvob_workflow.limits import StoreLimits
from kvob_workflow.store import open_store
from kvob_workflow.store.codec import Codec
from kvob_workflow.testing import engine_in_memory
from tests.postgres_server import Server, server

if TYPE_CHECKING:
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Event

_FORK: Final = multiprocessing.get_context("fork")
_ONE: Final = StoreLimits(writers=1, readers=1, lock_timeout=60.0)
Ready = Callable[[], float]
"""Waits for the other writers, and answers when to stop: seconds of the monotonic clock."""
Side = Callable[[Server, str, Ready], int]


def main() -> None:
    """Run the rounds and print commands a second, the ratios, and what the reader missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--writers", type=int, nargs="+", default=[1, 4, 16, 32])
    asked = parser.parse_args()
    sides: dict[str, Side] = {"engine": _engine, "bare eventsourcing": _bare, "psycopg": _floor}
    for writers in asked.writers:
        found: dict[str, list[float]] = {name: [] for name in sides}
        skipped = dict.fromkeys(sides, 0)
        for number in range(asked.rounds):
            for name, side in sides.items():
                with server(durable=True) as running:
                    done, missed = _run(name, side, running, writers, asked.seconds)
                found[name].append(done)
                skipped[name] += missed
            print(f"{writers} writers, round {number + 1}", file=sys.stderr)
        _report(found, writers, asked)
        print(f"Passed over by the reader beside each: {skipped}\n")


def _report(found: dict[str, list[float]], writers: int, asked: argparse.Namespace) -> None:
    figures = [
        Figure(
            name=name,
            values=tuple(values),
            unit="commands/s",
            ratios={
                "times bare eventsourcing": _ratio(values, found["bare eventsourcing"]),
                "of psycopg (floor)": _ratio(values, found["psycopg"]),
            },
        )
        for name, values in found.items()
    ]
    command = f"python -m benchmarks.postgres_command_speed --rounds {asked.rounds}"
    command += f" --seconds {asked.seconds:g} --writers {writers}"
    print_report(f"Commands on PostgreSQL, writers: {writers}", command, figures)


def _ratio(ours: list[float], theirs: list[float]) -> float:
    return median(one / other for one, other in zip(ours, theirs, strict=True))


def _run(name: str, side: Side, running: Server, writers: int, seconds: float) -> tuple[float, int]:
    """Commands a second of all writers together, and how many events a follower missed."""
    if name == "engine":
        Engine(open_store(running.url(), ALL_VIEWS)).close()
    else:
        _prepare(running)
    _payloads()  # made once, before the writers part
    results: Queue[int] = _FORK.Queue()
    seen: Queue[int] = _FORK.Queue()
    start, over = _FORK.Barrier(writers), _FORK.Event()

    def ready() -> float:
        start.wait(60)
        return time.monotonic() + seconds

    def work(number: int) -> None:
        results.put(side(running, f"{number}", ready))

    processes = [_FORK.Process(target=work, args=(number,)) for number in range(writers)]
    processes.append(_FORK.Process(target=_follow, args=(running.dsn, _TABLES[name], over, seen)))
    for process in processes:
        process.start()
    done = sum(results.get(timeout=120) for _ in range(writers))
    over.set()
    missed = seen.get(timeout=120)
    for process in processes:
        process.join(60)
    return done / seconds, missed


def _follow(dsn: str, table: str, over: Event, seen: Queue[int]) -> None:
    """Counts the rows that a page did not show when its position was passed."""
    column = "position" if table == _TABLES["psycopg"] else "notification_id"
    page = f"SELECT {column} FROM {table} WHERE {column} > %s ORDER BY {column} LIMIT 500".encode()
    with psycopg.connect(dsn, autocommit=True) as connection:
        met: set[int] = set()
        after, last_look = 0, False
        while True:
            found = [row[0] for row in connection.execute(page, (after,))]
            met.update(found)
            after = found[-1] if found else after
            if not found:
                if last_look:
                    break
                last_look = over.is_set()
                time.sleep(0.01)
        stored = {row[0] for row in connection.execute(f"SELECT {column} FROM {table}".encode())}
        seen.put(len(stored - met))


_TABLES: Final = {
    "engine": "kvob.stored_events",
    "bare eventsourcing": "bare.bareapplication_events",
    "psycopg": "bare.floor",
}


def _engine(running: Server, tag: str, ready: Ready) -> int:
    done = 0
    with Engine(open_store(running.url(), ALL_VIEWS, limits=_ONE), actor=GUIDE) as engine:
        engine.do(registration(-int(tag) - 1))  # connections and statements are warm
        ends = ready()
        for estate_number in count(int(tag) * 1_000_000):
            estate = engine.do(registration(estate_number)).estate
            done += 1
            for command, actor in first_certificate(estate):
                if time.monotonic() > ends:
                    return done
                engine.do(command, actor=actor)
                done += 1
    return done


def _bare(running: Server, tag: str, ready: Ready) -> int:
    app = _library(running, create=False)
    done = 0
    register(app, f"warm {tag}")
    ends = ready()
    try:
        for estate_number in count():
            estate = register(app, f"{tag} {estate_number}")
            done += 1
            for kind, on, details in _payloads():
                if time.monotonic() > ends:
                    return done
                step(app, estate, kind, on, details)
                done += 1
    finally:
        app.close()
    return done


def _floor(running: Server, tag: str, ready: Ready) -> int:
    insert = b"INSERT INTO bare.floor (estate, version, topic, state) VALUES (%s, %s, %s, %s)"
    done = 0
    with psycopg.connect(running.url("bare").partition("?")[0], autocommit=True) as connection:
        connection.prepare_threshold = 0
        connection.execute(insert, (f"{tag}-warm", 0, "warm", b""))
        ends = ready()
        for estate_number in count():
            for version, (kind, _, details) in enumerate(_payloads()):
                if time.monotonic() > ends:
                    return done
                connection.execute(
                    insert, (f"{tag}-{estate_number}", version, kind, details.encode())
                )
                done += 1
    return done


def _prepare(running: Server) -> None:
    with psycopg.connect(running.url("bare").partition("?")[0], autocommit=True) as connection:
        connection.execute("CREATE SCHEMA bare")
        connection.execute(
            "CREATE TABLE bare.floor (estate text, version bigint, topic text, state bytea,"
            " position bigserial UNIQUE, PRIMARY KEY (estate, version))"
        )
    _library(running, create=True).close()


def _library(running: Server, *, create: bool) -> BareApplication:
    found = urlsplit(running.url("bare"))
    return BareApplication(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": found.path.strip("/"),
            "POSTGRES_HOST": found.hostname or "127.0.0.1",
            "POSTGRES_PORT": str(found.port),
            "POSTGRES_USER": found.username or "",
            "POSTGRES_PASSWORD": found.password or "none",
            "POSTGRES_SCHEMA": "bare",
            "CREATE_TABLE": "y" if create else "n",
        }
    )


@cache
def _payloads() -> tuple[tuple[str, str, str], ...]:
    """What the engine stores for the same commands: kind, day and details, as one JSON text."""
    codec = Codec()
    found: list[tuple[str, str, str]] = []
    with engine_in_memory(date(2026, 1, 5)) as engine:
        estate = engine.do(registration(0), actor=GUIDE).estate
        for given, actor in first_certificate(estate):
            outcome = engine.do(given, actor=actor)
            state = codec.encode(outcome.events[0])[1]
            day = str(getattr(given, "on", "2021-06-03"))[:10]
            found.append((given.command, day, state.decode()))
    return tuple(found)


if __name__ == "__main__":
    main()
