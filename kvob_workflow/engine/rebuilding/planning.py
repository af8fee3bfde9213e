"""What would a rebuild do? Which views and why, over how much, for how long, with which SQL."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvob_workflow.engine.rebuilding.reports import PlannedView, RebuildPlan
from kvob_workflow.engine.rebuilding.upgrading import building, comparable, due_views

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_domain.scheme.book import SchemeBook
    from kvob_projections.view import View
    from kvob_workflow.store import EventStore

# Where nothing was rebuilt yet; measured on a small machine.
_USUAL_EVENTS_PER_SECOND: Final = 15_000
_HOW_MUCH: Final = (
    "SELECT count(*) AS estates, sum(one.events) AS events FROM (SELECT count(*) AS events"
    " FROM stored_events GROUP BY originator_id) AS one"
)


def plan(
    store: EventStore, book: SchemeBook, views: Sequence[View], asked: Sequence[str] | None
) -> RebuildPlan:
    """What would happen to these views: those asked for, or with None what is due."""
    reasons = {one.view.name: str(one.reason) for one in due_views(store, book, views)}
    if asked is not None:
        names = asked or [view.name for view in views]
        reasons = {name: reasons.get(name, "asked") for name in names}
    schemas, compared = store.live_schemas(views), comparable(store, views)
    begun = building(store)
    number = begun.number if begun else len(store.rebuilds(1)) and store.rebuilds(1)[0].number + 1
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
                store.rebuild_statements(view, number or 1),
            )
            for view in views
            if view.name in reasons
        ),
        events,
        int(found["estates"]),
        begun is not None and set(begun.views) == reasons.keys(),
        timedelta(seconds=round(events / _speed(store), 1)),
    )


def _speed(store: EventStore) -> float:
    for one in store.rebuilds(10):
        if one.status == "live" and one.ended_at is not None and one.events:
            took = (one.ended_at - one.started_at).total_seconds()
            if took > 0:
                return one.events / took
    return _USUAL_EVENTS_PER_SECOND
