"""What must a command be told about proofs, and was not? A key, a name, a reason.

Invalid (kvob_domain.errors)
├── KeyNotSet       no key file was named
├── ReasonMissing   a log is not begun anew without a reason
└── WitnessNew      there is no file of this witness, and no name to make one
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Invalid


@dataclass(eq=False)
class KeyNotSet(Invalid):
    """No key file was named."""

    code: ClassVar[str] = "log-key-not-set"
    nl: ClassVar[str] = (
        "Er is geen sleutel voor het logboek. Zet KVOB_LOG_KEY op een bestand buiten de opslag "
        "en maak het met 'kvob log init'."
    )
    en: ClassVar[str] = (
        "There is no key for the log. Set KVOB_LOG_KEY to a file outside the store and make it "
        "with 'kvob log init'."
    )


@dataclass(eq=False)
class WitnessNew(Invalid):
    """There is no file of this witness yet."""

    code: ClassVar[str] = "witness-new"
    nl: ClassVar[str] = (
        "Er is nog geen getuige in {path}. Geef de eerste keer --name met een naam voor de "
        "getuige, en --key met de sleutel van het logboek."
    )
    en: ClassVar[str] = (
        "There is no witness in {path} yet. The first time, give --name with a name for the "
        "witness, and --key with the key of the log."
    )
    path: str


@dataclass(eq=False)
class ReasonMissing(Invalid):
    """Whoever begins a log anew says why; it stands in the log for good."""

    code: ClassVar[str] = "log-reason-missing"
    nl: ClassVar[str] = (
        "Een nieuw logboek vraagt een reden. Geef die met --reason, zonder namen van personen."
    )
    en: ClassVar[str] = "A new log takes a reason. Give it with --reason, without names of people."
