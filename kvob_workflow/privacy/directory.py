"""Who is who? The person directory: a random id, and sealed details that may change or go.

The directory knows the present; events know the past. A name that the record needs is sealed in
the event itself (`names`), so that a marriage or a new employer changes no history.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Final, cast

from kvob_domain.ids import PersonId
from kvob_domain.personal import Erased, SealFault, Unopened
from kvob_workflow.privacy import boxes
from kvob_workflow.privacy.errors import DetailInvalid, PersonKnown, PersonUnknown, PersonWasErased
from kvob_workflow.privacy.keyring import DIRECTORY, DataKey, Keyring
from kvob_workflow.store.persons import PersonRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kvob_workflow.store import EventStore

_LONGEST: Final = 300


@dataclass(frozen=True, slots=True, repr=False)
class PersonDetails:
    """What the directory knows of somebody; never shown by accident, so without repr."""

    name: str
    email: str | None = None
    phone: str | None = None
    organisation: str | None = None
    function: str | None = None

    def __repr__(self) -> str:
        return "PersonDetails(...)"


@dataclass(frozen=True, slots=True)
class Person:
    """A person with the details."""

    id: PersonId
    details: PersonDetails


Found = Person | Erased | Unopened


class Directory:
    """The persons of one store."""

    def __init__(self, store: EventStore, keyring: Keyring) -> None:
        """Work on this store with these keys."""
        self._store = store
        self._keyring = keyring

    def add(self, details: PersonDetails, *, person: str | None = None) -> PersonId:
        """Add somebody; the new id is random, 32 hexadecimal digits.

        `person` registers an id that events use already.

        Raises:
            DetailInvalid: a detail is empty, too long, or over several lines.
            PersonKnown, PersonWasErased: of a given id.
        """
        given = PersonId(person.strip().lower()) if person else None
        if given is not None:
            if self._store.person_row(given) is not None:
                raise PersonKnown(given)
            self.check_not_erased(given)
        return self._add([(given or _new_id(), details)])[0]

    def add_many(self, everybody: Sequence[PersonDetails]) -> list[PersonId]:
        """Add many in two transactions, of the key file and of the store; ids in their order.

        Raises:
            DetailInvalid: as `add`; nobody is added.
        """
        return self._add([(_new_id(), details) for details in everybody])

    def _add(self, everybody: Sequence[tuple[PersonId, PersonDetails]]) -> list[PersonId]:
        for _, details in everybody:
            _check(details)
        keys = self._keyring.newest_keys([person for person, _ in everybody], DIRECTORY)
        index = self._keyring.index_key()
        self._store.put_persons([_row(keys[one], details, index) for one, details in everybody])
        return [person for person, _ in everybody]

    def show(self, person: str) -> Found:
        """Somebody by id; `Erased` where the data were erased.

        Raises:
            PersonUnknown: the id was never in this directory.
        """
        id = PersonId(person.strip().lower())
        self._keyring.refresh()
        if (line := self._keyring.erased.get(id)) is not None:
            return Erased(id, line.instant.date())
        row = self._store.person_row(id)
        if row is None:
            raise PersonUnknown(id)
        return self._opened(row)

    def change(self, person: str, **changed: str | None) -> Person:
        """Change details; an empty text takes one away.

        Raises:
            PersonUnknown, PersonWasErased, DetailInvalid.
        """
        found = self.show(person)
        if isinstance(found, Erased):
            raise PersonWasErased(found.person)
        if isinstance(found, Unopened):
            raise PersonUnknown(found.person)
        given = {name: value or None for name, value in changed.items() if value is not None}
        new = replace(found.details, **given)  # type: ignore[arg-type] # checked by _check
        _check(new)
        key = self._keyring.newest_keys((found.id,), DIRECTORY)[found.id]
        self._store.put_persons([_row(key, new, self._keyring.index_key())])
        return Person(found.id, new)

    def __iter__(self) -> Iterator[Found]:
        """Everybody, by id."""
        after = ""
        while rows := self._store.person_rows(after):
            for row in rows:
                yield self._opened(row)
            after = rows[-1].person

    def find(self, text: str) -> list[Person]:
        """Who has this e-mail address (through the index), or this text in the name."""
        wanted = text.strip().casefold()
        if "@" in wanted:
            index = boxes.blind_index(self._keyring.index_key(), wanted)
            found: Iterator[Found] = map(self._opened, self._store.persons_by_email(index))
        else:
            found = (one for one in self if _named(one, wanted))
        return [one for one in found if isinstance(one, Person)]

    def check_not_erased(self, person: PersonId) -> None:
        """Refuse an id that was erased.

        Raises:
            PersonWasErased: it was.
        """
        self._keyring.refresh()
        if person in self._keyring.erased:
            raise PersonWasErased(person)

    def _opened(self, row: PersonRow) -> Found:
        person = row.person
        stored = cast("dict[str, list[str]]", json.loads(row.fields))
        versions = {int(version) for version, _, _ in stored.values()}
        keys = {version: self._keyring.key(person, DIRECTORY, version) for version in versions}
        opened: dict[str, str] = {}
        for field, (version, nonce, box) in stored.items():
            key = keys[int(version)]
            if key is None:
                line = self._keyring.erased.get(person)
                return Erased(person, line.instant.date()) if line else _missing(person)
            where = boxes.place("kvob person v1", person, DIRECTORY, field)
            content = boxes.unlock(key.key, bytes.fromhex(nonce), boxes.from_text(box), where)
            if content is None:
                return Unopened(person, SealFault.FORGED)
            opened[field] = content.decode()
        return Person(person, PersonDetails(**opened))


def _new_id() -> PersonId:
    return PersonId(secrets.token_hex(16))


def _missing(person: PersonId) -> Unopened:
    return Unopened(person, SealFault.KEY_MISSING)


def _named(one: Found, wanted: str) -> bool:
    return isinstance(one, Person) and wanted in one.details.name.casefold()


def _row(key: DataKey, details: PersonDetails, index: bytes) -> PersonRow:
    sealed: dict[str, list[str]] = {}
    for field, value in cast("dict[str, str | None]", asdict(details)).items():
        if value is not None:
            where = boxes.place("kvob person v1", key.person, DIRECTORY, field)
            nonce, box = boxes.lock(key.key, value.strip().encode(), where)
            sealed[field] = [str(key.version), nonce.hex(), boxes.as_text(box)]
    email = details.email and boxes.blind_index(index, details.email.strip().casefold())
    return PersonRow(key.person, json.dumps(sealed, sort_keys=True), email)


def _check(details: PersonDetails) -> None:
    for field in fields(details):
        value = cast("str | None", getattr(details, field.name))
        if value is None and field.name != "name":
            continue
        if value is None or not 0 < len(value.strip()) <= _LONGEST or not value.isprintable():
            raise DetailInvalid(field.name)
