"""What falls due, and why? The deadlines of one estate, the diary of many, and as a calendar."""

from datetime import date
from typing import Annotated

from fastapi import Query, Request, Response

from kvob_domain.estate.deadlines import DeadlineKind, ladder
from kvob_domain.ids import parse_estate_id
from kvob_domain.mandates import Scope
from kvob_projections.deadlines import DueQuery
from kvob_workflow.calendars import CalendarQuery
from kvob_workflow.http.answers import Limit, ListOf, Offset, listed
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk, asked_of
from kvob_workflow.http.models.deadlines import DueLine, ExplainedDeadline, explained_deadline
from kvob_workflow.http.parameters import (
    EstatePath,
    Groups,
    KnownAt,
    Municipality,
    On,
    Organisation,
    Sort,
    Text,
    sorts,
)
from kvob_workflow.http.parts import PartOf, part

ROUTES = Routes("deadlines")

Done = Annotated[bool, Query(description="Those that are done or waived as well.")]
Until = Annotated[date | None, Query(description="The last day, inclusive.")]
Overdue = Annotated[bool, Query(description="What was due before the day and is not moot as well.")]


@ROUTES.get("/estates/{estateId}/deadlines", PartOf[ExplainedDeadline], scope=Scope.ESTATES_READ)
def estate_deadlines(
    request: Request,
    desk: Desk,
    estate_id: EstatePath,
    on: On = None,
    known_at: KnownAt = None,
    done: Done = False,
) -> Response:
    """The deadlines of an estate, each with what it is counted from, by which rule and source."""
    state = desk.state(estate_id, on, known_at)
    found = sorted(ladder(state, desk.book), key=lambda one: one.place)
    items = [explained_deadline(one) for one in found if done or not one.is_done]
    return part(ExplainedDeadline, items, (state.id, state.version), request, on)


@ROUTES.get("/deadlines", ListOf[DueLine], scope=Scope.ESTATES_READ)
def list_deadlines(
    request: Request,
    desk: Desk,
    on: On = None,
    known_at: KnownAt = None,
    text: Text = None,
    municipality: Municipality = None,
    groups: Groups = False,
    until: Until = None,
    overdue: Overdue = False,
    kind: DeadlineKind | None = None,
    sort: Sort = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """The diary: what falls due from a day on at the estates within reach."""
    query = DueQuery(
        day=on,
        known_at=known_at,
        text=text,
        municipality=municipality,
        groups=groups,
        until=until,
        overdue=overdue,
        kind=kind,
        sort=sorts(sort),
        limit=limit,
        offset=offset,
    )
    return listed(desk.due(query), DueLine, request, limit)


@ROUTES.get("/calendar", None, scope=Scope.ESTATES_READ, media="text/calendar", refusals=(404, 503))
def calendar(
    request: Request,
    desk: Desk,
    estate_id: Annotated[
        str | None, Query(alias="estateId", pattern="^[0-9a-f]{32}$", description="One estate.")
    ] = None,
    municipality: Municipality = None,
    organisation: Organisation = None,
    kind: Annotated[list[DeadlineKind] | None, Query(description="These kinds only.")] = None,
    groups: Groups = False,
) -> Response:
    """Deadlines as an iCalendar feed (RFC 5545), to subscribe to from a diary."""
    query = CalendarQuery(
        estate=None if estate_id is None else parse_estate_id(estate_id),
        municipality=municipality,
        organisation=organisation,
        kinds=tuple(kind or ()),
        groups=groups,
        language=asked_of(request).language,
    )
    return Response(desk.calendar(query), media_type="text/calendar; charset=utf-8")
