"""What is on record of an estate's cycle, and what is missing? Evidence, documents, figures."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from fastapi import Request, Response

from kvob_domain.mandates import Scope
from kvob_workflow.engine.history import HistoryEntry
from kvob_workflow.engine.overview import overview_of
from kvob_workflow.http.answers import answered
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk
from kvob_workflow.http.models.evidence import (
    DocumentLine,
    EstateEvidence,
    EstateFigures,
    FindingLine,
    on_record,
)
from kvob_workflow.http.models.overview import FigureChange, FiguresOfYear, missing_line
from kvob_workflow.http.parameters import EstatePath, KnownAt, On
from kvob_workflow.http.parts import PartOf, part, versioned

ROUTES = Routes("evidence")
_CLOSED = "kvob.estate:finding-closed.v1"


@ROUTES.get("/estates/{estateId}/evidence", EstateEvidence, scope=Scope.ESTATES_READ)
def estate_evidence(
    request: Request, desk: Desk, estate_id: EstatePath, on: On = None, known_at: KnownAt = None
) -> Response:
    """What is missing before the next award and who owes it; what is on record."""
    state = desk.state(estate_id, on, known_at)
    found = overview_of(state, desk.book, on or desk.today())
    body = EstateEvidence(
        estate_id=state.id,
        version=state.version,
        cycle=found.cycle,
        edition=found.edition,
        missing=tuple(missing_line(one) for one in found.missing),
        on_record=on_record(state.dossier),
        documents=tuple(DocumentLine.model_validate(one) for one in state.documents),
    )
    return versioned(body, state.version, request, on)


@ROUTES.get("/estates/{estateId}/documents", PartOf[DocumentLine], scope=Scope.ESTATES_READ)
def estate_documents(
    request: Request, desk: Desk, estate_id: EstatePath, on: On = None, known_at: KnownAt = None
) -> Response:
    """The documents on record, by their SHA-256; the documents themselves are kept elsewhere."""
    state = desk.state(estate_id, on, known_at)
    return part(DocumentLine, state.documents, (state.id, state.version), request, on)


@ROUTES.get("/estates/{estateId}/figures", EstateFigures, scope=Scope.ESTATES_READ)
def estate_figures(
    request: Request, desk: Desk, estate_id: EstatePath, on: On = None, known_at: KnownAt = None
) -> Response:
    """The incident figures by year, and how they moved since the baseline."""
    state = desk.state(estate_id, on, known_at)
    found = overview_of(state, desk.book, on or desk.today())
    baseline = None if found.baseline is None else FiguresOfYear.model_validate(found.baseline)
    body = EstateFigures(
        estate_id=state.id,
        version=state.version,
        items=tuple(FiguresOfYear.model_validate(one) for one in state.figures),
        baseline=baseline,
        changes=tuple(FigureChange.model_validate(one) for one in found.changes),
    )
    return versioned(body, state.version, request, on)


@ROUTES.get("/estates/{estateId}/findings", PartOf[FindingLine], scope=Scope.HISTORY_READ)
def estate_findings(
    desk: Desk, estate_id: EstatePath, on: On = None, known_at: KnownAt = None
) -> Response:
    """The shortcomings that audits and refusals left, and which of them were closed."""
    history = desk.history(estate_id, on, known_at)
    version = max(one.version for one in history if one.via is None)
    items = tuple(_findings(history))
    return answered(PartOf[FindingLine](estate_id=estate_id, version=version, items=items))


def _findings(history: Sequence[HistoryEntry]) -> Iterator[FindingLine]:
    """Each finding, closed by the first event behind it that closes one of its name."""
    told = [one for one in history if one.via is None and not one.withdrawn]
    for place, entry in enumerate(told):
        noted = cast("list[dict[str, Any]]", entry.details.get("findings", ()))
        for finding in noted:
            closing = next(
                (
                    later
                    for later in told[place + 1 :]
                    if later.topic == _CLOSED and later.details.get("finding") == finding["id"]
                ),
                None,
            )
            yield FindingLine.model_validate(
                {
                    **finding,
                    "opened_on": entry.on,
                    "opened_version": entry.version,
                    "closed_on": None if closing is None else closing.on,
                    "closed_version": None if closing is None else closing.version,
                    "note": None if closing is None else closing.details.get("note"),
                }
            )
