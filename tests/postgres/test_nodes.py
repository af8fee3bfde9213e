"""Do many threads and several nodes on one server give the results of one?"""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import TYPE_CHECKING

from benchmarks.postgres_followers import campaign as followed
from benchmarks.postgres_restarts import campaign as restarted
from kvob_projections import ALL_VIEWS
from kvob_workflow import Engine, RegisterEstate, RenameEstate
from kvob_workflow.demo import story
from kvob_workflow.store import open_store
from kvob_workflow.testing import GUIDE, SettableClock, engine_in_memory
from tests.postgres_server import server

if TYPE_CHECKING:
    from pathlib import Path


# Two nodes are two stores on one server, and their clocks move: pyright is told so once.
# pyright: reportPrivateUsage=false
TODAY = date(2026, 11, 23)


def node(url: str) -> Engine:
    return Engine(open_store(url, ALL_VIEWS), actor=GUIDE, clock=SettableClock(TODAY))


def test_sixteen_threads_of_one_engine_write_at_once_and_lose_nothing(postgres_url: str) -> None:
    with node(postgres_url) as engine, ThreadPoolExecutor(16) as threads:
        together = RegisterEstate(name="Samen", municipalities=("Amersfoort",))
        shared = engine.do(together).estate

        def work(number: int) -> None:
            own = RegisterEstate(name=f"Terrein {number}", municipalities=("Amersfoort",))
            engine.do(own)
            engine.do(RenameEstate(estate=shared, name=f"Samen {number}", on=TODAY))

        list(threads.map(work, range(48)))
        assert [one.version for one in engine._store.stream(shared)] == list(range(1, 50))
        assert len(list(engine._store.estates())) == 49


def test_commands_on_different_estates_are_decided_at_the_same_time(postgres_url: str) -> None:
    both = threading.Barrier(2)

    class Meeting(SettableClock):
        def now(self):  # type: ignore[no-untyped-def]
            if threading.current_thread().name.startswith("meeting"):
                both.wait(20)  # breaks when the other waits for this one's lock
            return super().now()

    with Engine(open_store(postgres_url, ALL_VIEWS), actor=GUIDE, clock=Meeting(TODAY)) as engine:

        def enter(name: str) -> None:
            engine.do(RegisterEstate(name=name, municipalities=("Amersfoort",)))

        with ThreadPoolExecutor(2, thread_name_prefix="meeting") as threads:
            list(threads.map(enter, ["Een", "Twee"]))


def test_an_event_of_another_node_ends_the_wait_at_once(postgres_url: str) -> None:
    with node(postgres_url) as web, node(postgres_url) as scheduler:
        with ThreadPoolExecutor(1) as thread:
            waiting = thread.submit(scheduler.wait_for_events, 0, 20)
            web.do(RegisterEstate(name="Zilverhoek", municipalities=("Amersfoort",)))
            assert waiting.result(20)
        assert not scheduler.wait_for_events(scheduler._store.last_position(), 0.05)


def test_a_started_engine_rings_for_an_event_of_another_node(postgres_url: str) -> None:
    with node(postgres_url) as web, node(postgres_url) as scheduler:
        rung = threading.Semaphore(0)
        scheduler.start(interval=timedelta(hours=1), heard=lambda _: rung.release())
        assert rung.acquire(timeout=20)
        ends = time.monotonic() + 20
        while not scheduler._store.listener.status().connected:  # type: ignore[attr-defined]
            assert time.monotonic() < ends
            rung.acquire(timeout=0.05)
        web.do(RegisterEstate(name="Zilverhoek", municipalities=("Amersfoort",)))
        assert rung.acquire(timeout=20)


def test_two_schedulers_that_sweep_at_once_double_no_notice(postgres_url: str) -> None:
    def walked(engine: Engine) -> None:
        estate = engine.do(RegisterEstate(name="Zilverhoek", municipalities=("Amersfoort",))).estate
        for step in story(estate):
            if step.refused_with is None:
                engine.do(step.command, actor=step.actor)

    later = SettableClock(TODAY + timedelta(days=390))
    with engine_in_memory(TODAY) as alone:
        walked(alone)
        alone._clock = later
        expected = alone.sweep().given
    with node(postgres_url) as one, node(postgres_url) as other, ThreadPoolExecutor(2) as threads:
        walked(one)
        one._clock = other._clock = later

        def swept(engine: Engine) -> int:
            return engine.sweep().given

        given = sum(threads.map(swept, [one, other]))
        assert given == expected > 0
        assert one.sweep().given == 0


def test_followers_see_every_event_once_while_eight_processes_write(postgres_url: str) -> None:
    seen, real = followed(postgres_url, 4000, 8, 2, 5)
    assert real[0] == 4000
    assert seen == [real, real]


def test_nothing_that_was_acknowledged_is_lost_by_restarts(
    tmp_path: Path, postgres: object
) -> None:
    with server(durable=True) as own:
        done, account, skipped = restarted(own, tmp_path, 2, 3, seed=1)
    assert (done, skipped, account.wrong) == (2, 0, [])
    assert account.acknowledged > 3
    assert (account.lost, account.torn, account.doubled, account.rows_differ) == (0, 0, 0, 0)
