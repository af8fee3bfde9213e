"""What does a decision need to know? The state of one estate, folded from its events.

`evolve` makes it; nothing else changes it. It holds what `decide` and the read models ask for,
never what depends on today.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from kvob_domain.estate.certificates import Certificate
from kvob_domain.estate.commands.oversight import TwoPersonCommand
from kvob_domain.estate.deadline_kinds import DeadlineKey
from kvob_domain.estate.events.certification import CovenantSigned
from kvob_domain.estate.irregularities import Irregularity
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.values import (
    AuditOutcome,
    EndReason,
    EstateKind,
    Figures,
    Goal,
    Measure,
    PastFact,
)
from kvob_domain.ids import EditionId, EstateId, PersonId
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.partial_date import PartialDate
from kvob_domain.parties import Party, PartyRole


class FactKey(NamedTuple):
    """What makes two statements the same fact: kind, date as written, cycle if stated."""

    kind: str
    on: str
    cycle: int | None


class Survey(NamedTuple):
    """A closed survey: counts of entrepreneurs."""

    on: date
    sent: int
    returned: int


class Move(NamedTuple):
    """The estate entered a step; `day` is the earliest it can have been, None if unknown.

    `known_at` is the instant (aware, UTC) at which that was recorded, `latest` the latest day it
    can have been. `reason` is why the trajectory ended, where it did; `edition` and `body` are
    those that held then, `held` the version of the latest certificate.
    """

    day: date | None
    step: Step
    version: int
    known_at: datetime
    latest: date | None = None
    reason: EndReason | None = None
    edition: EditionId | None = None
    body: str | None = None
    held: int | None = None


class Audit(NamedTuple):
    """An audit that was held; `day` is the earliest it can have been, `latest` the latest.

    `body` is the certification body at that moment, None where nobody named one.
    """

    day: date | None
    latest: date | None
    outcome: AuditOutcome | None
    edition: EditionId | None
    body: str | None
    version: int


class Refusal(NamedTuple):
    """An award that was refused, by the certification body of that moment."""

    on: date
    edition: EditionId | None
    body: str | None
    version: int


class MovedDeadline(NamedTuple):
    """Where a deadline was moved to; `due_on` None means that it was waived."""

    due_on: date | None
    reason: str
    version: int
    known_at: datetime


class FindingsOpened(NamedTuple):
    """The last audit or refusal that left findings to close."""

    on: date
    version: int
    known_at: datetime


class Proposal(NamedTuple):
    """An act that waits for a second person."""

    id: str
    proposer: PersonId
    on: date
    act: TwoPersonCommand


class Document(NamedTuple):
    """An evidence document on record; `about` is the version of the event that it proves."""

    version: int
    on: date
    title: str
    sha256: str
    size_bytes: int
    media_type: str
    address: str | None
    about: int | None
    requirement: RequirementCode | None


@dataclass
class Dossier:
    """The evidence of the running cycle. Treat it as frozen outside `evolve`.

    `on_record` names requirements that a past fact says were met elsewhere.
    """

    intent_roles: frozenset[PartyRole] = frozenset()
    intent_declared: bool = False
    survey: Survey | None = None
    walk_rounds: frozenset[str] = frozenset()
    figures: Figures | None = None
    analysis_on: date | None = None
    plan_on: date | None = None
    covenant_roles: frozenset[PartyRole] = frozenset()
    covenant_on: date | None = None
    audit_requested_on: date | None = None
    audit: AuditOutcome | None = None
    audit_on: date | None = None
    findings: frozenset[str] = frozenset()
    open_findings: frozenset[str] = frozenset()
    findings_opened: FindingsOpened | None = None
    on_record: frozenset[RequirementCode] = frozenset()
    waived: frozenset[RequirementCode] = frozenset()
    year_evaluations: tuple[date, ...] = ()


def _no_versions() -> Mapping[str, int]:
    return MappingProxyType({})


def _nothing_said() -> Mapping[FactKey, PastFact]:
    return MappingProxyType({})


def _never_noted() -> Mapping[int, datetime]:
    return MappingProxyType({})


def _none_moved() -> Mapping[DeadlineKey, MovedDeadline]:
    return MappingProxyType({})


def _no_facts() -> Mapping[FactKey, frozenset[str]]:
    return MappingProxyType({})


@dataclass
class Estate:
    """The state of one estate or group. Treat it as frozen outside `evolve`.

    `acted_on` is the latest day on which somebody did something: no notice, correction, proposal
    or remark, no end of a certificate. `noted_at` tells of the version that shows an
    irregularity when it came on record (aware, UTC), `first_at` when the estate did.
    Without slots: a fold copies it at every event, and a dictionary is copied ten times faster.
    """

    id: EstateId
    version: int = 0
    kind: EstateKind = EstateKind.ESTATE
    name: str = ""
    former_names: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    scope: str | None = None
    registered_on: PartialDate = field(default_factory=lambda: PartialDate.parse(""))
    members: tuple[EstateId, ...] = ()
    groups: tuple[EstateId, ...] = ()
    parties: tuple[Party, ...] = ()
    guide: str | None = None
    body: str | None = None
    edition: EditionId | None = None
    is_pinned: bool = False
    earlier_editions: tuple[EditionId | None, ...] = ()
    cycle: int = 0
    step: Step = Step.REGISTERED
    moves: tuple[Move, ...] = ()
    decided_on: date | None = None
    evidence_from: date | None = None
    evidence_on: date | None = None
    dossier: Dossier = field(default_factory=Dossier)
    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()
    figures: tuple[Figures, ...] = ()
    covenant: CovenantSigned | None = None
    plan_on: date | None = None
    changed_on: date | None = None
    measure_versions: Mapping[str, int] = field(default_factory=_no_versions)
    certificates: tuple[Certificate, ...] = ()
    audits: tuple[Audit, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    involved: frozenset[PersonId] = frozenset()
    proposals: tuple[Proposal, ...] = ()
    notices: frozenset[DeadlineKey] = frozenset()
    moved_deadlines: Mapping[DeadlineKey, MovedDeadline] = field(default_factory=_none_moved)
    facts: Mapping[FactKey, frozenset[str]] = field(default_factory=_no_facts)
    first_said: Mapping[FactKey, PastFact] = field(default_factory=_nothing_said)
    remarks: frozenset[tuple[str, str, str, str]] = frozenset()
    irregularities: tuple[Irregularity, ...] = ()
    noted_at: Mapping[int, datetime] = field(default_factory=_never_noted)
    documents: tuple[Document, ...] = ()
    first_at: datetime | None = None
    last_at: datetime | None = None
    last_day: date | None = None
    acted_on: date | None = None

    @property
    def exists(self) -> bool:
        """Whether it was ever registered."""
        return self.version > 0

    @property
    def municipality(self) -> str:
        """The municipalities as one text, joined as sources write them: Aalsmeer/Uithoorn."""
        return "/".join(self.municipalities)

    @property
    def baseline(self) -> Figures | None:
        """The figures of the first year of the trajectory that is on record (0-meting)."""
        return self.figures[0] if self.figures else None

    @property
    def latest_figures(self) -> Figures | None:
        """The figures of the last year on record."""
        return self.figures[-1] if self.figures else None

    @property
    def latest_certificate(self) -> Certificate | None:
        """The last certificate in order, whatever its status."""
        return self.certificates[-1] if self.certificates else None
