"""What can a host do with projections and effects? Its own ones, status, retry, skip, queries.

    engine = Engine.open(url, projections=[TOWNS], effects=[Effect("x_awards", post, begins="now")])
    engine.start()                       # follows by itself; or engine.follow() where you please
    engine.query("SELECT municipality, estates FROM view_x_towns", {})

They are given when the engine is opened, not added later: their tables are there, and their
positions taken, before the first command. Read next: `kvob_workflow.followers`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kvob_projections import ALL_VIEWS, FOLLOWED_VIEWS
from kvob_workflow.engine.as_of import retry_parked
from kvob_workflow.engine.core import Core
from kvob_workflow.engine.followed import begun_views, catch_up_views, projector
from kvob_workflow.engine.refill import estates_behind, repair
from kvob_workflow.engine.standing import CHANNEL, PERIODS, PROOFS, Standings
from kvob_workflow.followers.delivering import Delivered, Deliverer
from kvob_workflow.followers.errors import (
    FollowerMovedOn,
    NothingToSkip,
    ProjectionUnknown,
    RetryElsewhere,
    SkipReasonMissing,
)
from kvob_workflow.followers.querying import MOST_ROWS, answered
from kvob_workflow.followers.skipping import LONGEST_REASON, NOT_AN_EFFECT, NOTHING_FAILED
from kvob_workflow.store import Behind
from kvob_workflow.store.followers import Move, Skip

if TYPE_CHECKING:
    from kvob_domain.actor import Actor
    from kvob_projections.view import Value, View
    from kvob_workflow.followers.status import ProjectionStatus, Skipped
    from kvob_workflow.store.followers import FollowerState

_LIMIT: Final = 1000


@dataclass(frozen=True, slots=True)
class Followed:
    """What a round of following did: estates worked out for projections, and each effect."""

    estates: int
    effects: tuple[Delivered, ...] = ()


class Following(Core):
    """The projections and effects of an engine."""

    def follow(self, is_stopped: Callable[[], bool] = lambda: False) -> Followed:
        """Bring every projection that is in use up to date, and every effect that may run.

        An effect that waits, has stalled or is run by another node is left alone. `is_stopped` is
        asked before each call of an effect.

        Raises:
            SchemeDataDiffer: the store was opened with newer scheme data by another node.
            StoreUnavailable: the store failed; what was done and noted stays so.
        """
        estates = catch_up_views(self._store, self.book, self._in_use(), clock=self._clock)
        return Followed(estates, tuple(one.run(is_stopped) for one in self._deliverers()))

    def projection_status(
        self, name: str | None = None, *, exact: bool = False
    ) -> tuple[ProjectionStatus, ...]:
        """How far every projection and follower is, or one of them.

        Events and rows are counted to 10,000; with `exact` to the last, which may take seconds.

        Raises:
            ProjectionUnknown: there is none of that name.
        """
        followed = (*FOLLOWED_VIEWS, *self._hosted.projections)
        looked = Standings(self._store, ALL_VIEWS, followed, self._clock.now(), exact=exact)
        found = tuple(looked.all())
        if name is None:
            return found
        chosen = tuple(one for one in found if one.name == name)
        if not chosen:
            raise ProjectionUnknown(name, tuple(one.name for one in found))
        return chosen

    def retry_projection(self, name: str) -> ProjectionStatus:
        """Try again what a projection or an effect failed at; how it is afterwards.

        A view works out the estates that it lacks. An effect gets all its attempts again, and is
        called at once where this engine has it.

        Raises:
            ProjectionUnknown: there is none of that name.
            RetryElsewhere: it is tried again by another command.
            FollowerMovedOn: an effect went on meanwhile.
        """
        (found,) = self.projection_status(name)
        if name == PERIODS:
            retry_parked(self._store, self.book)
        elif name == PROOFS:
            raise RetryElsewhere(name, "kvob log sequence")
        elif name.startswith(CHANNEL):
            raise RetryElsewhere(name, "kvob notices --resend-failed")
        elif self._view(name) is not None:
            self._retry_view(name)
        else:
            self._retry_effect(name)
        (found,) = self.projection_status(name)
        return found

    def skip_event(self, name: str, reason: str, *, actor: Actor | None = None) -> Skipped:
        """Let an effect step over the one event that it failed at; with why and who, for good.

        Raises:
            ProjectionUnknown: there is none of that name.
            NothingToSkip: it is no effect, or it did not fail.
            SkipReasonMissing: the reason is blank or too long.
            FollowerMovedOn: it went on meanwhile.
        """
        self.projection_status(name)
        state = self._state(name)
        if state is None or state.kind != "effect":
            raise NothingToSkip(name, NOT_AN_EFFECT)
        if state.failed is None:
            raise NothingToSkip(name, NOTHING_FAILED)
        said = " ".join(reason.split())
        if not said or len(said) > LONGEST_REASON:
            raise SkipReasonMissing(LONGEST_REASON)
        now = self._clock.now()
        who = (actor or self._actor).person
        after = replace(state.moved(state.failed.position, now), claimed_until=None)
        skip = Skip(name, state.failed, state.error or "", said, who, now)
        if not self._store.skip_event(Move(state, after), skip):
            raise FollowerMovedOn(name)
        return self.projection_status(name)[0].skipped[0]

    def query(
        self, sql: str, parameters: Mapping[str, Value] | None = None, *, limit: int = _LIMIT
    ) -> list[dict[str, Value]]:
        """The rows of a query over the tables of projections, after these have caught up.

        One of ours that nobody asked for before is built then, as by its own question.
        `sql` is one SELECT with values as `:name`, in the words that SQLite and PostgreSQL share;
        nothing that it writes or sets stays. At most `limit` rows (1 to 100,000).

        Raises:
            QueryRefused: the store does not understand it.
            QueryTooLong: it has more rows; none are given.
            ProjectionNotKept: a projection lags, and here one can only read.
        """
        asked = sql.lower()
        named = [view.name for view in FOLLOWED_VIEWS if view.table in asked]
        catch_up_views(self._store, self.book, self._in_use(*named), clock=self._clock)
        return answered(self._store, sql, parameters or {}, min(max(limit, 1), MOST_ROWS))

    def repair(self) -> tuple[Behind, ...]:
        """Recompute the rows of estates that a view is behind on; answer what is refused again."""
        repair(self._store, self.book)
        followed = (*FOLLOWED_VIEWS, *self._hosted.projections)
        projector(self._store, self.book, followed, self._clock).retry()
        return tuple(self._store.behind())

    def _in_use(self, *named: str) -> tuple[View, ...]:
        """Ours that somebody asked for, before or by their names now, and all of the host."""
        begun = begun_views(self._store, FOLLOWED_VIEWS)
        ours = tuple(view for view in FOLLOWED_VIEWS if view in begun or view.name in named)
        return (*ours, *self._hosted.projections)

    def _deliverers(self) -> list[Deliverer]:
        return [Deliverer(self._store, one, self._clock) for one in self._hosted.effects]

    def _view(self, name: str) -> View | None:
        views = (*ALL_VIEWS, *FOLLOWED_VIEWS, *self._hosted.projections)
        return next((view for view in views if view.name == name), None)

    def _state(self, name: str) -> FollowerState | None:
        return next((one for one in self._store.followers() if one.name == name), None)

    def _retry_view(self, name: str) -> None:
        if name in {view.name for view in ALL_VIEWS}:
            if estates_behind(self._store):
                repair(self._store, self.book)
            return
        followed = (*FOLLOWED_VIEWS, *self._hosted.projections)
        projector(self._store, self.book, followed, self._clock).retry([name])

    def _retry_effect(self, name: str) -> None:
        state = self._state(name)
        if state is None or state.kind != "effect":
            # A host's projection whose code is not here: nobody here can make its rows.
            raise RetryElsewhere(name, f"KVOB_PROJECTIONS=… kvob projection retry {name}")
        if state.failed is not None:
            again = replace(state, failures=0, next_at=None, stalled=False, claimed_until=None)
            if not self._store.move_followers([Move(state, again)]):
                raise FollowerMovedOn(name)
        for one in self._hosted.effects:
            if one.name == name:
                Deliverer(self._store, one, self._clock).run()
