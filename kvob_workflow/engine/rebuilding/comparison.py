"""Is every row what the events say? All live rows are read and compared; nothing is rebuilt.

A followed view may rightly lag behind the events for a moment: what differs there is looked at
again after its follower has caught up, and told only when it still differs.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from kvob_projections import ALL_VIEWS
from kvob_workflow.engine.rebuilding.making import Making
from kvob_workflow.engine.rebuilding.pooled import made_in_order, spans
from kvob_workflow.engine.rebuilding.reports import RebuildReport
from kvob_workflow.store.rebuilding import MOST_DIFFERENCES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kvob_workflow.engine.rebuilding.pooled import Job
    from kvob_workflow.engine.rebuilding.running import Meter
    from kvob_workflow.store import Behind, EventStore
    from kvob_workflow.store.rebuilding import RowDifference

_INLINE: Final = frozenset(view.name for view in ALL_VIEWS)
_LOOKS: Final = 3
_ESTATES: Final = 500


def compared(
    store: EventStore, job: Job, meter: Meter, catch_up: Callable[[], object]
) -> RebuildReport:
    """What differs; `catch_up` brings the followed views of the job to the newest event."""
    began = time.monotonic()
    events = rows = differing = 0
    found: list[RowDifference] = []
    behind: list[Behind] = []
    for _, made in made_in_order(job, store, spans(store, "", job.chunk)):
        events += made.events
        rows += sum(map(len, made.rows.values()))
        differing += made.differing
        found += made.differences[: MOST_DIFFERENCES - len(found)]
        behind += made.behind
        meter.tell("comparing", events, rows, differing)
    late = [one for one in found if one.view not in _INLINE]
    still = _still(store, job, late, catch_up)
    differing += len(still) - len(late)
    found = [*(one for one in found if one.view in _INLINE), *still]
    names = tuple(view.name for view in job.task.views)
    not_compared = tuple(name for name in names if name not in job.task.compared)
    seconds = time.monotonic() - began
    return RebuildReport(
        None, names, not_compared, False, events, rows, differing, tuple(found), tuple(behind),
        seconds,
    )  # fmt: skip


def _still(
    store: EventStore, job: Job, late: Sequence[RowDifference], catch_up: Callable[[], object]
) -> list[RowDifference]:
    """What differs in followed views however often one looks."""
    views = tuple(view for view in job.task.views if view.name in job.task.compared - _INLINE)
    making, names = Making(views, job.book, store), [view.name for view in views]
    for _ in range(_LOOKS):
        estates = sorted({one.estate for one in late})
        late = []
        for first in range(0, len(estates), _ESTATES):
            catch_up()
            snapshot = store.snapshot_of(estates[first : first + _ESTATES], views)
            late += making.made(snapshot, names).differences
    return list(late)
