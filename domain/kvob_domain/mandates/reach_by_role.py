"""Which estates does a role reach? By its organisation, its municipalities, or by ids.

The same answer for tokens of people and for keys of machines. Who reaches nothing, is told what
is missing: a mandate that silently shows an empty board looks like a lost store.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final, assert_never

from kvob_domain.actor import Role
from kvob_domain.errors import Invalid
from kvob_domain.ids import EstateId
from kvob_domain.mandates.reach import EVERYWHERE, MOST_BONDS, NOWHERE, Bond, BondKind, Reach
from kvob_domain.words import Text


@dataclass(eq=False)
class ReachUnclear(Invalid):
    """What a role needs in order to reach any estate is not given, or it is too much."""

    code: ClassVar[str] = "reach-unclear"
    nl: ClassVar[str] = (
        "Voor de rol {role} ontbreekt dit, of het is te veel (hooguit 500): {missing}. "
        "Geef het op waar de toegang wordt beheerd."
    )
    en: ClassVar[str] = (
        "For the role {role} this is missing, or too much (500 at most): {missing}. "
        "State it where access is managed."
    )
    role: Role
    missing: Text


_ORGANISATION: Final = Text("organisatie", "organisation")
_MUNICIPALITIES: Final = Text("gemeenten", "municipalities")
_OF_ORGANISATION: Final = {
    Role.GUIDE: BondKind.GUIDE,
    Role.AUDITOR: BondKind.BODY,
    Role.DECIDER: BondKind.BODY,
    Role.PARK_MANAGER: BondKind.PARK_MANAGER,
}


def reach_of(
    role: Role,
    organisation: str | None = None,
    municipalities: Iterable[str] = (),
    estates: Iterable[EstateId] = (),
    *,
    everywhere: bool = False,
) -> Reach:
    """The reach of somebody in a role. `everywhere` counts for an importer alone.

    A guide reaches what his organisation guides, and what has no guide yet in his municipalities.

    Raises:
        ReachUnclear: the role needs an organisation or municipalities, and estates neither.
    """
    places, ids = tuple(municipalities), frozenset(estates)
    match role:
        case Role.GUIDE | Role.AUDITOR | Role.DECIDER | Role.PARK_MANAGER:
            bonds = set[Bond]()
            if organisation:
                bonds.add(Bond.to(_OF_ORGANISATION[role], organisation))
            if role is Role.GUIDE:
                bonds |= {Bond.to(BondKind.UNGUIDED_IN, place) for place in places}
            return _reach(role, _ORGANISATION, bonds, ids)
        case Role.IMPORTER if everywhere:
            return EVERYWHERE
        case Role.MUNICIPALITY | Role.IMPORTER:
            bonds = {Bond.to(BondKind.MUNICIPALITY, place) for place in places}
            return _reach(role, _MUNICIPALITIES, bonds, ids)
        case Role.SCHEME_MANAGER | Role.OPERATOR | Role.PRIVACY_OFFICER | Role.PUBLIC:
            return EVERYWHERE  # their scopes, not their reach, are what is narrow
        case Role.WITNESS | Role.ALARM:
            return NOWHERE
        case _:
            assert_never(role)


def _reach(role: Role, missing: Text, bonds: set[Bond], estates: frozenset[EstateId]) -> Reach:
    if not 0 < len(bonds) + len(estates) <= MOST_BONDS or any(not bond.name for bond in bonds):
        raise ReachUnclear(role, missing)
    return Reach(bonds=frozenset(bonds), estates=estates)
