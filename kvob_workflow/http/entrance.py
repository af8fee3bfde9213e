"""What does a request know? The engine, the settings, and under which mandate it asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, cast

from fastapi import Depends, Request

from kvob_workflow.engine.mandated import Mandated

if TYPE_CHECKING:
    from kvob_domain.words import Language
    from kvob_workflow.engine import Engine
    from kvob_workflow.http.settings import Api

_KEY = "kvob.asked"


@dataclass(slots=True)
class Asked:
    """One request: through which entrance, in which language, by whom (None: nobody was asked).

    `trace` is its W3C trace id, for commands and for whoever looks for it in a log.
    """

    engine: Engine
    api: Api
    language: Language
    trace: str = ""
    desk: Mandated | None = None


def enter(request: Request, asked: Asked) -> None:
    """Let the handler of this request find what it needs."""
    request.scope[_KEY] = asked


def asked_of(request: Request) -> Asked:
    """What this request knows."""
    return cast("Asked", request.scope[_KEY])


def desk_of(request: Request) -> Mandated:
    """The engine under the mandate of who asks; a route that is open has none."""
    desk = asked_of(request).desk
    if desk is None:
        raise RuntimeError("an open route asks under a mandate: declare its scope")
    return desk


async def _desk(request: Request) -> Mandated:
    return desk_of(request)


Desk = Annotated[Mandated, Depends(_desk)]
"""A parameter of a handler: the engine under the mandate of who asks."""
