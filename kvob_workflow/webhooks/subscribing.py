"""What can be done with webhooks? Add, change, pause, rotate, replay, try, and remove them.

    hooks = engine.webhooks()              # all of them, for the owner of the engine
    hooks = engine.webhooks(mandate)       # those of who asks, and of his organisation

Whoever changes what is sent, or where to, becomes its owner: a colleague with a wider reach lends
it to nobody.
"""

from __future__ import annotations

import secrets as random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from kvob_domain.mandates import Scope
from kvob_domain.words import Text
from kvob_workflow.cloud_events.envelope import pinged
from kvob_workflow.cloud_events.types import known_types
from kvob_workflow.store.followers import Move
from kvob_workflow.store.webhooks import KeptSecret, KeptWebhook, WebhookState, state_in
from kvob_workflow.webhooks.destinations import destination
from kvob_workflow.webhooks.errors import SubscriptionInvalid, WebhookMovedOn, WebhookUnknown
from kvob_workflow.webhooks.fields import (
    checked_begin,
    checked_data,
    checked_estates,
    checked_mode,
    checked_reason,
)
from kvob_workflow.webhooks.finding import begun, position_before
from kvob_workflow.webhooks.sending import attempt
from kvob_workflow.webhooks.signing import new_secret
from kvob_workflow.webhooks.subscription import (
    PREFIX,
    Added,
    FailedEvent,
    Pinged,
    Webhook,
    failed_event,
    is_of,
    mandate_in,
    mandate_text,
    shown,
)

if TYPE_CHECKING:
    from kvob_domain.mandates import Mandate
    from kvob_workflow.clock import Clock
    from kvob_workflow.store import EventStore
    from kvob_workflow.webhooks.outlet import Outlet
    from kvob_workflow.webhooks.sealing import Seals

MOST_WEBHOOKS: Final = 200
MOST_FAILURES: Final = 1000
"""Failures in one list."""
SECRET_STAYS: Final = timedelta(days=1)
"""How long a former secret signs too."""
_LONGEST_STAY: Final = timedelta(days=30)
_TOO_MANY: Final = Text(f"er zijn er al {MOST_WEBHOOKS}", f"there are {MOST_WEBHOOKS} already")
_STAY: Final = Text("duurt 0 tot 30 dagen", "lasts 0 to 30 days")


class Webhooks:
    """The webhooks of one mandate. `wake` is called when there may be something to deliver."""

    def __init__(
        self,
        store: EventStore,
        mandate: Mandate,
        outlet: Outlet,
        seals: Seals,
        clock: Clock,
        *,
        sees_all: bool = False,
        wake: Callable[[], object] = lambda: None,
    ) -> None:
        """Those of this mandate; or of everybody, for the owner of the engine.

        Raises:
            ScopeMissing: the mandate may not manage webhooks.
        """
        mandate.demand(Scope.WEBHOOKS_MANAGE)
        self._store, self._mandate, self._outlet = store, mandate, outlet
        self._seals, self._clock = seals, clock
        self._sees_all, self._wake = sees_all, wake

    def add(
        self,
        address: str,
        *,
        types: Sequence[str] = (),
        estates: Sequence[str] = (),
        mode: str = "structured",
        data: str = "poor",
        begins: int | None = None,
    ) -> Added:
        """Subscribe; its secret is in the answer, and never shown again.

        `types` and `estates` are filters, empty for all. It begins after a position, or without
        one after the newest event.

        Raises:
            AddressForbidden, EventTypeUnknown, SubscriptionInvalid: it cannot be so.
            ScopeMissing: full data take the right to look at the history.
            WebhookKeyMissing, WebhookKeyUnusable: its secret cannot be kept.
        """
        id, secret, now = f"{PREFIX}{random.token_hex(16)}", new_secret(), self._clock.now()
        kept = KeptWebhook(
            id,
            destination(address, self._outlet).address,
            known_types(tuple(types)),
            checked_estates(estates),
            checked_mode(mode),
            checked_data(data, self._mandate),
            mandate_text(self._mandate),
            WebhookState.ACTIVE,
            "",
            (self._first_secret(id, secret),),
            now,
            now,
        )
        self._begin(kept, checked_begin(begins))
        return Added(self.show(id), secret)

    def _begin(self, kept: KeptWebhook, begin: int | None) -> None:
        """Keep it, at its position: this one, or after the newest event."""
        if begin is None:
            self._store.keep_webhook(None, kept)
            begun(self._store, kept.id, kept.created_at)
        else:  # paused until it is there: a courier that came first would hold its place
            paused = replace(kept, state=WebhookState.PAUSED)
            self._store.keep_webhook(None, paused)
            begun(self._store, kept.id, kept.created_at)
            self._move(kept.id, begin)
            self._store.keep_webhook(paused, kept)
        self._wake()

    def _first_secret(self, id: str, secret: str) -> KeptSecret:
        """The secret of a new webhook, sealed; the first webhook of a store makes the key."""
        others = self._store.webhooks()
        if len(others) >= MOST_WEBHOOKS:
            raise SubscriptionInvalid("webhooks", _TOO_MANY)
        return KeptSecret(self._seals.sealed(id, secret, make=not others))

    def all(self) -> tuple[Webhook, ...]:
        """Every webhook, in order of id."""
        states, found = self._store.followers(), self._mine()
        return tuple(shown(one, state_in(states, one.id), self._failed(one.id)) for one in found)

    def show(self, id: str) -> Webhook:
        """One webhook.

        Raises:
            WebhookUnknown: there is none, or it is another's.
        """
        kept = self._kept(id)
        return shown(kept, state_in(self._store.followers(), id), self._failed(id))

    def change(
        self,
        id: str,
        *,
        address: str | None = None,
        types: Sequence[str] | None = None,
        estates: Sequence[str] | None = None,
        mode: str | None = None,
        data: str | None = None,
    ) -> Webhook:
        """Change what is given; from then on it delivers what is within reach of who changed it.

        Raises:
            As `add` and `show` do; WebhookMovedOn: somebody else changed it.
        """
        kept = self._kept(id)
        given = (
            kept.address if address is None else destination(address, self._outlet).address,
            kept.types if types is None else known_types(tuple(types)),
            kept.estates if estates is None else checked_estates(estates),
            kept.mode if mode is None else checked_mode(mode),
            checked_data(kept.data if data is None else data, self._mandate),
        )
        changed = replace(kept, owner=mandate_text(self._mandate))
        changed = replace(
            changed,
            address=given[0],
            types=given[1],
            estates=given[2],
            mode=given[3],
            data=given[4],
        )
        return self._changed(kept, changed)

    def pause(self, id: str, reason: str = "") -> Webhook:
        """Deliver nothing until it is resumed; nothing is lost meanwhile."""
        kept = self._kept(id)
        said = checked_reason(reason)
        return self._changed(kept, replace(kept, state=WebhookState.PAUSED, reason=said))

    def resume(self, id: str) -> Webhook:
        """Go on where it was, at once and with all attempts."""
        kept = self._kept(id)
        self._changed(kept, replace(kept, state=WebhookState.ACTIVE, reason=""))
        state = state_in(self._store.followers(), id)
        if state is not None and state.failures:
            self._move(id, state.position)
        self._wake()
        return self.show(id)

    def rotate_secret(self, id: str, stays: timedelta = SECRET_STAYS) -> Added:
        """A new secret; the former one signs too for a while, so that the receiver can follow."""
        if not timedelta(0) <= stays <= _LONGEST_STAY:
            raise SubscriptionInvalid("stays", _STAY)
        kept, secret, now = self._kept(id), new_secret(), self._clock.now()
        former = (replace_until(kept.secrets[0], now + stays),) if stays else ()
        held = (KeptSecret(self._seals.sealed(id, secret, make=False)), *former)
        return Added(self._changed(kept, replace(kept, secrets=held)), secret)

    def remove(self, id: str) -> None:
        """Forget it, with its secret and its list of failures."""
        self._store.remove_webhook(self._kept(id).id)

    def failures(self, id: str | None = None) -> tuple[FailedEvent, ...]:
        """What was given up, of one webhook or of all; by position, the first thousand."""
        mine = {self._kept(id).id} if id is not None else {one.id for one in self._mine()}
        found = self._store.given_up(id, MOST_FAILURES)
        return tuple(failed_event(one) for one in found if one.webhook in mine)

    def resend(self, id: str, positions: Sequence[int] = ()) -> int:
        """Ask to send again what was given up, all of it without positions; how many those are."""
        number = self._store.send_again(self._kept(id).id, positions, self._clock.now())
        self._wake()
        return number

    def replay(
        self, id: str, *, position: int | None = None, at: datetime | None = None
    ) -> Webhook:
        """Go back, or ahead, to after a position, or to what was recorded from an instant on.

        Raises:
            SubscriptionInvalid: neither or both are given, or there is no such position yet.
        """
        kept = self._kept(id)
        self._move(kept.id, position_before(self._store, position, at))
        self._wake()
        return self.show(id)

    def ping(self, id: str) -> Pinged:
        """Call the receiver once, at once, with an event that says nothing."""
        kept, now = self._kept(id), self._clock.now()
        event = pinged(id, random.token_hex(8), now, self._outlet.sender)
        came = attempt(kept, event, now, self._outlet, self._seals)
        return Pinged(came.error is None, came.status, came.error)

    def _mine(self) -> list[KeptWebhook]:
        found = self._store.webhooks()
        if self._sees_all:
            return found
        return [one for one in found if is_of(mandate_in(one.owner), self._mandate)]

    def _kept(self, id: str) -> KeptWebhook:
        for one in self._mine():
            if one.id == id:
                return one
        raise WebhookUnknown(id)

    def _changed(self, was: KeptWebhook, now: KeptWebhook) -> Webhook:
        if not self._store.keep_webhook(was, replace(now, changed_at=self._clock.now())):
            raise WebhookMovedOn(was.id)
        self._wake()
        return self.show(was.id)

    def _move(self, id: str, position: int) -> None:
        state = state_in(self._store.followers(), id)
        if state is None:
            raise WebhookUnknown(id)
        moved = replace(state.moved(position, self._clock.now()), claimed_until=None)
        if not self._store.move_followers([Move(state, moved)]):
            raise WebhookMovedOn(id)

    def _failed(self, id: str) -> int:
        return len(self._store.given_up(id, MOST_FAILURES))


def replace_until(secret: KeptSecret, until: datetime) -> KeptSecret:
    """A secret that holds no longer than until an instant."""
    return secret._replace(until=until)
