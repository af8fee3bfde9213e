"""How does a refusal look? A problem document (RFC 9457); the only place that assigns HTTP codes.

`type` leads to `/problems/<code>` of this API, `title` is what the code means, `detail` the
sentence for the person at the desk in the language of the request, `code` the stable code.
`errors` names every field that is wrong, each by its JSON pointer or its parameter; `others` the
further refusals of the rules.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

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
from kvob_workflow.engine.errors import EstateChanged
from kvob_workflow.http.errors import (
    AddressTooLong,
    BodyTooLarge,
    BodyTooSlow,
    ConditionMissing,
    ConditionNeverMet,
    HeadersTooLarge,
    MediaTypeUnknown,
    MethodUnknown,
    NotAcceptable,
    RequestMalformed,
    TooBusy,
    TooManyRequests,
)
from kvob_workflow.jsonable import jsonable
from kvob_workflow.malformed import CommandMalformed, Problem

if TYPE_CHECKING:
    from kvob_domain.words import Language

MEDIA_TYPE: Final = "application/problem+json"


@runtime_checkable
class Challenging(Protocol):
    """A refusal of somebody who is not known: it says how to come in (401)."""

    def challenge(self) -> str:
        """What WWW-Authenticate says."""
        ...


# The first that fits; a class of its own stands before its family.
_STATUS: Final[tuple[tuple[type[KvobError], HTTPStatus], ...]] = (
    (BodyTooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (BodyTooSlow, HTTPStatus.REQUEST_TIMEOUT),
    (MediaTypeUnknown, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    (AddressTooLong, HTTPStatus.REQUEST_URI_TOO_LONG),
    (HeadersTooLarge, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
    (NotAcceptable, HTTPStatus.NOT_ACCEPTABLE),
    (MethodUnknown, HTTPStatus.METHOD_NOT_ALLOWED),
    (TooManyRequests, HTTPStatus.TOO_MANY_REQUESTS),
    (ConditionMissing, HTTPStatus.PRECONDITION_REQUIRED),
    (ConditionNeverMet, HTTPStatus.PRECONDITION_FAILED),
    (EstateChanged, HTTPStatus.PRECONDITION_FAILED),
    (Invalid, HTTPStatus.BAD_REQUEST),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (NotFound, HTTPStatus.NOT_FOUND),
    (Rejected, HTTPStatus.CONFLICT),
    (Conflict, HTTPStatus.CONFLICT),
    (Unavailable, HTTPStatus.SERVICE_UNAVAILABLE),
)
_RETRY_SECONDS: Final = "5"
_SOON: Final = "1"
# Their sentences are for who asks. Those of other parts that fail name files and servers.
_TOLD: Final = (BodyTooSlow, TooBusy)


def status_of(kind: type[KvobError]) -> HTTPStatus:
    """The HTTP status for a class of errors, by itself or its family."""
    if issubclass(kind, Challenging):
        return HTTPStatus.UNAUTHORIZED
    for family, status in _STATUS:
        if issubclass(kind, family):
            return status
    return HTTPStatus.INTERNAL_SERVER_ERROR


def problem_of(error: KvobError, language: Language, types: str, instance: str) -> Response:
    """The answer to a request that was refused.

    `types` is the address of the problem types, `instance` the URN of this refusal.
    """
    status = status_of(type(error))
    is_inner = is_of_inside(error)
    document: dict[str, object] = {
        "type": f"{types}/{error.code}",
        "title": status.phrase,
        "status": status.value,
        "detail": _FAILED[language] if is_inner else error.message(language),
        "code": error.code,
        "instance": instance,
    }
    if isinstance(error, CommandMalformed | RequestMalformed):
        document["errors"] = [_field(one, language) for one in error.problems]
    elif not is_inner and (fields := error.fields()):
        document["fields"] = jsonable(fields, language)
    if isinstance(error, Rejected) and error.others:
        document["others"] = [
            {"code": one.code, "detail": one.message(language)} for one in error.others
        ]
    headers = {"Content-Language": language, **headers_of(error)}
    return Response(orjson.dumps(document), status.value, headers, MEDIA_TYPE)


def is_of_inside(error: KvobError) -> bool:
    """Whether its sentence is for the keeper alone: it goes to the log, the client hears a code."""
    return isinstance(error, Unavailable) and not isinstance(error, _TOLD)


def unexpected(language: Language, types: str, instance: str) -> Response:
    """The answer when this program has a defect: nothing of it is told but that it was logged."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    document = {
        "type": f"{types}/unexpected",
        "title": status.phrase,
        "status": status.value,
        "detail": UNEXPECTED[language],
        "code": "unexpected",
        "instance": instance,
    }
    headers = {"Content-Language": language}
    return Response(orjson.dumps(document), status.value, headers, MEDIA_TYPE)


UNEXPECTED: Final[dict[Language, str]] = {
    "nl": "Er ging hier iets mis; het staat in het logboek van de dienst, onder het kenmerk in "
    "instance.",
    "en": "Something went wrong here; it is in the log of the service, under the id in instance.",
}
_FAILED: Final[dict[Language, str]] = {
    "nl": "De dienst kan dit nu niet: een onderdeel werkt niet. Er is niets gedaan; vraag het "
    "straks opnieuw. De oorzaak staat in het logboek, onder het kenmerk in instance.",
    "en": "The service cannot do this now: a part of it does not work. Nothing was done; ask again "
    "later. The cause is in the log, under the id in instance.",
}


def headers_of(error: KvobError) -> dict[str, str]:
    """What a client does next, for programs."""
    if isinstance(error, Challenging):
        return {"WWW-Authenticate": error.challenge()}
    if isinstance(error, MethodUnknown):
        return {"Allow": ", ".join(error.allowed)}
    if isinstance(error, TooManyRequests):
        return {
            "Retry-After": str(error.seconds),
            "RateLimit": f'"client";r=0;t={error.seconds}',
            "RateLimit-Policy": f'"client";q={error.a_minute};w=60',
        }
    if isinstance(error, BodyTooSlow | BodyTooLarge):
        return {"Connection": "close"}  # what still comes of the body is not read
    if isinstance(error, Unavailable):
        return {"Retry-After": _SOON if isinstance(error, TooBusy) else _RETRY_SECONDS}
    return {}


def _field(one: Problem, language: Language) -> dict[str, object]:
    where, *rest = one.path or ("body",)
    detail = one.nl if language == "nl" else one.en
    if where in ("query", "header", "path"):
        return {"in": where, "name": ".".join(map(str, rest)), "detail": detail}
    inner = rest if where == "body" else one.path
    pointer = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in inner)
    return {"in": "body", "pointer": pointer, "detail": detail}
