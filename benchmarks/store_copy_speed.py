"""How fast does a store move house? Between a file and a server, both ways, with the comparison.

    python -m benchmarks.store_copy_speed --events 100000 --rounds 3

A rate counts the whole command: copying, then reading and comparing every row on both sides. The
comparison alone (`--verify-only`) and a backup of the file are timed too. Both sides commit
durably, on this disk, to one server of our own. The views are folded when the copy is opened for
the first time, which is not counted.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Final

from benchmarks.past_portfolio import portfolio
from benchmarks.report import Figure, print_report
from benchmarks.scratch import scratch
from kvob_workflow.moving import back_up, compare_stores, copy_store
from kvob_workflow.store import Append, open_store
from tests.postgres_server import Server, server

_EVENTS_AN_ESTATE: Final = 3.4
_BATCH: Final = 10_000


def main() -> None:
    """Make a store, move it about, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with scratch() as folder, server(durable=True) as running:
        url = f"sqlite:///{folder / 'made.db'}"
        events = _make(url, given.events)
        rates: dict[str, list[float]] = {}
        for number in range(given.rounds):
            for name, work in _works(url, folder, running, number):
                begin = time.perf_counter()
                work()
                rates.setdefault(name, []).append(events / (time.perf_counter() - begin))
    print_report(
        f"Moving a store of {events:,} events",
        f"python -m benchmarks.store_copy_speed --events {given.events} --rounds {given.rounds}",
        [Figure(name, tuple(values), "events/s") for name, values in rates.items()],
    )


def _make(url: str, number: int) -> int:
    events = portfolio(round(number / _EVENTS_AN_ESTATE))
    with closing(open_store(url)) as store:
        while batch := tuple(islice(events, _BATCH)):
            store.append(Append(batch))
        return store.last_position()


def _works(
    url: str, folder: Path, running: Server, number: int
) -> Iterator[tuple[str, Callable[[], object]]]:
    on_server, other = running.url(f"there_{number}"), running.url(f"other_{number}")
    back, beside = f"sqlite:///{folder / f'back_{number}.db'}", folder / f"beside_{number}.db"
    yield "file to server", lambda: _equal(copy_store(url, on_server).is_equal)
    yield "server to file", lambda: _equal(copy_store(on_server, back).is_equal)
    yield "file to file", lambda: _equal(copy_store(url, f"sqlite:///{beside}").is_equal)
    yield "server to server", lambda: _equal(copy_store(on_server, other).is_equal)
    yield "comparison alone", lambda: _equal(compare_stores(url, on_server).is_equal)
    yield "backup of the file", lambda: back_up(url, folder / f"backup_{number}.db")


def _equal(found: bool) -> None:
    assert found


if __name__ == "__main__":
    main()
