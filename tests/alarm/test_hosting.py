"""How does an engine work by itself? `start` sweeps and tells, `close` ends it, whatever fails."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from queue import SimpleQueue

import pytest

from kvob_domain.errors import KvobError, Unavailable
from kvob_workflow import (
    FactKind,
    PartialDate,
    PastFact,
    Provenance,
    RecordPastFact,
    RegisterEstate,
)
from kvob_workflow.alarm import AlarmClosed, AlarmIntervalInvalid
from kvob_workflow.alarm.errors import AlarmStartedOtherwise
from kvob_workflow.clock import SystemClock, civil_day
from kvob_workflow.engine import Engine
from kvob_workflow.engine.hosting import Rung
from kvob_workflow.store.faults import StoreClosed
from kvob_workflow.testing import SettableClock, engine_at, engine_in_memory
from tests.alarm.bell import HOUR, PATIENCE
from tests.durability.alarm_processes import make_store, number_of_notices, url_of

TODAY = date(2026, 11, 23)
MUCH_LATER = civil_day(SystemClock().now()) + timedelta(days=1000)


@pytest.fixture
def rungs() -> SimpleQueue[Rung]:
    """What the rings of a test did."""
    return SimpleQueue()


@pytest.fixture
def owing(tmp_path: Path) -> Path:
    """A store on which notices are owed."""
    store = tmp_path / "owing.db"
    make_store(store, 40, seed=7)
    return store


@pytest.fixture
def engine(owing: Path) -> Iterator[Engine]:
    with Engine.open(url_of(owing)) as opened:
        yield opened


def test_a_started_engine_gives_what_is_owed_and_says_when_it_looks_again(
    owing: Path, engine: Engine, rungs: "SimpleQueue[Rung]"
) -> None:
    assert not engine.alarm_status().running
    engine.start(interval=HOUR, heard=rungs.put)
    report = rungs.get(timeout=PATIENCE).report
    assert report is not None
    assert report.given == number_of_notices(owing) > 40
    found = engine.alarm_status()
    assert (found.running, found.interval, found.failures) == (True, HOUR, 0)
    assert found.next_ring_at is not None


def test_starting_otherwise_is_refused_instead_of_ignored(engine: Engine) -> None:
    engine.start(interval=HOUR)
    engine.start(interval=HOUR)
    with pytest.raises(AlarmStartedOtherwise):
        engine.start(interval=HOUR, notify=list)


def test_what_was_announced_is_passed_on_after_each_sweep(
    owing: Path, engine: Engine, rungs: "SimpleQueue[Rung]"
) -> None:
    engine.start(interval=HOUR, notify=lambda: number_of_notices(owing), heard=rungs.put)
    rung = rungs.get(timeout=PATIENCE)
    assert rung.report is not None
    assert rung.notified == rung.report.given


def test_starting_twice_sweeps_once(engine: Engine, rungs: "SimpleQueue[Rung]") -> None:
    engine.start(interval=HOUR, heard=rungs.put)
    engine.start(interval=HOUR, heard=rungs.put)
    rungs.get(timeout=PATIENCE)
    assert engine.alarm_status().interval == HOUR
    assert rungs.empty()


def test_an_interval_out_of_bounds_is_refused_and_the_engine_still_starts(engine: Engine) -> None:
    with pytest.raises(AlarmIntervalInvalid):
        engine.start(interval=timedelta(days=2))
    engine.start()
    assert engine.alarm_status().running


def test_a_closed_engine_rings_no_more_and_does_not_start(engine: Engine) -> None:
    engine.start()
    engine.close()
    engine.close()
    assert not engine.alarm_status().running
    with pytest.raises((AlarmClosed, StoreClosed)):
        engine.start()


def test_an_engine_closed_before_it_was_started_does_not_start() -> None:
    engine = engine_in_memory(TODAY)
    engine.close()
    with pytest.raises((AlarmClosed, StoreClosed)):
        engine.start()


def test_a_gap_that_nobody_confirmed_is_shown_logged_and_over_once_it_is_confirmed(
    tmp_path: Path, rungs: "SimpleQueue[Rung]", caplog: pytest.LogCaptureFixture
) -> None:
    store = tmp_path / "gap.db"
    make_store(store, 20, seed=3)
    clock = SettableClock(MUCH_LATER)
    sent: SimpleQueue[int] = SimpleQueue()
    with engine_at(url_of(store), clock) as engine:
        engine.start(interval=timedelta(seconds=1), notify=lambda: sent.put(1), heard=rungs.put)
        sent.get(timeout=PATIENCE)  # messages of before go out all the same
        sent.get(timeout=PATIENCE)
        error = engine.alarm_status().last_error
        assert isinstance(error, KvobError)
        assert error.code == "gap-unconfirmed"
        assert engine.alarm_status().failures >= 1
        logged = [one for one in caplog.records if one.name == "kvob_workflow.alarm"]
        assert "kvob sweep --confirm" in logged[0].getMessage()
        assert number_of_notices(store) == 0
        assert engine.sweep(confirm=True).given > 20
        assert rungs.get(timeout=PATIENCE).report is not None


def test_a_failing_notify_is_shown_and_keeps_no_sweep_back(
    owing: Path, engine: Engine, rungs: "SimpleQueue[Rung]", caplog: pytest.LogCaptureFixture
) -> None:
    def notify() -> None:
        raise Unavailable

    engine.start(interval=HOUR, notify=notify, heard=rungs.put)
    rung = rungs.get(timeout=PATIENCE)
    assert rung.report is not None
    assert number_of_notices(owing) == rung.report.given > 0
    engine.close()
    assert [one.levelno for one in caplog.records if one.name == "kvob_workflow.alarm"] != []
    assert isinstance(engine.alarm_status().last_error, Unavailable)


def test_when_sweep_and_notify_fail_both_are_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = tmp_path / "gap.db"
    make_store(store, 3, seed=3)
    called = threading.Event()

    def notify() -> None:
        called.set()
        raise OSError("no mail server")

    with engine_at(url_of(store), SettableClock(MUCH_LATER)) as engine:
        engine.start(interval=HOUR, notify=notify)
        assert called.wait(PATIENCE)
    assert "no mail server" in caplog.text
    assert "kvob sweep --confirm" in caplog.text


def test_closing_waits_for_a_ring_in_bounded_time(engine: Engine) -> None:
    ringing, go_on = threading.Event(), threading.Event()

    def notify() -> None:
        ringing.set()
        go_on.wait(0.5)

    engine.start(notify=notify)
    assert ringing.wait(PATIENCE)
    begun = time.monotonic()
    engine.close()
    assert time.monotonic() - begun < 5
    assert engine.alarm_status().last_error is None


def test_a_host_that_forgets_to_close_still_ends(owing: Path) -> None:
    """The threads are daemons: a ring that goes on does not keep the process."""
    code = (
        "import threading\n"
        "from kvob_workflow import Engine\n"
        "inside = threading.Event()\n"
        f"engine = Engine.open({url_of(owing)!r})\n"
        "def hang():\n    inside.set()\n    threading.Event().wait(600)\n"
        "engine.start(notify=hang)\n"
        "assert inside.wait(30)\n"
    )
    begun = time.monotonic()
    done = run_python(code)
    assert (done.returncode, done.stderr) == (0, "")
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    "zone", ["America/Los_Angeles", "Pacific/Auckland", "Europe/Amsterdam", "UTC"]
)
def test_the_time_zone_of_the_machine_makes_no_difference(zone: str) -> None:
    """Nobody asks for it, and a day begins in Amsterdam: 300 ms after the clock of this host."""
    code = (
        "import threading, time\n"
        "from datetime import date, datetime, timedelta\n"
        "import apscheduler.schedulers.base as base, apscheduler.triggers.interval as interval\n"
        "def local(): raise AssertionError('asked for the local time zone')\n"
        "base.get_localzone = interval.get_localzone = local\n"
        "from kvob_workflow.alarm import Alarm\n"
        "from kvob_workflow.alarm.waking import instant_of\n"
        "day = date(2027, 3, 28)\n"
        "print(instant_of(day).isoformat())\n"
        "class Clock:\n"
        "    def now(self): return instant_of(day) - timedelta(milliseconds=300)\n"
        "heard = threading.Semaphore(0)\n"
        "def ring():\n    heard.release()\n    return day\n"
        "alarm = Alarm(ring, clock=Clock(), interval=timedelta(hours=1))\n"
        "alarm.start()\n"
        "assert heard.acquire(timeout=20) and heard.acquire(timeout=20)\n"
        "at = alarm.status().next_ring_at\n"
        "assert at is None or at.utcoffset() == timedelta()\n"
        "assert alarm.close()\n"
    )
    done = run_python(code, TZ=zone)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "2027-03-27T23:00:00+00:00\n"


def test_apscheduler_is_loaded_by_start_and_not_before() -> None:
    code = (
        "import sys\n"
        "from datetime import timedelta\n"
        "from kvob_workflow import Engine\n"
        "with Engine.open('memory:') as engine:\n"
        "    engine.alarm_status()\n"
        "    assert not [name for name in sys.modules if name.startswith('apscheduler')]\n"
        "    engine.start()\n"
        "    assert 'apscheduler' in sys.modules\n"
    )
    done = run_python(code)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_write_shortly_before_midnight_wakes_the_alarm_at_midnight(
    tmp_path: Path, rungs: "SimpleQueue[Rung]"
) -> None:
    """The deadline was made after the last ring, and falls due before the next."""
    with engine_in_memory(TODAY) as engine:
        engine.start(interval=timedelta(days=1), heard=rungs.put)
        rungs.get(timeout=PATIENCE)
        make = RegisterEstate(name="De Hoek", municipalities=("Voorbeeldstad",))
        estate = engine.do(make).estate
        fact = PastFact(
            kind=FactKind.AWARD,
            on=PartialDate.parse((TODAY - timedelta(days=364)).isoformat()),
            provenance=Provenance(source="https://example.org"),
        )
        engine.do(RecordPastFact(estate=estate, fact=fact))
        assert engine.next_due_on() == TODAY + timedelta(days=1)
        planned = engine.alarm_status().next_ring_at
        assert planned is not None
        twelve_hours = timedelta(hours=12)  # from the engine's noon to midnight
        assert abs(planned - SystemClock().now() - twelve_hours) < timedelta(minutes=1)


def run_python(code: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run code in an interpreter of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
