"""Where does an estate stand in the lifecycle? Its steps, what can be done next, its cycles."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Path, Request, Response

from kvob_domain.estate.certificates import status_on
from kvob_domain.estate.ground import terms_under
from kvob_domain.estate.possible import possible
from kvob_domain.mandates import Scope
from kvob_projections.cycles import Cycle, cycles_of
from kvob_workflow.engine.history import HistoryEntry
from kvob_workflow.http.answers import answered
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk
from kvob_workflow.http.models.overview import StepEntered
from kvob_workflow.http.models.steps import (
    AuditLine,
    CycleLine,
    EstateCycle,
    EstateSteps,
    EventOfCycle,
    cycle_line,
    steps_of,
)
from kvob_workflow.http.parameters import EstatePath, KnownAt, On
from kvob_workflow.http.part_errors import PartNotThere
from kvob_workflow.http.parts import PartOf, part, versioned

ROUTES = Routes("steps")

CyclePath = Annotated[int, Path(ge=1, le=999, description="The n-th cycle that is known here.")]


@ROUTES.get("/estates/{estateId}/steps", EstateSteps, scope=Scope.ESTATES_READ)
def estate_steps(
    request: Request, desk: Desk, estate_id: EstatePath, on: On = None, known_at: KnownAt = None
) -> Response:
    """The step, since when, the way there, and which commands can be given next or why not."""
    state = desk.state(estate_id, on, known_at)
    day = on or desk.today()
    commands = possible(state, terms_under(desk.book, state.edition), day)
    body = steps_of(state, status_on(state.certificates, day), commands)
    return versioned(body, state.version, request, on)


@ROUTES.get("/estates/{estateId}/cycles", PartOf[CycleLine], scope=Scope.ESTATES_READ)
def estate_cycles(
    request: Request, desk: Desk, estate_id: EstatePath, on: On = None, known_at: KnownAt = None
) -> Response:
    """The cycles of an estate, from start to decision, in order."""
    state = desk.state(estate_id, on, known_at)
    lines = [cycle_line(number, one) for number, one in enumerate(cycles_of(state), start=1)]
    return part(CycleLine, lines, (state.id, state.version), request, on)


@ROUTES.get("/estates/{estateId}/cycles/{cycle}", EstateCycle, scope=Scope.HISTORY_READ)
def estate_cycle(
    desk: Desk, estate_id: EstatePath, cycle: CyclePath, on: On = None, known_at: KnownAt = None
) -> Response:
    """One cycle: steps with their days, edition, body, audits, outcome, what was recorded."""
    state = desk.state(estate_id, on, known_at)
    found = cycles_of(state)
    if cycle > len(found):
        raise PartNotThere(state.name, "cycles", str(cycle))
    own = found[cycle - 1]
    events = _events(desk.history(estate_id, on, known_at), found)[cycle - 1]
    recorded = {one.version for one in events}
    held = [one.number for one in state.certificates if own.end and one.version == own.end.version]
    body = EstateCycle(
        **dict(cycle_line(cycle, own)),
        estate_id=state.id,
        version=state.version,
        steps=tuple(StepEntered.model_validate(one) for one in own.moves),
        audits=tuple(
            AuditLine.model_validate(one) for one in state.audits if one.version in recorded
        ),
        certificate=held[0] if held else None,
        events=tuple(EventOfCycle.model_validate(one) for one in events),
    )
    return answered(body)


def _events(history: Sequence[HistoryEntry], cycles: Sequence[Cycle]) -> list[list[HistoryEntry]]:
    """What was recorded in each cycle: from the event that began it to that of the next one."""
    begins = {cycle.moves[0].version: number for number, cycle in enumerate(cycles)}
    found: list[list[HistoryEntry]] = [[] for _ in cycles]
    running: int | None = None
    for one in history:
        if one.via is not None or one.withdrawn:
            continue
        if one.version in begins:
            running = begins[one.version]
        if running is not None:
            found[running].append(one)
    return found
