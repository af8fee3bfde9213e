"""What do events between the covenant and the presentation change?"""

from typing import Literal, assert_never

from kvob_domain.estate.certificates import Certificate
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
from kvob_domain.estate.evolve.moves import close_cycle, collected, involve, move
from kvob_domain.estate.evolve.preparation import add_parties
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Audit, Estate, FindingsOpened, Refusal


def apply_certification(estate: Estate, event: CertificationEvent, recorded: Recorded) -> None:
    """Change the dossier, the certificates and the step."""
    match event:
        case FindingClosed():
            collected(estate, event.on)
            involve(estate, recorded)
            estate.dossier.open_findings = estate.dossier.open_findings - {event.finding}
        case AuditRequested():
            involve(estate, recorded)
            estate.body = event.body or estate.body
            estate.dossier.audit_requested_on = event.on
            move(estate, "request_audit", event.on, recorded)
        case CovenantSigned():
            _sign(estate, event, recorded)
        case AuditRecorded():
            _audit(estate, event, recorded)
        case CertificateAwarded():
            _award(estate, event, recorded)
        case AwardRefused():
            _open(estate, event, recorded)
            refused = Refusal(event.on, estate.edition, estate.body, recorded.version)
            estate.refusals = (*estate.refusals, refused)
            move(estate, "refuse_award", event.on, recorded)
        case CertificatePresented():
            _present(estate, event)
        case _:
            assert_never(event)


def _sign(estate: Estate, event: CovenantSigned, recorded: Recorded) -> None:
    involve(estate, recorded)
    roles = frozenset(signatory.role for signatory in event.signatories)
    estate.dossier.covenant_on = event.on
    estate.dossier.covenant_roles = estate.dossier.covenant_roles | roles
    estate.covenant = event
    add_parties(estate, event.signatories)
    move(estate, "sign_covenant", event.on, recorded)


def _audit(estate: Estate, event: AuditRecorded, recorded: Recorded) -> None:
    involve(estate, recorded)
    estate.involved = estate.involved | {event.auditor}
    estate.dossier.audit = event.outcome
    estate.dossier.audit_on = event.on
    on, edition = event.on, estate.edition
    held = Audit(on, on, event.outcome, edition, estate.body, recorded.version)
    estate.audits = (*estate.audits, held)
    _open(estate, event, recorded)
    move(estate, "record_audit", event.on, recorded)


def _open(estate: Estate, event: AuditRecorded | AwardRefused, recorded: Recorded) -> None:
    fresh = frozenset(finding.id for finding in event.findings)
    if not fresh:
        return
    dossier = estate.dossier
    dossier.findings = dossier.findings | fresh
    dossier.open_findings = dossier.open_findings | fresh
    dossier.findings_opened = FindingsOpened(event.on, recorded.version, recorded.at)


def _award(estate: Estate, event: CertificateAwarded, recorded: Recorded) -> None:
    certificate = Certificate(
        number=len(estate.certificates) + 1,
        version=recorded.version,
        valid_from=event.valid_from,
        valid_from_latest=event.valid_from,
        expires_on=event.expires_on,
        expires_on_earliest=event.expires_on,
        start_basis="stated" if event.valid_from_stated else _computed_start(event),
        end_basis="stated" if event.expires_on_stated else "computed",
        estimated=False,
        level=event.level,
        level_derived=event.level_derived,
        renewal=event.renewal,
        from_source=False,
        edition=event.edition,
        body=event.body,
        gap_days=event.gap_days,
        known_at=recorded.at,
        decided_on=event.on,
        decided_latest=event.on,
    )
    estate.certificates = (*estate.certificates, certificate)
    close_cycle(estate, event.on)
    move(estate, "award_certificate", event.on, recorded)


def _computed_start(event: CertificateAwarded) -> Literal["decision", "old_expiry"]:
    return "decision" if event.valid_from == event.on else "old_expiry"


def _present(estate: Estate, event: CertificatePresented) -> None:
    """Note the ceremony on the latest certificate."""
    if estate.certificates:
        latest = estate.certificates[-1]._replace(presented_on=event.on)
        estate.certificates = (*estate.certificates[:-1], latest)
