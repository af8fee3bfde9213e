"""What would a rebuild of views do, how far is one, and can it be taken back?

It is begun by 'kvob projection rebuild', beside the service: it may take longer than any request,
and goes on when the service is started anew. The page gives the line to paste.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.mandates import Scope
from kvob_domain.words import Text
from kvob_workflow.web.operated import sent_on, told
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import Response

    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("rebuilds")
_SHOWN: Final = 20
_SHOWN_DIFFERENCES: Final = 50
STATUSES: Final[Mapping[str, Text]] = {
    "building": Text("wordt gevuld", "being filled"),
    "live": Text("in gebruik", "in use"),
    "rolled-back": Text("teruggezet", "rolled back"),
    "cancelled": Text("afgebroken", "broken off"),
}
REASONS: Final[Mapping[str, Text]] = {
    "asked": Text("gevraagd", "asked for"),
    "schema": Text("andere kolommen in deze versie", "other columns in this release"),
    "scheme-data": Text("andere schemagegevens", "other scheme data"),
    "unfilled": Text("nooit gevuld", "never filled"),
}


@SCREENS.get("/operation/rebuilds", scope=Scope.OPERATION_READ)
def rebuilds(ask: Ask) -> Response:
    """The rebuilds so far, and the plan of one with the views in the address."""
    chosen = [one for one in ask.request.query_params.getlist("view") if one]
    is_asked = "plan" in ask.query or bool(chosen)
    found = ask.desk.rebuilds(_SHOWN)
    newest = found[0] if found else None
    differing = newest is not None and newest.differences > 0
    return page(
        ask,
        "rebuilds.html",
        told=told(ask),
        found=found,
        building=newest if newest is not None and newest.status == "building" else None,
        can_undo=any(one.status == "live" for one in found),
        differences=ask.desk.rebuild_differences()[:_SHOWN_DIFFERENCES] if differing else (),
        views=[one.name for one in ask.desk.views()],
        chosen=chosen,
        plan=ask.desk.plan_rebuild(*chosen) if is_asked else None,
        line=" ".join(("kvob projection rebuild", *chosen)),
        statuses=STATUSES,
        reasons=REASONS,
    )


@SCREENS.post("/operation/rebuilds/cancel", scope=Scope.OPERATION_MANAGE)
def cancel_rebuild(ask: Ask) -> Response:
    """Break off the rebuild that is being filled; the live tables are as they were."""
    ask.desk.cancel_rebuild()
    return sent_on(ask, "/operation/rebuilds", "cancelled")


@SCREENS.post("/operation/rebuilds/undo", scope=Scope.OPERATION_MANAGE)
def undo_rebuild(ask: Ask) -> Response:
    """Trade back the tables of before."""
    ask.desk.undo_rebuild()
    return sent_on(ask, "/operation/rebuilds", "undone")


@SCREENS.post("/operation/rebuilds/clear", scope=Scope.OPERATION_MANAGE)
def clear_rebuilds(ask: Ask) -> Response:
    """Drop the tables that are kept to trade back."""
    ask.desk.clear_rebuilds()
    return sent_on(ask, "/operation/rebuilds", "cleared")
