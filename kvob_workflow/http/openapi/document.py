"""What does the whole document say? Who answers for it, where it is, every operation and model."""

from __future__ import annotations

import copy
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Protocol

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from kvob_workflow.http.openapi.operations import completed
from kvob_workflow.http.openapi.parts import HEADERS, PARAMETERS, REFUSALS, SCHEMAS, SECURITY
from kvob_workflow.http.openapi.schemas import hoisted, tidied
from kvob_workflow.http.openapi.words import ABOUT, SUMMARY, TAGS, TITLE
from kvob_workflow.http.settings import API_VERSION, PREFIX

if TYPE_CHECKING:
    from kvob_workflow.http.declaring import Declared

Document = dict[str, Any]
"""A JSON object: what OpenAPI is written in."""

_LICENCE: Final = {"name": "Apache-2.0", "identifier": "Apache-2.0"}


class Installation(Protocol):
    """What the settings of an API say of who offers it, and where."""

    @property
    def server(self) -> str: ...
    @property
    def contact_name(self) -> str: ...
    @property
    def contact_url(self) -> str: ...
    @property
    def contact_email(self) -> str: ...


def document(api: Installation, place: str = "") -> Document:
    """The document of an installation whose routes are below `place`, such as `/kvob`."""
    made = copy.copy(_described())
    address = f"{(api.server or place).rstrip('/')}{PREFIX}"
    contact = {"name": api.contact_name, "url": api.contact_url, "email": api.contact_email}
    made["info"] = {**made["info"], "contact": contact}
    made["servers"] = [{"url": address}]
    made["x-glossary"] = f"{address}/glossary"
    if api.server:  # OpenAPI takes a whole address here
        told = "English words with the Dutch ones"
        made["externalDocs"] = {"url": f"{address}/glossary", "description": told}
    return made


@lru_cache(maxsize=1)
def _described() -> Document:
    """Everything that is the same in every installation."""
    from kvob_workflow.http.routing import declared  # which holds the route that gives this

    operations = declared()
    drawn = tidied(_drawn(operations))
    components = drawn.setdefault("components", {}).setdefault("schemas", {})
    for one in operations:
        operation = drawn["paths"][one.path][one.method.lower()]
        completed(operation, one)
        if one.takes is not None:
            content = {one.takes_media: {"schema": hoisted(one.takes, components)}}
            operation["requestBody"] = {"required": True, "content": content}
    components.update(SCHEMAS)
    drawn["components"] |= {
        "headers": HEADERS,
        "parameters": PARAMETERS,
        "responses": REFUSALS,
        "securitySchemes": SECURITY,
        "schemas": dict(sorted(components.items())),
    }
    used = dict.fromkeys(one.tag for one in operations)
    return {
        "openapi": drawn["openapi"],
        "info": {
            "title": TITLE,
            "summary": SUMMARY,
            "description": ABOUT,
            "version": API_VERSION,
            "license": _LICENCE,
        },
        "tags": [{"name": tag, "description": TAGS.get(tag, tag)} for tag in used],
        "paths": drawn["paths"],
        "components": drawn["components"],
    }


def _drawn(operations: tuple[Declared, ...]) -> Document:
    """What FastAPI reads from the handlers; these routes are never asked."""
    routes = APIRouter()
    for one in operations:
        title, _, rest = (one.handler.__doc__ or one.handler.__name__).partition("\n")
        routes.add_api_route(
            one.path,
            one.handler,
            methods=[one.method],
            response_model=one.answers,
            status_code=one.status,
            tags=[one.tag],
            operation_id=one.handler.__name__,
            summary=title.rstrip("."),
            description=" ".join(rest.split()) or title,
            response_class=JSONResponse,
        )
    drawn: Document = get_openapi(title=TITLE, version=API_VERSION, routes=routes.routes)
    return drawn
