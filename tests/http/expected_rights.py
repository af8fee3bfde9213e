"""Who may ask what? Written out by operation, from the reference table of roles.

An operation that is not here fails the matrix: whoever adds one says here whose it is.
"""

from __future__ import annotations

from typing import Final

from kvob_domain.actor import Role

# Who looks at estates: everybody who works on them, each within his reach.
_LOOKERS: Final = "guide auditor decider municipality park_manager scheme_manager importer"

_WHO: Final[dict[str, str]] = {
    "list_estates": _LOOKERS,
    "estate_status": _LOOKERS,
}
RIGHTS: Final = {
    operation: frozenset(Role(role) for role in roles.split()) for operation, roles in _WHO.items()
}

# Operations for everybody, without credentials.
OPEN: Final[frozenset[str]] = frozenset()
# What the public register tells of every estate: that is what it is for.
PUBLIC: Final[frozenset[str]] = frozenset()
# Answers about the store as a whole: they tell how much there is, and of nothing what it is.
OF_THE_WHOLE: Final[frozenset[str]] = frozenset()
