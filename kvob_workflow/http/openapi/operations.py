"""What may an operation be asked with, and what may it answer? What FastAPI cannot know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kvob_workflow.http.openapi.parts import REFUSAL_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvob_workflow.http.declaring import Declared

Operation = dict[str, Any]
_ALWAYS: Final = (400, 406, 414, 429, 431, 500, 503)
_WITH_BODY: Final = (408, 413, 415)
_OF_COMMANDS: Final = (409, 412, 428)
_OF_SCOPES: Final = (401, 403)


def completed(operation: Operation, one: Declared) -> None:
    """Add the headers, refusals, scopes and conditions of a declared operation."""
    if operation.get("description") == f"{operation['summary']}.":
        del operation["description"]
    operation["security"] = [] if one.scope is None else [{"bearer": [one.scope.value]}]
    responses = operation["responses"]
    success = responses[str(one.status)]
    success["headers"] = {name: _header(name) for name in _headers(one)}
    if one.answers is None and one.status not in (204, 304):
        forms = (one.media, *one.also)
        success["content"] = {form: _body_of(form) for form in forms}
    elif one.media != "application/json":
        success["content"] = {one.media: success.get("content", {}).get("application/json", {})}
    if one.changes:
        tried = {**success, "description": "Tried with dryRun: nothing was written"}
        tried["headers"] = {name: _header(name) for name in ("API-Version", "traceparent")}
        responses["200"] = tried
    if is_conditional(one):
        responses["304"] = {
            "description": "It has not changed since the answer with this ETag",
            "headers": {name: _header(name) for name in ("API-Version", "ETag")},
        }
    for code in sorted(set(_refusals(one))):
        responses[str(code)] = {"$ref": f"#/components/responses/{REFUSAL_NAMES[code]}"}
    operation["responses"] = dict(sorted(responses.items()))
    if parameters := [*operation.get("parameters", ()), *_conditions(operation, one)]:
        operation["parameters"] = parameters


def is_conditional(one: Declared) -> bool:
    """Whether it is the answer about one thing, which has a version: it may bear an ETag."""
    is_list = one.answers is not None and "total_is_exact" in one.answers.model_fields
    return (
        one.method == "GET" and one.media == "application/json" and "{" in one.path and not is_list
    )


def _headers(one: Declared) -> Iterator[str]:
    yield "API-Version"
    yield "traceparent"
    if is_conditional(one) or one.changes:
        yield "ETag"
    if one.answers is not None and "total_is_exact" in one.answers.model_fields:
        yield "Link"
    if one.status in (201, 202):
        yield "Location"


def _refusals(one: Declared) -> Iterator[int]:
    yield from _ALWAYS
    yield from one.refusals
    if one.scope is not None:
        yield from _OF_SCOPES
    if "{" in one.path:
        yield 404
    if one.method in ("POST", "PUT", "PATCH"):
        yield from _WITH_BODY
    if one.changes:
        yield from _OF_COMMANDS


def _conditions(operation: Operation, one: Declared) -> Iterator[dict[str, str]]:
    """The headers that decide whether something is done, unless the handler declares them."""
    own = {parameter["name"].lower() for parameter in operation.get("parameters", ())}
    wanted = {
        "if-match": ("IfMatch", one.changes and "{estateId}" in one.path),
        "idempotency-key": ("IdempotencyKey", one.changes),
        "if-none-match": ("IfNoneMatch", is_conditional(one)),
    }
    for name, (component, is_wanted) in wanted.items():
        if is_wanted and name not in own:
            yield {"$ref": f"#/components/parameters/{component}"}


def _body_of(form: str) -> dict[str, object]:
    """What an answer of this media type holds, where no model says more."""
    if form == "text/event-stream":
        return {}  # OpenAPI 3.1 has no words for what never ends; AsyncAPI has
    return {"schema": {"type": "object" if form == "application/json" else "string"}}


def _header(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/headers/{name}"}
