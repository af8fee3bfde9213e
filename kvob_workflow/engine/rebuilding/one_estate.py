"""How are the rows of one estate made anew? In the live tables, and compared before."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from kvob_workflow.engine.errors import EstateNotFound
from kvob_workflow.engine.rebuilding.reports import RebuildReport
from kvob_workflow.errors import VersionConflict
from kvob_workflow.store import RowChange

if TYPE_CHECKING:
    from kvob_domain.ids import EstateId
    from kvob_workflow.engine.rebuilding.pooled import Job
    from kvob_workflow.store import Behind, EventStore
    from kvob_workflow.store.rebuilding import Made, Snapshot

_RETRIES: Final = 100
_PAUSE_SECONDS: Final = 0.01


def rebuilt(store: EventStore, job: Job, estate: EstateId) -> RebuildReport:
    """The rows of an estate, made anew.

    Raises:
        EstateNotFound: it has neither events nor rows.
        VersionConflict: others wrote to it between each of a hundred readings.
    """
    began = time.monotonic()
    left = _RETRIES
    while True:
        snapshot = store.snapshot_of([estate], job.task.live_views)
        if not snapshot.events and not any(snapshot.live.values()):
            raise EstateNotFound(estate)
        made = job.making(store).made(snapshot, job.task.compared)
        try:
            refused = _written(store, job, estate, snapshot, made)
            break
        except VersionConflict:
            left -= 1
            if not left:
                raise
            time.sleep(_PAUSE_SECONDS)
    names = tuple(view.name for view in job.task.views)
    return RebuildReport(
        number=None,
        views=names,
        not_compared=tuple(name for name in names if name not in job.task.compared),
        resumed=False,
        events=made.events,
        rows=sum(map(len, made.rows.values())),
        differing=made.differing,
        found=tuple(made.differences),
        behind=(*made.behind, *refused),
        seconds=time.monotonic() - began,
    )


def _written(
    store: EventStore, job: Job, estate: EstateId, snapshot: Snapshot, made: Made
) -> tuple[Behind, ...]:
    """Writes what could be made; a view that could not is marked and keeps its rows."""
    marked = {mark.view for mark in made.behind}
    if made.behind:
        store.fall_behind(made.behind)
    version = snapshot.events[-1][1] if snapshot.events else 0
    changes = (
        RowChange(
            view,
            estate,
            replace_all=True,
            upserts=tuple(made.rows[view.name]),
            at_version=version,
        )
        for view in job.task.views
        if view.name not in marked
    )
    return store.repair(*changes)
