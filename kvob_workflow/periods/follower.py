"""Who turns events into rectangles? A follower that reads events by position, page by page.

It is not in the path of an append. Rows and position are written in one transaction that
compares the position first: killed, it goes on where it was; two at once do the work of one.
The first build goes through the estates instead, so that each is worked out once. An estate that
cannot be read is parked and named; its rectangles go, and it is tried again at every build.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_projections.rectangles import microseconds, rectangles
from kvob_workflow.errors import EventUnreadable, UnknownTopic
from kvob_workflow.store.periods import (
    Parked,
    PeriodChange,
    PeriodState,
    RectangleRefused,
    RectanglesDiffer,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.ids import EstateId
    from kvob_domain.scheme.book import SchemeBook
    from kvob_workflow.store import EventStore

PAGE: Final = 1000
_ESTATES: Final = 500
# What a history that no rule foresaw makes of pure code.
_UNFOLDABLE: Final = (ValueError, ArithmeticError, LookupError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Followed:
    """What a step did: how many estates it worked out, and whether there is nothing left."""

    estates: int
    is_done: bool


class Follower:
    """Keeps the rectangles of one store up to its newest event."""

    def __init__(self, store: EventStore, book: SchemeBook, fingerprint: int) -> None:
        """`fingerprint` is that of everything the rectangles are made with."""
        self._store = store
        self._book = book
        self._fingerprint = fingerprint

    def step(self) -> Followed:
        """One page: of estates while the tables are being built, of events afterwards."""
        state = self._store.period_state()
        if state is None or state.fingerprint != self._fingerprint:
            self._store.begin_periods(self._fingerprint)
            return Followed(0, is_done=False)
        if state.cursor is not None:
            estates = self._store.estates_after(state.cursor, _ESTATES)
            after = state._replace(cursor=estates[-1] if estates else None)
            done = self._work(state, after, dict.fromkeys(estates))
            return Followed(len(estates) if done else 0, is_done=False)
        touched = self._store.touched_after(state.position, PAGE)
        if not touched:
            return Followed(0, is_done=True)
        first: dict[EstateId, int | None] = {}
        for one in touched:
            if one.estate not in first:
                first[one.estate] = one.version if one.version > 1 else None
        done = self._work(state, state._replace(position=touched[-1].position), first)
        return Followed(len(first) if done else 0, is_done=False)

    def retry(self) -> None:
        """Work out parked estates again: a newer release may read them."""
        state = self._store.period_state()
        parked = [one.estate for one in self._store.parked()] if state is not None else []
        if state is not None and parked and state.fingerprint == self._fingerprint:
            self._work(state, state, dict.fromkeys(parked))

    def _work(
        self, state: PeriodState, after: PeriodState, first: Mapping[EstateId, int | None]
    ) -> bool:
        """Write the rectangles of these estates from a version on; None means from the first."""
        changes, parked = self._changes(first)
        try:
            return self._store.keep_periods(state, after, changes, parked)
        except (RectanglesDiffer, RectangleRefused):
            pass
        # One by one, to find the estate; what was there of it is replaced.
        for estate in first:
            if not self._replace(state, estate):
                return False
        return self._store.keep_periods(state, after, ())

    def _replace(self, state: PeriodState, estate: EstateId) -> bool:
        changes, parked = self._changes({estate: None})
        try:
            return self._store.keep_periods(state, state, changes, parked)
        except RectangleRefused as error:
            gone = PeriodChange(estate, None, ())
            return self._store.keep_periods(state, state, [gone], [Parked(estate, str(error))])

    def _changes(
        self, first: Mapping[EstateId, int | None]
    ) -> tuple[list[PeriodChange], list[Parked]]:
        changes: list[PeriodChange] = []
        parked: list[Parked] = []
        for estate, history in self._streams(list(first)).items():
            try:
                if isinstance(history, Exception):
                    raise history
                changes.append(self._change(estate, history, first[estate]))
            except (EventUnreadable, UnknownTopic, *_UNFOLDABLE) as error:
                changes.append(PeriodChange(estate, None, ()))
                parked.append(Parked(estate, f"{type(error).__name__}: {error}"))
        return changes, parked

    def _change(
        self, estate: EstateId, history: Sequence[Recorded], version: int | None
    ) -> PeriodChange:
        since: int | None = None
        if version is not None:
            since = min(microseconds(one.at) for one in history if one.version >= version)
        return PeriodChange(estate, since, rectangles(estate, history, self._book, since))

    def _streams(
        self, estates: Sequence[EstateId]
    ) -> dict[EstateId, Sequence[Recorded] | EventUnreadable | UnknownTopic]:
        try:
            return {**self._store.streams(estates)}
        except (EventUnreadable, UnknownTopic):
            return {estate: self._stream(estate) for estate in estates}

    def _stream(self, estate: EstateId) -> Sequence[Recorded] | EventUnreadable | UnknownTopic:
        try:
            return self._store.stream(estate)
        except (EventUnreadable, UnknownTopic) as error:
            return error
