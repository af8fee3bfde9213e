"""Why may this person not do or see this? The family Forbidden: a right is missing.

Forbidden
├── ScopeMissing        the mandate does not hold the scope
├── RegionOutOfReach    an estate is to be registered where the mandate does not reach
└── EverythingNeeded    what is asked is about all estates, and the mandate is not
NotFound
└── OutOfReach     the estate is not within the mandate's reach, or not there
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.actor import Role
from kvob_domain.errors import Forbidden, NotFound
from kvob_domain.mandates.scopes import Scope


@dataclass(eq=False)
class ScopeMissing(Forbidden):
    """Who asks has not been given this right."""

    code: ClassVar[str] = "scope-missing"
    nl: ClassVar[str] = (
        "U mag hier niet: {scope}. Dit recht hoort niet bij uw rol ({role}) of niet bij uw "
        "token. Vraag het aan bij wie de toegang beheert, of laat een bevoegde collega het doen."
    )
    en: ClassVar[str] = (
        "You may not do this here: {scope}. This right is not your role's ({role}) or not your "
        "token's. Ask for it where access is managed, or have a colleague with the right do it."
    )
    scope: Scope
    role: Role


@dataclass(eq=False)
class RegionOutOfReach(Forbidden):
    """An estate would lie where this mandate registers none."""

    code: ClassVar[str] = "region-not-within-reach"
    nl: ClassVar[str] = (
        "U mag in {municipality} geen terrein aanmelden. Laat het doen door wie daar begeleidt, "
        "of vraag toegang aan bij wie die beheert."
    )
    en: ClassVar[str] = (
        "You may register no estate in {municipality}. Have it done by who guides there, or ask "
        "for access where it is managed."
    )
    municipality: str


@dataclass(eq=False)
class EverythingNeeded(Forbidden):
    """The answer is about all estates together, and this mandate is about some."""

    code: ClassVar[str] = "everything-needed"
    nl: ClassVar[str] = (
        "Dit gaat over alle terreinen, en uw toegang over een deel. Vraag het per terrein, of "
        "laat het doen door wie ze alle mag zien."
    )
    en: ClassVar[str] = (
        "This is about all estates, and your access about some. Ask it per estate, or have it "
        "done by who may see them all."
    )


@dataclass(eq=False)
class OutOfReach(NotFound):
    """The estate is another organisation's or region's, or there is none."""

    code: ClassVar[str] = "estate-not-within-reach"
    nl: ClassVar[str] = (
        "Er is geen terrein {estate}, of het valt niet onder uw organisatie of regio. Controleer "
        "het kenmerk, of vraag toegang aan bij wie die beheert."
    )
    en: ClassVar[str] = (
        "There is no estate {estate}, or it is not within your organisation or region. Check the "
        "id, or ask for access where it is managed."
    )
    estate: str
