"""What evidence of the running cycle is on record, and what is missing?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.values import AuditOutcome, FindingSeverity
from kvob_domain.parties import PartyRole
from kvob_workflow.http.answers import Model
from kvob_workflow.http.models.overview import FigureChange, FiguresOfYear, MissingLine
from kvob_workflow.http.parts import PartOf

if TYPE_CHECKING:
    from kvob_domain.estate.state import Dossier


class SurveyLine(Model):
    """A closed survey among the entrepreneurs: forms sent and returned."""

    on: date
    sent: int
    returned: int


class OnRecord(Model):
    """The evidence of the running cycle.

    `met_elsewhere` are requirements that a past fact says were met, `waived` those that two
    persons waived. `walk_rounds` are the lights in which there was one.
    """

    intent_declared: bool
    intent_roles: tuple[PartyRole, ...]
    survey: SurveyLine | None
    walk_rounds: tuple[Literal["day", "dark"], ...]
    figures: FiguresOfYear | None
    analysis_on: date | None
    plan_on: date | None
    covenant_on: date | None
    covenant_roles: tuple[PartyRole, ...]
    audit_requested_on: date | None
    audit: AuditOutcome | None
    audit_on: date | None
    findings: tuple[str, ...]
    open_findings: tuple[str, ...]
    year_evaluations: tuple[date, ...]
    met_elsewhere: tuple[RequirementCode, ...]
    waived: tuple[RequirementCode, ...]


class DocumentLine(Model):
    """A document that proves something, by the SHA-256 of its bytes.

    `about` is the version of the event that it proves, `requirement` what it is evidence for.
    """

    version: int
    on: date
    title: str
    sha256: str
    size_bytes: int
    media_type: str
    address: str | None
    about: int | None
    requirement: RequirementCode | None


class EstateEvidence(Model):
    """What is missing and who owes it, and what is on record, with the documents."""

    estate_id: str
    version: int
    cycle: int
    edition: str | None
    missing: tuple[MissingLine, ...]
    on_record: OnRecord
    documents: tuple[DocumentLine, ...]


class EstateFigures(PartOf[FiguresOfYear]):
    """The incident figures by year; the first of the trajectory is the baseline (0-meting)."""

    baseline: FiguresOfYear | None
    changes: tuple[FigureChange, ...]


class FindingLine(Model):
    """A shortcoming that an audit or a refusal left.

    `opened_version` is the event that noted it, `closed_on` the day on which it was closed.
    """

    id: str
    severity: FindingSeverity
    text: str
    opened_on: str
    opened_version: int
    closed_on: str | None
    closed_version: int | None
    note: str | None


def on_record(dossier: Dossier) -> OnRecord:
    """The evidence of a cycle, with what has no order in that of its names."""
    return OnRecord(
        intent_declared=dossier.intent_declared,
        intent_roles=tuple(sorted(dossier.intent_roles)),
        survey=None if dossier.survey is None else SurveyLine.model_validate(dossier.survey),
        walk_rounds=tuple(one for one in ("day", "dark") if one in dossier.walk_rounds),
        figures=None if dossier.figures is None else FiguresOfYear.model_validate(dossier.figures),
        analysis_on=dossier.analysis_on,
        plan_on=dossier.plan_on,
        covenant_on=dossier.covenant_on,
        covenant_roles=tuple(sorted(dossier.covenant_roles)),
        audit_requested_on=dossier.audit_requested_on,
        audit=dossier.audit,
        audit_on=dossier.audit_on,
        findings=tuple(sorted(dossier.findings)),
        open_findings=tuple(sorted(dossier.open_findings)),
        year_evaluations=dossier.year_evaluations,
        met_elsewhere=tuple(sorted(dossier.on_record)),
        waived=tuple(sorted(dossier.waived)),
    )
