"""Which estates are there? The list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.mandates import Scope
from kvob_projections.board import BoardQuery
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from fastapi import Response

    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("estates")


@SCREENS.get("/estates", scope=Scope.ESTATES_READ)
def estates(ask: Ask) -> Response:
    """The list of estates."""
    found = ask.desk.board(BoardQuery(day=ask.on, known_at=ask.known_at, limit=50))
    return page(ask, "estates.html", found=found)
