"""How does the service do, and what to do when a part of it is stuck? For who keeps it."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from kvob_domain.mandates import Scope
from kvob_projections.paging import Page
from kvob_workflow.engine.rebuilding.errors import NoRebuild
from kvob_workflow.http.answers import Limit, ListOf, Offset, answered, listed
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk
from kvob_workflow.http.given import model_in
from kvob_workflow.http.models.operation import (
    HealthModel,
    PlanModel,
    ProjectionLine,
    RebuildLine,
    RebuildRequest,
    RowDifferenceLine,
    RowsBehindLine,
    Skip,
    SkippedLine,
)

ROUTES = Routes("projections")
OPERATION = Routes("operation")

NamePath = Annotated[
    str,
    Path(pattern="^[a-z][a-z0-9_.:-]{0,99}$", description="The name of a projection or follower."),
]
NumberPath = Annotated[int, Path(ge=1, le=2_147_483_647, description="The number of a rebuild.")]
Exact = Annotated[
    bool, Query(description="Count to the last event and row, which may take seconds.")
]
_MOST_REBUILDS = 200
_ALL = 1_000_000


@ROUTES.get("/projections", ListOf[ProjectionLine], scope=Scope.OPERATION_READ)
def list_projections(request: Request, desk: Desk, exact: Exact = False) -> Response:
    """How far every projection and follower is."""
    found = desk.projection_status(exact=exact)
    return listed(Page(found, len(found), True, 0, len(found)), ProjectionLine, request, len(found))


@ROUTES.get("/projections/{name}", ProjectionLine, scope=Scope.OPERATION_READ)
def projection(desk: Desk, name: NamePath, exact: Exact = False) -> Response:
    """How far one of them is, what stopped it, and what was skipped."""
    (found,) = desk.projection_status(name, exact=exact)
    return answered(ProjectionLine.model_validate(found))


@ROUTES.post("/projections/{name}/retries", ProjectionLine, scope=Scope.OPERATION_MANAGE)
def retry_projection(desk: Desk, name: NamePath) -> Response:
    """Try again what a projection or an effect failed at; how it is afterwards."""
    return answered(ProjectionLine.model_validate(desk.retry_projection(name)))


@ROUTES.post("/projections/{name}/skips", SkippedLine, scope=Scope.OPERATION_MANAGE, takes=Skip)
def skip_event(request: Request, desk: Desk, name: NamePath) -> Response:
    """Let an effect step over the one event that it failed at; why and who is kept for good."""
    desk.mandate.demand(Scope.OPERATION_MANAGE)
    skipped = desk.skip_event(name, model_in(request, Skip).reason)
    return answered(SkippedLine.model_validate(skipped))


@ROUTES.get("/rebuilds", ListOf[RebuildLine], scope=Scope.OPERATION_READ)
def list_rebuilds(request: Request, desk: Desk) -> Response:
    """The rebuilds of views, the newest first."""
    found = tuple(desk.rebuilds(_MOST_REBUILDS))
    page = Page(found, len(found), True, 0, _MOST_REBUILDS)
    return listed(page, RebuildLine, request, _MOST_REBUILDS)


@ROUTES.get("/rebuilds/{number}", RebuildLine, scope=Scope.OPERATION_READ)
def rebuild(desk: Desk, number: NumberPath) -> Response:
    """One rebuild, as far as it is.

    It is begun by 'kvob projection rebuild', beside the service.
    """
    found = next((one for one in desk.rebuilds(_ALL) if one.number == number), None)
    if found is None:
        raise NoRebuild
    return answered(RebuildLine.model_validate(found))


@ROUTES.get("/rebuilds/{number}/differences", ListOf[RowDifferenceLine], scope=Scope.OPERATION_READ)
def rebuild_differences(
    request: Request, desk: Desk, number: NumberPath, limit: Limit = 50, offset: Offset = 0
) -> Response:
    """The rows that a rebuild found to be wrong, each with the event behind it."""
    found = desk.rebuild_differences(number)
    page = Page(tuple(found[offset : offset + limit]), len(found), True, offset, limit)
    return listed(page, RowDifferenceLine, request, limit)


@ROUTES.post("/rebuild-plans", PlanModel, scope=Scope.OPERATION_READ, takes=RebuildRequest)
def plan_rebuild(request: Request, desk: Desk) -> Response:
    """What a rebuild would do, and how long it would take; nothing is done.

    The rebuild itself is 'kvob projection rebuild', beside the service: it may take longer than
    a request.
    """
    desk.mandate.demand(Scope.OPERATION_READ)
    names = model_in(request, RebuildRequest).names
    return answered(PlanModel.model_validate(desk.plan_rebuild(*names)))


@OPERATION.get("/rows-behind", ListOf[RowsBehindLine], scope=Scope.OPERATION_READ)
def rows_behind(request: Request, desk: Desk, limit: Limit = 50, offset: Offset = 0) -> Response:
    """The views that could not take the rows of an estate; its events are safe."""
    found = desk.behind()
    page = Page(tuple(found[offset : offset + limit]), len(found), True, offset, limit)
    return listed(page, RowsBehindLine, request, limit)


@OPERATION.get("/health-report", HealthModel, scope=Scope.OPERATION_READ)
def health_report(desk: Desk) -> Response:
    """How store, alarm, projections and effects do, with the reasons; it always answers 200."""
    report = HealthModel.model_validate(desk.health())
    return answered(report.model_copy(update={"next_due_on": desk.next_due_on()}))
