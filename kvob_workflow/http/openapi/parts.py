"""Which parts do many operations share? Headers, conditions, refusals and the way to come in."""

from __future__ import annotations

from typing import Any, Final

from kvob_workflow.http.problems import MEDIA_TYPE
from kvob_workflow.http.settings import API_VERSION

Part = dict[str, Any]

REFUSAL_NAMES: Final = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    406: "NotAcceptable",
    408: "RequestTimeout",
    409: "Conflict",
    410: "Gone",
    412: "PreconditionFailed",
    413: "ContentTooLarge",
    414: "UriTooLong",
    415: "UnsupportedMediaType",
    428: "PreconditionRequired",
    429: "TooManyRequests",
    431: "RequestHeaderFieldsTooLarge",
    500: "InternalServerError",
    503: "ServiceUnavailable",
}
"""The refusals that an operation can answer, each the name of a part of the document."""

_ABOUT: Final = {
    400: "The request is malformed; every field that is wrong is in `errors`.",
    401: "Nobody knows who asks; WWW-Authenticate says how to come in.",
    403: "Who asks has no right to this.",
    404: "It is not there, or not within the reach of who asks.",
    406: "What is asked for cannot be given in a form that Accept takes.",
    408: "The body did not arrive in time.",
    409: "The rules of the mark say no, or somebody was faster; `code` says which.",
    410: "It was here, and is no longer kept.",
    412: "The estate has changed since it was read: read it again and decide again.",
    413: "The body is larger than is taken.",
    414: "The address is longer than is taken.",
    415: "The body is in a form that is not taken.",
    428: "If-Match is missing: say on which version this was decided.",
    429: "Too many requests; Retry-After says when to ask again.",
    431: "The headers are larger than is taken.",
    500: "A defect of this program; it is in the log of the service.",
    503: "A part that is needed does not answer now; nothing was done. Ask again later.",
}


def _string(about: str, **more: object) -> Part:
    return {"description": about, "schema": {"type": "string", **more}}


HEADERS: Final[dict[str, Part]] = {
    "API-Version": _string("The full version of this API.", examples=[API_VERSION]),
    "traceparent": _string("The trace of this request (W3C Trace Context)."),
    "ETag": _string('The version of the estate, such as "12": for If-Match and If-None-Match.'),
    "Link": _string(
        "The next and the previous page (RFC 8288).", examples=['<?offset=50>; rel="next"']
    ),
    "Location": _string("Where the thing that was made is.", format="uri-reference"),
    "Content-Language": _string("The language of title and detail.", enum=["nl", "en"]),
    "WWW-Authenticate": _string("How to come in (RFC 6750)."),
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 0}},
    "RateLimit": _string("How many requests are left, and in how many seconds they are refilled."),
    "RateLimit-Policy": _string("How many requests (q) in how many seconds (w)."),
}

PARAMETERS: Final[dict[str, Part]] = {
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": (
            "The ETag of the estate on which this was decided; or several, or * for any version "
            "(RFC 9110, 13.1.1)."
        ),
        "schema": {"type": "string", "minLength": 1, "maxLength": 200, "examples": ['"12"']},
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": (
            "An id of your own for this command. Sent again with the same body it is answered "
            "with the first result; with another body it is refused."
        ),
        "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "The ETag of an answer that you have: 304 when it is still the same.",
        "schema": {"type": "string"},  # what is no ETag of ours is not the same: no refusal
    },
}

_FIELD: Final[Part] = {
    "type": "object",
    "description": "One field that is wrong: by its JSON pointer in the body, or by its name.",
    "required": ["in", "detail"],
    "properties": {
        "in": {"type": "string", "enum": ["body", "query", "path", "header"]},
        "name": {"type": "string", "description": "The parameter or header."},
        "pointer": {"type": "string", "description": "The place in the body (RFC 6901)."},
        "detail": {"type": "string"},
    },
}
_CODE: Final[Part] = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}

SCHEMAS: Final[dict[str, Part]] = {
    "Problem": {
        "type": "object",
        "description": "Why something was refused (RFC 9457).",
        "required": ["type", "title", "status", "detail", "code", "instance"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": {"type": "string", "description": "What is wrong and what to do next."},
            "code": {**_CODE, "description": "The stable code; all are in /problems."},
            "instance": {"type": "string", "format": "uri", "description": "This one refusal."},
            "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldProblem"}},
            "fields": {"type": "object", "description": "The typed fields of the refusal."},
            "others": {
                "type": "array",
                "description": "What else the rules have against it.",
                "items": {
                    "type": "object",
                    "required": ["code", "detail"],
                    "properties": {"code": _CODE, "detail": {"type": "string"}},
                },
            },
        },
        "examples": [
            {
                "type": "/v1/problems/estate-unknown",
                "title": "Not Found",
                "status": 404,
                "detail": "There is no estate with this id.",
                "code": "estate-unknown",
                "instance": "urn:uuid:4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
            }
        ],
    },
    "FieldProblem": _FIELD,
}

_OF_STATUS: Final = {
    401: ("WWW-Authenticate",),
    429: ("Retry-After", "RateLimit", "RateLimit-Policy"),
    503: ("Retry-After",),
}


def _refusal(code: int) -> Part:
    names = ("API-Version", "Content-Language", "traceparent", *_OF_STATUS.get(code, ()))
    return {
        "description": _ABOUT[code],
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names},
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


REFUSALS: Final[dict[str, Part]] = {name: _refusal(code) for code, name in REFUSAL_NAMES.items()}

SECURITY: Final[dict[str, Part]] = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": (
            "A token of the login service (OpenID Connect), or a key for a machine. Each operation "
            "names the scope that it takes; estates out of reach are not there."
        ),
    }
}
