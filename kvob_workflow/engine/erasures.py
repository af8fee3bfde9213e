"""What follows from erasures? Events where a person is mentioned, then rows that go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from kvob_domain.actor import Actor
from kvob_domain.estate.events.oversight import ErasureBasis, PersonErased
from kvob_domain.estate.evolve import evolve, fold
from kvob_domain.estate.persons import mentions
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.free_text import free_texts
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.scheme.book import SchemeBook
from kvob_workflow.clock import civil_day
from kvob_workflow.engine.fingerprints import fingerprint
from kvob_workflow.engine.rows import changes_by_notices
from kvob_workflow.engine.stamping import Stamp, in_envelopes
from kvob_workflow.privacy.erasing import (
    ERASED_MARK,
    ErasedPerson,
    ErasureReport,
    FreeText,
    remains,
)
from kvob_workflow.privacy.errors import (
    ErasureDecided,
    ErasureUnknown,
    ErasureWaits,
    PersonUnknown,
    SecondPersonMustErase,
)
from kvob_workflow.privacy.ledger import Line
from kvob_workflow.privacy.office import Office
from kvob_workflow.store import Append, Erasure, ErasureStatus, EventStore


@dataclass(frozen=True, slots=True)
class Plan:
    """What erasures are to write: per estate the state before and the new events."""

    lines: tuple[Line, ...]
    streams: dict[EstateId, tuple[Estate, tuple[Recorded, ...]]]
    mentioned: dict[PersonId, tuple[EstateId, ...]]
    free_texts: tuple[FreeText, ...]


class _Mentioned:
    """What one pass over the events says of the persons."""

    def __init__(self) -> None:
        self.estates: dict[PersonId, dict[EstateId, None]] = {}
        self.told: set[tuple[EstateId, PersonId]] = set()
        self.free_texts: dict[FreeText, None] = {}

    def note(self, recorded: Recorded, wanted: set[PersonId]) -> None:
        if isinstance(recorded.event, PersonErased) and recorded.event.person in wanted:
            self.told.add((recorded.estate, recorded.event.person))
        found = {person for _, person in mentions(recorded)} & wanted
        for person in found:
            self.estates.setdefault(person, {})[recorded.estate] = None
        for field, _ in free_texts(recorded.event) if found else ():
            if not isinstance(recorded.event, PersonErased) and not field.endswith("organisation"):
                self.free_texts[FreeText(recorded.estate, recorded.version, field)] = None


def plan(store: EventStore, lines: Sequence[Line], stamp: Stamp) -> Plan:
    """Work out the events; an estate that says already who was erased gets no second one.

    Raises:
        ClockBehind: when the clock is more than five minutes behind an estate's last event.
    """
    found = _Mentioned()
    wanted = {line.person for line in lines}
    for recorded in store.mentioning(sorted(wanted)):
        found.note(recorded, wanted)
    by_estate: dict[EstateId, dict[PersonId, Line]] = {}
    for line in lines:
        for estate in found.estates.get(line.person, ()):
            if (estate, line.person) not in found.told:
                by_estate.setdefault(estate, {}).setdefault(line.person, line)
    histories = store.streams(list(by_estate))
    streams = {
        estate: _erased_in(fold(estate, histories[estate]), list(of.values()), stamp)
        for estate, of in by_estate.items()
    }
    mentioned = {person: tuple(estates) for person, estates in found.estates.items()}
    return Plan(tuple(lines), streams, mentioned, tuple(found.free_texts))


def _erased_in(
    state: Estate, lines: Sequence[Line], stamp: Stamp
) -> tuple[Estate, tuple[Recorded, ...]]:
    events = [
        PersonErased(
            on=civil_day(line.instant),
            person=line.person,
            basis=ErasureBasis(line.basis),
            keys=line.keys,
        )
        for line in lines
    ]
    recorded = in_envelopes(state, events, stamp)
    by = (PersonId(line.approver) for line in lines)
    return state, tuple(one._replace(by=who) for one, who in zip(recorded, by, strict=True))


def carry_out(store: EventStore, book: SchemeBook, planned: Plan, total: int) -> None:
    """Append the events in one transaction, then settle the requests and drop the rows.

    Raises:
        VersionConflict: somebody wrote to one of the estates first.
    """
    batch = Append(
        events=tuple(one for _, events in planned.streams.values() for one in events),
        rows=tuple(
            change
            for before, events in planned.streams.values()
            for change in changes_by_notices(before, _after(before, events), (), book)
        ),
        scheme=fingerprint(book),
    )
    if batch.events:
        store.append(batch)
    store.put_erasures(_settled(store, planned.lines))
    store.forget_persons([line.person for line in planned.lines], ERASED_MARK, total)


def _after(state: Estate, events: Sequence[Recorded]) -> Estate:
    for recorded in events:
        state = evolve(state, recorded)
    return state


def _settled(store: EventStore, lines: Sequence[Line]) -> list[Erasure]:
    """The requests as the ledger decided them; a restored store may not know them any more."""
    known = {one.id: one for one in store.erasures([line.erasure for line in lines])}
    return [
        Erasure(
            line.erasure,
            line.person,
            line.basis,
            PersonId(line.proposer),
            known[line.erasure].proposed_at if line.erasure in known else line.instant,
            ErasureStatus.ERASED,
            PersonId(line.approver),
            line.instant,
        )
        for line in lines
    ]


def check_erasable(store: EventStore, office: Office, persons: Sequence[PersonId]) -> None:
    """Refuse persons nobody knows, who were erased, or for whom a request waits.

    Raises:
        PersonUnknown, PersonWasErased, ErasureWaits.
    """
    asked = {one.person: one.id for one in store.erasures() if one.status is ErasureStatus.WAITING}
    strangers: list[PersonId] = []
    for person in persons:
        office.directory.check_not_erased(person)
        if person in asked:
            raise ErasureWaits(person, asked[person])
        if store.person_row(person) is None:
            strangers.append(person)
    if strangers:
        known = {who for one in store.mentioning(strangers) for _, who in mentions(one)}
        for person in strangers:
            if person not in known:
                raise PersonUnknown(person)


def waiting(store: EventStore, ids: Sequence[str]) -> list[Erasure]:
    """The requests with these ids, which nobody decided on yet.

    Raises:
        ErasureUnknown, ErasureDecided.
    """
    found = {one.id: one for one in store.erasures(ids)} if ids else {}
    for id in ids:
        if id not in found:
            raise ErasureUnknown(id)
        if found[id].status is not ErasureStatus.WAITING:
            raise ErasureDecided(id)
    return [found[id] for id in dict.fromkeys(ids)]


def check_second(asked: Sequence[Erasure], approver: Actor) -> None:
    """Erasing takes two persons.

    Raises:
        SecondPersonMustErase: the approver asked for it.
    """
    for one in asked:
        if one.proposer == approver.person:
            raise SecondPersonMustErase(one.id, one.proposer)


def lines_of(office: Office, asked: Sequence[Erasure], approver: Actor, at: datetime) -> list[Line]:
    """The lines that decide these requests."""
    instant = at.astimezone(UTC).isoformat()
    return [
        Line(
            one.id,
            one.person,
            tuple(key.fingerprint for key in office.keyring.keys_of(one.person)),
            one.basis,
            one.proposer,
            approver.person,
            instant,
        )
        for one in asked
    ]


def report_of(planned: Plan, today: date, backup_days: int) -> ErasureReport:
    """What was erased, and what is out of reach."""
    erased = tuple(
        ErasedPerson(line.person, planned.mentioned.get(line.person, ()), len(line.keys))
        for line in planned.lines
    )
    return ErasureReport(erased, planned.free_texts, remains(today, backup_days))
