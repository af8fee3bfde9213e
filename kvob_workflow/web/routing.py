"""How is a screen declared? As a function of what was asked, with a path and the scope it takes.

    SCREENS = Screens("history")

    @SCREENS.get("/estates/{estate}/history", scope=Scope.HISTORY_READ)
    def history(ask: Ask) -> Response: ...

A screen is a plain function that runs in a thread. It asks the engine through `ask.desk` alone,
which has the mandate of who is looking; the scope is looked at before it is called.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from fastapi import Response

    from kvob_domain.mandates import Scope
    from kvob_workflow.web.asking import Ask

    Handler = TypeVar("Handler", bound=Callable[[Ask], Response])

FORM_BYTES: Final = 1_000_000
"""What is taken of a form; the largest plan has some hundred thousand."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One path and method of the pages.

    `scope` None: for everybody who is let in at all. `takes_bytes` bounds the body of a form. With
    `takes_upload` a file of `Pages.upload_bytes` may be in it besides. `waits`: the browser asks by
    itself, so that it keeps nobody logged in.
    """

    method: str
    path: str
    handler: Callable[[Ask], Response]
    scope: Scope | None
    takes_bytes: int = 0
    waits: bool = False
    takes_upload: bool = False

    @property
    def name(self) -> str:
        """The name of its route."""
        return f"page_{self.handler.__name__}"


@dataclass(slots=True)
class Screens:
    """The screens of one subject."""

    subject: str
    declared: list[Screen] = field(default_factory=list[Screen])

    def get(
        self, path: str, *, scope: Scope | None, waits: bool = False
    ) -> Callable[[Handler], Handler]:
        """Declare a screen to look at."""

        def declare(handler: Handler) -> Handler:
            self.declared.append(Screen("GET", path, handler, scope, waits=waits))
            return handler

        return declare

    def post(
        self,
        path: str,
        *,
        scope: Scope | None,
        takes_bytes: int = FORM_BYTES,
        takes_upload: bool = False,
    ) -> Callable[[Handler], Handler]:
        """Declare what a form is sent to: the token of the form is checked before it is called."""

        def declare(handler: Handler) -> Handler:
            self.declared.append(
                Screen("POST", path, handler, scope, takes_bytes, takes_upload=takes_upload)
            )
            return handler

        return declare
