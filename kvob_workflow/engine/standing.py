"""How far is everything that shows or tells of events? One small adapter for each kind.

Read next: `kvob_workflow.followers.status`, which says what a line holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from kvob_workflow.errors import EventUnreadable, UnknownTopic
from kvob_workflow.followers.status import (
    COUNTED,
    Counted,
    EventAt,
    FollowerKind,
    Lacking,
    LastRebuild,
    ProjectionStatus,
    Skipped,
    Standing,
)
from kvob_workflow.store import DeliveryStatus
from kvob_workflow.store.faults import StoreRightMissing
from kvob_workflow.store.webhooks import WebhookState

if TYPE_CHECKING:
    from kvob_projections.view import View
    from kvob_workflow.store import Behind, Delivery, EventStore
    from kvob_workflow.store.followers import FollowerState
    from kvob_workflow.store.periods import Touched
    from kvob_workflow.store.webhooks import KeptWebhook

_LISTED: Final = 20
_REBUILDS: Final = 100
_DELIVERIES: Final = 1000
PERIODS: Final = "periods"
PROOFS: Final = "proofs"
CHANNEL: Final = "notices:"
"""What stands before the name of a channel."""


class Standings:
    """What one look at a store says of all its followers."""

    def __init__(
        self,
        store: EventStore,
        inline: Sequence[View],
        followed: Sequence[View],
        now: datetime,
        *,
        exact: bool = False,
    ) -> None:
        """Read what all adapters share."""
        self._store, self._now, self._exact = store, now, exact
        self._inline, self._followed = inline, followed
        self._newest = store.last_position()
        self._states = {state.name: state for state in store.followers()}
        self._behind = store.behind()
        self._skips = store.skips(COUNTED)
        self._rebuilds = store.rebuilds(_REBUILDS)
        self._unfilled = store.unfilled()
        self._webhooks = {one.id: one for one in _webhooks(store)}

    def all(self) -> Iterator[ProjectionStatus]:
        """Every projection and follower: inline views, ours that follow, those of hosts."""
        for view in self._inline:
            yield self._of_inline(view)
        for view in self._followed:
            yield self._of_followed(view, self._states.get(view.name))
        yield self._of_periods()
        yield self._of_proofs()
        for name, position in self._store.channel_positions().items():
            yield self._of_channel(name, position)
        known = {view.name for view in self._followed}
        for state in self._states.values():
            if state.name in self._webhooks:
                yield self._of_webhook(self._webhooks[state.name], state)
            elif state.name not in known:
                yield self._of_stored(state)

    def _of_inline(self, view: View) -> ProjectionStatus:
        lacking = [one for one in self._behind if one.view == view.name]
        standing = Standing.BEHIND if lacking else Standing.CURRENT
        if view.name in self._unfilled:
            standing = Standing.BUILDING
        return ProjectionStatus(
            view.name,
            FollowerKind.INLINE,
            standing,
            self._newest,
            Counted(0),
            behind=len(lacking),
            lacking=_lacking(lacking),
            rows=self._rows(view),
            last_rebuild=self._last_rebuild(view),
        )

    def _of_followed(self, view: View, state: FollowerState | None) -> ProjectionStatus:
        position = 0 if state is None else state.position
        lacking = [one for one in self._behind if one.view == view.name]
        standing = Standing.UNUSED if state is None else self._standing(position)
        if state is not None and lacking:
            standing = Standing.BEHIND
        if state is not None and state.cursor is not None:
            standing = Standing.BUILDING
        return ProjectionStatus(
            view.name,
            FollowerKind.FOLLOWED,
            standing,
            position,
            self._lag(position),
            self._lag_seconds(position),
            behind=len(lacking),
            lacking=_lacking(lacking),
            rows=self._rows(view),
            last_rebuild=self._last_rebuild(view),
        )

    def _of_stored(self, state: FollowerState) -> ProjectionStatus:
        """An effect, or a projection of a host that is not loaded here."""
        standing = self._standing(state.position)
        if state.failures:
            standing = Standing.STALLED if state.stalled else Standing.FAILING
        is_effect = state.kind == "effect"
        return ProjectionStatus(
            state.name,
            FollowerKind.EFFECT if is_effect else FollowerKind.FOLLOWED,
            standing,
            state.position,
            self._lag(state.position),
            self._lag_seconds(state.position),
            error=state.error,
            event=None if state.failed is None else self._event(state.failed),
            next_attempt_at=state.next_at,
            skipped=tuple(
                Skipped(self._event(one.event), one.error, one.reason, one.by, one.at)
                for one in self._skips
                if one.follower == state.name
            )[:_LISTED],
        )

    def _of_webhook(self, kept: KeptWebhook, state: FollowerState) -> ProjectionStatus:
        """One that is paused is not in use; with events given up it needs somebody, as channels."""
        found, given_up = self._of_stored(state), self._store.given_up(kept.id, 1)
        standing, error = found.standing, found.error
        if given_up:
            standing, error = Standing.STALLED, error or given_up[0].error
        if kept.state is WebhookState.PAUSED:
            standing, error = Standing.UNUSED, error or kept.reason or None
        if kept.state is WebhookState.DISABLED:
            standing, error = Standing.STALLED, kept.reason
        return replace(found, kind=FollowerKind.WEBHOOK, standing=standing, error=error)

    def _of_periods(self) -> ProjectionStatus:
        state = self._store.period_state()
        parked = self._store.parked() if state is not None else []
        position = 0 if state is None else state.position
        standing = Standing.UNUSED if state is None else self._standing(position)
        if parked:
            standing = Standing.BEHIND
        if state is not None and state.cursor is not None:
            standing = Standing.BUILDING
        return ProjectionStatus(
            PERIODS,
            FollowerKind.PERIODS,
            standing,
            position,
            self._lag(position),
            self._lag_seconds(position),
            behind=len(parked),
            lacking=tuple(Lacking(one.estate, 0, one.error) for one in parked[:_LISTED]),
        )

    def _of_proofs(self) -> ProjectionStatus:
        state = self._store.log_state()
        unused = (state.generation, state.size) == (1, 0)
        return ProjectionStatus(
            PROOFS,
            FollowerKind.PROOFS,
            Standing.UNUSED if unused else self._standing(state.position),
            state.position,
            self._lag(state.position),
            self._lag_seconds(state.position),
        )

    def _of_channel(self, name: str, position: int) -> ProjectionStatus:
        found = [one for one in self._deliveries() if one.channel == name]
        failed = [one for one in found if one.status is DeliveryStatus.FAILED]
        again = [one for one in found if one.attempts]
        standing = self._standing(position)
        if again:
            standing = Standing.STALLED if failed else Standing.FAILING
        worst = next(iter(failed or again), None)
        return ProjectionStatus(
            f"{CHANNEL}{name}",
            FollowerKind.CHANNEL,
            standing,
            position,
            self._lag(position),
            self._lag_seconds(position),
            error=None if worst is None else worst.last_error,
            next_attempt_at=None if worst is None or failed else worst.next_at,
        )

    def _deliveries(self) -> list[Delivery]:
        asked = (DeliveryStatus.FAILED, DeliveryStatus.WAITING)
        try:
            return self._store.deliveries(asked, limit=_DELIVERIES)
        except StoreRightMissing:  # the role of reader knows of none
            return []

    def _standing(self, position: int) -> Standing:
        return Standing.LAGGING if position < self._newest else Standing.CURRENT

    def _lag(self, position: int) -> Counted:
        if position >= self._newest:
            return Counted(0)
        most = self._newest if self._exact else COUNTED + 1
        return _counted(self._store.events_after(position, most), self._exact)

    def _lag_seconds(self, position: int) -> float | None:
        if position >= self._newest:
            return None
        try:
            ((_, oldest),) = self._store.page(position, 1)
        except (EventUnreadable, UnknownTopic):
            return None
        return max((self._now - oldest.at).total_seconds(), 0.0)

    def _rows(self, view: View) -> Counted:
        most = None if self._exact else COUNTED + 1
        return _counted(self._store.count_rows(view, most), self._exact)

    def _event(self, event: Touched) -> EventAt:
        found = self._store.raw_page(event.position - 1, 1)
        topic = found[0][3] if found and found[0][0] == event.position else ""
        return EventAt(event.position, event.estate, event.version, topic)

    def _last_rebuild(self, view: View) -> LastRebuild | None:
        for one in self._rebuilds:
            if view.name in one.views:
                return LastRebuild(
                    one.number, one.status, one.started_at, one.ended_at, one.differences
                )
        return None


def _webhooks(store: EventStore) -> list[KeptWebhook]:
    try:
        return store.webhooks()
    except StoreRightMissing:  # the role of reader knows of none
        return []


def _counted(number: int, exact: bool) -> Counted:
    return Counted(number) if exact or number <= COUNTED else Counted(COUNTED, exact=False)


def _lacking(marks: Sequence[Behind]) -> tuple[Lacking, ...]:
    return tuple(Lacking(one.estate, one.at_version, one.error) for one in marks[:_LISTED])
