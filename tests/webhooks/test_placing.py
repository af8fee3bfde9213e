"""What if others are at it while a webhook gets its place?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from kvob_workflow import Engine
from kvob_workflow.store import open_store
from kvob_workflow.testing import GUIDE, SettableClock
from kvob_workflow.webhooks.courier import Courier
from kvob_workflow.webhooks.sealing import Seals
from tests.webhooks.conftest import HERE, TODAY, Opening, register
from tests.webhooks.receiving import Receiver


class Interrupting(SettableClock):
    """A clock in whose n-th answer from now on something else happens first."""

    calls = 0
    act: Callable[[], object] | None = None

    def interrupt(self, calls: int, act: Callable[[], object]) -> None:
        self.calls, self.act = calls, act

    def now(self) -> datetime:
        self.calls -= 1
        if self.calls == 0 and self.act is not None:
            self.act()
        return super().now()


def test_a_courier_that_comes_before_the_place_leaves_it_alone(inbox: Receiver) -> None:
    clock = Interrupting(TODAY)
    with Engine.open("memory:", actor=GUIDE, clock=clock, outlet=HERE) as engine:
        first = register(engine, "De Hoek")

        def other_node() -> None:
            register(engine, "De Kade")
            engine.deliver_webhooks()

        clock.interrupt(2, other_node)  # the first one dates the webhook, the second its place
        added = engine.webhooks().add(inbox.address, begins=0)
        assert clock.calls < 0 and added.webhook.state == "active"
        engine.deliver_webhooks()
        assert inbox.ids[0] == f"{first}-1" and len(inbox.ids) == 2


def test_of_a_webhook_that_is_removed_before_it_has_a_place_nothing_stays(
    opened: Opening, inbox: Receiver, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/kvob.db"
    hooks = opened(url).webhooks()
    id = hooks.add(inbox.address).webhook.id
    with closing(open_store(url)) as store:
        (kept,) = store.webhooks()
        store.remove_webhook(id)
        store.keep_webhook(None, kept)  # as a kill leaves it: without a place
        clock = Interrupting(TODAY)
        clock.interrupt(1, lambda: hooks.remove(id))
        Courier(store, id, HERE, Seals(tmp_path / "webhook.key"), clock).run()
        assert id not in {one.name for one in store.followers()} and store.webhooks() == []
