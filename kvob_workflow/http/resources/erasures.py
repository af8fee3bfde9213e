"""Who asked that a person be erased, and who decided? Two persons: the two tokens say which."""

from typing import Annotated

from fastapi import Path, Request, Response

from kvob_domain.mandates import Scope
from kvob_projections.paging import Page
from kvob_workflow.http.answers import Limit, ListOf, Offset, answered, listed
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk
from kvob_workflow.http.given import model_in
from kvob_workflow.http.models.persons import (
    ErasureApproval,
    ErasureDecline,
    ErasureLine,
    ErasureReportModel,
    NewErasure,
)
from kvob_workflow.privacy.errors import ErasureUnknown

ROUTES = Routes("persons")

ErasurePath = Annotated[
    str, Path(alias="erasureId", pattern="^[0-9a-f]{32}$", description="The id of a request.")
]


@ROUTES.get("/erasure-requests", ListOf[ErasureLine], scope=Scope.PERSONS_ERASE)
def list_erasures(request: Request, desk: Desk, limit: Limit = 50, offset: Offset = 0) -> Response:
    """Every request to erase, the oldest first."""
    found = desk.erasures()
    page = Page(tuple(found[offset : offset + limit]), len(found), True, offset, limit)
    return listed(page, ErasureLine, request, limit)


@ROUTES.post(
    "/erasure-requests", ErasureLine, scope=Scope.PERSONS_ERASE, takes=NewErasure, status=201
)
def propose_erasure(request: Request, desk: Desk) -> Response:
    """Ask that a person be erased; somebody else approves."""
    desk.mandate.demand(Scope.PERSONS_ERASE)
    given = model_in(request, NewErasure)
    asked = desk.propose_erasure(given.person, given.basis)
    place = {"Location": f"{request.url.path}/{asked.id}"}
    return answered(ErasureLine.model_validate(asked), status=201, headers=place)


@ROUTES.get("/erasure-requests/{erasureId}", ErasureLine, scope=Scope.PERSONS_ERASE)
def erasure(desk: Desk, erasure_id: ErasurePath) -> Response:
    """One request: who asked, who decided, and when."""
    for one in desk.erasures():
        if one.id == erasure_id:
            return answered(ErasureLine.model_validate(one))
    raise ErasureUnknown(erasure_id)


@ROUTES.post(
    "/erasure-requests/{erasureId}/approvals",
    ErasureReportModel,
    scope=Scope.PERSONS_ERASE,
    takes=ErasureApproval,
)
def approve_erasure(request: Request, desk: Desk, erasure_id: ErasurePath) -> Response:
    """Approve as the second person, and erase; this cannot be undone."""
    desk.mandate.demand(Scope.PERSONS_ERASE)
    given = model_in(request, ErasureApproval)
    report = desk.erase((erasure_id,), backup_days=given.backup_days)
    return answered(ErasureReportModel.model_validate(report))


@ROUTES.post(
    "/erasure-requests/{erasureId}/declines",
    ErasureLine,
    scope=Scope.PERSONS_ERASE,
    takes=ErasureDecline,
)
def decline_erasure(request: Request, desk: Desk, erasure_id: ErasurePath) -> Response:
    """Decline a request on an exception of the law."""
    desk.mandate.demand(Scope.PERSONS_ERASE)
    given = model_in(request, ErasureDecline)
    return answered(ErasureLine.model_validate(desk.decline_erasure(erasure_id, given.why)))
