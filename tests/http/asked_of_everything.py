"""What do the callers of a fuzz ask about? The ids of the world of two regions, and none."""

from __future__ import annotations

from typing import Final

from kvob_domain.actor import Role
from tests.http.callers import Caller, caller
from tests.http.two_regions import ABSENT, HERE, NEIGHBOUR, THERE

# The five of the issue; the others come in the campaign.
FIVE: Final = (Role.GUIDE, Role.AUDITOR, Role.DECIDER, Role.MUNICIPALITY, Role.PUBLIC)
_ESTATES: Final = (HERE.id, NEIGHBOUR.id, THERE.id, ABSENT)
VALUES: Final = {
    "estateId": _ESTATES,
    "certificateId": tuple(f"{estate}-15" for estate in _ESTATES),
    "measureId": (f"m1-{HERE.mark}", f"m2-{HERE.mark}", "m9"),
    "number": ("1", "2"),
    "cycle": ("1", "2"),
    "version": ("1", "4", "9", "999"),
    "field": ("step", "level", "expires_on"),
    "edition": ("kvo-3.1", "kvo-9"),
    "name": ("board", "register", "webhooks"),
    "code": ("scope-missing", "no-such-code"),
}


def five() -> list[Caller]:
    """A guide, an auditor, a decider, a municipality and the public, all at one place."""
    return [caller(role) for role in FIVE]


def others() -> list[Caller]:
    """Everybody else who may come in."""
    return [caller(role) for role in Role if role not in (*FIVE, Role.ALARM)]
