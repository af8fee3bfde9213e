"""What do the tests of notices write and send? Two estates, their notices, and a notifier."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.deadlines import CertificateExpired, NoticeGiven
from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.events.preparation import TrajectoryStarted
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.values import EstateKind
from kvob_domain.ids import EstateId
from kvob_domain.partial_date import PartialDate
from kvob_domain.parties import Party, PartyRole
from kvob_workflow.notices import Digest, Notice
from kvob_workflow.store import Append, EventStore

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 1)
ZILVERHOEK, LAGEWEG = EstateId(f"{1:032x}"), EstateId(f"{2:032x}")


def party(organisation: str) -> Party:
    return Party(organisation=organisation, role=PartyRole.OTHER)


def registered(
    name: str, *municipalities: str, parties: tuple[str, ...] = (), **trajectory: Any
) -> tuple[AnyEvent, ...]:
    """An estate whose trajectory has started."""
    return (
        EstateRegistered(
            kind=EstateKind.ESTATE,
            name=name,
            municipalities=municipalities,
            on=PartialDate.parse("2020"),
        ),
        TrajectoryStarted(on=date(2020, 1, 6), parties=tuple(map(party, parties)), **trajectory),
    )


def reminder(on: date = TODAY, kind: DeadlineKind = DeadlineKind.REMINDER) -> NoticeGiven:
    """The notice of a deadline, nine months before an end."""
    return NoticeGiven(
        on=on,
        kind=kind,
        expires_on=date(2026, 12, 1),
        anchor_on=date(2023, 12, 1),
        anchor_version=2,
        rule="reminder_months:9",
        holder="kvo-4.0",
    )


def expired(on: date = TODAY) -> CertificateExpired:
    """The notice of an expiry."""
    return CertificateExpired(
        on=on,
        anchor_on=date(2023, 3, 1),
        anchor_version=2,
        rule="expiry:computed",
        holder="kvo-4.0",
        estimated=True,
    )


@dataclass
class Desk:
    """Writes events into a store, as the engine does."""

    store: EventStore
    versions: dict[EstateId, int] = field(default_factory=dict[EstateId, int])

    def record(self, estate: EstateId, *events: AnyEvent) -> None:
        """Appends events of an estate."""
        first = self.versions.get(estate, 0) + 1
        recorded = [
            Recorded(estate, version, event, AT)
            for version, event in enumerate(events, start=first)
        ]
        self.versions[estate] = first + len(events) - 1
        self.store.append(Append(tuple(recorded)))


def fill(store: EventStore) -> Desk:
    """Two estates in two municipalities, without notices."""
    desk = Desk(store)
    people = ("Gemeente Voorbeeldstad", "Politie")
    zilverhoek = registered("De Zilverhoek", "Voorbeeldstad", parties=people, guide="Gids bv")
    desk.record(ZILVERHOEK, *zilverhoek)
    lageweg = registered("Lageweg", "Elders", parties=("Gemeente Elders",), body="Keurders bv")
    desk.record(LAGEWEG, *lageweg)
    return desk


@dataclass
class Kept:
    """A notifier that keeps what it is given, after raising what is in `failures`."""

    name: str = "kept"
    failures: list[BaseException] = field(default_factory=list[BaseException])
    digests: list[Digest] = field(default_factory=list[Digest])

    def send(self, digest: Digest) -> None:
        """Keeps the digest, or raises the next failure."""
        if self.failures:
            raise self.failures.pop(0)
        self.digests.append(digest)

    @property
    def ids(self) -> list[str]:
        """The ids of what was kept, in order."""
        return [digest.id for digest in self.digests]


def notice(**changed: Any) -> Notice:
    """A notice of an expiry at De Zilverhoek, but for what is changed."""
    fields: dict[str, Any] = {
        "id": f"{ZILVERHOEK}:3",
        "estate": ZILVERHOEK,
        "name": "De Zilverhoek",
        "municipalities": ("Voorbeeldstad",),
        "kind": DeadlineKind.EXPIRY,
        "due_on": TODAY,
        "recorded_at": AT,
        "expires_on": TODAY,
        "estimated": False,
        "rule": "expiry:computed",
        "holder": "kvo-4.0",
        "anchor_on": date(2023, 3, 1),
        "computed_on": changed.get("due_on", TODAY),
    }
    return Notice(**{**fields, **changed})


def digest(*notices: Notice, **changed: Any) -> Digest:
    """A digest of these notices, or of one, for the municipality."""
    fields: dict[str, Any] = {
        "id": "mail:gemeente-voorbeeldstad:5",
        "recipient": "Gemeente Voorbeeldstad",
        "address": "veiligheid@example.org",
        "language": "nl",
        "composed_at": AT,
        "notices": notices or (notice(),),
    }
    return Digest(**{**fields, **changed})
