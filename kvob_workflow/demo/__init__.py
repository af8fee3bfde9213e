"""How does the engine look in use? The sample cases, and an invented estate that walks it all.

De Zilverhoek in Voorbeeldstad does not exist. Read `first_cycle` and `renewal` for the story.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands import EstateCommand
from kvob_domain.estate.commands.identity import RegisterEstate
from kvob_domain.ids import EstateId
from kvob_domain.partial_date import PartialDate
from kvob_workflow.demo.first_cycle import first_cycle
from kvob_workflow.demo.people import GUIDE
from kvob_workflow.demo.renewal import renewal
from kvob_workflow.demo.steps import DemoStep
from kvob_workflow.engine import Engine, Outcome

NAME = "De Zilverhoek"
MUNICIPALITY = "Voorbeeldstad"
REGISTERED_BY = date(2020, 9, 14)


@dataclass(frozen=True, slots=True)
class Walked:
    """A step that was taken: its outcome, or the refusal it met as the story wants it."""

    step: DemoStep
    outcome: Outcome | None
    refusal: Rejected | None


def walk(engine: Engine, on_day: Callable[[date], object] | None = None) -> Iterator[Walked]:
    """Walk the invented estate through its first cycle and its renewal.

    `on_day` is told the day of each step before it is taken, so that a clock can stand there.

    Raises:
        Rejected: when the rules refuse what the story does not expect, or the estate is there.
    """
    register = RegisterEstate(
        name=NAME, municipalities=(MUNICIPALITY,), on=PartialDate.parse("2020-09")
    )
    if on_day is not None:
        on_day(REGISTERED_BY)
    registered = engine.do(register, actor=GUIDE)
    yield Walked(DemoStep(register, GUIDE), registered, None)
    for step in story(registered.estate):
        if on_day is not None and isinstance(step.command, EstateCommand):
            on_day(step.command.on)
        yield _take(engine, step)


def story(estate: EstateId) -> Iterator[DemoStep]:
    """All steps after the registration, in order."""
    yield from first_cycle(estate)
    yield from renewal(estate)


def _take(engine: Engine, step: DemoStep) -> Walked:
    if step.refused_with is None:
        return Walked(step, engine.do(step.command, actor=step.actor), None)
    try:
        outcome = engine.do(step.command, actor=step.actor)
    except step.refused_with as refusal:
        return Walked(step, None, refusal)
    return Walked(step, outcome, None)
