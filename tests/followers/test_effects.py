"""Does an effect get every event in order, and once while nothing goes wrong?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_workflow.followers import Effect, Happened
from kvob_workflow.followers.delivering import MOST_FAILURES, Deliverer
from kvob_workflow.store import EventStore
from kvob_workflow.store.followers import FollowerState, Move
from kvob_workflow.testing import SettableClock
from tests.followers.conftest import append, estate_id, registered

Join = Callable[[Effect], Deliverer]


@pytest.fixture
def join(store: EventStore, clock: SettableClock) -> Join:
    """Lets a store meet an effect."""

    def joined(effect: Effect) -> Deliverer:
        deliverer = Deliverer(store, effect, clock)
        deliverer.join()
        return deliverer

    return joined


class Post:
    """Takes events, but for those that it is told to fail at."""

    def __init__(self, *poison: int) -> None:
        self.poison = set(poison)
        self.taken: list[str] = []
        self.attempts = 0

    def __call__(self, happened: Happened) -> None:
        self.attempts += 1
        if int(happened.estate, 16) in self.poison:
            raise ConnectionError("the post office is closed")
        self.taken.append(happened.estate)

    def numbers(self) -> list[int]:
        return [int(estate, 16) for estate in self.taken]


def state(deliverer: Deliverer) -> FollowerState:
    found = deliverer.state()
    assert found is not None
    return found


def test_an_effect_gets_what_happens_from_now_on_in_order(store: EventStore, join: Join) -> None:
    append(store, registered(1))
    post = Post()
    deliverer = join(Effect("x_post", post, begins="now"))
    append(store, registered(3), registered(2))
    assert deliverer.run().events == 2
    assert post.numbers() == [3, 2]
    assert deliverer.run().events == 0
    assert post.numbers() == [3, 2]


def test_an_effect_may_begin_with_the_first_event_and_joins_once(
    store: EventStore, join: Join
) -> None:
    append(store, registered(1), registered(2))
    post = Post()
    effect = Effect("x_post", post, begins="beginning")
    join(effect).run()
    join(effect).run()
    join(replace(effect, begins="now")).run()
    assert post.numbers() == [1, 2]


def test_each_event_has_an_id_that_stays_and_is_no_others(
    store: EventStore, join: Join, clock: SettableClock
) -> None:
    ids: list[str] = []

    def fail(happened: Happened) -> None:
        ids.append(happened.id)
        raise ConnectionError

    append(store, registered(1))
    deliverer = join(Effect("x_post", fail, begins="beginning"))
    deliverer.run()
    clock.move_on(timedelta(seconds=2))
    deliverer.run()
    assert len(ids) == 2 and len(set(ids)) == 1
    assert ids[0].endswith(f"-{estate_id(1)}-1")


def test_events_that_an_effect_does_not_want_are_passed_by(store: EventStore, join: Join) -> None:
    post = Post()
    deliverer = join(Effect("x_awards", post, begins="beginning", only=(CertificateAwarded,)))
    append(store, registered(1), registered(2))
    assert deliverer.run().events == 0
    assert post.attempts == 0
    assert state(deliverer).position == store.last_position()


def test_a_failure_is_tried_again_after_growing_waits_and_then_it_stalls(
    store: EventStore, join: Join, clock: SettableClock
) -> None:
    post = Post(2)
    deliverer = join(Effect("x_post", post, begins="now"))
    append(store, registered(1), registered(2), registered(3))
    for number in range(1, MOST_FAILURES + 1):
        done = deliverer.run()
        assert done.failed
        assert state(deliverer).failures == number
        assert deliverer.run().events == 0  # it is not called before its time
        assert post.attempts == 1 + number
        if done.next_at is not None:
            clock.move_on(done.next_at - clock.now())
    kept = state(deliverer)
    assert kept.stalled and kept.next_at is None
    assert kept.error == "ConnectionError: the post office is closed"
    assert kept.failed is not None and kept.failed.estate == estate_id(2)
    clock.move_on(timedelta(days=30))
    assert deliverer.run().events == 0
    assert post.numbers() == [1]


def test_after_a_failure_that_passes_the_rest_comes(
    store: EventStore, join: Join, clock: SettableClock
) -> None:
    post = Post(2)
    deliverer = join(Effect("x_post", post, begins="now"))
    append(store, registered(1), registered(2), registered(3))
    deliverer.run()
    post.poison.clear()
    clock.move_on(timedelta(seconds=2))
    assert deliverer.run().events == 2
    assert post.numbers() == [1, 2, 3]
    assert state(deliverer).failures == 0 and state(deliverer).error is None


def test_while_one_node_runs_it_another_does_not_until_the_lease_is_over(
    store: EventStore, join: Join, clock: SettableClock
) -> None:
    post = Post()
    effect = Effect("x_post", post, begins="now", lease=timedelta(minutes=5))
    deliverer = join(effect)
    append(store, registered(1))
    was = state(deliverer)
    killed = replace(was, claimed_until=clock.now() + effect.lease)
    assert store.move_followers([Move(was, killed)])
    waits = deliverer.run()
    assert post.attempts == 0 and waits.next_at == clock.now() + effect.lease
    clock.move_on(timedelta(minutes=5))
    deliverer.run()
    assert post.numbers() == [1]
    assert state(deliverer).claimed_until is None


def test_a_lease_that_was_written_under_a_wrong_clock_holds_nobody_up(
    store: EventStore, join: Join, clock: SettableClock
) -> None:
    post = Post()
    deliverer = join(Effect("x_post", post, begins="now"))
    append(store, registered(1))
    was = state(deliverer)
    absurd = replace(was, claimed_until=clock.now() + timedelta(days=900))
    assert store.move_followers([Move(was, absurd)])
    deliverer.run()
    assert post.numbers() == [1]


def test_who_lost_the_lease_during_a_call_writes_nothing_more(
    store: EventStore, join: Join, clock: SettableClock
) -> None:
    taken: list[str] = []

    def slow(happened: Happened) -> None:
        taken.append(happened.id)
        was = state(deliverer)
        assert store.move_followers([Move(was, replace(was, claimed_until=clock.now()))])

    deliverer = join(Effect("x_post", slow, begins="now"))
    append(store, registered(1), registered(2))
    before = state(deliverer).position
    deliverer.run()
    assert len(taken) == 1
    assert state(deliverer).position == before  # the event comes again: at least once


def test_who_lost_the_lease_while_it_passes_events_by_reads_them_no_more(
    store: EventStore, join: Join, clock: SettableClock
) -> None:
    deliverer = join(Effect("x_awards", Post(), begins="beginning", only=(CertificateAwarded,)))
    append(store, registered(1), registered(2))
    asked: list[FollowerState] = []

    def taken_over() -> bool:
        was = state(deliverer)
        if not asked:
            elsewhere = replace(was, claimed_until=clock.now() + timedelta(hours=1))
            assert store.move_followers([Move(was, elsewhere)])
        asked.append(state(deliverer))
        return len(asked) > 20  # who does not give up by itself reads on for ever

    assert deliverer.run(taken_over).events == 0
    assert len(asked) == 3  # before the page, and before each of its events
    assert state(deliverer) == asked[0]


def test_a_stop_is_heard_between_two_calls(store: EventStore, join: Join) -> None:
    post = Post()
    deliverer = join(Effect("x_post", post, begins="now"))
    append(store, registered(1), registered(2))
    assert deliverer.run(lambda: bool(post.attempts)).events == 1
    assert state(deliverer).claimed_until is None
    deliverer.run()
    assert post.numbers() == [1, 2]
