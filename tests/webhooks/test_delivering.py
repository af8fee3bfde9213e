"""Does every event reach its receiver, in order, signed, and once when all goes well?"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from kvob_workflow import Engine, RenameEstate
from kvob_workflow.testing import SettableClock
from kvob_workflow.webhooks.retrying import MOST_ATTEMPTS, WAITS
from tests.webhooks.conftest import HERE, TODAY, Opening, register
from tests.webhooks.receiving import Got, Receiver, receiver, signature_of


def test_an_event_arrives_signed_and_says_which_estate_and_nothing_of_persons(
    any_url: str, opened: Opening, inbox: Receiver
) -> None:
    engine = opened(any_url)
    added = engine.webhooks().add(inbox.address)
    estate = register(engine, "De Hoek")
    (done,) = engine.deliver_webhooks()
    assert (done.events, done.failed) == (1, False)
    (got,) = inbox.got
    assert got.id == f"{estate}-1"
    assert signature_of(added.secret, got) == got.headers["webhook-signature"]
    body = json.loads(got.body)
    assert body["data"] == {"estate": estate, "version": 1, "occurred": None}
    assert b"De Hoek" not in got.body and b"Oss" not in got.body


def test_events_of_one_estate_come_in_the_order_of_their_versions(
    any_url: str, opened: Opening, inbox: Receiver
) -> None:
    engine = opened(any_url)
    engine.webhooks().add(inbox.address)
    estates = [register(engine, f"Terrein {number}") for number in range(3)]
    engine.deliver_webhooks()
    assert inbox.ids == [f"{one}-1" for one in estates]
    assert engine.deliver_webhooks()[0].events == 0


def test_what_came_before_is_not_sent_unless_it_begins_there(
    engine: Engine, inbox: Receiver
) -> None:
    first = register(engine, "Vroeger")
    engine.webhooks().add(inbox.address)
    engine.webhooks().add(f"{inbox.address}/all", begins=0)
    second = register(engine, "Later")
    engine.deliver_webhooks()
    by_path: dict[str, list[str]] = {}
    for one in inbox.got:
        by_path.setdefault(one.path, []).append(one.id)
    assert by_path == {"/in": [f"{second}-1"], "/in/all": [f"{first}-1", f"{second}-1"]}


def test_a_filter_lets_only_its_types_and_estates_through(
    any_url: str, opened: Opening, inbox: Receiver
) -> None:
    engine = opened(any_url)
    mine, other = register(engine, "Mijn"), register(engine, "Ander")
    engine.webhooks().add(inbox.address, types=["estate-renamed"], estates=[mine], begins=0)
    for one in (mine, other):
        engine.do(RenameEstate(estate=one, name=f"Nieuw {one[-6:]}", on=TODAY))
    engine.deliver_webhooks()
    assert inbox.ids == [f"{mine}-2"]
    assert engine.webhooks().all()[0].position == engine.cloud_events().position


def test_a_failure_is_tried_again_after_each_wait_and_then_listed_and_the_rest_goes_on(
    any_url: str, opened: Opening, inbox: Receiver, clock: SettableClock
) -> None:
    engine = opened(any_url)
    webhook = engine.webhooks().add(inbox.address).webhook.id
    bad, good = register(engine, "Gif"), register(engine, "Goed")
    inbox.answers = lambda got: 500 if got.id.startswith(bad) else 200
    for attempt, wait in enumerate(WAITS, 1):
        (done,) = engine.deliver_webhooks()
        assert done.failed and done.next_at == clock.now() + wait
        assert len(inbox.got) == attempt
        assert not engine.deliver_webhooks()[0].failed  # not before its time
        clock.move_on(wait)
    engine.deliver_webhooks()
    assert inbox.ids == [f"{bad}-1"] * MOST_ATTEMPTS + [f"{good}-1"]
    (failed,) = engine.webhooks().failures()
    assert (failed.estate, failed.version, failed.attempts) == (bad, 1, MOST_ATTEMPTS)
    assert failed.error == "HTTP 500"
    shown = engine.webhooks().show(webhook)
    assert (shown.given_up, shown.error, shown.attempts) == (1, None, 0)


def test_the_waits_together_outlast_a_long_weekend() -> None:
    assert sum(WAITS, timedelta()) > timedelta(days=3)


def test_what_was_given_up_is_sent_again_under_its_own_id(
    any_url: str, opened: Opening, inbox: Receiver, clock: SettableClock
) -> None:
    engine = opened(any_url)
    webhook = engine.webhooks().add(inbox.address).webhook.id
    bad = [register(engine, f"Gif {number}") for number in range(2)]
    inbox.answers = lambda got: 500
    for _ in range(2 * MOST_ATTEMPTS):
        engine.deliver_webhooks()
        clock.move_on(timedelta(days=1))
    failed = engine.webhooks().failures(webhook)
    assert [one.estate for one in failed] == bad
    inbox.got.clear()
    assert engine.webhooks().resend(webhook, [failed[1].position]) == 1
    engine.deliver_webhooks()
    assert inbox.ids == [f"{bad[1]}-1"]
    assert engine.webhooks().failures()[1].attempts == MOST_ATTEMPTS + 1  # it failed again
    inbox.answers = lambda got: 200
    assert engine.webhooks().resend(webhook) == 2
    engine.deliver_webhooks()
    assert engine.webhooks().failures() == ()
    assert inbox.ids[1:] == [f"{one}-1" for one in bad]


def test_a_receiver_may_ask_to_be_left_alone_for_longer(
    engine: Engine, inbox: Receiver, clock: SettableClock
) -> None:
    engine.webhooks().add(inbox.address)
    register(engine, "De Hoek")
    inbox.answers, inbox.head = (lambda got: 429), {"Retry-After": "600"}
    (done,) = engine.deliver_webhooks()
    assert done.next_at == clock.now() + timedelta(minutes=10)


def test_gone_disables_until_a_person_resumes(
    any_url: str, opened: Opening, inbox: Receiver
) -> None:
    engine = opened(any_url)
    webhook = engine.webhooks().add(inbox.address).webhook.id
    estate = register(engine, "De Hoek")
    inbox.answers = lambda got: 410
    engine.deliver_webhooks()
    shown = engine.webhooks().show(webhook)
    assert (shown.state, shown.reason) == ("disabled", "410 Gone")
    assert engine.deliver_webhooks() == ()
    inbox.answers = lambda got: 200
    engine.webhooks().resume(webhook)
    engine.deliver_webhooks()
    assert inbox.ids == [f"{estate}-1"] * 2


def test_paused_nothing_is_sent_and_nothing_is_lost(
    any_url: str, opened: Opening, inbox: Receiver
) -> None:
    engine = opened(any_url)
    webhook = engine.webhooks().add(inbox.address).webhook.id
    assert engine.webhooks().pause(webhook, "onderhoud").reason == "onderhoud"
    estate = register(engine, "De Hoek")
    assert engine.deliver_webhooks() == () and inbox.got == []
    engine.webhooks().resume(webhook)
    engine.deliver_webhooks()
    assert inbox.ids == [f"{estate}-1"]


def test_a_replay_goes_back_to_a_position_or_to_an_instant(
    any_url: str, opened: Opening, inbox: Receiver, clock: SettableClock
) -> None:
    engine = opened(any_url)
    webhook = engine.webhooks().add(inbox.address).webhook.id
    first = register(engine, "Eerste")
    clock.move_on(timedelta(hours=1))
    middle = clock.now()
    second, third = register(engine, "Tweede"), register(engine, "Derde")
    engine.deliver_webhooks()
    inbox.got.clear()
    engine.webhooks().replay(webhook, at=middle)
    engine.deliver_webhooks()
    assert inbox.ids == [f"{second}-1", f"{third}-1"]
    inbox.got.clear()
    engine.webhooks().replay(webhook, position=0)
    engine.deliver_webhooks()
    assert inbox.ids == [f"{one}-1" for one in (first, second, third)]


def test_during_a_rotation_both_secrets_sign_and_afterwards_the_new_one_alone(
    any_url: str, opened: Opening, inbox: Receiver, clock: SettableClock
) -> None:
    engine = opened(any_url)
    old = engine.webhooks().add(inbox.address)
    new = engine.webhooks().rotate_secret(old.webhook.id)
    assert new.secret != old.secret
    assert new.webhook.old_secret_until == clock.now() + timedelta(days=1)
    register(engine, "Tijdens")
    engine.deliver_webhooks()
    clock.move_on(timedelta(days=1))
    register(engine, "Daarna")
    engine.deliver_webhooks()
    during, after = inbox.got
    both = [signature_of(one, during) for one in (new.secret, old.secret)]
    assert during.headers["webhook-signature"].split(" ") == both
    assert after.headers["webhook-signature"] == signature_of(new.secret, after)


def test_a_ping_is_signed_and_says_what_came_of_it(engine: Engine, inbox: Receiver) -> None:
    added = engine.webhooks().add(inbox.address)
    assert engine.webhooks().ping(added.webhook.id).is_taken
    (got,) = inbox.got
    assert json.loads(got.body)["type"] == "nl.kvo-b.webhook-pinged.v1"
    assert got.headers["webhook-signature"] == signature_of(added.secret, got)
    inbox.answers = lambda got: 503
    came = engine.webhooks().ping(added.webhook.id)
    assert (came.is_taken, came.status, came.error) == (False, 503, "HTTP 503")


def test_one_dead_receiver_delays_no_other(opened: Opening, clock: SettableClock) -> None:
    engine = opened(outlet=replace(HERE, timeout_seconds=5.0))
    arrived: list[bool] = []

    with receiver() as live:

        def hang(got: Got) -> int:
            del got
            arrived.append(live.came.wait(4))
            return 200

        with receiver(hang) as dead:
            engine.webhooks().add(dead.address)
            engine.webhooks().add(live.address)
            register(engine, "De Hoek")
            engine.deliver_webhooks()
            assert arrived == [True]  # the other one had its event while this one hung


def test_a_started_engine_delivers_by_itself_also_to_a_webhook_that_is_added_later(
    kept_url: str, opened: Opening, inbox: Receiver
) -> None:
    engine = opened(kept_url)
    engine.start()
    engine.webhooks().add(inbox.address)
    register(engine, "De Hoek")
    assert inbox.came.wait(20)


@pytest.mark.parametrize("mode", ["structured", "binary"])
def test_each_mode_is_read_back_by_the_sdk_of_cloudevents(
    engine: Engine, inbox: Receiver, mode: str
) -> None:
    from cloudevents.core.bindings.http import HTTPMessage, from_http_event

    engine.webhooks().add(inbox.address, mode=mode)
    estate = register(engine, "De Hoek")
    engine.deliver_webhooks()
    (got,) = inbox.got
    event = from_http_event(HTTPMessage(dict(got.headers), got.body))
    assert event.get_id() == f"{estate}-1" == got.id
    assert event.get_type() == "nl.kvo-b.estate-registered.v1"
    assert event.get_extension("sequence") == "0000000001"
