"""What does the API tell of itself? Its document and page, its refusals, its words; all open."""

from typing import Annotated

from fastapi import Path, Request, Response

from kvob_workflow.http.answers import answered
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import asked_of
from kvob_workflow.http.errors import ResourceUnknown
from kvob_workflow.http.models.documents import Glossary, ProblemType, ProblemTypes
from kvob_workflow.http.negotiating import place_of

ROUTES = Routes("documents")


@ROUTES.get("/openapi.json", None, scope=None)
def openapi_document(request: Request) -> Response:
    """This document: every operation, with what it takes and what it may answer."""
    from kvob_workflow.http.openapi.finished import as_json  # which is made of these routes

    made = as_json(asked_of(request).api, place_of(request))
    return Response(made, media_type="application/json")


@ROUTES.get("/docs", None, scope=None, media="text/html")
def documentation_page(request: Request) -> Response:
    """The same as a page for people, without anything of another origin."""
    from kvob_workflow.http.openapi.finished import as_page
    from kvob_workflow.http.openapi.page import CSP

    made = as_page(asked_of(request).api, place_of(request))
    return Response(made, headers={"Content-Security-Policy": CSP}, media_type="text/html")


@ROUTES.get("/problems", ProblemTypes, scope=None)
def list_problems() -> Response:
    """Every refusal: its stable code, its status, its sentence in Dutch and English."""
    from kvob_workflow.http.problem_types import problem_types  # reads every module with codes

    return answered(ProblemTypes(items=tuple(problem_types().values())))


@ROUTES.get("/problems/{code}", ProblemType, scope=None)
def problem(
    request: Request,
    code: Annotated[str, Path(max_length=100, description="The code of a problem document.")],
) -> Response:
    """One refusal."""
    from kvob_workflow.http.problem_types import problem_types

    found = problem_types().get(code)
    if found is None:
        raise ResourceUnknown(request.method, request.url.path)
    return answered(found)


@ROUTES.get("/glossary", Glossary, scope=None)
def glossary() -> Response:
    """The English words of this API with the Dutch ones."""
    from kvob_workflow.http.glossary import glossary as words

    return answered(Glossary(items=words()))
