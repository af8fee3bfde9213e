"""Which estates are there, and where do they stand? The board as a list."""

from typing import Annotated

from fastapi import Query, Request, Response

from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.mandates import Scope
from kvob_projections.board import BoardQuery
from kvob_workflow.http.answers import Limit, ListOf, Offset, listed
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk
from kvob_workflow.http.models.estates import EstateLine
from kvob_workflow.http.parameters import KnownAt, On, Sort, sorts

ROUTES = Routes("estates")


@ROUTES.get("/estates", ListOf[EstateLine], scope=Scope.ESTATES_READ)
def list_estates(
    request: Request,
    desk: Desk,
    on: On = None,
    known_at: KnownAt = None,
    text: Annotated[str | None, Query(max_length=200)] = None,
    municipality: Annotated[str | None, Query(max_length=200)] = None,
    step: Step | None = None,
    status: Status | None = None,
    sort: Sort = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """The estates within reach, and where each of them stands."""
    query = BoardQuery(
        day=on,
        known_at=known_at,
        text=text,
        municipality=municipality,
        step=step,
        status=status,
        sort=sorts(sort),
        limit=limit,
        offset=offset,
    )
    return listed(desk.board(query), EstateLine, request, limit)
