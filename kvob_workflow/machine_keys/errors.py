"""What can go wrong with keys of machines?

Invalid
└── ApiKeyRequestInvalid   a key cannot be like that
NotFound
└── ApiKeyNotFound         no key has this id
Conflict
└── ApiKeyEnded            it was revoked or has expired
Forbidden
└── GrantTooWide           nobody gives more than he has
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Conflict, Forbidden, Invalid, NotFound
from kvob_domain.words import Text


@dataclass(eq=False)
class ApiKeyRequestInvalid(Invalid):
    """A key was asked for that cannot be."""

    code: ClassVar[str] = "api-key-request-invalid"
    nl: ClassVar[str] = "Zo kan een sleutel voor een machine niet: {problem}"
    en: ClassVar[str] = "A key for a machine cannot be like this: {problem}"
    problem: Text


@dataclass(eq=False)
class ApiKeyNotFound(NotFound):
    """The id belongs to no key here; of what was taken for one only the part that is no secret."""

    code: ClassVar[str] = "api-key-not-found"
    nl: ClassVar[str] = (
        "Er is geen sleutel met kenmerk {id}. 'kvob key list' toont de kenmerken; geef nooit de "
        "sleutel zelf op."
    )
    en: ClassVar[str] = (
        "There is no key with the id {id}. 'kvob key list' shows the ids; never give the key "
        "itself."
    )
    id: str


@dataclass(eq=False)
class ApiKeyEnded(Conflict):
    """What has ended can be neither revoked nor replaced."""

    code: ClassVar[str] = "api-key-ended"
    nl: ClassVar[str] = (
        "Sleutel {id} geldt al niet meer. Maak zo nodig een nieuwe met 'kvob key add'."
    )
    en: ClassVar[str] = (
        "Key {id} is no longer valid. Make a new one with 'kvob key add' where it is needed."
    )
    id: str


@dataclass(eq=False)
class GrantTooWide(Forbidden):
    """A key would get a right, or reach an estate, that its giver has not."""

    code: ClassVar[str] = "grant-too-wide"
    nl: ClassVar[str] = (
        "Niemand geeft een sleutel meer dan hij zelf mag of bereikt. Vraag minder, of laat een "
        "beheerder van de installatie de sleutel maken."
    )
    en: ClassVar[str] = (
        "Nobody gives a key more than he himself may do or reach. Ask for less, or have the keeper "
        "of the installation make the key."
    )
