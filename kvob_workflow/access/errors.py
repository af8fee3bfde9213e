"""What can go wrong with the access log? A question that cannot be logged is not answered.

KvobError (kvob_domain.errors)
└── Unavailable
    ├── AccessLogUnwritable   the log cannot be written
    ├── AccessLogUnreadable   the log cannot be read
    ├── AccessKeyMissing      there is a log, and its key is gone
    └── AccessKeyUnusable     the key file is damaged, or others may read it
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Unavailable


@dataclass(eq=False)
class AccessLogUnwritable(Unavailable):
    """The line could not be written; `reason` is in the words of the system."""

    code: ClassVar[str] = "access-log-unwritable"
    nl: ClassVar[str] = (
        "De vraag is niet beantwoord: het inzagelogboek {path} kan niet worden geschreven "
        "({reason}). Maak ruimte of herstel de rechten van dat bestand, en vraag het opnieuw."
    )
    en: ClassVar[str] = (
        "The question was not answered: the access log {path} cannot be written ({reason}). "
        "Make room or restore the permissions of that file, and ask again."
    )
    path: str
    reason: str


@dataclass(eq=False)
class AccessLogUnreadable(Unavailable):
    """The log could not be read; `reason` is in the words of the system."""

    code: ClassVar[str] = "access-log-unreadable"
    nl: ClassVar[str] = (
        "Het inzagelogboek {path} kan niet worden gelezen ({reason}). Noem met KVOB_ACCESS_LOG "
        "het bestand waarin de inzage is vastgelegd."
    )
    en: ClassVar[str] = (
        "The access log {path} cannot be read ({reason}). Name with KVOB_ACCESS_LOG the file in "
        "which the questions were logged."
    )
    path: str
    reason: str


@dataclass(eq=False)
class AccessKeyMissing(Unavailable):
    """A new key would give every person another pseudonym halfway through the log."""

    code: ClassVar[str] = "access-key-missing"
    nl: ClassVar[str] = (
        "Het inzagelogboek is er, maar de sleutel {path} ontbreekt. Zet de sleutel terug uit een "
        "reservekopie, of begin een nieuw logboek onder een andere naam."
    )
    en: ClassVar[str] = (
        "The access log is there, but its key {path} is missing. Restore the key from a backup, "
        "or begin a new log under another name."
    )
    path: str


@dataclass(eq=False)
class AccessKeyUnusable(Unavailable):
    """The key file does not hold a key, or is not its owner's alone."""

    code: ClassVar[str] = "access-key-unusable"
    nl: ClassVar[str] = (
        "De sleutel van het inzagelogboek {path} is niet bruikbaar: {reason}. Zet hem terug uit "
        "een reservekopie, leesbaar voor de eigenaar alleen (chmod 600)."
    )
    en: ClassVar[str] = (
        "The key of the access log {path} cannot be used: {reason}. Restore it from a backup, "
        "readable by its owner alone (chmod 600)."
    )
    path: str
    reason: str
