"""What can go wrong with persons and keys, and what must the reader do next?

KvobError (kvob_domain.errors)
├── NotFound     PersonUnknown, ErasureUnknown
├── Rejected     SecondPersonMustErase, ErasureWaits, PersonWasErased
├── Conflict     ErasureDecided, PersonKnown
├── Invalid      PersonNotNamed, SealedNotAccepted, NameTooDeep, DetailInvalid
└── Unavailable  key_errors.KeysUnavailable and its causes
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Conflict, Invalid, NotFound, Rejected


@dataclass(eq=False)
class PersonUnknown(NotFound):
    """The directory has no such person, or has no longer."""

    code: ClassVar[str] = "person-unknown"
    nl: ClassVar[str] = (
        "Persoon {person} staat niet in de personenlijst (of is gewist). Zoek op met "
        "'kvob person find', of voeg toe met 'kvob person add'."
    )
    en: ClassVar[str] = (
        "Person {person} is not in the directory (or was erased). Look it up with "
        "'kvob person find', or add it with 'kvob person add'."
    )
    person: str


@dataclass(eq=False)
class PersonWasErased(Rejected):
    """An id that was erased is never used again."""

    code: ClassVar[str] = "person-was-erased"
    nl: ClassVar[str] = (
        "De gegevens van persoon {person} zijn gewist; dit kenmerk krijgt geen naam meer. Voeg "
        "de persoon opnieuw toe met 'kvob person add', als daar een grond voor is."
    )
    en: ClassVar[str] = (
        "The data of person {person} were erased; this id gets no name again. Add the person "
        "anew with 'kvob person add', if there is a ground for it."
    )
    person: str


@dataclass(eq=False)
class PersonKnown(Conflict):
    """The id is in the directory already."""

    code: ClassVar[str] = "person-known"
    nl: ClassVar[str] = "Persoon {person} staat er al. Wijzig met 'kvob person change'."
    en: ClassVar[str] = "Person {person} is there already. Change with 'kvob person change'."
    person: str


@dataclass(eq=False)
class PersonNotNamed(Invalid):
    """A name in a command belongs to a person of the directory."""

    code: ClassVar[str] = "person-not-named"
    nl: ClassVar[str] = (
        "Bij de naam van wie namens {organisation} tekent staat geen kenmerk. Maak de persoon "
        "met 'kvob person add' en geef het kenmerk als 'person'."
    )
    en: ClassVar[str] = (
        "The name of who signs for {organisation} comes without an id. Make the person with "
        "'kvob person add' and give the id as 'person'."
    )
    organisation: str


@dataclass(eq=False)
class SealedNotAccepted(Invalid):
    """A sealed name belongs to one place; a new event gets a name in clear."""

    code: ClassVar[str] = "sealed-not-accepted"
    nl: ClassVar[str] = (
        "Een verzegelde naam hoort bij een andere gebeurtenis. Geef de naam van {person} in "
        "leesbare tekst; die wordt verzegeld opgeslagen."
    )
    en: ClassVar[str] = (
        "A sealed name belongs to another event. Give the name of {person} in clear; it is "
        "stored sealed."
    )
    person: str


@dataclass(eq=False)
class NameTooDeep(Invalid):
    """Where a name belongs is known of an event, not of what a correction of one says."""

    code: ClassVar[str] = "name-too-deep"
    nl: ClassVar[str] = (
        "Een naam in de correctie van een correctie kan niet worden verzegeld. Corrigeer de "
        "oorspronkelijke gebeurtenis zelf, met het nummer dat 'kvob history' noemt."
    )
    en: ClassVar[str] = (
        "A name in the correction of a correction cannot be sealed. Correct the original event "
        "itself, with the number that 'kvob history' tells."
    )


@dataclass(eq=False)
class DetailInvalid(Invalid):
    """A field of the directory does not have the form that it must have."""

    code: ClassVar[str] = "detail-invalid"
    nl: ClassVar[str] = "Het veld '{field}' past niet: geef 1 tot 300 tekens op één regel."
    en: ClassVar[str] = "The field '{field}' does not fit: give 1 to 300 characters on one line."
    field: str


@dataclass(eq=False)
class ErasureUnknown(NotFound):
    """There is no such request."""

    code: ClassVar[str] = "erasure-unknown"
    nl: ClassVar[str] = "Er is geen verzoek tot wissen '{erasure}'. Zie 'kvob person erasures'."
    en: ClassVar[str] = "There is no request to erase '{erasure}'. See 'kvob person erasures'."
    erasure: str


@dataclass(eq=False)
class ErasureDecided(Conflict):
    """The request was decided on already."""

    code: ClassVar[str] = "erasure-decided"
    nl: ClassVar[str] = "Over verzoek {erasure} is al beslist. Zie 'kvob person erasures'."
    en: ClassVar[str] = "Request {erasure} was decided on already. See 'kvob person erasures'."
    erasure: str


@dataclass(eq=False)
class ErasureWaits(Rejected):
    """A person is asked to be erased once at a time."""

    code: ClassVar[str] = "erasure-waits"
    nl: ClassVar[str] = (
        "Voor persoon {person} wacht al verzoek {erasure}. Laat een tweede persoon beslissen met "
        "'kvob person approve {erasure}' of 'kvob person decline {erasure}'."
    )
    en: ClassVar[str] = (
        "Request {erasure} waits for person {person} already. Let a second person decide with "
        "'kvob person approve {erasure}' or 'kvob person decline {erasure}'."
    )
    person: str
    erasure: str


@dataclass(eq=False)
class SecondPersonMustErase(Rejected):
    """Erasing takes two persons."""

    code: ClassVar[str] = "second-person-must-erase"
    nl: ClassVar[str] = (
        "Verzoek {erasure} is door {proposer} gedaan. Een ander moet akkoord geven: herhaal met "
        "--person en diens kenmerk."
    )
    en: ClassVar[str] = (
        "Request {erasure} was made by {proposer}. Somebody else must approve: repeat it with "
        "--person and the id of that person."
    )
    erasure: str
    proposer: str
