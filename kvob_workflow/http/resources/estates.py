"""Which estates are there, where do they stand, and which of them moved between two moments?"""

from dataclasses import replace
from typing import Annotated

from fastapi import Query, Request, Response

from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.mandates import OutOfReach, Scope
from kvob_projections.board import BoardQuery
from kvob_projections.estates import LONGEST
from kvob_projections.paging import Page
from kvob_workflow.engine.errors import EstateNotFound
from kvob_workflow.http.answers import Limit, ListOf, Offset, listed
from kvob_workflow.http.board_filters import BoardFilters
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk
from kvob_workflow.http.models.differing import MovedLine, moved_line
from kvob_workflow.http.models.estates import EstateLine
from kvob_workflow.http.parameters import (
    Groups,
    KnownAt,
    MomentA,
    MomentB,
    Municipality,
    On,
    Sort,
    sorts,
)

ROUTES = Routes("estates")

Name = Annotated[
    str | None,
    Query(
        alias="name",
        max_length=2 * LONGEST,
        description=(
            "The one estate of this name, also an earlier one: 'Name' or 'Name, Municipality'."
            " The other filters do not count then."
        ),
    ),
]


@ROUTES.get("/estates", ListOf[EstateLine], scope=Scope.ESTATES_READ)
def list_estates(
    request: Request,
    desk: Desk,
    filters: BoardFilters,
    name: Name = None,
    sort: Sort = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """The estates within reach, and where each of them stands."""
    if name is not None:
        found = _named(desk, name, filters.day, filters.known_at, limit)
        return listed(found, EstateLine, request, limit)
    query = replace(filters, sort=sorts(sort), limit=limit, offset=offset)
    return listed(desk.board(query), EstateLine, request, limit)


@ROUTES.get("/differences", ListOf[MovedLine], scope=Scope.HISTORY_READ)
def list_differences(
    request: Request,
    desk: Desk,
    first: MomentA,
    second: MomentB = "now",
    municipality: Municipality = None,
    groups: Groups = False,
    step: Step | None = None,
    status: Status | None = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """The estates that stand otherwise at one moment than at another, and by which events."""
    query = BoardQuery(
        municipality=municipality,
        groups=groups,
        step=step,
        status=status,
        limit=limit,
        offset=offset,
    )
    found = desk.moved(desk.moment(first), desk.moment(second), query)
    items = tuple(moved_line(one) for one in found.items)
    page = Page(items, found.total, found.total_is_exact, found.offset, found.limit)
    return listed(page, MovedLine, request, limit)


def _named(desk: Desk, name: str, on: On, known_at: KnownAt, limit: int) -> Page[EstateLine]:
    """The estate of a name as a list of one; of none where it is nobody's within reach."""
    try:
        row = desk.board_row(desk.find(name), on, known_at)
    except (EstateNotFound, OutOfReach):
        return Page((), 0, True, 0, limit)
    return Page((EstateLine.model_validate(row),), 1, True, 0, limit)
