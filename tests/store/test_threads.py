"""May every thread of a host use one store?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from kvob_workflow.errors import VersionConflict
from kvob_workflow.store import Append, EventStore
from kvob_workflow.store.faults import StoreClosed
from tests.store.samples import estate, events, one, recorded, step

THREADS = 8
APPENDS = 50


def test_eight_threads_write_and_read_without_loss(store: EventStore) -> None:
    start = Barrier(THREADS)

    def work(number: int) -> None:
        start.wait()
        for version in range(1, APPENDS + 1):
            store.append(one(estate(number), version, step(estate(number), f"step {version}")))
            assert store.stream(estate(number))[-1].version == version

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))
    assert [position for position, _ in store.page(0, 1000)] == list(
        range(1, THREADS * APPENDS + 1)
    )
    for number in range(THREADS):
        assert store.stream(estate(number)) == list(events(estate(number), APPENDS))
    assert len(store.read("SELECT * FROM view_steps WHERE step = 'step 50'", {})) == THREADS


def test_of_threads_that_decide_on_one_version_one_wins_each_time(store: EventStore) -> None:
    start = Barrier(THREADS)

    def work(number: int) -> int:
        won = 0
        start.wait()
        for version in range(1, APPENDS + 1):
            try:
                store.append(Append((recorded(estate(1), version, number),)))
                won += 1
            except VersionConflict:
                continue
        return won

    with ThreadPoolExecutor(THREADS) as pool:
        wins = list(pool.map(work, range(THREADS)))
    versions = [event.version for event in store.stream(estate(1))]
    assert versions == list(range(1, sum(wins) + 1))


def test_closing_while_threads_read_and_write_ends_in_a_clear_error(store: EventStore) -> None:
    store.append(one(estate(0)))
    start = Barrier(THREADS + 1)

    def work(number: int) -> int:
        start.wait()
        version = 0
        try:
            while True:
                version += 1
                store.append(one(estate(number), version))
                store.page(0, 100)
        except StoreClosed:
            return version

    with ThreadPoolExecutor(THREADS) as pool:
        running = [pool.submit(work, number) for number in range(1, THREADS + 1)]
        start.wait()
        store.close()
        assert all(done.result() >= 1 for done in running)
