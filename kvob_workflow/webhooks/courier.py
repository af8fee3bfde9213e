"""How does a webhook get its events? One by one, in order, by one node at a time.

The position moves after each call: a kill between the call and that repeats one event, under the
same id. An event that fails waits, and after the last attempt goes to the list of failures; the
webhook goes on with the next. Of what it may not see, or did not ask for, nobody hears.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.recorded import Recorded
from kvob_workflow.cloud_events.envelope import Detail, enveloped
from kvob_workflow.errors import EventUnreadable, UnknownTopic
from kvob_workflow.followers.delivering import Delivered
from kvob_workflow.store.api_keys import OF_MACHINES
from kvob_workflow.store.followers import FollowerState, Move
from kvob_workflow.store.webhooks import GivenUp, KeptWebhook, WebhookState, state_in
from kvob_workflow.webhooks.finding import begun
from kvob_workflow.webhooks.retrying import LONGEST, wait_after
from kvob_workflow.webhooks.sending import Came, attempt, secrets_of, told
from kvob_workflow.webhooks.subscription import mandate_in
from kvob_workflow.webhooks.wanting import Wanting

if TYPE_CHECKING:
    from datetime import datetime

    from kvob_workflow.clock import Clock
    from kvob_workflow.store import EventStore
    from kvob_workflow.store.periods import Touched
    from kvob_workflow.webhooks.outlet import Outlet
    from kvob_workflow.webhooks.sealing import Seals

logger: Final = logging.getLogger("kvob_workflow.webhooks")

PAGE: Final = 100
_RESENT_AT_ONCE: Final = 100
_GONE: Final = "410 Gone"
_KEY_ENDED: Final = "api-key-ended"

Found = Recorded | EventUnreadable | UnknownTopic


class Courier:
    """Delivers to one webhook."""

    def __init__(
        self, store: EventStore, webhook: str, outlet: Outlet, seals: Seals, clock: Clock
    ) -> None:
        """Nothing is read or called yet."""
        self._store, self._id, self._outlet = store, webhook, outlet
        self._seals, self._clock = seals, clock
        self._chance = outlet.chance or random.random

    def run(self, is_stopped: Callable[[], bool] = lambda: False) -> Delivered:
        """Deliver all that is new, unless it waits, is paused, or another node is at it.

        Raises:
            WebhookKeyMissing, WebhookKeyUnusable: here nothing can be signed; nothing was called.
        """
        kept, now = self._active(), self._clock.now()
        if kept is None:
            return Delivered(self._id, 0)
        state = state_in(self._store.followers(), self._id)
        if state is None:  # whoever added it was killed before it had a position
            begun(self._store, self._id, now)
            return Delivered(self._id, 0)
        claimed, waits = _ahead(state.claimed_until, now), _ahead(state.next_at, now)
        if claimed:
            return Delivered(self._id, 0, next_at=now + claimed)
        again = bool(self._store.due_again(self._id, 1))
        new = not waits and bool(self._store.touched_after(state.position, 1))
        if not again and not new:
            return Delivered(self._id, 0, next_at=now + waits if waits else None)
        secrets_of(kept, now, self._seals)
        held = self._moved(state, self._leased(state))
        if held is None:
            return Delivered(self._id, 0, next_at=now + self._outlet.lease)
        done, held = self._resent(held, is_stopped)
        if held is None or not new:
            self._released(held)
            return Delivered(self._id, done, next_at=now + waits if waits else None)
        return self._run(held, done, is_stopped)

    def _run(self, state: FollowerState, done: int, is_stopped: Callable[[], bool]) -> Delivered:
        while not is_stopped():
            kept = self._active()
            page = self._page(state.position)
            if kept is None or not page:
                break
            wanting = Wanting(self._store, kept)
            for touched, found in page:
                if isinstance(found, Recorded) and not wanting.wants(found):
                    moved = self._passed(state, touched, page[-1][0])
                elif kept is None or is_stopped():
                    break
                else:
                    came = self._came(kept, wanting, found)
                    if came.error is None:
                        done += 1
                        moved = self._moved(state, self._leased(self._done(state, touched)))
                    else:
                        moved, next_at = self._failed(kept, state, touched, came)
                        if moved is None:
                            return Delivered(self._id, done, failed=True, next_at=next_at)
                    kept = self._active()
                if moved is None:
                    return Delivered(self._id, done)  # somebody took over, or moved it
                state = moved
        self._released(state)
        return Delivered(self._id, done)

    def _came(self, kept: KeptWebhook, wanting: Wanting, found: Found) -> Came:
        if not isinstance(found, Recorded):
            return Came(told(found))
        event = enveloped(
            found,
            self._outlet.sender,
            Detail(kept.data),
            with_persons=wanting.with_persons,
        )
        return attempt(kept, event, self._clock.now(), self._outlet, self._seals)

    def _resent(
        self, state: FollowerState, is_stopped: Callable[[], bool]
    ) -> tuple[int, FollowerState | None]:
        """Send again what somebody asked for; how much arrived, and the state after it."""
        done, held = 0, state
        for one in self._store.due_again(self._id, _RESENT_AT_ONCE):
            kept = self._active()
            if kept is None or is_stopped():
                break
            found = self._page(one.event.position - 1, 1)
            if found and found[0][0] == one.event:
                wanting, event = Wanting(self._store, kept), found[0][1]
                beyond = isinstance(event, Recorded) and not wanting.is_within(event.estate)
                came = Came(None) if beyond else self._came(kept, wanting, event)
                done += came.error is None and not beyond
                self._store.settle_again(one, error=came.error, at=self._clock.now())
            moved = self._moved(held, self._leased(held))
            if moved is None:
                return done, None
            held = moved
        return done, held

    def _passed(
        self, state: FollowerState, touched: Touched, last: Touched
    ) -> FollowerState | None:
        """Over an event that is not for it; noted at the end of a page, and with the next call."""
        passed = self._done(state, touched)
        if touched != last:
            return replace(passed, revision=state.revision)
        return self._moved(state, self._leased(passed))

    def _done(self, state: FollowerState, touched: Touched) -> FollowerState:
        return state.moved(touched.position, self._clock.now())

    def _failed(
        self, kept: KeptWebhook, state: FollowerState, touched: Touched, came: Came
    ) -> tuple[FollowerState | None, datetime | None]:
        """After a failure: the state to go on with, or None and when to look again."""
        error, now = came.error or "", self._clock.now()
        failures = state.failures + 1 if state.failed == touched else 1
        if came.is_gone:
            self._disable(kept, _GONE)
            self._released(state)
            return None, None
        wait = wait_after(failures, self._chance, came.retry_after)
        if wait is None:
            logger.error("%s gave event %d up after %d attempts: %s", self._id, touched[0],
                         failures, error)  # fmt: skip
            passed = self._leased(self._done(state, touched))
            given_up = GivenUp(self._id, touched, failures, error, now)
            if not self._store.give_up(Move(state, passed), given_up):
                return None, None
            return replace(passed, revision=state.revision + 1), None
        logger.warning("%s failed at event %d: %s", self._id, touched[0], error)
        failed = replace(
            state,
            claimed_until=None,
            failures=failures,
            next_at=now + wait,
            error=error,
            failed=touched,
        )
        self._moved(state, failed)
        return None, now + wait

    def _disable(self, kept: KeptWebhook, reason: str) -> None:
        """Its receiver is gone, or its owner's key: only a person starts this again."""
        now = self._clock.now()
        disabled = replace(kept, state=WebhookState.DISABLED, reason=reason, changed_at=now)
        logger.error("%s was disabled: %s", self._id, reason)
        self._store.keep_webhook(kept, disabled)

    def _active(self) -> KeptWebhook | None:
        for one in self._store.webhooks():
            if one.id == self._id and one.state is WebhookState.ACTIVE:
                if self._has_owner(one):
                    return one
                self._disable(one, _KEY_ENDED)
        return None

    def _has_owner(self, kept: KeptWebhook) -> bool:
        """Whether a machine that subscribed may still come in itself."""
        person = mandate_in(kept.owner).actor.person
        if not person.startswith(OF_MACHINES):
            return True
        now = self._clock.now()
        return any(one.person == person and one.is_live(now) for one in self._store.api_keys())

    def _page(self, after: int, limit: int = PAGE) -> list[tuple[Touched, Found]]:
        """The next events; one that cannot be read is alone."""
        touched = self._store.touched_after(after, limit)
        try:
            found = self._store.page(after, limit)
        except (EventUnreadable, UnknownTopic) as error:
            if limit == 1:
                return [(touched[0], error)] if touched else []
            return self._page(after, 1)
        return [(one, recorded) for one, (_, recorded) in zip(touched, found, strict=False)]

    def _leased(self, state: FollowerState) -> FollowerState:
        return replace(state, claimed_until=self._clock.now() + self._outlet.lease)

    def _released(self, state: FollowerState | None) -> None:
        if state is not None:
            self._moved(state, replace(state, claimed_until=None))

    def _moved(self, was: FollowerState, now: FollowerState) -> FollowerState | None:
        """The state that is kept now; None when somebody else has changed it."""
        if not self._store.move_followers([Move(was, now)]):
            return None
        return replace(now, revision=was.revision + 1)


def _ahead(instant: datetime | None, now: datetime) -> timedelta:
    """How long until an instant; nothing where it is past or absurd."""
    if instant is None or instant - now > LONGEST:
        return timedelta(0)
    return max(instant - now, timedelta(0))
