"""Does an answer keep its contract? It is compared with the schema of its declared model."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, cast

import httpx2
import jsonschema
from pydantic import BaseModel

from kvob_workflow.http.declaring import Declared
from kvob_workflow.http.routing import declared
from kvob_workflow.http.settings import PREFIX

_FORMATS = jsonschema.FormatChecker(("date", "date-time"))
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
Json = dict[str, Any]


def _is_utc_instant(value: object) -> bool:
    return not isinstance(value, str) or _INSTANT.fullmatch(value) is not None


_FORMATS.checks("date-time")(_is_utc_instant)


@cache
def operation_at(method: str, path: str) -> Declared:
    """The operation that answers at a path below the prefix."""
    for one in declared():
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(one.path))
        if one.method == method and re.fullmatch(pattern, path):
            return one
    raise LookupError(path)


@cache
def _schema_of(answers: type[BaseModel]) -> jsonschema.Draft202012Validator:
    schema = answers.model_json_schema(mode="serialization", by_alias=True)
    return jsonschema.Draft202012Validator(schema, format_checker=_FORMATS)


def kept(response: httpx2.Response, status: int = 200) -> Json:
    """The body of a success, which keeps its contract: types, enums, days, instants, media type."""
    assert response.status_code == status, response.text
    path = response.request.url.path.removeprefix(PREFIX)
    one = operation_at(response.request.method, path)
    assert response.headers["content-type"] == "application/json"
    body = response.json()
    assert one.answers is not None
    validator = _schema_of(one.answers)
    validator.validate(body)  # pyright: ignore[reportUnknownMemberType]  # its stubs leave it open
    return cast("Json", body)


def refused(response: httpx2.Response, status: int, code: str) -> Json:
    """The problem of a refusal, with its status, its code, and a sentence."""
    assert (response.status_code, response.json().get("code")) == (status, code), response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"]
    return cast("Json", response.json())
