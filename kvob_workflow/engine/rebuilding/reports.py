"""What does a rebuild say when it is done, and before it begins?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvob_workflow.store import Behind
    from kvob_workflow.store.rebuilding import RowDifference


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild or a comparison found.

    `number` is None where nothing was built. `not_compared`: views whose live table is of another
    schema, lacked rows anyway, or is kept by a follower. `differing` counts the rows that were
    wrong, of which `found` lists the first 10,000. `behind` names estates whose rows could not be
    made or were refused.
    """

    number: int | None
    views: tuple[str, ...]
    not_compared: tuple[str, ...]
    resumed: bool
    events: int
    rows: int
    differing: int
    found: tuple[RowDifference, ...]
    behind: tuple[Behind, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class PlannedView:
    """What would happen to one view.

    `reason` is "asked", or why this release cannot answer from the live table: "schema",
    "scheme-data", "unfilled". `schema` is the number that the live table has, `becomes` the one
    after. `statements` make the new table and what belongs to it.
    """

    name: str
    reason: str
    schema: int
    becomes: int
    compared: bool
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RebuildPlan:
    """What a rebuild would do; nothing was done.

    `goes_on`: one of these views that was broken off would be gone on with. `seconds` is an
    estimate, by the speed of the last rebuild here where there was one. While it goes on, who
    reads sees the live tables, whole, until the swap.
    """

    views: tuple[PlannedView, ...]
    events: int
    estates: int
    goes_on: bool
    seconds: float
