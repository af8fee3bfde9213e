"""How far is an estate? The seven steps in a row, each done, current or still to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from kvob_domain.estate.state import Move
from kvob_domain.lifecycle.trajectory import IDLE_STEPS, Step
from kvob_domain.words import Text
from kvob_workflow.web.pictures.walked import walked

SEVEN: Final = tuple(step for step in Step if step not in IDLE_STEPS)


@dataclass(frozen=True, slots=True)
class StepItem:
    """One of the seven; `day` is when it was last entered, `until` when it was left.

    Both are the earliest possible day, None where nobody knows or it did not happen.
    """

    step: Step
    words: Text
    state: Literal["done", "current", "future"]
    day: date | None
    until: date | None


def steps_bar(step: Step, moves: Iterable[Move]) -> tuple[StepItem, ...]:
    """The items of the bar. Steps before the current one are done, also where no move says so."""
    been = walked(moves)

    def state(one: Step) -> Literal["done", "current", "future"]:
        if one is step:
            return "current"
        if step is Step.ENDED:
            return "done" if one in been.entered else "future"
        is_before = step is not Step.REGISTERED and SEVEN.index(one) < SEVEN.index(step)
        return "done" if is_before else "future"

    return tuple(
        StepItem(
            one,
            one.words,
            said,
            been.entered.get(one) if said != "future" else None,
            been.left.get(one) if said == "done" else None,
        )
        for one in SEVEN
        for said in (state(one),)
    )
