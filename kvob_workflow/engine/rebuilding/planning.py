"""What would a rebuild do? Which views and why, over how much, for how long, with which SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_projections import ALL_VIEWS, FOLLOWED_VIEWS
from kvob_workflow.engine.followed import begun_views
from kvob_workflow.engine.rebuilding.reports import PlannedView, RebuildPlan
from kvob_workflow.engine.rebuilding.upgrading import building, comparable, due_views, named

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kvob_domain.scheme.book import SchemeBook
    from kvob_projections.view import View
    from kvob_workflow.store import EventStore

# Where nothing was rebuilt yet; measured on a small machine.
_USUAL_EVENTS_PER_SECOND: Final = 15_000
_HOW_MUCH: Final = (
    "SELECT count(*) AS estates, sum(one.events) AS events FROM (SELECT count(*) AS events"
    " FROM stored_events GROUP BY originator_id) AS one"
)


def plan_of(
    store: EventStore, book: SchemeBook, names: Collection[str], hosted: Sequence[View] = ()
) -> RebuildPlan:
    """What would happen to views by name, all of them without one; followed ones that were begun.

    Raises:
        ViewUnknown: no view has that name.
    """
    # A store of an older release, which is only looked at, has neither followers nor their tables.
    followed = (*FOLLOWED_VIEWS, *hosted)
    there = store.live_schemas(followed)
    followed = tuple(view for view in followed if view.name in there)
    return plan(store, book, named((*ALL_VIEWS, *begun_views(store, followed)), names))


def plan(store: EventStore, book: SchemeBook, views: Sequence[View]) -> RebuildPlan:
    """What would happen to these views."""
    due = {one.view.name: str(one.reason) for one in due_views(store, book, views)}
    reasons = {view.name: due.get(view.name, "asked") for view in views}
    schemas, compared = store.live_schemas(views), comparable(store, views)
    begun, newest = building(store), store.rebuilds(1)
    number = begun.number if begun else newest[0].number + 1 if newest else 1
    (found,) = store.read(_HOW_MUCH, {})
    events = int(found["events"] or 0)
    return RebuildPlan(
        tuple(
            PlannedView(
                view.name,
                reasons[view.name],
                schemas.get(view.name, 0),
                view.schema,
                view.name in compared and reasons[view.name] == "asked",
                store.rebuild_statements(view, number),
            )
            for view in views
        ),
        events,
        int(found["estates"]),
        begun is not None and set(begun.views) == reasons.keys(),
        round(events / _speed(store), 1),
    )


def _speed(store: EventStore) -> float:
    for one in store.rebuilds(10):
        if one.status == "live" and one.ended_at is not None and one.events:
            took = (one.ended_at - one.started_at).total_seconds()
            if took > 0:
                return one.events / took
    return _USUAL_EVENTS_PER_SECOND
