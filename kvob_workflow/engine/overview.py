"""How does one estate stand? Everything a clerk asks about it, on one page."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from kvob_domain.estate.certificates import (
    Certificate,
    certificate_on,
    status_of,
    status_on,
)
from kvob_domain.estate.commands import name_of
from kvob_domain.estate.deadlines import Deadline, deadlines
from kvob_domain.estate.events.certification import CovenantSigned
from kvob_domain.estate.ground import terms_under
from kvob_domain.estate.irregularities import Irregularity
from kvob_domain.estate.legality import allowed
from kvob_domain.estate.levels import level_names
from kvob_domain.estate.requirements import Missing, missing
from kvob_domain.estate.state import Estate, Move, Proposal
from kvob_domain.estate.values import AuditOutcome, Figures, Goal, Measure
from kvob_domain.ids import EditionId, EstateId
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.parties import Party
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.terms import last_valid_day


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A certificate with its level and its status on the day of the overview."""

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
    start_basis: str
    end_basis: str


@dataclass(frozen=True, slots=True)
class Change:
    """How a yearly figure moved since the baseline; `percent` is rounded to a whole percent."""

    figure: str
    baseline: Decimal
    latest: Decimal
    percent: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """One estate on one day. `allowed` names the commands that the lifecycle has a move for.

    `known_at` is the instant (aware) at which it was known so, None for now.
    """

    estate_id: EstateId
    estate: str
    former_names: tuple[str, ...]
    municipality: str
    kind: str
    scope: str | None
    on: date
    step: Step
    step_since: date | None
    moves: tuple[Move, ...]
    cycle: int
    edition: EditionId | None
    guide: str | None
    body: str | None
    parties: tuple[Party, ...]
    status: Status
    positive_advice: bool
    certificates: tuple[CertificateLine, ...]
    missing: tuple[Missing, ...]
    allowed: tuple[str, ...]
    deadlines: tuple[Deadline, ...]
    goals: tuple[Goal, ...]
    measures: tuple[Measure, ...]
    baseline: Figures | None
    latest_figures: Figures | None
    changes: tuple[Change, ...]
    covenant: CovenantSigned | None
    irregularities: tuple[Irregularity, ...]
    proposals: tuple[Proposal, ...]
    version: int
    known_at: datetime | None = None


def overview_of(
    estate: Estate, book: SchemeBook, on: date, certificates: tuple[Certificate, ...] | None = None
) -> Overview:
    """The overview of an estate's state on a day; `certificates` where more is known of them."""
    held = estate.certificates if certificates is None else certificates
    return Overview(
        estate_id=estate.id,
        estate=estate.name,
        former_names=estate.former_names,
        municipality=estate.municipality,
        kind=estate.kind,
        scope=estate.scope,
        on=on,
        step=estate.step,
        step_since=estate.moves[-1].day if estate.moves else None,
        moves=estate.moves,
        cycle=estate.cycle,
        edition=estate.edition,
        guide=estate.guide,
        body=estate.body,
        parties=estate.parties,
        status=status_on(held, on),
        positive_advice=estate.dossier.audit is AuditOutcome.POSITIVE,
        certificates=_certificates(held, book, on),
        missing=missing(estate, terms_under(book, estate.edition)),
        allowed=tuple(name_of(command) for command in allowed(estate, on)),
        deadlines=tuple(sorted(deadlines(estate, book), key=_due)),
        goals=estate.goals,
        measures=estate.measures,
        baseline=estate.baseline,
        latest_figures=estate.latest_figures,
        changes=_changes(estate),
        covenant=estate.covenant,
        irregularities=estate.irregularities,
        proposals=estate.proposals,
        version=estate.version,
    )


def _due(deadline: Deadline) -> tuple[date, str, int]:
    return deadline.due_on, deadline.kind, deadline.ordinal


def _certificates(
    certificates: tuple[Certificate, ...], book: SchemeBook, on: date
) -> tuple[CertificateLine, ...]:
    names = level_names(certificates, book)
    holder = certificate_on(certificates, on)
    return tuple(
        CertificateLine(
            number=certificate.number,
            level=level,
            level_derived=derived,
            valid_from=certificate.valid_from,
            expires_on=certificate.expires_on,
            last_valid_day=last_valid_day(certificate.expires_on)
            if certificate.expires_on
            else None,
            status=status_of(certificate, holder, on),
            estimated=certificate.estimated,
            presented_on=certificate.presented_on,
            gap_days=certificate.gap_days,
            start_basis=certificate.start_basis,
            end_basis=certificate.end_basis,
        )
        for certificate, (level, derived) in zip(certificates, names, strict=True)
    )


def _changes(estate: Estate) -> tuple[Change, ...]:
    first, last = estate.baseline, estate.latest_figures
    if first is None or last is None or first is last:
        return ()
    found: list[Change] = []
    for figure in ("burglaries", "incidents", "damage_eur", "safety_feeling"):
        before, after = getattr(first, figure), getattr(last, figure)
        if before is None or after is None:
            continue
        old, new = Decimal(before), Decimal(after)
        percent = round((new - old) * 100 / old) if old else None
        found.append(Change(figure, old, new, percent))
    return tuple(found)
