"""How do histories from elsewhere come in? As CSV, many facts in one request.

One fact is `POST /estates/{estateId}/past-facts`. The body is bounded as every body is; a larger
file goes in parts, or through `kvob import`. To send it again does no harm.
"""

import io

from fastapi import Request, Response

from kvob_domain.mandates import Scope
from kvob_workflow.http.answers import answered
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk
from kvob_workflow.http.given import bytes_of
from kvob_workflow.http.models.imports import ImportModel, import_model
from kvob_workflow.http.parameters import DryRun
from kvob_workflow.importing import import_rows
from kvob_workflow.importing.decoding import CheckedBytes, text_of

ROUTES = Routes("imports")


@ROUTES.post("/imports", ImportModel, scope=Scope.PAST_RECORD, takes_media="text/csv")
def import_facts(request: Request, desk: Desk, dry_run: DryRun = False) -> Response:
    """Take in the rows of a CSV file; each becomes a fact, a remark, or is refused with the reason.

    What is on record already is counted as a duplicate. Estates that are not known yet are
    registered, for which it takes estates:register as well.
    """
    desk.mandate.demand(Scope.PAST_RECORD)
    body = bytes_of(request)
    CheckedBytes(io.BytesIO(body), "body").check_all()  # before anything of it is written
    rows = text_of(CheckedBytes(io.BytesIO(body), "body"))
    return answered(import_model(import_rows(desk, rows, dry_run=dry_run)))
