"""What is known of somebody? Everything, for a request for access (AVG/GDPR art. 15)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvob_domain.estate.events.words import EVENT_WORDS
from kvob_domain.estate.persons import mentions, sealed_in
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.personal import Erased, Opened
from kvob_workflow.privacy.directory import Person
from kvob_workflow.privacy.errors import PersonUnknown

if TYPE_CHECKING:
    from datetime import datetime

    from kvob_domain.words import Text
    from kvob_workflow.privacy.directory import Found
    from kvob_workflow.privacy.keyring import KeyLine
    from kvob_workflow.privacy.office import Office
    from kvob_workflow.store import Delivery, Erasure, EventStore


@dataclass(frozen=True, slots=True)
class Mention:
    """One event that mentions the person; `roles` are the fields that do ("by" recorded it)."""

    estate: EstateId
    version: int
    on: str
    recorded_at: datetime
    topic: str
    title: Text
    roles: tuple[str, ...]
    names: tuple[Opened, ...]


@dataclass(frozen=True, slots=True)
class Access:
    """Everything that this installation knows of a person.

    `known` is None for an id that only events have. `deliveries` are digests sent under the
    person's id or e-mail address.
    """

    person: PersonId
    known: Found | None
    mentions: tuple[Mention, ...]
    keys: tuple[KeyLine, ...]
    requests: tuple[Erasure, ...]
    deliveries: tuple[Delivery, ...]


def access(store: EventStore, office: Office, text: str) -> Access:
    """What is known of a person.

    Raises:
        PersonUnknown: neither the directory nor any event knows the id.
    """
    person = PersonId(text.strip().lower())
    try:
        known: Found | None = office.directory.show(person)
    except PersonUnknown:
        known = None
    found = tuple(_mentions(store, office, person))
    if known is None and not found:
        raise PersonUnknown(person)
    requests = tuple(one for one in store.erasures() if one.person == person)
    sent = () if isinstance(known, Erased) else _deliveries(store, person, known)
    return Access(person, known, found, office.keyring.keys_of(person), requests, sent)


def _mentions(store: EventStore, office: Office, person: PersonId) -> list[Mention]:
    found: list[Mention] = []
    for recorded in store.mentioning((person,)):
        roles = tuple(path for path, one in mentions(recorded) if one == person)
        if not roles:
            continue
        event = recorded.event
        names = tuple(
            office.names.open(sealed, recorded.estate, place)
            for place, sealed in sealed_in(recorded)
            if sealed.person == person
        )
        about = (recorded.estate, recorded.version, event.occurred.text, recorded.at)
        found.append(Mention(*about, event.TOPIC, EVENT_WORDS[type(event)], roles, names))
    return found


def _deliveries(store: EventStore, person: PersonId, known: Found | None) -> tuple[Delivery, ...]:
    email = known.details.email if isinstance(known, Person) else None
    addresses = {str(person), (email or person).casefold()}
    every = store.deliveries(limit=1_000_000)
    return tuple(one for one in every if one.recipient.casefold() in addresses)
