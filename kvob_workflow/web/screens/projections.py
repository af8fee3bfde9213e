"""How far is every view and follower, what stopped it, and what can be done about it?

It is tried again, or one event is stepped over. That is for good, so that it takes a reason and a
second thought.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.mandates import Scope
from kvob_domain.words import Text
from kvob_workflow.followers.errors import SkipReasonMissing
from kvob_workflow.followers.status import FollowerKind, Standing
from kvob_workflow.http.problems import status_of
from kvob_workflow.web.operated import sent_on, told
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import Response

    from kvob_workflow.followers.status import ProjectionStatus
    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("projections")
WHAT_TO_DO: Final[Mapping[Standing, Text]] = {
    Standing.CURRENT: Text("Niets.", "Nothing."),
    Standing.UNUSED: Text(
        "Niets: niemand gebruikt het, of het is gepauzeerd.", "Nothing: it is not used, or paused."
    ),
    Standing.LAGGING: Text(
        "Wacht: het komt vanzelf bij zolang 'kvob run' of de dienst loopt.",
        "Wait: it comes along by itself while 'kvob run' or the service runs.",
    ),
    Standing.BUILDING: Text(
        "Wacht tot het is opgebouwd; zie Herbouw.", "Wait until it is built; see Rebuilds."
    ),
    Standing.BEHIND: Text(
        "Lees de fout, verhelp de oorzaak, en probeer het opnieuw.",
        "Read the error, take the cause away, and try again.",
    ),
    Standing.FAILING: Text(
        "Het probeert het vanzelf opnieuw. Duurt het lang, verhelp dan de oorzaak.",
        "It tries again by itself. Where that takes long, take the cause away.",
    ),
    Standing.STALLED: Text(
        "Het gaat niet verder zonder u: verhelp de oorzaak en probeer opnieuw, of sla de "
        "gebeurtenis over.",
        "It does not go on without you: take the cause away and try again, or step over the event.",
    ),
}
_ELSEWHERE: Final[Mapping[FollowerKind, str]] = {
    FollowerKind.PROOFS: "kvob log sequence",
    FollowerKind.CHANNEL: "kvob notices --resend-failed",
}


@SCREENS.get("/operation/projections", scope=Scope.OPERATION_READ)
def projections(ask: Ask) -> Response:
    """Every view and follower, with the event up to which it is done."""
    found = ask.desk.projection_status()
    needing = [one for one in found if one.needs_somebody or one.standing is Standing.FAILING]
    return page(
        ask, "projections.html", told=told(ask), found=found, needing=needing, advice=WHAT_TO_DO
    )


@SCREENS.get("/operation/projections/{name}", scope=Scope.OPERATION_READ)
def projection_page(ask: Ask) -> Response:
    """One of them, with all that is known."""
    return _one(ask)


@SCREENS.post("/operation/projections/{name}/retry", scope=Scope.OPERATION_MANAGE)
def retry_projection(ask: Ask) -> Response:
    """Try again what it failed at."""
    name = ask.path("name")
    ask.desk.retry_projection(name)
    return sent_on(ask, f"/operation/projections/{name}", "retried")


@SCREENS.post("/operation/projections/{name}/skip", scope=Scope.OPERATION_MANAGE)
def skip_event(ask: Ask) -> Response:
    """Let it step over the one event that it failed at."""
    name, reason = ask.path("name"), str(ask.form.get("reason", ""))
    if ask.form.get("sure") != "yes":
        return _one(ask, reason, unsure=True)
    try:
        ask.desk.skip_event(name, reason)
    except SkipReasonMissing as error:
        return _one(ask, reason, error)
    return sent_on(ask, f"/operation/projections/{name}", "skipped")


def _one(
    ask: Ask, reason: str = "", error: SkipReasonMissing | None = None, *, unsure: bool = False
) -> Response:
    (found,) = ask.desk.projection_status(ask.path("name"))
    status = 400 if unsure else 200 if error is None else status_of(type(error)).value
    return page(
        ask,
        "projection.html",
        status=status,
        told=told(ask),
        one=found,
        advice=WHAT_TO_DO[found.standing],
        elsewhere=_ELSEWHERE.get(found.kind),
        can_skip=_can_skip(found),
        reason=reason,
        problem=None if error is None else error.message(ask.language),
        unsure=unsure,
    )


def _can_skip(found: ProjectionStatus) -> bool:
    return found.kind in (FollowerKind.EFFECT, FollowerKind.WEBHOOK) and found.event is not None
