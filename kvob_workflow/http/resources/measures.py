"""Who does what, and how far is it? The measures of one plan, and of all running plans."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from kvob_domain.estate.values import Progress
from kvob_domain.mandates import Scope
from kvob_projections.measures import MeasureQuery
from kvob_workflow.http.answers import Limit, ListOf, Offset, listed
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk
from kvob_workflow.http.models.measures import EstateMeasure, MeasureLine
from kvob_workflow.http.models.overview import PlanLine
from kvob_workflow.http.parameters import (
    EstatePath,
    Groups,
    KnownAt,
    Municipality,
    On,
    Sort,
    Text,
    sorts,
)
from kvob_workflow.http.part_errors import PartNotThere
from kvob_workflow.http.parts import PartOf, part, versioned

ROUTES = Routes("measures")

MeasurePath = Annotated[
    str, Path(alias="measureId", max_length=64, description="The id of a measure in the plan.")
]
Owner = Annotated[
    str | None, Query(max_length=200, description="A whole name, in any spelling of case.")
]
Overdue = Annotated[bool, Query(description="Only those that are overdue.")]


@ROUTES.get("/estates/{estateId}/measures", PartOf[PlanLine], scope=Scope.ESTATES_READ)
def estate_measures(
    request: Request, desk: Desk, estate_id: EstatePath, on: On = None, known_at: KnownAt = None
) -> Response:
    """The measures of the running plan, in the order of the plan."""
    state = desk.state(estate_id, on, known_at)
    return part(PlanLine, state.measures, (state.id, state.version), request, on)


@ROUTES.get("/estates/{estateId}/measures/{measureId}", EstateMeasure, scope=Scope.ESTATES_READ)
def estate_measure(
    request: Request,
    desk: Desk,
    estate_id: EstatePath,
    measure_id: MeasurePath,
    on: On = None,
    known_at: KnownAt = None,
) -> Response:
    """One measure of the running plan."""
    state = desk.state(estate_id, on, known_at)
    for measure in state.measures:
        if measure.id == measure_id:
            goals = {goal.id: goal.text for goal in state.goals}
            body = EstateMeasure(
                **dict(PlanLine.model_validate(measure)),
                estate_id=state.id,
                goal_text=None if measure.goal is None else goals.get(measure.goal),
                changed_by=state.measure_versions[measure.id],
                version=state.version,
            )
            return versioned(body, state.version, request, on)
    raise PartNotThere(state.name, "measures", measure_id)


@ROUTES.get("/measures", ListOf[MeasureLine], scope=Scope.ESTATES_READ)
def list_measures(
    request: Request,
    desk: Desk,
    on: On = None,
    known_at: KnownAt = None,
    text: Text = None,
    municipality: Municipality = None,
    groups: Groups = False,
    owner: Owner = None,
    progress: Progress | None = None,
    overdue: Overdue = False,
    sort: Sort = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """The measures of the running plans of the estates within reach."""
    query = MeasureQuery(
        day=on,
        known_at=known_at,
        text=text,
        municipality=municipality,
        groups=groups,
        owner=owner,
        progress=progress,
        overdue_only=overdue,
        sort=sorts(sort),
        limit=limit,
        offset=offset,
    )
    return listed(desk.measures(query), MeasureLine, request, limit)
