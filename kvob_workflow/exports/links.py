"""Which objects does an event concern, and as what? The qualified links of an OCEL log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.events.certification import (
    AuditRecorded,
    AuditRequested,
    CertificateAwarded,
    CertificatePresented,
    CovenantSigned,
)
from kvob_domain.estate.events.deadlines import (
    CertificateExpired,
    DeadlineExtended,
    DeadlineReplanned,
    DeadlineWaived,
    NoticeGiven,
)
from kvob_domain.estate.events.identity import EstateRegistered, EstateTransferred
from kvob_domain.estate.events.past import PastFactRecorded
from kvob_domain.estate.events.preparation import (
    IntentDeclared,
    MeasureUpdated,
    PlanAdopted,
    TrajectoryStarted,
)
from kvob_domain.estate.events.standing import (
    CertificateRestored,
    CertificateSuspended,
    CertificateWithdrawn,
    TermEvaluated,
    YearEvaluated,
)
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.estate_names import normal_name
from kvob_workflow.exports.timeline import Moment

_OF_A_CERTIFICATE: Final = (
    CertificatePresented,
    CertificateSuspended,
    CertificateRestored,
    CertificateWithdrawn,
    CertificateExpired,
    YearEvaluated,
    TermEvaluated,
)


class Object(NamedTuple):
    """An object of the log; `name` is what tells it apart within its type, or its estate."""

    type: str
    name: str
    estate: str = ""

    @property
    def id(self) -> str:
        """Its id, unique in the log."""
        return ":".join(part for part in (self.type, self.estate, self.name) if part)


class Link(NamedTuple):
    """What an object is to an event, or to another object."""

    object: Object
    qualifier: str


def links_of(moment: Moment, numbers: Mapping[int, int]) -> list[Link]:
    """The objects of an event, each with its qualifier, without repeats.

    `numbers` are those of the estate's certificates, by the version that began each.
    """
    recorded = moment.recorded
    found = [Link(Object("estate", recorded.estate), "estate"), *_actors(recorded)]
    found += _parties(recorded)
    found += _certificates(recorded, moment.after, numbers)
    found += _measures(recorded)
    found += _deadlines(recorded)
    return list(dict.fromkeys(found))


def organisation(name: str) -> Object:
    """An organisation; case, accents and spacing make no difference."""
    return Object("organisation", normal_name(name))


def municipality(name: str) -> Object:
    """A municipality; case, accents and spacing make no difference."""
    return Object("municipality", normal_name(name))


def deadline(estate: str, kind: str, ordinal: int, due_on: date) -> Object:
    """A deadline, which is the same one by kind, ordinal and the day that the rule gives."""
    return Object("deadline", f"{kind}:{ordinal}:{due_on}", estate)


def _actors(recorded: Recorded) -> Iterator[Link]:
    event = recorded.event
    if recorded.by is not None:
        yield Link(Object("person", recorded.by), f"recorded by {recorded.role}")
    if recorded.org is not None:
        yield Link(organisation(recorded.org), "recorded for")
    if isinstance(event, AuditRecorded):
        yield Link(Object("person", event.auditor), "auditor")


def _parties(recorded: Recorded) -> Iterator[Link]:
    event = recorded.event
    if isinstance(event, EstateRegistered):
        for name in event.municipalities:
            yield Link(municipality(name), "lies in")
    if isinstance(event, TrajectoryStarted):
        for party in event.parties:
            yield Link(organisation(party.organisation), party.role.value)
    if isinstance(event, IntentDeclared | CovenantSigned):
        for signatory in event.signatories:
            yield Link(organisation(signatory.organisation), signatory.role.value)
            if signatory.person is not None:
                yield Link(Object("person", signatory.person), "signatory")
    if isinstance(event, PastFactRecorded):
        for name in event.fact.parties:
            if normal_name(name):
                yield Link(organisation(name), "party")
    if (body := _body(recorded)) and normal_name(body):
        yield Link(organisation(body), "certification body")


def _body(recorded: Recorded) -> str | None:
    event = recorded.event
    if isinstance(event, TrajectoryStarted | AuditRequested | CertificateAwarded):
        return event.body
    if isinstance(event, EstateTransferred):
        return event.to_body
    return event.fact.body if isinstance(event, PastFactRecorded) else None


def _certificates(recorded: Recorded, after: Estate, numbers: Mapping[int, int]) -> Iterator[Link]:
    if recorded.version in numbers:
        number = str(numbers[recorded.version])
        yield Link(Object("certificate", number, recorded.estate), "begins")
        return
    latest = after.latest_certificate
    if isinstance(recorded.event, _OF_A_CERTIFICATE) and latest and latest.version in numbers:
        number = str(numbers[latest.version])
        yield Link(Object("certificate", number, recorded.estate), "about")


def _measures(recorded: Recorded) -> Iterator[Link]:
    event = recorded.event
    if isinstance(event, PlanAdopted):
        for measure in event.measures:
            yield Link(Object("measure", measure.id, recorded.estate), "plans")
    if isinstance(event, MeasureUpdated):
        yield Link(Object("measure", event.measure, recorded.estate), "updates")


def _deadlines(recorded: Recorded) -> Iterator[Link]:
    event, estate = recorded.event, recorded.estate
    if isinstance(event, NoticeGiven):
        due_on = event.computed_on or event.on
        yield Link(deadline(estate, event.kind.value, event.ordinal, due_on), "fell due")
    elif isinstance(event, CertificateExpired):
        yield Link(deadline(estate, DeadlineKind.EXPIRY.value, 1, event.on), "fell due")
    elif isinstance(event, DeadlineExtended | DeadlineReplanned | DeadlineWaived):
        found = deadline(estate, event.kind.value, event.ordinal, event.computed_on)
        yield Link(found, "waives" if isinstance(event, DeadlineWaived) else "moves")
