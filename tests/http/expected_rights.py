"""Who may ask what? Written out by operation, from the reference table of roles.

An operation that is not here fails the matrix: whoever adds one says here whose it is.
"""

from __future__ import annotations

from typing import Final

from kvob_domain.actor import Role

# Who looks at estates: everybody who works on them, each within his reach.
_LOOKERS: Final = "guide auditor decider municipality park_manager scheme_manager importer"

# Over many estates at once: who steers, and who must account.
_COUNTERS: Final = "guide decider municipality scheme_manager operator"

_WHO: Final[dict[str, str]] = {
    "calendar": _LOOKERS,
    "estate": _LOOKERS,
    "estate_agreements": _LOOKERS,
    "estate_certificate": _LOOKERS,
    "estate_certificates": _LOOKERS,
    "estate_covenant": _LOOKERS,
    "estate_cycle": _LOOKERS,
    "estate_cycles": _LOOKERS,
    "estate_deadlines": _LOOKERS,
    "estate_differences": _LOOKERS,
    "estate_documents": _LOOKERS,
    "estate_event": _LOOKERS,
    "estate_evidence": _LOOKERS,
    "estate_explanation": _LOOKERS,
    "estate_fields": _LOOKERS,
    "estate_figures": _LOOKERS,
    "estate_findings": _LOOKERS,
    "estate_goals": _LOOKERS,
    "estate_history": _LOOKERS,
    "estate_irregularities": _LOOKERS,
    "estate_measure": _LOOKERS,
    "estate_measures": _LOOKERS,
    "estate_parties": _LOOKERS,
    "estate_proposals": _LOOKERS,
    "estate_status": _LOOKERS,
    "estate_steps": _LOOKERS,
    "heat_map": _LOOKERS,
    "list_deadlines": _LOOKERS,
    "list_differences": _LOOKERS,
    "list_estates": _LOOKERS,
    "list_measures": _LOOKERS,
    "simulation": _LOOKERS,
    "list_stuck_work": _COUNTERS,
    "statistics": _COUNTERS,
}
RIGHTS: Final = {
    operation: frozenset(Role(role) for role in roles.split()) for operation, roles in _WHO.items()
}

# Operations for everybody, without credentials.
OPEN: Final = frozenset(
    {"openapi_document", "list_schemes", "scheme", "list_rules", "list_commands"}
)
# What the public register tells of every estate: that is what it is for.
PUBLIC: Final[frozenset[str]] = frozenset()
# Answers about the store as a whole: they tell how much there is, and of nothing what it is.
OF_THE_WHOLE: Final[frozenset[str]] = frozenset()
