"""How is a resource declared? As functions with a method, a path and the scope they take.

    ROUTES = Routes("estates")

    @ROUTES.get("/estates/{estateId}", EstateModel, scope=Scope.ESTATES_READ)
    def estate(desk: Desk, estate_id: EstatePath) -> Response: ...

A handler is a plain function, which FastAPI runs in a thread; one that is `quick` reads a row or
two, and runs in the event loop where the store is a file or memory: that halves its time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from fastapi import Response
from pydantic import BaseModel

from kvob_domain.mandates import Scope

Handler = TypeVar("Handler", bound=Callable[..., Response])


@dataclass(frozen=True, slots=True)
class Declared:
    """One operation. `scope` None: open to everybody, without credentials.

    `answers` is the model of the body of a success, None where it is no JSON; `media` its media
    type then, and `also` are those that Accept can choose instead. `takes` is the JSON Schema of
    the request's body, `takes_media` the media type that the body must have; JSON is read before
    the handler is called. `refusals` are further status codes that it may answer, beyond those
    that every operation has.
    """

    method: str
    path: str
    handler: Callable[..., Response]
    answers: type[BaseModel] | None
    scope: Scope | None
    tag: str
    quick: bool = False
    status: int = 200
    media: str = "application/json"
    also: tuple[str, ...] = ()
    takes: Mapping[str, object] | None = field(default=None, hash=False)
    takes_media: str = "application/json"
    refusals: tuple[int, ...] = ()
    changes: bool = False
    """It is a command on an estate: it takes If-Match and Idempotency-Key."""


@dataclass(slots=True)
class Routes:
    """The operations of one resource, in the order of the document."""

    tag: str
    declared: list[Declared] = field(default_factory=list[Declared])

    def get(
        self,
        path: str,
        answers: type[BaseModel] | None,
        *,
        scope: Scope | None,
        quick: bool = False,
        media: str = "application/json",
        also: tuple[str, ...] = (),
        refusals: tuple[int, ...] = (),
    ) -> Callable[[Handler], Handler]:
        """Declare a question."""

        def declare(handler: Handler) -> Handler:
            self.declared.append(
                Declared(
                    "GET",
                    path,
                    handler,
                    answers,
                    scope,
                    self.tag,
                    quick=quick,
                    media=media,
                    also=also,
                    refusals=refusals,
                )
            )
            return handler

        return declare

    def post(
        self,
        path: str,
        answers: type[BaseModel] | None,
        *,
        scope: Scope | None,
        takes: type[BaseModel] | None = None,
        takes_media: str = "application/json",
        status: int = 200,
        media: str = "application/json",
        refusals: tuple[int, ...] = (404, 409),
    ) -> Callable[[Handler], Handler]:
        """Declare a request that does something; `takes` is the model of its body."""
        schema = None if takes is None else takes.model_json_schema()
        if takes_media != "application/json":
            schema = {"type": "string", "minLength": 1}

        def declare(handler: Handler) -> Handler:
            self.declared.append(
                Declared(
                    "POST",
                    path,
                    handler,
                    answers,
                    scope,
                    self.tag,
                    status=status,
                    media=media,
                    takes=schema,
                    takes_media=takes_media,
                    refusals=refusals,
                )
            )
            return handler

        return declare

    def add(self, one: Declared) -> None:
        """Declare an operation that was made of something else, such as a command."""
        self.declared.append(one)
