"""Does every notice leave at least once, under one id, whatever fails on the way?"""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import date, timedelta

import pytest

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.events.identity import EstateRenamed
from kvob_workflow.limits import StoreLimits
from kvob_workflow.notices import (
    Dispatcher,
    DispatchReport,
    Recipient,
)
from kvob_workflow.notices.collecting import Collector
from kvob_workflow.store import EventStore, open_store
from kvob_workflow.testing import SettableClock
from tests.notices.samples import LAGEWEG, ZILVERHOEK, Desk, Kept, expired, fill, reminder

CITY = Recipient("Gemeente Voorbeeldstad")
BODY = Recipient("Keurders bv", language="en")


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
