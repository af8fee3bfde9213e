"""How does a refusal look? A problem document (RFC 9457); the only place that assigns HTTP codes.

`type` leads to `/problems/<code>` of this API, `title` is what the code means, `detail` the
sentence for the person at the desk in the language of the request, `code` the stable code.
`errors` names every field that is wrong, each by its JSON pointer or its parameter; `others` the
further refusals of the rules.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import orjson
from fastapi import Response

from kvob_domain.errors import (
    Conflict,
    Forbidden,
    Invalid,
    KvobError,
    NotFound,
    Rejected,
    Unavailable,
)
from kvob_workflow.http.errors import (
    BodyTooLarge,
    BodyTooSlow,
    ConditionMissing,
    MediaTypeUnknown,
    RequestMalformed,
)
from kvob_workflow.jsonable import jsonable
from kvob_workflow.malformed import CommandMalformed, Problem

if TYPE_CHECKING:
    from kvob_domain.words import Language

MEDIA_TYPE: Final = "application/problem+json"

# The first that fits; a class of its own stands before its family.
_STATUS: Final[tuple[tuple[type[KvobError], HTTPStatus], ...]] = (
    (BodyTooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (BodyTooSlow, HTTPStatus.REQUEST_TIMEOUT),
    (MediaTypeUnknown, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    (ConditionMissing, HTTPStatus.PRECONDITION_REQUIRED),
    (Invalid, HTTPStatus.BAD_REQUEST),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (NotFound, HTTPStatus.NOT_FOUND),
    (Rejected, HTTPStatus.CONFLICT),
    (Conflict, HTTPStatus.CONFLICT),
    (Unavailable, HTTPStatus.SERVICE_UNAVAILABLE),
)
_RETRY_SECONDS: Final = "5"


def status_of(error: KvobError) -> HTTPStatus:
    """The HTTP status for an error, by its class or its family."""
    for family, status in _STATUS:
        if isinstance(error, family):
            return status
    return HTTPStatus.INTERNAL_SERVER_ERROR


def problem_of(error: KvobError, language: Language, types: str) -> Response:
    """The answer to a request that was refused; `types` is the address of the problem types."""
    status = status_of(error)
    document: dict[str, object] = {
        "type": f"{types}/{error.code}",
        "title": status.phrase,
        "status": status.value,
        "detail": error.message(language),
        "code": error.code,
    }
    if isinstance(error, CommandMalformed | RequestMalformed):
        document["errors"] = [_field(one, language) for one in error.problems]
    elif fields := error.fields():
        document["fields"] = jsonable(fields, language)
    if isinstance(error, Rejected) and error.others:
        document["others"] = [
            {"code": one.code, "detail": one.message(language)} for one in error.others
        ]
    headers: dict[str, str] = {"Content-Language": language}
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = _RETRY_SECONDS
    return Response(orjson.dumps(document), status.value, headers, MEDIA_TYPE)


def unexpected(language: Language, types: str) -> Response:
    """The answer when this program has a defect: nothing of it is told but that it was logged."""
    detail = (
        "Er ging hier iets mis; het staat in het logboek van de dienst."
        if language == "nl"
        else "Something went wrong here; it is in the log of the service."
    )
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    document = {
        "type": f"{types}/unexpected",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "code": "unexpected",
    }
    headers = {"Content-Language": language}
    return Response(orjson.dumps(document), status.value, headers, MEDIA_TYPE)


def _field(one: Problem, language: Language) -> dict[str, object]:
    where, *rest = one.path or ("body",)
    detail = one.nl if language == "nl" else one.en
    if where in ("query", "header", "path"):
        return {"in": where, "name": ".".join(map(str, rest)), "detail": detail}
    inner = rest if where == "body" else one.path
    pointer = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in inner)
    return {"in": "body", "pointer": pointer, "detail": detail}
