"""What can be said of a webhook, and what is refused?"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kvob_domain.errors import KvobError
from kvob_workflow import Engine
from kvob_workflow.cloud_events import EventTypeUnknown
from kvob_workflow.testing import SettableClock
from kvob_workflow.webhooks.errors import SubscriptionInvalid, WebhookUnknown
from kvob_workflow.webhooks.retrying import MOST_ATTEMPTS, WAITS, wait_after
from tests.webhooks.conftest import Opening, register
from tests.webhooks.receiving import Receiver


def test_the_secret_is_shown_once(engine: Engine, inbox: Receiver) -> None:
    added = engine.webhooks().add(inbox.address, types=["covenant-signed", "covenant-signed"])
    assert added.secret.startswith("whsec_")
    assert engine.webhooks().all() == (added.webhook,)
    assert added.webhook.types == ("nl.kvo-b.covenant-signed.v1",)
    assert added.secret not in repr(engine.webhooks().show(added.webhook.id))


@pytest.mark.parametrize(
    "given",
    [
        {"mode": "batched"},
        {"data": "rich"},
        {"estates": ["De Hoek"]},
        {"estates": [f"{number:032x}" for number in range(501)]},
        {"begins": -1},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    engine: Engine, inbox: Receiver, given: dict[str, object]
) -> None:
    with pytest.raises(SubscriptionInvalid):
        engine.webhooks().add(inbox.address, **given)  # type: ignore[arg-type] # on purpose
    assert engine.webhooks().all() == ()


def test_a_type_that_does_not_exist_is_refused(engine: Engine, inbox: Receiver) -> None:
    with pytest.raises(EventTypeUnknown):
        engine.webhooks().add(inbox.address, types=["covenant-torn"])


def test_a_webhook_that_is_not_there_is_unknown(engine: Engine) -> None:
    hooks = engine.webhooks()
    for ask in (hooks.show, hooks.pause, hooks.resume, hooks.remove, hooks.ping, hooks.resend):
        with pytest.raises(WebhookUnknown):
            ask("webhook-none")


def test_what_is_changed_holds_for_what_comes(
    any_url: str, opened: Opening, inbox: Receiver
) -> None:
    engine = opened(any_url)
    hooks = engine.webhooks()
    id = hooks.add(inbox.address).webhook.id
    changed = hooks.change(id, address=f"{inbox.address}/new", mode="binary", types=[])
    assert (changed.mode, changed.data) == ("binary", "poor")
    register(engine, "De Hoek")
    engine.deliver_webhooks()
    assert inbox.got[0].path == "/in/new"


def test_a_removed_webhook_leaves_nothing(any_url: str, opened: Opening, inbox: Receiver) -> None:
    engine = opened(any_url)
    id = engine.webhooks().add(inbox.address).webhook.id
    assert engine.projection_status(id)[0].name == id
    engine.webhooks().remove(id)
    register(engine, "De Hoek")
    assert engine.deliver_webhooks() == () and inbox.got == []
    with pytest.raises(KvobError):
        engine.projection_status(id)


def test_two_who_change_it_at_once_do_not_undo_each_other(
    any_url: str, opened: Opening, inbox: Receiver
) -> None:
    engine = opened(any_url)
    id = engine.webhooks().add(inbox.address).webhook.id
    store = engine._store  # pyright: ignore[reportPrivateUsage] # as a second person saw it
    (seen,) = store.webhooks()
    engine.webhooks().pause(id)
    assert not store.keep_webhook(seen, seen)
    assert engine.webhooks().show(id).state == "paused"


@pytest.mark.parametrize("given", [{}, {"position": 0, "at": datetime(2026, 1, 1)}])
def test_a_replay_says_from_where(
    engine: Engine, inbox: Receiver, given: dict[str, object]
) -> None:
    id = engine.webhooks().add(inbox.address).webhook.id
    with pytest.raises(SubscriptionInvalid):
        engine.webhooks().replay(id, **given)  # type: ignore[arg-type] # on purpose


def test_a_replay_goes_not_beyond_the_newest_event(engine: Engine, inbox: Receiver) -> None:
    id = engine.webhooks().add(inbox.address).webhook.id
    for given in (-1, 1_000_000):
        with pytest.raises(SubscriptionInvalid):
            engine.webhooks().replay(id, position=given)
    with pytest.raises(SubscriptionInvalid):
        engine.webhooks().replay(id, at=datetime(2026, 1, 1))


def test_a_replay_before_everything_is_the_beginning(
    engine: Engine, inbox: Receiver, clock: SettableClock
) -> None:
    id = engine.webhooks().add(inbox.address).webhook.id
    for number in range(3):
        clock.move_on(timedelta(days=1))
        register(engine, f"Terrein {number}")
    hooks = engine.webhooks()
    newest = engine.cloud_events().position
    assert hooks.replay(id, at=clock.now() - timedelta(days=9)).position == 0
    assert hooks.replay(id, at=clock.now()).position == newest - 1
    assert hooks.replay(id, at=clock.now() + timedelta(days=1)).position == newest


@pytest.mark.parametrize("stays", [timedelta(days=-1), timedelta(days=31)])
def test_a_former_secret_stays_a_month_at_most(
    engine: Engine, inbox: Receiver, stays: timedelta
) -> None:
    id = engine.webhooks().add(inbox.address).webhook.id
    with pytest.raises(SubscriptionInvalid):
        engine.webhooks().rotate_secret(id, stays)
    assert engine.webhooks().rotate_secret(id, timedelta(0)).webhook.old_secret_until is None


def test_waits_spread_by_chance_and_never_shrink() -> None:
    for failures, wait in enumerate(WAITS, 1):
        assert wait_after(failures, lambda: 0.0) == wait
        assert wait_after(failures, lambda: 1.0) == wait * 1.2
        assert wait_after(failures, lambda: 0.0, 10**9) == max(wait, timedelta(days=1))
    assert wait_after(MOST_ATTEMPTS, lambda: 0.0) is None
