"""What does the store keep of a rebuild? New tables beside the live ones, and how far they are.

What the store does with it: `rebuild_keeping`. A rebuild fills tables `view_<name>__new`,
takes in what happened meanwhile, and trades them for the live ones in one transaction. The live
ones of before stay as `view_<name>__old`, for a roll-back, until the next rebuild or a clearing.
Read next: `kvob_workflow.engine.rebuilding`, which does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from kvob_domain.ids import EstateId
    from kvob_projections.view import Row, Value, View
    from kvob_workflow.store.port import Behind

NEW: Final = "new"
OLD: Final = "old"
MOST_DIFFERENCES: Final = 10_000
"""So many differences of a rebuild are kept; the others are counted."""
RebuildStatus = Literal["building", "live", "rolled-back", "cancelled"]
StoredEvent = tuple[str, int, str, bytes]
"""An event in stored form: estate, version, topic, state."""


class Shown(NamedTuple):
    """What the table of a followed view shows: see `FollowerState`."""

    position: int
    fingerprint: int
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Rebuild:
    """One rebuild: which views, and how far it is.

    `schemas` are the schema numbers of the live tables that it replaces, by view, and
    `scheme_before` the mark of the scheme data that their rows were made with; `scheme` is that
    of the new rows. Estates up to `reached` are in the new tables, all of them once it is
    `filled`; so is every event up to `position` then. `events` were read and `rows` written so
    far; `differences` rows of the live tables were not those that the events give. `claim` tells
    who works on it. `made_with` are the fingerprints of what the new rows are made with, by view,
    and `followed` what the tables of followed views showed when they were traded.
    """

    number: int
    status: RebuildStatus
    schemas: Mapping[str, int]
    scheme: int
    scheme_before: int | None
    by: str
    started_at: datetime
    progressed_at: datetime
    ended_at: datetime | None
    claim: int
    reached: str
    filled: bool
    position: int
    events: int
    rows: int
    differences: int
    made_with: Mapping[str, int]
    followed: Mapping[str, Shown]

    @property
    def views(self) -> tuple[str, ...]:
        """The names of its views."""
        return tuple(self.schemas)

    @property
    def word(self) -> str:
        """Which tables beside the live ones are its own: new ones, or the old ones once live."""
        return NEW if self.status == "building" else OLD

    def inline(self, views: Sequence[View]) -> list[View]:
        """Those of the views whose rows are written with the events: no follower keeps them."""
        return [view for view in views if view.name not in self.followed]

    def kept_up(self, views: Sequence[View]) -> list[View]:
        """Those whose tables of before can be brought up to date with the rules of today.

        All inline ones, or none of them: other rules than today's made the rows then.
        """
        inline = self.inline(views)
        same = all(self.schemas[view.name] == view.schema for view in inline)
        return inline if same and self.scheme_before == self.scheme else []


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row of a live view that was not the one that the events give.

    `key` is that of the right row, or of the row found where there is no right one. `found` and
    `right` hold the columns that differ; None where there is no such row. A row that is right but
    for its key is one difference, in the columns of the key. After the event with this `version`
    and topic the right row changed for the last time; both are None where no event of the estate
    ever gave a row with this key.
    """

    view: str
    estate: EstateId
    key: tuple[Value, ...]
    found: Mapping[str, Value] | None
    right: Mapping[str, Value] | None
    version: int | None
    topic: str | None


@dataclass(frozen=True, slots=True)
class Span:
    """Estates with an id above `after`, up to and with `upto`; None is the end of all estates."""

    after: str
    upto: str | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Estates in one moment: their events by estate and version, and live rows by view."""

    events: Sequence[StoredEvent]
    live: Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Made:
    """What the events of some estates give: rows by view, for all `estates` that have events.

    `behind` names the views of estates whose rows could not be made; `differing` counts the
    differences, of which the first ones are listed.
    """

    estates: Sequence[EstateId]
    events: int
    rows: Mapping[str, Sequence[Row]]
    behind: Sequence[Behind] = ()
    differences: Sequence[RowDifference] = ()
    differing: int = 0


@dataclass(frozen=True, slots=True)
class Changed:
    """Estates with events after a position, up to and with another; whether there are more."""

    estates: Sequence[EstateId]
    events: int
    position: int
    more: bool


class MadeOf(Protocol):
    """The rows that the events of some estates give, for the tables that are to be live."""

    def __call__(self, snapshot: Snapshot, /) -> Made:
        """What a snapshot gives."""
        ...


class RebuildTaken(Exception):
    """Somebody else works on this rebuild now, or has ended it; nothing was written."""


class TooMuchToTakeIn(Exception):
    """More events came in than a transaction should take in; nothing was written."""
