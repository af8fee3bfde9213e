"""Which rights may a key have, and who may give them?

A machine decides nothing: two keys of one person would pass for the two persons that a decision
takes. It makes no keys either, so that a leaked one cannot outlive its own revocation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvob_domain.actor import Role
from kvob_domain.mandates import Scope, scopes_of
from kvob_domain.mandates.reach_by_role import reach_of
from kvob_domain.words import Text
from kvob_workflow.machine_keys.errors import ApiKeyRequestInvalid, GrantTooWide

if TYPE_CHECKING:
    from kvob_domain.ids import EstateId
    from kvob_domain.mandates import Mandate, Reach

NEVER_A_MACHINES: Final = frozenset(
    {Scope.CERTIFICATES_DECIDE, Scope.PERSONS_ERASE, Scope.KEYS_MANAGE}
)
LONGEST: Final = timedelta(days=730)
USUAL: Final = timedelta(days=365)
OVERLAP: Final = timedelta(days=7)
"""How long the old key goes on beside its successor."""
_LONGEST_LABEL: Final = 100


@dataclass(frozen=True, slots=True)
class KeyRequest:
    """What a key should be. `label` is what people call the machine, never a person's name.

    Without `scopes` it gets those of the role that a machine can have. Which estates it reaches
    follows from the role, as for people.
    """

    label: str
    role: Role
    organisation: str | None = None
    municipalities: tuple[str, ...] = ()
    estates: tuple[EstateId, ...] = ()
    everywhere: bool = False
    scopes: tuple[str, ...] | None = None
    valid_for: timedelta = USUAL

    def granted(self) -> frozenset[Scope]:
        """The scopes that it gets.

        Raises:
            ApiKeyRequestInvalid: the role has none of them, or a machine may not.
        """
        if self.scopes is None:
            return scopes_of(self.role) - NEVER_A_MACHINES
        found = scopes_of(self.role, self.scopes)
        if len(found) < len(set(self.scopes)):
            raise ApiKeyRequestInvalid(_NOT_OF_ROLE)
        if not found.isdisjoint(NEVER_A_MACHINES):
            raise ApiKeyRequestInvalid(_NOT_A_MACHINES)
        return found

    def reach(self) -> Reach:
        """The estates that it reaches.

        Raises:
            ReachUnclear: the role needs an organisation or municipalities.
        """
        return reach_of(
            self.role,
            self.organisation,
            self.municipalities,
            self.estates,
            everywhere=self.everywhere,
        )

    def check(self) -> None:
        """Whether the rest can be.

        Raises:
            ApiKeyRequestInvalid: it cannot.
        """
        label = self.label.strip()
        if not 0 < len(label) <= _LONGEST_LABEL or not label.isprintable() or "@" in label:
            raise ApiKeyRequestInvalid(_LABEL)
        if self.organisation is not None and not _is_name(self.organisation):
            raise ApiKeyRequestInvalid(_ORGANISATION)
        if not timedelta(0) < self.valid_for <= LONGEST:
            raise ApiKeyRequestInvalid(_TIME)
        if not self.granted():
            raise ApiKeyRequestInvalid(_NOTHING)


def check_grant(scopes: frozenset[Scope], reach: Reach, mandate: Mandate) -> None:
    """Whether somebody may give these rights to a key.

    Raises:
        GrantTooWide: he has not all of them himself.
    """
    own = mandate.reach
    within = own.everywhere or (
        not reach.everywhere and reach.bonds <= own.bonds and reach.estates <= own.estates
    )
    if not (within and scopes <= mandate.scopes):
        raise GrantTooWide


def overlap_of(overlap: timedelta | None) -> timedelta:
    """How long two keys of one machine are valid.

    Raises:
        ApiKeyRequestInvalid: less than nothing, or longer than any key is valid.
    """
    if overlap is None:
        return OVERLAP
    if not timedelta(0) <= overlap <= LONGEST:
        raise ApiKeyRequestInvalid(_TIME)
    return overlap


def _is_name(text: str) -> bool:
    return bool(text.strip()) and len(text) <= 200 and text.isprintable()


_LABEL: Final = Text(
    "geef een naam voor de machine van hooguit 100 tekens, zonder e-mailadres.",
    "give a name for the machine of 100 characters at most, without an e-mail address.",
)
_ORGANISATION: Final = Text(
    "de naam van de organisatie is leeg, te lang of bevat stuurtekens.",
    "the name of the organisation is empty, too long or has control characters.",
)
_TIME: Final = Text(
    "een sleutel geldt ten minste een dag en hooguit 730 dagen.",
    "a key is valid for one day at least and 730 days at most.",
)
_NOTHING: Final = Text(
    "deze rol heeft geen recht dat een machine kan hebben; kies een andere rol.",
    "this role has no right that a machine can have; choose another role.",
)
_NOT_OF_ROLE: Final = Text(
    "een van de gevraagde rechten bestaat niet of hoort niet bij de rol.",
    "one of the rights asked for does not exist or is not the role's.",
)
_NOT_A_MACHINES: Final = Text(
    "besluiten, wissen en sleutels uitgeven doen mensen, geen machines.",
    "people decide, erase and give out keys; machines do not.",
)
