"""Which steps of the running trajectory has an estate been through? Read from its moves.

What was walked before the last start is another trajectory and is not counted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kvob_domain.estate.state import Move
from kvob_domain.lifecycle.trajectory import Step


@dataclass(frozen=True, slots=True)
class Walked:
    """The days (earliest possible, None if unknown) on which steps were entered and left."""

    entered: Mapping[Step, date | None]
    left: Mapping[Step, date | None]


def walked(moves: Iterable[Move]) -> Walked:
    """The last time that each step was entered and left, since the trajectory started."""
    entered: dict[Step, date | None] = {}
    left: dict[Step, date | None] = {}
    before = Step.REGISTERED
    for move in moves:
        if move.step is Step.KICKOFF:
            entered.clear()
            left = {step: day for step, day in left.items() if step is Step.REGISTERED}
        if move.step is not before and before is not Step.ENDED:
            left[before] = move.day
        entered[move.step] = move.day
        before = move.step
    return Walked(entered, left)
