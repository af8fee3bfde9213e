"""What has happened to an estate, and why does a view say what it says?"""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from kvob_domain.mandates import Scope
from kvob_projections.paging import Page
from kvob_workflow.http.answers import Limit, ListOf, Offset, answered, listed
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk
from kvob_workflow.http.models.differing import EstateDifference, estate_difference
from kvob_workflow.http.models.explaining import (
    FieldExplanation,
    FieldLine,
    explanation_of,
    field_line,
)
from kvob_workflow.http.models.history import HistoryLine, RecordedEvent, history_line
from kvob_workflow.http.parameters import EstatePath, KnownAt, MomentA, MomentB, On
from kvob_workflow.http.part_errors import PartNotThere
from kvob_workflow.http.parts import PartOf
from kvob_workflow.proofs.errors import NotCovered

ROUTES = Routes("history")

VersionPath = Annotated[
    int, Path(ge=1, le=2_147_483_647, description="The version of the estate that it made.")
]
FieldPath = Annotated[
    str,
    Path(
        max_length=200,
        description="A field by its address, such as 'board.status' or 'due.reminder:2.due_on'.",
    ),
]
Starting = Annotated[
    str | None, Query(max_length=100, description="Only addresses that begin with this.")
]


@ROUTES.get("/estates/{estateId}/history", ListOf[HistoryLine], scope=Scope.HISTORY_READ)
def estate_history(
    request: Request,
    desk: Desk,
    estate_id: EstatePath,
    on: On = None,
    known_at: KnownAt = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """Everything that has happened, in the order in which it happened, with the corrections."""
    # One more than is shown tells whether there is a next page; nothing is worked out beyond it.
    entries = desk.history(estate_id, on, known_at, limit=limit + 1, offset=offset)
    items = tuple(history_line(one) for one in entries[:limit])
    total = offset + len(items)
    if offset and not entries:  # beyond the end: only here the rest has to be counted
        total = len(desk.history(estate_id, on, known_at))
    page = Page(items, total, len(entries) <= limit, offset, limit)
    return listed(page, HistoryLine, request, limit)


@ROUTES.get("/estates/{estateId}/history/{version}", RecordedEvent, scope=Scope.HISTORY_READ)
def estate_event(desk: Desk, estate_id: EstatePath, version: VersionPath) -> Response:
    """One event of an estate for ever, and where it stands in the proof log."""
    for entry in desk.history(estate_id):
        if entry.version == version and entry.via is None:
            line = history_line(entry)
            return answered(RecordedEvent(**dict(line), leaf=_leaf(desk, estate_id, version)))
    raise PartNotThere(estate_id, "history", str(version))


@ROUTES.get("/estates/{estateId}/explanations", PartOf[FieldLine], scope=Scope.ESTATES_READ)
def estate_fields(desk: Desk, estate_id: EstatePath, starting: Starting = None) -> Response:
    """Every field that a view shows of the estate today, by its address, with its value."""
    found = [one for one in desk.fields(estate_id) if one.address.startswith(starting or "")]
    body = PartOf[FieldLine](
        estate_id=estate_id,
        version=desk.state(estate_id).version,
        items=tuple(field_line(one) for one in found),
    )
    return answered(body)


@ROUTES.get("/estates/{estateId}/explanations/{field}", FieldExplanation, scope=Scope.HISTORY_READ)
def estate_explanation(desk: Desk, estate_id: EstatePath, field: FieldPath) -> Response:
    """Why a field shows what it shows today: the events behind it, and the rule with its source."""
    found = desk.explain(estate_id, field)
    return answered(explanation_of(found))


@ROUTES.get("/estates/{estateId}/differences", EstateDifference, scope=Scope.HISTORY_READ)
def estate_differences(
    desk: Desk, estate_id: EstatePath, first: MomentA, second: MomentB = "now"
) -> Response:
    """What is otherwise with an estate at one moment than at another, and by which events."""
    found = desk.diff(estate_id, desk.moment(first), desk.moment(second))
    return answered(estate_difference(found))


def _leaf(desk: Desk, estate_id: EstatePath, version: int) -> int | None:
    if Scope.PROOFS_READ not in desk.mandate.scopes:
        return None
    try:
        return desk.proof_log().leaf_index(estate_id, version)
    except NotCovered:
        return None
