"""Which estates may somebody see and act on? Those that a bond of his mandate ties him to.

An estate has bonds: it lies in a municipality, a guide's organisation leads its trajectory, a
certification body decides on it, an organisation manages the park. A reach names bonds; an
estate is within it when one of them is the estate's. They are those of the estate as it is now,
also for a question about the past: who has handed an estate over, sees it no longer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from kvob_domain.estate.state import Estate
from kvob_domain.estate_names import normal_name
from kvob_domain.ids import EstateId
from kvob_domain.parties import PartyRole

MOST_BONDS: Final = 500
"""Bonds in one reach: a statement of SQL must be able to hold them."""


class BondKind(StrEnum):
    """What ties an organisation to an estate."""

    MUNICIPALITY = "municipality"
    GUIDE = "guide"
    BODY = "body"
    PARK_MANAGER = "park_manager"
    UNGUIDED_IN = "unguided_in"
    """It lies in this municipality, and no guide has it yet: who begins there may take it up."""


class Bond(NamedTuple):
    """One tie: its kind, and the name of the organisation in the form that names are compared in.

    `Bond.to` makes one of a name as people write it.
    """

    kind: BondKind
    name: str

    @classmethod
    def to(cls, kind: BondKind, name: str) -> "Bond":
        """The bond with an organisation or municipality, whatever the spelling of its name."""
        return cls(kind, normal_name(name))

    @property
    def text(self) -> str:
        """As one word of a table: `guide:pvo brabant-zeeland`."""
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True)
class Reach:
    """The estates of a mandate: all of them, or those with one of these bonds or ids.

    Raises:
        ValueError: it names more than `MOST_BONDS` bonds and estates.
    """

    everywhere: bool = False
    bonds: frozenset[Bond] = frozenset()
    estates: frozenset[EstateId] = frozenset()

    def __post_init__(self) -> None:
        if len(self.bonds) + len(self.estates) > MOST_BONDS:
            raise ValueError(f"a reach names {MOST_BONDS} bonds and estates at most")

    def holds(self, estate: EstateId, bonds: Iterable[Bond]) -> bool:
        """Whether an estate with these bonds is within it."""
        return self.everywhere or estate in self.estates or not self.bonds.isdisjoint(bonds)

    def holds_estate(self, estate: Estate) -> bool:
        """Whether an estate in this state is within it."""
        return self.holds(estate.id, bonds_of(estate))

    def covers(self, municipality: str) -> bool:
        """Whether an estate may be registered in this municipality: its region, or one to begin in.

        The bonds of an organisation do not: an estate that is not there yet has none.
        """
        kinds = (BondKind.MUNICIPALITY, BondKind.UNGUIDED_IN)
        return self.everywhere or any(Bond.to(kind, municipality) in self.bonds for kind in kinds)


EVERYWHERE: Final = Reach(everywhere=True)
NOWHERE: Final = Reach()


def bonds_of(estate: Estate) -> tuple[Bond, ...]:
    """The bonds of an estate or group, each once, in order."""
    found = [Bond.to(BondKind.MUNICIPALITY, place) for place in estate.municipalities]
    if estate.guide is not None:
        found.append(Bond.to(BondKind.GUIDE, estate.guide))
    else:
        found += [Bond.to(BondKind.UNGUIDED_IN, place) for place in estate.municipalities]
    if estate.body is not None:
        found.append(Bond.to(BondKind.BODY, estate.body))
    found += [
        Bond.to(BondKind.PARK_MANAGER, party.organisation)
        for party in estate.parties
        if party.role is PartyRole.PARK_MANAGEMENT
    ]
    return tuple(sorted(set(found)))
