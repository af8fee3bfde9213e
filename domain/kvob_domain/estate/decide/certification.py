"""What is written down between the covenant and the presentation?"""

from typing import assert_never

from kvob_domain.estate.award_period import award_period
from kvob_domain.estate.commands import CertificationCommand
from kvob_domain.estate.commands.certification import (
    AwardCertificate,
    CloseFinding,
    PresentCertificate,
    RecordAudit,
    RefuseAward,
    RequestAudit,
    SignCovenant,
)
from kvob_domain.estate.events import CertificationEvent
from kvob_domain.estate.events.certification import (
    AuditRecorded,
    AuditRequested,
    AwardRefused,
    CertificateAwarded,
    CertificatePresented,
    CovenantSigned,
    FindingClosed,
)
from kvob_domain.estate.ground import Ground, terms_under
from kvob_domain.estate.levels import canonical, derive, level_names
from kvob_domain.estate.state import Estate
from kvob_domain.refusals.evidence import TermUnknown


def certification_event(
    command: CertificationCommand, estate: Estate, ground: Ground
) -> CertificationEvent:
    """The event of a command between the covenant and the presentation."""
    on = command.on
    match command:
        case SignCovenant():
            return CovenantSigned(
                on=on,
                signatories=command.signatories,
                witnesses=command.witnesses,
                agreements=command.agreements,
            )
        case RequestAudit():
            return AuditRequested(on=on, body=command.body)
        case RecordAudit():
            return AuditRecorded(
                on=on,
                auditor=command.auditor,
                outcome=command.outcome,
                findings=command.findings,
            )
        case CloseFinding():
            return FindingClosed(on=on, finding=command.finding, note=command.note)
        case AwardCertificate():
            return _awarded(command, estate, ground)
        case RefuseAward():
            return AwardRefused(on=on, reason=command.reason, findings=command.findings)
        case PresentCertificate():
            return CertificatePresented(on=on, by=command.by)
        case _:
            assert_never(command)


def _awarded(command: AwardCertificate, estate: Estate, ground: Ground) -> CertificateAwarded:
    period = award_period(command, estate, ground.book)
    if period.expires_on is None:
        raise TermUnknown(period.edition or "-")
    latest = estate.latest_certificate
    renewal = latest is not None and not latest.is_withdrawn
    return CertificateAwarded(
        on=command.on,
        edition=period.edition,
        level=_level(command, estate, ground, renewal),
        level_derived=command.level is None,
        valid_from=period.valid_from,
        valid_from_stated=command.valid_from is not None,
        expires_on=period.expires_on,
        expires_on_stated=command.last_valid_day is not None,
        renewal=renewal,
        gap_days=period.gap_days,
        body=estate.body,
    )


def _level(command: AwardCertificate, estate: Estate, ground: Ground, renewal: bool) -> str | None:
    edition = ground.book.in_force_on(command.on)
    terms = terms_under(ground.book, edition.id if edition else None)
    if command.level is not None:
        return canonical(command.level, terms)
    names = level_names(estate.certificates, ground.book)
    previous = names[-1][0] if names else None
    return derive(previous, renewal, terms)
