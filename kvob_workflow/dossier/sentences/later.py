"""What does a sentence say of certificates, of oversight and of deadlines?"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kvob_domain.estate.events.certification import (
    AuditRecorded,
    AuditRequested,
    AwardRefused,
    CertificateAwarded,
    CertificatePresented,
    CovenantSigned,
    FindingClosed,
)
from kvob_domain.estate.events.deadlines import (
    CertificateExpired,
    DeadlineExtended,
    DeadlineReplanned,
    DeadlineWaived,
    NoticeGiven,
)
from kvob_domain.estate.events.oversight import (
    ActApproved,
    ActDeclined,
    ActProposed,
    EditionMigrated,
    MigrationReverted,
    PersonErased,
    RequirementWaived,
)
from kvob_domain.estate.events.standing import (
    CertificateRestored,
    CertificateSuspended,
    CertificateWithdrawn,
    TermEvaluated,
    YearEvaluated,
)
from kvob_domain.estate.values import AuditOutcome
from kvob_domain.terms import last_valid_day
from kvob_domain.words import Text
from kvob_workflow.dossier.sentences.early import figures
from kvob_workflow.dossier.sentences.wording import day, number, organisations, quoted, said

if TYPE_CHECKING:
    from kvob_domain.estate.deadline_kinds import DeadlineKind
    from kvob_domain.estate.events import (
        CertificationEvent,
        DeadlineEvent,
        OversightEvent,
        StandingEvent,
    )

_FINDINGS = (("tekortkoming", "tekortkomingen"), ("finding", "findings"))
_NOTE = ("Toelichting", "Note")
_ERASED = Text(
    "De gegevens van een persoon zijn op grond van de wet gewist.",
    "The data of a person were erased under the law.",
)


def certification_sentence(event: CertificationEvent) -> Text:
    """Covenant, audit, award."""
    match event:
        case CovenantSigned():
            who = organisations(event.signatories)
            return said(
                f"Het convenant is ondertekend door {who.nl}.",
                f"The covenant was signed by {who.en}.",
                _witnesses(event),
            )
        case AuditRequested():
            return said("De audit is aangevraagd.", "The audit was requested.")
        case AuditRecorded():
            return _audited(event)
        case FindingClosed():
            return said(
                f"Tekortkoming {event.finding} is afgesloten.",
                f"Finding {event.finding} was closed.",
                quoted(event.note, *_NOTE),
            )
        case CertificateAwarded():
            return _awarded(event)
        case AwardRefused():
            return said(
                "Het certificaat is geweigerd.",
                "The certificate was refused.",
                quoted(event.reason),
            )
        case CertificatePresented():
            return said(
                "Het certificaat is uitgereikt.",
                "The certificate was presented.",
                quoted(event.by, "Door", "By"),
            )
        case _:
            assert_never(event)


def standing_sentence(event: StandingEvent) -> Text:
    """While the certificate stands."""
    match event:
        case YearEvaluated():
            return said(
                "De jaarevaluatie is vastgelegd.",
                "The year was evaluated.",
                _figures(event),
                quoted(event.note, *_NOTE),
            )
        case TermEvaluated():
            return said(
                "De eindevaluatie is vastgesteld; de hercertificering begint.",
                "The term was evaluated; the renewal begins.",
                _figures(event),
                quoted(event.note, *_NOTE),
            )
        case CertificateSuspended():
            return said(
                "Het certificaat is geschorst.",
                "The certificate was suspended.",
                quoted(event.reason),
            )
        case CertificateRestored():
            return said(
                "De schorsing is opgeheven.", "The certificate was restored.", quoted(event.reason)
            )
        case CertificateWithdrawn():
            return said(
                "Het certificaat is ingetrokken.",
                "The certificate was withdrawn.",
                quoted(event.reason),
            )
        case _:
            assert_never(event)


def oversight_sentence(event: OversightEvent) -> Text:
    """Waivers, approvals, editions."""
    match event:
        case ActProposed():
            title = event.act.TITLE
            return said(
                f"Voorgesteld ({event.proposal}): {title.nl.lower()}. Een tweede persoon beslist.",
                f"Proposed ({event.proposal}): {title.en.lower()}. A second person decides.",
                quoted(event.act.reason),
            )
        case ActApproved():
            return said(
                f"Voorstel {event.proposal} is goedgekeurd.",
                f"Proposal {event.proposal} was approved.",
            )
        case ActDeclined():
            return said(
                f"Voorstel {event.proposal} is afgewezen.",
                f"Proposal {event.proposal} was declined.",
                quoted(event.reason),
            )
        case RequirementWaived():
            what = event.requirement.words
            return said(
                f"Ontheffing verleend van: {what.nl.lower()}.",
                f"Waived: {what.en.lower()}.",
                quoted(event.reason),
            )
        case PersonErased():
            return _ERASED
        case EditionMigrated() | MigrationReverted():
            return said(
                f"De cyclus volgt voortaan schemaversie {event.to_edition or '-'}.",
                f"The cycle follows edition {event.to_edition or '-'} from now on.",
                quoted(event.reason),
            )
        case _:
            assert_never(event)


def deadline_sentence(event: DeadlineEvent) -> Text:
    """Notices, and deadlines that moved."""
    match event:
        case NoticeGiven():
            due = _due(event.kind, event.ordinal)
            return said(
                f"Kennisgeving gedaan: {due.nl} {day(event.on).nl}.",
                f"Notice given: {due.en} {day(event.on).en}.",
            )
        case CertificateExpired():
            return said("Het certificaat is verlopen.", "The certificate has expired.")
        case DeadlineExtended() | DeadlineReplanned():
            due, old, new = (
                _due(event.kind, event.ordinal),
                day(event.from_due_on),
                day(event.due_on),
            )
            return said(
                f"Termijn verzet van {old.nl} naar {new.nl} ({due.nl}).",
                f"Deadline moved from {old.en} to {new.en} ({due.en}).",
                quoted(event.reason),
            )
        case DeadlineWaived():
            due = _due(event.kind, event.ordinal)
            return said(
                f"Van een termijn ontheven ({due.nl}).",
                f"Deadline waived ({due.en}).",
                quoted(event.reason),
            )
        case _:
            assert_never(event)


def _witnesses(event: CovenantSigned) -> Text:
    who = organisations(event.witnesses)
    return Text(who.nl and f"Getuigen: {who.nl}.", who.en and f"Witnesses: {who.en}.")


def _due(kind: DeadlineKind, ordinal: int) -> Text:
    words = kind.words
    counted = f" {ordinal}" if ordinal > 1 else ""
    return Text(f"{words.nl.lower()}{counted}", f"{words.en.lower()}{counted}")


def _figures(event: YearEvaluated | TermEvaluated) -> Text:
    if event.figures is None:
        return Text("", "")
    told = figures(event.figures)
    return Text(f"Cijfers {told.nl}", f"Figures {told.en}")


def _audited(event: AuditRecorded) -> Text:
    good = event.outcome is AuditOutcome.POSITIVE
    found = number(len(event.findings), *_FINDINGS)
    return said(
        f"Audit: het advies is {'positief' if good else 'negatief'}, met {found.nl}.",
        f"Audit: the advice is {'positive' if good else 'negative'}, with {found.en}.",
    )


def _awarded(event: CertificateAwarded) -> Text:
    first, last = day(event.valid_from), day(last_valid_day(event.expires_on))
    again = ("opnieuw ", "again ") if event.renewal else ("", "")
    level = f" {event.level}" if event.level else ""
    return said(
        f"Het certificaat{level} is {again[0]}toegekend, geldig van {first.nl} t/m {last.nl}.",
        f"The certificate{level} was awarded {again[1]}and is valid from {first.en} to {last.en}.",
    )
