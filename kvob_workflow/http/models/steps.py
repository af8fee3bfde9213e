"""Which way has an estate gone through the steps, and where can it go from here?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kvob_domain.estate.values import AuditOutcome, EndReason
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections.sureness import Sureness
from kvob_workflow.http.answers import Model
from kvob_workflow.http.models.overview import StepEntered
from kvob_workflow.http.models.words import Reason, Words, reason_of

if TYPE_CHECKING:
    from kvob_domain.estate.possible import Possible
    from kvob_domain.estate.state import Estate
    from kvob_projections.cycles import Cycle


class NextCommand(Model):
    """A command of the lifecycle.

    `obstacles` say why it cannot be given now, none where it can; what depends on who gives it and
    on what it says is judged when it is given. `leads_to` is the step that it leads to
    from here, None where it leads to no other one.
    """

    command: str
    title: Words
    leads_to: Step | None
    obstacles: tuple[Reason, ...]


class EstateSteps(Model):
    """Where an estate stands in the lifecycle, how it came there, and what can be done next."""

    estate_id: str
    version: int
    step: Step
    name: Words
    since: date | None
    status: Status
    moves: tuple[StepEntered, ...]
    possible: tuple[NextCommand, ...]
    blocked: tuple[NextCommand, ...]


class CycleLine(Model):
    """One cycle, from its start to its decision.

    `outcome` is open, awarded or ended. `started_on` and `closed_on` are the earliest days that it
    can have been; `days` from the one to the other only where both are known exactly, `sureness`
    says why not. `reason` is why it ended.
    """

    cycle: int
    renewal: bool
    outcome: str
    step: Step
    started_on: date | None
    closed_on: date | None
    days: int | None
    sureness: Sureness
    reason: EndReason | None
    edition: str | None
    body: str | None


class AuditLine(Model):
    """An audit that was held; `day` is the earliest it can have been, `latest` the latest."""

    day: date | None
    latest: date | None
    outcome: AuditOutcome | None
    edition: str | None
    body: str | None
    version: int


class EventOfCycle(Model):
    """An event that belongs to a cycle; `on` is its day as exactly as it is known."""

    version: int
    on: str
    topic: str
    title: Words


class EstateCycle(CycleLine):
    """One cycle in full: the steps reached with their days, audits, and what was recorded in it."""

    estate_id: str
    version: int
    steps: tuple[StepEntered, ...]
    audits: tuple[AuditLine, ...]
    certificate: int | None
    events: tuple[EventOfCycle, ...]


def next_command(one: Possible) -> NextCommand:
    """A command of the lifecycle as a part of an answer."""
    return NextCommand(
        command=str(one.command.model_fields["command"].default),
        title=Words.model_validate(one.command.TITLE),
        leads_to=one.leads_to,
        obstacles=tuple(reason_of(obstacle) for obstacle in one.obstacles),
    )


def cycle_line(number: int, cycle: Cycle) -> CycleLine:
    """A cycle as a line of a list."""
    begin, end = cycle.begin, cycle.end
    last = end or cycle.last
    return CycleLine(
        cycle=number,
        renewal=cycle.renewal,
        outcome=cycle.outcome,
        step=cycle.last.step,
        started_on=None if begin is None else begin.day,
        closed_on=None if end is None else end.day,
        days=cycle.days,
        sureness=cycle.sureness,
        reason=None if end is None else end.reason,
        edition=last.edition,
        body=last.body,
    )


def steps_of(estate: Estate, status: Status, commands: tuple[Possible, ...]) -> EstateSteps:
    """The steps of an estate, with the commands that can be given and those that cannot."""
    shown = [next_command(one) for one in commands]
    return EstateSteps(
        estate_id=estate.id,
        version=estate.version,
        step=estate.step,
        name=Words.model_validate(estate.step.words),
        since=estate.moves[-1].day if estate.moves else None,
        status=status,
        moves=tuple(StepEntered.model_validate(move) for move in estate.moves),
        possible=tuple(one for one in shown if not one.obstacles),
        blocked=tuple(one for one in shown if one.obstacles),
    )
