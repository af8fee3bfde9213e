"""Who may do what, and about which estates? Mandates: pure data, checked by the engine.

A mandate names the one who acts, the scopes that he has, and the estates within his reach.
Nobody has a right that no mandate gives. Read next: `scopes`, `reach`, `roles`.
"""

from kvob_domain.mandates.mandate import Mandate
from kvob_domain.mandates.reach import EVERYWHERE, NOWHERE, Bond, BondKind, Reach, bonds_of
from kvob_domain.mandates.refusals import (
    EverythingNeeded,
    OutOfReach,
    RegionOutOfReach,
    ScopeMissing,
)
from kvob_domain.mandates.roles import ROLE_SCOPES, scopes_of
from kvob_domain.mandates.scopes import COMMAND_SCOPES, Scope, scope_for

__all__ = [
    "COMMAND_SCOPES",
    "EVERYWHERE",
    "NOWHERE",
    "ROLE_SCOPES",
    "Bond",
    "BondKind",
    "EverythingNeeded",
    "Mandate",
    "OutOfReach",
    "Reach",
    "RegionOutOfReach",
    "Scope",
    "ScopeMissing",
    "bonds_of",
    "scope_for",
    "scopes_of",
]
