"""Who keeps the tables of followed views? A projector that reads events by position, in pages.

Rows and position are written in one transaction that compares first: killed, it goes on where it
was; two at once do the work of one. Views that are equally far share a page and the states folded
for it. The first build goes through the estates, so that each is folded once. An estate that
cannot be read, or whose rows a view refuses, is parked: the view has no rows of it and is behind
on it, and it is tried again at each newer event of that estate and by `retry`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.evolve import fold
from kvob_workflow import telemetry
from kvob_workflow.errors import EventUnreadable, UnknownTopic
from kvob_workflow.followers.rows import Unfoldable, checked_rows
from kvob_workflow.store.followers import Move
from kvob_workflow.store.port import Behind, RowChange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kvob_domain.estate.state import Estate
    from kvob_domain.ids import EstateId
    from kvob_domain.scheme.book import SchemeBook
    from kvob_projections.view import View
    from kvob_workflow.clock import Clock
    from kvob_workflow.store import EventStore
    from kvob_workflow.store.followers import FollowerState

PAGE: Final = 1000
ESTATES: Final = 500
_STEPS: Final = "projections"
"""What the steps of projections are measured as: they share their pages."""


@dataclass(frozen=True, slots=True)
class Projected:
    """What a step did: how many estates it worked out, and whether there is nothing left."""

    estates: int
    is_done: bool


class Projector:
    """Keeps the tables of some followed views of one store."""

    def __init__(
        self,
        store: EventStore,
        book: SchemeBook,
        fingerprints: Mapping[View, int],
        clock: Clock,
    ) -> None:
        """Each view comes with the fingerprint of everything that its rows are made with."""
        self._store = store
        self._book = book
        self._fingerprints = fingerprints
        self._clock = clock

    def step(self) -> Projected:
        """One page: of estates while a table is being built, of events afterwards."""
        states = self.states()
        missing = [
            (view, fingerprint)
            for view, fingerprint in self._fingerprints.items()
            if view not in states or states[view].fingerprint != fingerprint
        ]
        if missing:
            self._store.begin_projections(missing, self._clock.now())
            return Projected(0, is_done=False)
        building = {view: one for view, one in states.items() if one.cursor is not None}
        return self._build(building) if building else self._follow(states)

    def states(self) -> dict[View, FollowerState]:
        """How far each of the views is; absent where it never began."""
        found = {state.name: state for state in self._store.followers()}
        return {view: found[view.name] for view in self._fingerprints if view.name in found}

    def retry(self, names: Iterable[str] | None = None) -> int:
        """Work out parked estates again, of all views or these; how many stay parked."""
        asked = {view.name for view in self._fingerprints} if names is None else set(names)
        for view, state in self.states().items():
            parked = [one.estate for one in self._store.behind() if one.view == view.name]
            if view.name not in asked:
                continue
            for first in range(0, len(parked), ESTATES):
                state = self._again(view, state, parked[first : first + ESTATES])
        return sum(one.view in asked for one in self._store.behind())

    def _again(
        self, view: View, state: FollowerState, estates: Sequence[EstateId]
    ) -> FollowerState:
        self._work({view: state}, {view: state}, estates)
        return self.states()[view]

    def _build(self, building: Mapping[View, FollowerState]) -> Projected:
        cursor = min(one.cursor or "" for one in building.values())
        group = {view: one for view, one in building.items() if one.cursor == cursor}
        estates = self._store.estates_after(cursor, ESTATES)
        reached = estates[-1] if estates else None
        at = self._clock.now()
        now = {view: replace(one, cursor=reached, moved_at=at) for view, one in group.items()}
        done = self._work(group, now, estates, first=True)
        return Projected(len(estates) if done else 0, is_done=False)

    def _follow(self, states: Mapping[View, FollowerState]) -> Projected:
        if not states:
            return Projected(0, is_done=True)
        position = min(one.position for one in states.values())
        touched = self._store.touched_after(position, PAGE)
        if not touched:
            return Projected(0, is_done=True)
        group = {view: one for view, one in states.items() if one.position == position}
        at = self._clock.now()
        now = {view: one.moved(touched[-1].position, at) for view, one in group.items()}
        estates = list(dict.fromkeys(one.estate for one in touched))
        done = self._work(group, now, estates)
        return Projected(len(estates) if done else 0, is_done=False)

    def _work(
        self,
        was: Mapping[View, FollowerState],
        now: Mapping[View, FollowerState],
        estates: Sequence[EstateId],
        *,
        first: bool = False,
    ) -> bool:
        """Replace the rows of these estates and move on; False when somebody was faster."""
        with telemetry.follower_step(_STEPS) as told:
            told("kvob.views", [view.name for view in was])
            told("kvob.estates", len(estates))
            return self._replaced(was, now, estates, first=first)

    def _replaced(
        self,
        was: Mapping[View, FollowerState],
        now: Mapping[View, FollowerState],
        estates: Sequence[EstateId],
        *,
        first: bool,
    ) -> bool:
        changes: list[RowChange] = []
        parked: list[Behind] = []
        for estate, state in self._folded(estates):
            for view in was:
                try:
                    if isinstance(state, Unfoldable):
                        raise state
                    rows = checked_rows(view, state, self._book)
                except Unfoldable as error:
                    rows = ()
                    parked.append(Behind(view.name, estate, str(error), error.version))
                changes.append(RowChange(view, estate, replace_all=True, upserts=rows))
        moves = [Move(state, now[view]) for view, state in was.items()]
        return self._store.move_followers(moves, changes, parked, first=first)

    def _folded(
        self, estates: Sequence[EstateId]
    ) -> Iterator[tuple[EstateId, Estate | Unfoldable]]:
        try:
            streams = self._store.streams(estates)
        except (EventUnreadable, UnknownTopic):
            for estate in estates:
                yield estate, self._alone(estate)
            return
        for estate, history in streams.items():
            try:
                yield estate, fold(estate, history)
            except Exception as error:  # no rule foresaw such a history; the estate is named
                yield estate, Unfoldable(error, history[-1].version)

    def _alone(self, estate: EstateId) -> Estate | Unfoldable:
        try:
            history = self._store.stream(estate)
        except (EventUnreadable, UnknownTopic) as error:
            return Unfoldable(error, error.version)
        try:
            return fold(estate, history)
        except Exception as error:
            return Unfoldable(error, history[-1].version)
