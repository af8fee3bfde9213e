"""What can be wrong with a statement or its keys, and what must the reader do next?

KvobError (kvob_domain.errors)
├── Rejected
│   ├── StatementAltered          the signature is not that of the key over this text
│   ├── StatementKeyUnknown       none of the keys given signed it
│   ├── StatementExpired          it was true when it was issued; ask again
│   └── StatementNotYet           it is from the future: one of two clocks is wrong
├── Unavailable
│   └── RegisterKeyUnusable       the key file is missing, readable by others, or cannot be written
└── Invalid
    ├── StatementMalformed        not a statement of a register
    ├── StatementTermInvalid      no term that a statement can have
    ├── RegisterKeyMalformed      not a key of a register
    ├── RegisterKeyNotSet         nobody said where the key is
    └── RegisterAddressInvalid    no address that a QR code can lead to
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kvob_domain.errors import Invalid, Rejected, Unavailable


@dataclass(eq=False)
class StatementAltered(Rejected):
    """Somebody changed the statement, or made it."""

    code: ClassVar[str] = "statement-altered"
    nl: ClassVar[str] = (
        "De handtekening onder de verklaring klopt niet: zij is gewijzigd of niet van het "
        "register. Gebruik haar niet, en vraag de status na bij het register zelf."
    )
    en: ClassVar[str] = (
        "The signature under the statement is not right: it was altered, or is not the "
        "register's. Do not use it, and ask the register itself."
    )


@dataclass(eq=False)
class StatementKeyUnknown(Rejected):
    """The statement names a key that is not among those to trust."""

    code: ClassVar[str] = "statement-key-unknown"
    nl: ClassVar[str] = (
        "De verklaring noemt sleutel '{key}', die niet bij de opgegeven sleutels staat. Haal de "
        "openbare sleutels opnieuw op bij het register; staat hij daar niet, gebruik haar dan niet."
    )
    en: ClassVar[str] = (
        "The statement names key '{key}', which is not among the keys given. Fetch the public "
        "keys from the register again; if it is not there, do not use the statement."
    )
    key: str


@dataclass(eq=False)
class StatementExpired(Rejected):
    """Statements hold for a short time, since a certificate can be suspended any day."""

    code: ClassVar[str] = "statement-expired"
    nl: ClassVar[str] = (
        "De verklaring gold tot {until}. Vraag het register om een nieuwe; de oude zegt alleen "
        "hoe het toen stond."
    )
    en: ClassVar[str] = (
        "The statement held until {until}. Ask the register for a new one; the old one only says "
        "how things stood then."
    )
    until: datetime


@dataclass(eq=False)
class StatementNotYet(Rejected):
    """The statement was issued later than now."""

    code: ClassVar[str] = "statement-not-yet"
    nl: ClassVar[str] = (
        "De verklaring is van {at}, en dat is nog niet geweest. Controleer de klok van deze "
        "computer; klopt die, gebruik de verklaring dan niet."
    )
    en: ClassVar[str] = (
        "The statement is of {at}, which has not come yet. Check the clock of this computer; if "
        "it is right, do not use the statement."
    )
    at: datetime


@dataclass(eq=False)
class RegisterKeyUnusable(Unavailable):
    """The file of the register's key; `reason` says what is wrong with it."""

    code: ClassVar[str] = "register-key-unusable"
    nl: ClassVar[str] = (
        "De sleutel van het register in {path} is niet te gebruiken ({reason}). Om te tekenen moet "
        "het bestand bestaan, en mag alleen zijn eigenaar het lezen (chmod 600). 'kvob certificate "
        "init' maakt een nieuwe en vervangt nooit een bestand; dat doet 'kvob certificate rotate'."
    )
    en: ClassVar[str] = (
        "The key of the register in {path} cannot be used ({reason}). To sign, the file must be "
        "there, and its owner alone may read it (chmod 600). 'kvob certificate init' makes a new "
        "one and never replaces a file; 'kvob certificate rotate' does."
    )
    path: str
    reason: str


@dataclass(eq=False)
class StatementMalformed(Invalid):
    """The text is no statement of a register; `reason` says why."""

    code: ClassVar[str] = "statement-malformed"
    nl: ClassVar[str] = (
        "Dit is geen verklaring van het register ({reason}). Geef haar door zoals zij is: een "
        "regel met twee punten erin."
    )
    en: ClassVar[str] = (
        "This is not a statement of the register ({reason}). Pass it on as it is: one line with "
        "two dots in it."
    )
    reason: str


@dataclass(eq=False)
class StatementTermInvalid(Invalid):
    """A statement holds for a minute at least and `most_days` at most."""

    code: ClassVar[str] = "statement-term-invalid"
    nl: ClassVar[str] = (
        "Een verklaring geldt minstens een minuut en hooguit {most_days} dagen: een certificaat "
        "kan elke dag geschorst worden."
    )
    en: ClassVar[str] = (
        "A statement holds for a minute at least and {most_days} days at most: a certificate can "
        "be suspended any day."
    )
    most_days: int


@dataclass(eq=False)
class RegisterKeyMalformed(Invalid):
    """What should be keys of a register is something else; `reason` says why."""

    code: ClassVar[str] = "register-key-malformed"
    nl: ClassVar[str] = (
        "Dit zijn geen sleutels van een register ({reason}). De openbare sleutels geeft "
        "'kvob certificate keys', als JSON Web Key Set."
    )
    en: ClassVar[str] = (
        "These are not keys of a register ({reason}). 'kvob certificate keys' gives the public "
        "keys, as a JSON Web Key Set."
    )
    reason: str


@dataclass(eq=False)
class RegisterKeyNotSet(Invalid):
    """Signing takes a key, and nobody said where it is."""

    code: ClassVar[str] = "register-key-not-set"
    nl: ClassVar[str] = (
        "Voor een ondertekende verklaring is een sleutel nodig. Maak hem met 'kvob certificate "
        "init BESTAND' en noem het bestand in KVOB_REGISTER_KEY."
    )
    en: ClassVar[str] = (
        "A signed statement takes a key. Make it with 'kvob certificate init FILE' and name the "
        "file in KVOB_REGISTER_KEY."
    )


@dataclass(eq=False)
class RegisterAddressInvalid(Invalid):
    """A QR code leads to a page; this is no address of one."""

    code: ClassVar[str] = "register-address-invalid"
    nl: ClassVar[str] = (
        "'{address}' is geen webadres voor een QR-code. Noem het adres van het register (met "
        "https://, zonder vraagteken) in KVOB_REGISTER_ADDRESS."
    )
    en: ClassVar[str] = (
        "'{address}' is no web address for a QR code. Name the address of the register (with "
        "https://, without a question mark) in KVOB_REGISTER_ADDRESS."
    )
    address: str
