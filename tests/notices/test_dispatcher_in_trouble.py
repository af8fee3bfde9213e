"""Does a notice leave whatever fails on the way: the channel, the process, the store, the clock?"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from kvob_workflow.errors import StoreUnavailable
from kvob_workflow.notices import (
    DeliveryNotFound,
    Digest,
    Dispatcher,
    DispatchReport,
    Recipient,
)
from kvob_workflow.notices.retrying import MOST_ATTEMPTS, WAITS
from kvob_workflow.store import Delivery, DeliveryStatus, EventStore, open_store
from kvob_workflow.testing import SettableClock
from tests.notices.samples import ZILVERHOEK, Desk, Kept, expired, fill, reminder

CITY = Recipient("Gemeente Voorbeeldstad")


BODY = Recipient("Keurders bv", language="en")


class Hanging:
    """A notifier that never comes back while the test runs."""

    name = "hanging"

    def __init__(self) -> None:
        self.begun = 0
        self.release = threading.Event()

    def send(self, digest: Digest) -> None:
        """Waits for the end of the test."""
        self.begun += 1
        self.release.wait(60)


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    notifier = Hanging()
    yield notifier
    notifier.release.set()


def test_a_failure_is_tried_again_after_growing_waits_and_then_given_up(
    store: EventStore, desk: Desk, clock: SettableClock, caplog: pytest.LogCaptureFixture
) -> None:
    kept = Kept(failures=[OSError(f"no {number}") for number in range(MOST_ATTEMPTS)])
    dispatcher = Dispatcher(store, [kept], clock=clock)
    dispatcher.join()
    desk.record(ZILVERHOEK, expired())
    assert dispatcher.run_once() == DispatchReport(collected=1, retried=1)
    for number, wait in enumerate(WAITS, start=1):
        clock.move_on(wait - timedelta(seconds=1))
        assert not dispatcher.run_once()
        clock.move_on(wait * 0.05 + timedelta(seconds=1))
        report = dispatcher.run_once()
        assert report == DispatchReport(**{"failed" if number == len(WAITS) else "retried": 1})
    (failed,) = store.deliveries((DeliveryStatus.FAILED,))
    assert (failed.attempts, failed.last_error) == (MOST_ATTEMPTS, "OSError: no 7")
    assert "given up: OSError: no 7" in caplog.messages[-1]
    clock.move_on(timedelta(days=30))
    assert not dispatcher.run_once()


def test_what_failed_is_sent_again_on_request_under_its_own_id(
    store: EventStore, desk: Desk, clock: SettableClock
) -> None:
    kept = Kept(failures=[OSError("no")] * MOST_ATTEMPTS)
    dispatcher = Dispatcher(store, [kept], clock=clock)
    dispatcher.join()
    desk.record(ZILVERHOEK, expired())
    for _ in range(MOST_ATTEMPTS):
        dispatcher.run_once()
        clock.move_on(timedelta(days=2))
    (failed,) = store.deliveries((DeliveryStatus.FAILED,))
    assert dispatcher.resend([failed.id]) == 1
    assert dispatcher.run_once() == DispatchReport(sent=1)
    assert kept.ids == [failed.id]


def test_an_unknown_id_is_refused_and_nothing_is_sent_again(
    store: EventStore, desk: Desk, clock: SettableClock
) -> None:
    kept = Kept()
    dispatcher = Dispatcher(store, [kept], clock=clock)
    dispatcher.join()
    desk.record(ZILVERHOEK, expired())
    dispatcher.run_once()
    with pytest.raises(DeliveryNotFound, match="kept:nobody:1"):
        dispatcher.resend([*kept.ids, "kept:nobody:1"])
    assert not dispatcher.run_once()


@pytest.mark.parametrize("raised", [RuntimeError("odd"), SystemExit(3), KeyboardInterrupt()])
def test_whatever_a_notifier_raises_is_kept_and_stops_no_other(
    store: EventStore, desk: Desk, clock: SettableClock, raised: BaseException
) -> None:
    bad, good = Kept("bad", failures=[raised]), Kept("good")
    dispatcher = Dispatcher(store, [bad, good], clock=clock)
    dispatcher.join()
    desk.record(ZILVERHOEK, expired())
    assert dispatcher.run_once() == DispatchReport(collected=2, sent=1, retried=1)
    assert good.ids == ["good:*:5"]
    (waiting,) = store.deliveries((DeliveryStatus.WAITING,))
    assert type(raised).__name__ in (waiting.last_error or "")


def test_a_notifier_that_hangs_is_left_behind_and_counts_as_failed(
    store: EventStore, desk: Desk, clock: SettableClock, hanging: Hanging
) -> None:
    good = Kept("good")
    recipients = [CITY, Recipient("Politie"), Recipient("Gids bv"), Recipient("*", everything=True)]
    dispatcher = Dispatcher(store, [hanging, good], recipients, clock=clock, timeout_seconds=0.05)
    dispatcher.join()
    desk.record(ZILVERHOEK, expired())
    report = dispatcher.run_once()
    assert report == DispatchReport(collected=8, sent=4, retried=1)
    assert (hanging.begun, len(good.ids)) == (1, 4)
    errors = [one.last_error or "" for one in store.deliveries((DeliveryStatus.WAITING,))]
    assert sum("notifier-hangs" in error for error in errors) == 1


def test_close_does_not_wait_for_a_notifier_that_hangs(
    store: EventStore, desk: Desk, clock: SettableClock, hanging: Hanging
) -> None:
    dispatcher = Dispatcher(store, [hanging], clock=clock, timeout_seconds=600)
    dispatcher.join()
    desk.record(ZILVERHOEK, expired())
    reports: list[DispatchReport] = []
    round_ = threading.Thread(target=lambda: reports.append(dispatcher.run_once()))
    round_.start()
    while not hanging.begun and round_.is_alive():
        round_.join(0.01)
    dispatcher.close()
    round_.join(30)
    assert reports == [DispatchReport(collected=1)]
    assert not dispatcher.run_once()
    clock.move_on(timedelta(minutes=13))
    kept = Kept("hanging")
    assert Dispatcher(store, [kept], clock=clock).run_once() == DispatchReport(sent=1)


class KilledBeforeNoting:
    """A store whose process dies between sending and noting it."""

    def __init__(self, store: EventStore) -> None:
        self._store = store

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def settle_delivery(self, delivery: Delivery, **outcome: object) -> bool:
        """Dies."""
        raise KeyboardInterrupt


def test_killed_between_sending_and_noting_it_goes_out_again_under_the_same_id(
    store: EventStore, desk: Desk, clock: SettableClock
) -> None:
    kept = Kept()
    dying: EventStore = KilledBeforeNoting(store)  # type: ignore[assignment]  # pyright: ignore
    dispatcher = Dispatcher(dying, [kept], clock=clock)
    dispatcher.join()
    desk.record(ZILVERHOEK, expired())
    with pytest.raises(KeyboardInterrupt):
        dispatcher.run_once()
    survivor = Dispatcher(store, [kept], clock=clock)
    assert not survivor.run_once()  # the claim of the dead one still holds
    clock.move_on(timedelta(minutes=4))
    assert survivor.run_once() == DispatchReport(sent=1)
    assert kept.ids == ["kept:*:5", "kept:*:5"]
    assert kept.digests[0].notices == kept.digests[1].notices


def test_a_process_that_is_killed_before_noting_it_sends_twice_under_one_id(
    url: str, tmp_path: Path
) -> None:
    with closing(open_store(url)) as store:
        desk = fill(store)
        Dispatcher(store, [Kept("command")]).join()
        desk.record(ZILVERHOEK, expired())
    taken = tmp_path / "taken"
    kill = "import os, signal; os.kill(os.getppid(), signal.SIGKILL)"
    command = f"echo $KVOB_DIGEST_ID >> {taken}; exec {sys.executable} -c '{kill}'"
    program = (
        "import sys\n"
        "from kvob_workflow.notices import CommandNotifier, Dispatcher\n"
        "from kvob_workflow.store import open_store\n"
        "notifier = CommandNotifier(['sh', '-c', sys.argv[2]])\n"
        "Dispatcher(open_store(sys.argv[1]), [notifier]).run_once()\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", program, url, command], env=environment)
    assert done.returncode == -signal.SIGKILL
    kept = Kept("command")
    with closing(open_store(url)) as store:
        (held,) = store.deliveries()
        later = SettableClock(held.created_at.date() + timedelta(days=1))
        assert Dispatcher(store, [kept], clock=later).run_once() == DispatchReport(sent=1)
    assert [*taken.read_text().split(), *kept.ids] == ["command:*:5", "command:*:5"]


def test_a_store_that_fails_to_collect_keeps_nothing_back_that_is_due(
    store: EventStore, desk: Desk, clock: SettableClock
) -> None:
    class Unreadable:
        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def notices_after(self, position: int, limit: int) -> list[object]:
            raise StoreUnavailable("kvob.db", "damaged")

    kept = Kept()
    well = Dispatcher(store, [kept], clock=clock)
    well.join()
    desk.record(ZILVERHOEK, expired())
    well.collect()
    desk.record(ZILVERHOEK, reminder())
    ill: EventStore = Unreadable()  # type: ignore[assignment]  # pyright: ignore
    with pytest.raises(StoreUnavailable, match="damaged"):
        Dispatcher(ill, [kept], clock=clock).run_once()
    assert kept.ids == ["kept:*:5"]


def test_a_clock_that_jumps_during_a_round_uses_up_no_attempts(
    store: EventStore, desk: Desk, clock: SettableClock
) -> None:
    class Jumping:
        name = "jumping"

        def send(self, digest: Digest) -> None:
            clock.move_on(timedelta(days=20))
            raise OSError("no")

    dispatcher = Dispatcher(store, [Jumping()], clock=clock)
    dispatcher.join()
    desk.record(ZILVERHOEK, expired())
    assert dispatcher.run_once() == DispatchReport(collected=1, retried=1)


def test_the_errors_of_attempts_are_logged(
    store: EventStore, desk: Desk, clock: SettableClock, caplog: pytest.LogCaptureFixture
) -> None:
    dispatcher = Dispatcher(store, [Kept(failures=[OSError("a\nb")])], clock=clock)
    dispatcher.join()
    desk.record(ZILVERHOEK, expired())
    with caplog.at_level(logging.ERROR, "kvob_workflow.notices"):
        dispatcher.run_once()
    (line,) = caplog.messages
    assert line.startswith("kept:*:5: attempt 1 failed, next at 2026-03-01 11:01:")
    assert line.endswith("UTC: OSError: a b")
