"""Which systems are told of events, does it arrive, and what to do where it does not?

Those of who looks and of his organisation. A new one is made over the API or by 'kvob webhook add',
where its secret is shown once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.errors import Invalid
from kvob_domain.mandates import Scope
from kvob_workflow.http.problems import status_of
from kvob_workflow.web.operated import sent_on, told
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from fastapi import Response

    from kvob_workflow.web.asking import Ask
    from kvob_workflow.webhooks.subscription import Pinged

SCREENS: Final = Screens("webhooks")
_SHOWN: Final = 100


@SCREENS.get("/operation/webhooks", scope=Scope.WEBHOOKS_MANAGE)
def webhooks(ask: Ask) -> Response:
    """All of them, and how each goes."""
    return page(ask, "webhooks.html", told=told(ask), found=ask.desk.webhooks().all())


@SCREENS.get("/operation/webhooks/{webhook}", scope=Scope.WEBHOOKS_MANAGE)
def webhook_page(ask: Ask) -> Response:
    """One of them, with what did not arrive."""
    return _one(ask)


@SCREENS.post("/operation/webhooks/{webhook}/pause", scope=Scope.WEBHOOKS_MANAGE)
def pause_webhook(ask: Ask) -> Response:
    """Deliver nothing until it is resumed."""
    reason = str(ask.form.get("reason", "")).strip()
    try:
        ask.desk.webhooks().pause(ask.path("webhook"), reason)
    except Invalid as error:
        return _one(ask, reason=reason, error=error)
    return _back(ask, "paused")


@SCREENS.post("/operation/webhooks/{webhook}/resume", scope=Scope.WEBHOOKS_MANAGE)
def resume_webhook(ask: Ask) -> Response:
    """Go on where it was."""
    ask.desk.webhooks().resume(ask.path("webhook"))
    return _back(ask, "resumed")


@SCREENS.post("/operation/webhooks/{webhook}/resend", scope=Scope.WEBHOOKS_MANAGE)
def resend_to_webhook(ask: Ask) -> Response:
    """Send again what was chosen of what did not arrive; all of it where nothing was."""
    chosen = [str(one) for one in ask.form.getlist("position")]
    positions = [int(one) for one in chosen if one.isascii() and one.isdigit() and len(one) < 18]
    ask.desk.webhooks().resend(ask.path("webhook"), positions)
    return _back(ask, "resent")


@SCREENS.post("/operation/webhooks/{webhook}/ping", scope=Scope.WEBHOOKS_MANAGE)
def ping_webhook(ask: Ask) -> Response:
    """Call the receiver once, with an event that says nothing."""
    came = ask.desk.webhooks().ping(ask.path("webhook"))
    return _back(ask, "pinged") if came.is_taken else _one(ask, came=came)


def _back(ask: Ask, done: str) -> Response:
    return sent_on(ask, f"/operation/webhooks/{ask.path('webhook')}", done)


def _one(
    ask: Ask, *, reason: str = "", error: Invalid | None = None, came: Pinged | None = None
) -> Response:
    hooks, name = ask.desk.webhooks(), ask.path("webhook")
    return page(
        ask,
        "webhook.html",
        status=200 if error is None else status_of(type(error)).value,
        told=told(ask),
        one=hooks.show(name),
        failures=hooks.failures(name),
        most=_SHOWN,
        reason=reason,
        problem=None if error is None else error.message(ask.language),
        came=came,
    )
