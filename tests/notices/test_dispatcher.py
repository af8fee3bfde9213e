"""Does every notice leave at least once, under one id, whatever fails on the way?"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.events.identity import EstateRenamed
from kvob_workflow.errors import StoreUnavailable
from kvob_workflow.limits import StoreLimits
from kvob_workflow.notices import (
    DeliveryNotFound,
    Digest,
    Dispatcher,
    DispatchReport,
    Recipient,
)
from kvob_workflow.notices.collecting import Collector
from kvob_workflow.notices.retrying import MOST_ATTEMPTS, WAITS
from kvob_workflow.store import Delivery, DeliveryStatus, EventStore, open_store
from kvob_workflow.testing import SettableClock
from tests.notices.samples import LAGEWEG, ZILVERHOEK, Desk, Kept, expired, fill, reminder

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


def test_what_fell_due_goes_to_each_organisation_that_it_concerns(
    store: EventStore, desk: Desk, clock: SettableClock
) -> None:
    kept = Kept()
    dispatcher = Dispatcher(store, [kept], [CITY, BODY], clock=clock)
    dispatcher.join()
    desk.record(ZILVERHOEK, reminder(), expired())
    desk.record(LAGEWEG, expired())
    assert dispatcher.run_once() == DispatchReport(collected=2, sent=2)
    assert kept.ids == ["kept:gemeente-voorbeeldstad:5", "kept:keurders-bv:7"]
    city, body = kept.digests
    assert [one.id for one in city.notices] == [f"{ZILVERHOEK}:3", f"{ZILVERHOEK}:4"]
    assert [one.name for one in body.notices] == ["Lageweg"]
    assert not dispatcher.run_once()
    assert len(kept.ids) == 2


def test_names_are_those_of_the_moment_of_sending(
    store: EventStore, desk: Desk, clock: SettableClock
) -> None:
    kept = Kept()
    dispatcher = Dispatcher(store, [kept], [CITY], clock=clock)
    dispatcher.join()
    desk.record(ZILVERHOEK, expired())
    dispatcher.collect()
    desk.record(ZILVERHOEK, EstateRenamed(on=date(2026, 3, 1), name="De Goudhoek"))
    dispatcher.deliver()
    assert kept.digests[0].notices[0].name == "De Goudhoek"


def test_without_recipients_one_digest_tells_everything(
    store: EventStore, desk: Desk, clock: SettableClock
) -> None:
    kept = Kept()
    dispatcher = Dispatcher(store, [kept], clock=clock)
    dispatcher.join()
    desk.record(ZILVERHOEK, expired())
    desk.record(LAGEWEG, expired())
    dispatcher.run_once()
    assert kept.ids == ["kept:*:5"]
    assert len(kept.digests[0].notices) == 2


def test_a_channel_that_is_added_later_begins_with_what_comes_then(
    store: EventStore, desk: Desk, clock: SettableClock
) -> None:
    desk.record(ZILVERHOEK, expired())
    late, all_of_it = Kept("late"), Kept("all")
    Dispatcher(store, [late], clock=clock).run_once()
    Dispatcher(store, [all_of_it], clock=clock, from_start=True).run_once()
    assert (late.ids, all_of_it.ids) == ([], ["all:*:5"])
    desk.record(LAGEWEG, expired())
    Dispatcher(store, [late], clock=clock).run_once()
    assert late.ids == ["late:*:6"]


def test_more_than_two_hundred_notices_become_several_digests(
    store: EventStore, desk: Desk, clock: SettableClock
) -> None:
    kept = Kept()
    dispatcher = Dispatcher(store, [kept], clock=clock)
    dispatcher.join()
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(2450)]
    desk.record(ZILVERHOEK, *map(reminder, days))
    dispatcher.run_once()
    told = [one.due_on for digest in kept.digests for one in digest.notices]
    assert sorted(told) == days
    assert max(len(digest.notices) for digest in kept.digests) == 200


def test_a_backlog_is_collected_in_parts_without_a_gap(
    store: EventStore, desk: Desk, clock: SettableClock
) -> None:
    collector = Collector(store, [CITY, BODY], at_once=3)
    collector.join("kept", from_start=True)
    for number in range(5):  # between them events that are no notices
        day = date(2026, 1, 1) + timedelta(days=number)
        desk.record(ZILVERHOEK, reminder(day), EstateRenamed(on=day, name=f"Terrein {number}"))
        desk.record(LAGEWEG, reminder(day))
    assert collector.collect("kept", clock.now()) == 7
    items = [item.position for one in store.deliveries() for item in one.items]
    assert sorted(items) == [position for position, _ in store.notices_after(0, 100)]
    assert store.follower_position("kept") == store.last_position()
    assert collector.collect("kept", clock.now()) == 0


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


def test_nodes_that_dispatch_at_once_send_each_digest_once(url: str, clock: SettableClock) -> None:
    kept = Kept()
    with closing(open_store(url, limits=StoreLimits(lock_timeout=60))) as first:
        desk = fill(first)
        Dispatcher(first, [kept], [CITY, BODY], clock=clock).join()
        failures: list[BaseException] = []

        def node() -> None:
            try:
                with closing(open_store(url, limits=StoreLimits(lock_timeout=60))) as own:
                    dispatcher = Dispatcher(own, [kept], [CITY, BODY], clock=clock)
                    for _ in range(20):
                        dispatcher.run_once()
            except BaseException as error:
                failures.append(error)

        nodes = [threading.Thread(target=node) for _ in range(3)]
        for one in nodes:
            one.start()
        for number in range(30):
            day = date(2026, 1, 1) + timedelta(days=number)
            desk.record(ZILVERHOEK, reminder(day))
            desk.record(LAGEWEG, reminder(day))
        for one in nodes:
            one.join(60)
        Dispatcher(first, [kept], [CITY, BODY], clock=clock).run_once()
    assert failures == []
    assert len(kept.ids) == len(set(kept.ids))
    told = [notice.id for digest in kept.digests for notice in digest.notices]
    assert len(told) == len(set(told)) == 60


def test_a_recipient_that_was_removed_is_reported_and_served_when_it_is_back(
    store: EventStore, desk: Desk, clock: SettableClock
) -> None:
    kept = Kept()
    both = Dispatcher(store, [kept], [CITY, BODY], clock=clock)
    both.join()
    desk.record(ZILVERHOEK, expired())
    both.collect()
    assert Dispatcher(store, [kept], [BODY], clock=clock).deliver() == DispatchReport(retried=1)
    (waiting,) = store.deliveries()
    assert "recipient-gone" in (waiting.last_error or "")
    clock.move_on(timedelta(minutes=2))
    assert both.deliver() == DispatchReport(sent=1)


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


def test_two_channels_or_recipients_of_one_name_are_refused(store: EventStore) -> None:
    with pytest.raises(ValueError, match="same name"):
        Dispatcher(store, [Kept(), Kept()])
    with pytest.raises(ValueError, match="same name"):
        Dispatcher(store, [Kept()], [CITY, Recipient("GEMEENTE  Voorbeeldstad")])


def test_kinds_choose_which_notices_a_recipient_gets(
    store: EventStore, desk: Desk, clock: SettableClock
) -> None:
    kept = Kept()
    only = Recipient("Politie", kinds=(DeadlineKind.EXPIRY,))
    dispatcher = Dispatcher(store, [kept], [only], clock=clock)
    dispatcher.join()
    desk.record(ZILVERHOEK, reminder(), expired())
    dispatcher.run_once()
    assert [one.kind for one in kept.digests[0].notices] == [DeadlineKind.EXPIRY]


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
