"""What do the screens call a code that comes as a text? Rows of lists hold codes, not their words.

In a template: `{{ row.step | coded("step") }}`. A code that nobody has words for shows as it is. A
code of a class of the domain brings its own words along; only what is a bare text has them here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from kvob_domain.actor import Role
from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.irregularities import IrregularityKind
from kvob_domain.estate.requirement_codes import (
    CERTIFICATION_BODY,
    WORKING_GROUP,
    RequirementCode,
)
from kvob_domain.estate.values import (
    AgreementSubject,
    AuditOutcome,
    EndReason,
    EstateKind,
    FactKind,
    FindingSeverity,
    MeasureTag,
    Progress,
)
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.parties import PartyRole
from kvob_domain.scheme.scheme_terms import LIGHT_WORDS
from kvob_domain.words import Text
from kvob_projections.concern_kinds import ConcernFamily, ConcernKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class _WordedCode(Protocol):
    @property
    def value(self) -> str: ...

    @property
    def words(self) -> Text: ...


_WORDED: Final[Mapping[str, Iterable[_WordedCode]]] = {
    "step": Step,
    "status": Status,
    "requirement": RequirementCode,
    "deadline": DeadlineKind,
    "irregularity": IrregularityKind,
    "concern": ConcernKind,
    "family": ConcernFamily,
    "role": Role,
    "party": PartyRole,
    "kind": EstateKind,
    "progress": Progress,
    "tag": MeasureTag,
    "subject": AgreementSubject,
    "audit": AuditOutcome,
    "end_reason": EndReason,
    "fact": FactKind,
    "severity": FindingSeverity,
}
_OF_CLASSES: Final = {of: {one.value: one.words for one in codes} for of, codes in _WORDED.items()}
WORDS: Final[Mapping[str, Mapping[str, Text]]] = {
    **_OF_CLASSES,
    "command": {name_of(one): one.TITLE for one in ALL_COMMANDS},
    "light": {str(light): words for light, words in LIGHT_WORDS.items()},
    "owed_by": {
        **_OF_CLASSES["party"],
        WORKING_GROUP: Text("werkgroep", "working group"),
        CERTIFICATION_BODY: Text("certificatie-instelling", "certification body"),
    },
    "figure": {
        "burglaries": Text("Inbraken", "Burglaries"),
        "incidents": Text("Incidenten", "Incidents"),
        "damage_eur": Text("Schade in euro", "Damage in euro"),
        "safety_feeling": Text("Veiligheidsgevoel (0-10)", "Safety feeling (0-10)"),
    },
    "start_basis": {
        "stated": Text("begin zoals vermeld", "start as stated"),
        "decision": Text("begin op de dag van het besluit", "starts on the day of the decision"),
        "award": Text("begin op de dag van toekenning", "starts on the day of the award"),
        "old_expiry": Text("sluit aan op het vorige", "follows on the one before"),
        "unknown": Text("begin onbekend", "start unknown"),
    },
    "end_basis": {
        "computed": Text("einde volgens de schemaversie", "end by the scheme edition"),
        "stated": Text("einde zoals vermeld", "end as stated"),
        "expiry_fact": Text("einde volgens een bron", "end by a source"),
        "unknown": Text("einde onbekend", "end unknown"),
    },
}


def words_of(code: object, of: str) -> Text | str:
    """The words of a code of this kind, such as `words_of("valid", "status")`."""
    known = WORDS[of].get(str(code))
    return str(code) if known is None else known


def capital(words: Text) -> Text:
    """The same with capital first letters."""
    return Text(*(text[:1].upper() + text[1:] for text in words))
