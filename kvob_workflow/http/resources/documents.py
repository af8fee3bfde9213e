"""What does the API tell of itself? Its document; open to everybody."""

import orjson
from fastapi import Request, Response

from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import asked_of
from kvob_workflow.http.negotiating import place_of

ROUTES = Routes("documents")


@ROUTES.get("/openapi.json", None, scope=None)
def openapi_document(request: Request) -> Response:
    """This document: every operation, with what it takes and what it may answer."""
    from kvob_workflow.http.openapi import document  # which is made of these routes

    made = document(asked_of(request).api, place_of(request))
    return Response(orjson.dumps(made), media_type="application/json")
