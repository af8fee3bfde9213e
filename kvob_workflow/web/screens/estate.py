"""How does one estate stand? Everything about it on one page, in the order that a guide needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.mandates import Scope
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from fastapi import Response

    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("estate")


@SCREENS.get("/estates/{estate}", scope=Scope.ESTATES_READ)
def estate(ask: Ask) -> Response:
    """The page of one estate."""
    overview = ask.desk.overview(ask.estate, ask.on, ask.known_at)
    return page(ask, "estate.html", overview=overview)
