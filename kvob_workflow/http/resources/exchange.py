"""How do other systems of a municipality read estates? IBIS, and case systems as ZGW."""

from fastapi import Request, Response

from kvob_domain.mandates import Scope
from kvob_projections.board import BoardQuery
from kvob_projections.paging import Page
from kvob_workflow.exports.ibis import ibis_rows
from kvob_workflow.exports.zgw import audit_trail, zgw_document
from kvob_workflow.http.answers import Limit, ListOf, Offset, answered, listed
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk, asked_of
from kvob_workflow.http.models.register import IbisLine
from kvob_workflow.http.models.zgw import AuditTrailLine, ZgwDocument
from kvob_workflow.http.parameters import EstatePath, KnownAt, On
from kvob_workflow.http.resources.register import Place

ROUTES = Routes("exports")
AUDIT = Routes("audit-trail")


@ROUTES.get("/exports/ibis", ListOf[IbisLine], scope=Scope.ESTATES_READ)
def export_ibis(
    request: Request,
    desk: Desk,
    on: On = None,
    known_at: KnownAt = None,
    municipality: Place = None,
    limit: Limit = 200,
    offset: Offset = 0,
) -> Response:
    """The estates within reach for IBIS: is there a mark, and what is its last valid day."""
    day = on or desk.today()
    query = BoardQuery(
        day=day, known_at=known_at, municipality=municipality, limit=limit, offset=offset
    )
    board = desk.board(query)
    rows = tuple(ibis_rows(board.items, day))
    page = Page(rows, board.total, board.total_is_exact, board.offset, board.limit)
    return listed(page, IbisLine, request, limit)


@AUDIT.get("/estates/{estateId}/audit-trail", ListOf[AuditTrailLine], scope=Scope.HISTORY_READ)
def estate_audit_trail(
    request: Request, desk: Desk, estate_id: EstatePath, limit: Limit = 50, offset: Offset = 0
) -> Response:
    """Who did what, when, in the order of recording, by the field names of ZGW."""
    ((_, history),) = desk.histories(estate_id)
    lines = audit_trail(estate_id, history, persons=_sees_persons(desk))
    part = tuple(lines[offset : offset + limit])
    return listed(Page(part, len(lines), True, offset, limit), AuditTrailLine, request, limit)


@ROUTES.get("/estates/{estateId}/zgw", ZgwDocument, scope=Scope.HISTORY_READ)
def estate_as_zgw(request: Request, desk: Desk, estate_id: EstatePath) -> Response:
    """The estate for a case system: a zaak for each cycle, decisions, roles, documents."""
    ((_, history),) = desk.histories(estate_id)
    rsin = asked_of(request).api.rsin
    persons = _sees_persons(desk)
    made = zgw_document(estate_id, history, desk.book, rsin=rsin, persons=persons)
    # The same events give the same document, for who sees the same of them.
    tag = f"{history[-1].version}-{int(persons)}"
    return answered(ZgwDocument.model_validate(made), request, version=tag)


def _sees_persons(desk: Desk) -> bool:
    return Scope.PERSONS_READ in desk.mandate.scopes
