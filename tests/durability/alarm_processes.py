"""Stores on which much has fallen due, processes that watch over them, and what they must record.

A store is made by the clock of 390 days ago, so that the deadlines since then are owed now, and
nobody needs to confirm a gap. Copies of one file are worked on in peace and under attack; apart
from the instant of recording they must end with the same events.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from kvob_domain.estate.events.deadlines import CertificateExpired, NoticeGiven
from kvob_domain.estate.recorded import Recorded
from kvob_workflow import (
    DueQuery,
    EstateKind,
    FactItem,
    FactKind,
    PartialDate,
    PastFact,
    Provenance,
)
from kvob_workflow.clock import SystemClock, civil_day
from kvob_workflow.engine import Engine
from kvob_workflow.store import open_store
from kvob_workflow.testing import SettableClock, engine_at

SINCE = timedelta(days=390)
"""Less than the 400 days after which a sweep asks for a confirmation."""

_AT_ONCE = 500
_NOBODY_CARES = datetime(2000, 1, 1, tzinfo=UTC)
PATIENCE = 120.0
"""Seconds after which notices that are still not given count as lost."""


def url_of(path: Path) -> str:
    """The address of a store."""
    return f"sqlite:///{path}"


def make_store(path: Path, estates: int, seed: int, before: timedelta = SINCE) -> None:
    """A store made so long ago, when its certificates were 1 to 1,100 days old."""
    chance = random.Random(seed)
    then = civil_day(SystemClock().now()) - before
    items = [
        FactItem(
            name=f"Terrein {number}",
            municipalities=("Voorbeeldstad",),
            kind=EstateKind.ESTATE,
            content=PastFact(
                kind=FactKind.AWARD,
                on=PartialDate.parse((then - timedelta(chance.randint(1, 1100))).isoformat()),
                provenance=Provenance(source="https://example.org"),
            ),
        )
        for number in range(estates)
    ]
    with engine_at(url_of(path), SettableClock(then)) as engine:
        for first in range(0, estates, _AT_ONCE):
            outcomes = engine.take_facts(items[first : first + _AT_ONCE])
            assert {outcome.kind for outcome in outcomes} == {"accepted"}


def copied(store: Path, name: str) -> Path:
    """A copy of a store that nobody has open."""
    assert not store.with_name(f"{store.name}-wal").exists()
    copy = store.with_name(name)
    shutil.copy(store, copy)
    return copy


def start_run(
    store: Path, *options: str, stdout: int = subprocess.DEVNULL
) -> "subprocess.Popen[bytes]":
    """A `kvob run` that looks every second."""
    return subprocess.Popen(
        [sys.executable, "-m", "kvob_workflow", "run", "--interval", "1s", *options],
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={
            **os.environ,
            "KVOB_STORE": url_of(store),
            "KVOB_SYNCHRONOUS": "NORMAL",  # only a power cut could tell
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
    )


def hear(process: "subprocess.Popen[bytes]") -> str:
    """Wait for a line that a process says; it says one when it is about to begin."""
    assert process.stderr is not None
    return process.stderr.readline().decode()


def stop(process: "subprocess.Popen[bytes]") -> tuple[int, str]:
    """End a process as an operator does; its exit code and what it said."""
    process.terminate()
    _, said = process.communicate(timeout=30)
    return process.returncode, said.decode()


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End a process at once, in the midst of whatever it does."""
    process.kill()
    process.communicate()


def number_of_notices(store: Path) -> int:
    """How many notices a store holds by now."""
    return len(notices_of(recorded_in(store)))


def wait_for_notices(store: Path, expected: int) -> None:
    """Wait until so many notices were given."""
    until = time.monotonic() + PATIENCE
    while (found := number_of_notices(store)) < expected:
        assert time.monotonic() < until, f"{found} of {expected} notices after {PATIENCE:g} s"
        Event().wait(0.2)


def recorded_in(store: Path) -> list[Recorded]:
    """Every event of a store."""
    opened = open_store(url_of(store))
    try:
        found: list[Recorded] = []
        position = 0
        while page := opened.page(position, 5_000):
            found += [recorded for _, recorded in page]
            position = page[-1][0]
        return found
    finally:
        opened.close()


def notices_of(recorded: list[Recorded]) -> list[Recorded]:
    """Those of the events that announce what fell due."""
    return [one for one in recorded if isinstance(one.event, NoticeGiven | CertificateExpired)]


def check_once_each(store: Path) -> None:
    """No deadline was announced twice."""
    announced = Counter(
        (one.estate, one.event.key)
        for one in recorded_in(store)
        if isinstance(one.event, NoticeGiven | CertificateExpired)
    )
    assert [key for key, times in announced.items() if times > 1] == []


def check_same(attacked: Path, undisturbed: Path) -> None:
    """The same events in each stream, apart from when they were recorded, and the same rows."""
    check_once_each(attacked)
    assert _streams(attacked) == _streams(undisturbed)
    rows = [_rows(store) for store in (attacked, undisturbed)]
    assert rows[0] == rows[1]


def swept_in_peace(store: Path) -> int:
    """Sweep a store by one engine that nobody disturbs; how many notices it holds then."""
    with Engine.open(url_of(store), synchronous="NORMAL") as engine:
        assert engine.sweep().held == ()
        assert engine.behind() == []
    return number_of_notices(store)


def _streams(store: Path) -> dict[str, list[Recorded]]:
    streams: dict[str, list[Recorded]] = {}
    for one in recorded_in(store):
        streams.setdefault(one.estate, []).append(one._replace(at=_NOBODY_CARES))
    return streams


def _rows(store: Path) -> list[object]:
    with Engine.open(url_of(store)) as engine:
        page = engine.due(DueQuery(overdue=True, limit=None))
        return list(page.items)
