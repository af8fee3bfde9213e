"""Who reads the events afterwards? Followed projections, and effects on the outside world.

A host adds its own: a `Projection` is a `View`, a table and a pure function from an estate's state
to its rows; an `Effect` is called with each event in order, at least once. Both are given to
`Engine.open(projections=[...], effects=[...])`; see README.md here.

Read next: `effect`, `projecting` (tables), `delivering` (calls), `status`.
"""

from kvob_projections.view import Row, Value, index_ddl, table_ddl
from kvob_projections.view import View as Projection
from kvob_workflow.followers.delivering import Delivered
from kvob_workflow.followers.effect import Effect, Happened
from kvob_workflow.followers.status import (
    Counted,
    EventAt,
    FollowerKind,
    Lacking,
    LastRebuild,
    ProjectionStatus,
    Skipped,
    Standing,
)

__all__ = [
    "Counted",
    "Delivered",
    "Effect",
    "EventAt",
    "FollowerKind",
    "Happened",
    "Lacking",
    "LastRebuild",
    "Projection",
    "ProjectionStatus",
    "Row",
    "Skipped",
    "Standing",
    "Value",
    "index_ddl",
    "table_ddl",
]
