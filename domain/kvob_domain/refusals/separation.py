"""Why may this person not act? Source: ISO/IEC 17065 (decision by others than evaluated)."""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Rejected
from kvob_domain.words import Text


@dataclass(eq=False)
class AuditorDoesNotDecide(Rejected):
    """An auditor advises; somebody else decides."""

    code: ClassVar[str] = "auditor-does-not-decide"
    nl: ClassVar[str] = (
        "'{command}': {person} handelt als auditor. Laat een beslisser van de "
        "certificatie-instelling besluiten die niet bij dit traject betrokken was. "
        "(ISO/IEC 17065)"
    )
    en: ClassVar[str] = (
        "'{command}': {person} acts as auditor. Have a decider of the certification body decide "
        "who took no part in this trajectory. (ISO/IEC 17065)"
    )
    command: Text
    person: str


@dataclass(eq=False)
class PreparerDoesNotDecide(Rejected):
    """Who audited, advised or prepared does not decide."""

    code: ClassVar[str] = "preparer-does-not-decide"
    nl: ClassVar[str] = (
        "'{command}': {person} heeft dit traject voorbereid of geaudit en mag er niet over "
        "besluiten. Laat een ander besluiten (--person). (ISO/IEC 17065)"
    )
    en: ClassVar[str] = (
        "'{command}': {person} prepared or audited this trajectory and may not decide on it. "
        "Have somebody else decide (--person). (ISO/IEC 17065)"
    )
    command: Text
    person: str


@dataclass(eq=False)
class SecondPersonNeeded(Rejected):
    """Two persons, not one person twice."""

    code: ClassVar[str] = "second-person-needed"
    nl: ClassVar[str] = (
        "Voorstel {proposal} is van {person} zelf. Een tweede persoon moet akkoord geven "
        "(--person)."
    )
    en: ClassVar[str] = (
        "Proposal {proposal} was made by {person}. A second person must approve it (--person)."
    )
    proposal: str
    person: str
