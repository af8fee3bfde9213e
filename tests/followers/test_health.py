"""Does a health check say ok, degraded or failing, with the reason, and always in time?"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.engine.health import Health
from kvob_workflow.followers import Effect, Happened
from kvob_workflow.followers.delivering import MOST_FAILURES
from kvob_workflow.testing import SettableClock
from tests.followers.conftest import STEPS, TODAY


def closed(happened: Happened) -> None:
    raise ConnectionError(f"no post for {happened.estate}")


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(TODAY)


@pytest.fixture
def engine(any_url: str, clock: SettableClock) -> Iterator[Engine]:
    effect = Effect("x_post", closed, begins="now")
    with Engine.open(any_url, clock=clock, projections=[STEPS], effects=[effect]) as opened:
        yield opened


def add(engine: Engine, name: str) -> None:
    engine.do(RegisterEstate(name=name, municipalities=("Oss",)))


def codes(engine: Engine) -> tuple[Health, set[str]]:
    report = engine.health(within=60)
    return report.health, {reason.code for reason in report.reasons}


def test_a_store_in_which_all_is_well_is_ok(engine: Engine) -> None:
    assert codes(engine) == (Health.OK, set())


def test_an_effect_that_fails_lags_or_stalls_degrades(engine: Engine, clock: SettableClock) -> None:
    add(engine, "Een")
    clock.move_on(timedelta(minutes=6))
    assert codes(engine) == (Health.DEGRADED, {"follower-lags"})
    engine.follow()
    assert codes(engine) == (Health.DEGRADED, {"follower-fails"})
    for _ in range(MOST_FAILURES):
        clock.move_on(timedelta(hours=13))
        engine.follow()
    assert codes(engine) == (Health.DEGRADED, {"follower-stalled"})


def test_an_estate_that_a_projection_lacks_degrades(engine: Engine) -> None:
    add(engine, "Gif")
    engine.query("SELECT 1 AS one")
    assert codes(engine) == (Health.DEGRADED, {"rows-behind"})


def test_a_rebuild_that_runs_is_told_and_all_is_well(engine: Engine, clock: SettableClock) -> None:
    store = engine._store  # pyright: ignore[reportPrivateUsage] # the command is not this test's
    assert store.begin_rebuild((STEPS,), {}, 1, "p-1", clock.now()) is not None
    assert codes(engine) == (Health.OK, {"rebuild-running"})


def test_a_store_that_is_closed_is_failing(engine: Engine) -> None:
    engine.close()
    health, found = codes(engine)
    assert health is Health.FAILING and "store-closed" in found


def test_an_engine_that_was_started_and_closed_is_failing(engine: Engine) -> None:
    engine.start()
    assert codes(engine)[0] is Health.OK
    engine.close()
    assert codes(engine)[1] >= {"alarm-stopped", "following-stopped"}


def test_a_store_that_does_not_answer_is_failing_in_time(engine: Engine) -> None:
    answer = threading.Event()

    def silent(name: str | None = None, *, exact: bool = False) -> tuple[()]:
        del name, exact
        answer.wait(60)
        return ()

    engine.projection_status = silent  # type: ignore[method-assign] # a store that hangs
    for _ in range(2):  # the second does not wait for the first
        report = engine.health(within=0.05)
        assert [reason.code for reason in report.reasons] == ["store-silent"]
        assert report.health is Health.FAILING
    answer.set()
