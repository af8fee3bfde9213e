"""Where does one estate stand? One row, for whoever asks often: the cheapest question there is."""

from fastapi import Response

from kvob_domain.mandates import Scope
from kvob_workflow.http.answers import answered
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk
from kvob_workflow.http.models.status import EstateStatus
from kvob_workflow.http.parameters import EstatePath, KnownAt, On

ROUTES = Routes("estates")


@ROUTES.get("/estates/{estateId}/status", EstateStatus, scope=Scope.ESTATES_READ, quick=True)
def estate_status(
    desk: Desk, estate: EstatePath, on: On = None, known_at: KnownAt = None
) -> Response:
    """Where an estate stands: step, status, level, last valid day, and what falls due next."""
    return answered(EstateStatus.model_validate(desk.board_row(estate, on, known_at)))
