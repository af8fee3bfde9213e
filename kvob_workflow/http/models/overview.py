"""What does one page about an estate hold? The same as `kvob estate --json`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import AwareDatetime, JsonValue

from kvob_domain.estate.certificates import EndBasis, StartBasis
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.irregularities import IrregularityKind
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.values import (
    AgreementSubject,
    EndReason,
    EstateKind,
    MeasureTag,
    Progress,
)
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.parties import PartyRole
from kvob_workflow.http.answers import Model
from kvob_workflow.http.models.words import Reason, Words, reason_of
from kvob_workflow.http.persons import said

if TYPE_CHECKING:
    from kvob_domain.estate.events.certification import CovenantSigned
    from kvob_domain.estate.requirements import Missing
    from kvob_domain.estate.state import Proposal
    from kvob_domain.parties import Signatory


class StepEntered(Model):
    """The estate entered a step; `day` is the earliest it can have been, None where unknown.

    `latest` is the latest day that it can have been, `reason` why a trajectory ended, `version`
    the event that it follows from.
    """

    day: date | None
    latest: date | None
    step: Step
    reason: EndReason | None
    edition: str | None
    body: str | None
    version: int


class PartyLine(Model):
    """An organisation in the partnership, with its role."""

    organisation: str
    role: PartyRole


class CertificateLine(Model):
    """A certificate with its status on the day asked.

    `valid_from` is the first valid day, `expires_on` the first day no longer valid, both the
    widest that is possible where they are partly known (`estimated`). `gap_days` are the days
    without a valid certificate before it. The bases say on what the two days rest.
    """

    number: int
    level: str | None
    level_derived: bool
    valid_from: date | None
    expires_on: date | None
    last_valid_day: date | None
    status: Status
    estimated: bool
    presented_on: date | None
    gap_days: int
    start_basis: StartBasis
    end_basis: EndBasis


class MissingLine(Model):
    """An open requirement, who owes it, and the refusal that explains it with its source."""

    code: RequirementCode
    name: Words
    owed_by: str
    refusal: Reason


class DeadlineLine(Model):
    """A deadline: `due_on` is the first day on which it counts as due.

    It explains itself: `anchor_on` is the day it is counted from and `anchor_version` the event
    that gave it, `rule` the scheme value with its number, `holder` the edition or policy that says
    so, `source` where that is written. `computed_on` differs where somebody moved it, for the
    `reason` given. From `moot_on` on nothing can be done about it any more.
    """

    kind: DeadlineKind
    ordinal: int
    due_on: date
    moot_on: date | None
    anchor_on: date
    anchor_version: int
    rule: str
    holder: str
    source: str
    estimated: bool
    computed_on: date
    reason: str
    is_done: bool


class GoalLine(Model):
    """What the plan wants to reach; `target` is how that is measured, where the plan says it."""

    id: str
    text: str
    target: str | None


class PlanLine(Model):
    """One line of the plan's matrix of measures."""

    id: str
    text: str
    owner: str
    owner_role: PartyRole
    tag: MeasureTag | None
    goal: str | None
    due_on: date | None
    progress: Progress


class FiguresOfYear(Model):
    """The incident figures of one year: counts, damage in whole euro, safety feeling 0 to 10."""

    year: int
    burglaries: int | None
    incidents: int | None
    damage_eur: int | None
    safety_feeling: Decimal | None


class FigureChange(Model):
    """How a figure moved since the baseline; `percent` is rounded, None from a baseline of 0."""

    figure: str
    baseline: Decimal
    latest: Decimal
    percent: int | None


class SignatoryLine(Model):
    """Who signed: the organisation and its role. `person` is an id, or `hidden`."""

    organisation: str
    role: PartyRole
    function: str | None
    person: str | None


class AgreementLine(Model):
    """What one party promised; amounts in euro, frequency in times per year."""

    subject: AgreementSubject
    party: str
    text: str | None
    times_per_year: int | None
    payer: str | None
    amount_eur: Decimal | None


class Covenant(Model):
    """The covenant that was signed last: by whom, before whom, and what was agreed."""

    on: date
    signatories: tuple[SignatoryLine, ...]
    witnesses: tuple[SignatoryLine, ...]
    agreements: tuple[AgreementLine, ...]


class IrregularityLine(Model):
    """What the record itself shows to be odd, with the event that shows it."""

    kind: IrregularityKind
    name: Words
    version: int


class ProposalLine(Model):
    """An act that waits for a second person. `act` is the command that was proposed."""

    id: str
    on: date
    command: str
    title: Words
    act: dict[str, JsonValue]
    proposer: str


class EstateOverview(Model):
    """One estate on one day.

    Step and evidence are those at the end of the day; certificates are all that are known.
    `allowed` names the commands that the lifecycle has a move for.
    """

    estate_id: str
    estate: str
    former_names: tuple[str, ...]
    municipality: str
    kind: EstateKind
    scope: str | None
    on: date
    known_at: AwareDatetime | None
    step: Step
    step_since: date | None
    moves: tuple[StepEntered, ...]
    cycle: int
    edition: str | None
    guide: str | None
    body: str | None
    parties: tuple[PartyLine, ...]
    status: Status
    positive_advice: bool
    certificates: tuple[CertificateLine, ...]
    missing: tuple[MissingLine, ...]
    allowed: tuple[str, ...]
    deadlines: tuple[DeadlineLine, ...]
    goals: tuple[GoalLine, ...]
    measures: tuple[PlanLine, ...]
    baseline: FiguresOfYear | None
    latest_figures: FiguresOfYear | None
    changes: tuple[FigureChange, ...]
    covenant: Covenant | None
    irregularities: tuple[IrregularityLine, ...]
    proposals: tuple[ProposalLine, ...]
    version: int


def missing_line(missing: Missing) -> MissingLine:
    """An open requirement as a part of an answer."""
    return MissingLine(
        code=missing.code,
        name=Words.model_validate(missing.code.words),
        owed_by=missing.owed_by,
        refusal=reason_of(missing.refusal),
    )


def covenant_of(signed: CovenantSigned) -> Covenant:
    """The covenant, in which names stay sealed."""
    return Covenant(
        on=signed.on,
        signatories=tuple(_signed(one) for one in signed.signatories),
        witnesses=tuple(_signed(one) for one in signed.witnesses),
        agreements=tuple(AgreementLine.model_validate(one) for one in signed.agreements),
    )


def _signed(one: Signatory) -> SignatoryLine:
    return SignatoryLine(
        organisation=one.organisation,
        role=one.role,
        function=one.function,
        person=one.person,
    )


def proposal_line(proposal: Proposal) -> ProposalLine:
    """A waiting proposal as a part of an answer."""
    return ProposalLine.model_validate(
        {
            "id": proposal.id,
            "on": proposal.on,
            "command": proposal.act.command,
            "title": proposal.act.TITLE._asdict(),
            "act": said(proposal.act),
            "proposer": proposal.proposer,
        }
    )
