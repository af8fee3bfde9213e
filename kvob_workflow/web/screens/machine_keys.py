"""Which machines have a key, until when, and how does one end? A key itself is never shown.

A new one is made over the API or by 'kvob key add', where it is shown once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.mandates import Scope
from kvob_workflow.web.operated import sent_on, told
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from fastapi import Response

    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("machine_keys")


@SCREENS.get("/operation/keys", scope=Scope.KEYS_MANAGE)
def machine_keys(ask: Ask) -> Response:
    """Every key, those that live first."""
    found = ask.desk.api_keys()
    now = ask.desk.instant(ask.today.isoformat())
    live = [one for one in found if one.is_live(now)]
    ended = [one for one in found if not one.is_live(now)]
    return page(ask, "machine_keys.html", told=told(ask), live=live, ended=ended)


@SCREENS.post("/operation/keys/{key}/revoke", scope=Scope.KEYS_MANAGE)
def revoke_machine_key(ask: Ask) -> Response:
    """End a key at once."""
    ask.desk.revoke_api_key(ask.path("key"))
    return sent_on(ask, "/operation/keys", "revoked")
