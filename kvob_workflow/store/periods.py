"""What does the store keep of the past? Rectangles of every view, and how far they are.

A part of the port, see `kvob_workflow.store.port`. Read next: `kvob_workflow.periods.follower`,
which fills them, and `kvob_projections.periods`, which asks them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_domain.ids import EstateId
    from kvob_projections.dialect import Dialect
    from kvob_projections.rectangles import Rectangle


class PeriodState(NamedTuple):
    """How far the rectangles are.

    `fingerprint` is that of the scheme data and rules they were made with. Every event up to
    `position` is in them once `cursor` is None; until then a build goes through the estates in
    order of id, and `cursor` is the last one done.
    """

    fingerprint: int
    position: int
    cursor: str | None


class Touched(NamedTuple):
    """An event that was recorded: its position, estate and version."""

    position: int
    estate: EstateId
    version: int


class RowState(NamedTuple):
    """What the rows of the views show: the events up to `position`.

    `remade` goes up with every writing of rows that came without events: a repair, tables that
    are filled anew, or traded for rebuilt ones.
    """

    position: int
    remade: int


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """The rectangles of an estate that end at or after `since` (microseconds); None: all."""

    estate: EstateId
    since: int | None
    rectangles: Sequence[Rectangle]


@dataclass(frozen=True, slots=True)
class Parked:
    """An estate whose events cannot be read or folded, so that no past shows it."""

    estate: EstateId
    error: str


class RectanglesDiffer(Exception):
    """The rectangles of an estate are not those that its events gave; they are to be replaced."""


class RectangleRefused(Exception):
    """A rectangle holds what no table can take."""


class PeriodKeeping(Protocol):
    """Keeps rectangles beside the events. Nothing here is done while events are appended."""

    dialect: Dialect
    """The SQL that `read` understands."""

    def period_state(self) -> PeriodState | None:
        """How far the rectangles are; None before anybody asked about the past."""
        ...

    def begin_periods(self, fingerprint: int) -> None:
        """Makes empty tables for a build up to the newest event, where there are none for this.

        Rectangles with another fingerprint go.
        """
        ...

    def drop_periods(self) -> None:
        """Takes the rectangles away; the next question about the past makes them anew."""
        ...

    def row_state(self) -> RowState:
        """What the rows of the views show now; what is read afterwards shows at least as much."""
        ...

    def touched_after(self, position: int, limit: int) -> list[Touched]:
        """Which estates the events after a position belong to, in order; nothing is decoded."""
        ...

    def last_version(self, estate: EstateId) -> int:
        """The version of an estate's newest event; 0 when it is unknown."""
        ...

    def estates_after(self, estate: str, limit: int) -> list[EstateId]:
        """The next estates that have events, in order of id."""
        ...

    def keep_periods(
        self,
        expected: PeriodState,
        state: PeriodState,
        changes: Sequence[PeriodChange],
        parked: Sequence[Parked] = (),
    ) -> bool:
        """Writes rectangles and how far they are now, in one transaction.

        False, and nothing written, when they are not at `expected`: somebody was faster. An
        estate among `changes` that is not `parked` is parked no longer.

        Raises:
            RectanglesDiffer: the open rectangles of an estate are not those before `since`.
            RectangleRefused: a value does not fit any table.
        """
        ...

    def parked(self) -> list[Parked]:
        """The estates that no past shows, by id."""
        ...
