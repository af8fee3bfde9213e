"""What does the OpenAPI document of the API say? Its operations, each with what it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from tests.http.in_process import InProcess

METHODS: Final = ("get", "put", "post", "delete", "patch", "options", "head", "trace")
Document = dict[str, Any]


@dataclass(frozen=True)
class Operation:
    """One operation of the document. `path` has the version in front."""

    id: str
    method: str
    path: str
    parameters: tuple[Mapping[str, Any], ...]
    open: bool
    takes: str | None
    """The media type of its body; None where it takes none."""

    @property
    def takes_body(self) -> bool:
        """Whether it takes one."""
        return self.takes is not None

    def named(self, place: str, *, required: bool = False) -> Iterator[str]:
        """The names of its parameters in a path, a query or headers."""
        for one in self.parameters:
            if one["in"] == place and (one.get("required") or not required):
                yield one["name"]


def document_of(app: FastAPI) -> Document:
    """The document as a client reads it."""
    with InProcess(app) as asking:
        answer = asking.ask("GET", "/v1/openapi.json")
    assert answer.status == 200, answer.text
    document: Document = answer.json
    return document


def operations(document: Document) -> Sequence[Operation]:
    """Every operation."""
    prefix = _prefix(document)
    return [
        Operation(
            id=operation["operationId"],
            method=method.upper(),
            path=prefix + path,
            parameters=tuple(
                _resolved(document, one)
                for one in (*item.get("parameters", ()), *operation.get("parameters", ()))
            ),
            open=operation.get("security", document.get("security", [{"": []}])) in ([], [{}]),
            takes=next(iter(operation.get("requestBody", {"content": ()})["content"]), None),
        )
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


# Beside the API: for whoever runs the service, and for who finds a hole in it (RFC 9116).
_BESIDE: Final = frozenset(
    {
        ("GET", "/_healthz/livez"),
        ("GET", "/_healthz/readyz"),
        ("GET", "/.well-known/security.txt"),
    }
)


def routes(app: FastAPI) -> set[tuple[str, str]]:
    """Every route that the application answers, documented or not, by method and path."""
    found: set[tuple[str, str]] = set()
    for context in iter_route_contexts(app.router.routes):
        path, methods = getattr(context, "path", None), getattr(context, "methods", None)
        assert isinstance(path, str) and methods, f"a route of a kind unknown here: {context}"
        # Where a framework adds HEAD to GET by itself, it is the same operation.
        answered = set(methods) - ({"HEAD"} if "GET" in methods else set())
        found |= {(method, _bare(path)) for method in answered}
    return found - _BESIDE


def documented(document: Document) -> set[tuple[str, str]]:
    """Every operation of the document, by method and path."""
    return {(one.method, _bare(one.path)) for one in operations(document)}


def _bare(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def _prefix(document: Document) -> str:
    match = re.search(r"(/v\d+)/?$", document["servers"][0]["url"])
    assert match is not None, "the server names the version"
    return match.group(1)


def _resolved(document: Document, one: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in one:
        return one
    found: Any = document
    for part in str(one["$ref"]).removeprefix("#/").split("/"):
        found = found[part]
    resolved: Mapping[str, Any] = found
    return resolved
