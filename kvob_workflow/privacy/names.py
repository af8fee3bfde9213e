"""How does a name get into an event, and out again? Sealed at its place, opened at its place.

The place is the estate, the version of the event and the path of the field; see
`kvob_domain.estate.persons`. A name that a correction states has the place of the corrected event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kvob_domain.estate.persons import Place, says_name, sealed_in, with_signing
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.personal import Erased, Opened, Sealed, SealFault, Unopened
from kvob_workflow.privacy import boxes
from kvob_workflow.privacy.errors import (
    NameTooDeep,
    PersonNotNamed,
    PersonUnknown,
    SealedNotAccepted,
)
from kvob_workflow.privacy.keyring import SIGNATORY, DataKey, Keyring

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.parties import Signatory
    from kvob_workflow.privacy.directory import Directory
    from kvob_workflow.store import EventStore

_LABEL: Final = "kvob name v1"


class NameFault(NamedTuple):
    """A sealed name that does not open although nobody erased it."""

    estate: EstateId
    version: int
    path: str
    person: PersonId
    fault: SealFault


class Names:
    """Seals and opens the names of one store."""

    def __init__(self, store: EventStore, keyring: Keyring, directory: Directory) -> None:
        """Work with these keys; only persons of the directory get names."""
        self._store = store
        self._keyring = keyring
        self._directory = directory

    def sealed(self, events: Sequence[Recorded], *, dry_run: bool) -> list[Recorded]:
        """The events with every name sealed, each at its own place.

        With `dry_run` they are sealed under keys that nobody keeps.

        Raises:
            PersonNotNamed, PersonUnknown, PersonWasErased, SealedNotAccepted.
        """
        keys: dict[PersonId, DataKey] = {}
        return [self._sealed(one, keys, dry_run) for one in events]

    def _sealed(self, recorded: Recorded, keys: dict[PersonId, DataKey], dry_run: bool) -> Recorded:
        def change(place: Place, one: Signatory) -> Signatory:
            if isinstance(one.name, Sealed):
                if place.version == recorded.version:
                    raise SealedNotAccepted(one.name.person)
                return one
            if one.name is None:
                return one
            if one.person is None:
                raise PersonNotNamed(one.organisation)
            if one.person not in keys:
                keys[one.person] = self._key(one.person, dry_run)
            sealed = seal(one.name, keys[one.person], recorded.estate, place)
            return one.model_copy(update={"name": sealed})

        event = with_signing(recorded.event, recorded.version, change)
        if says_name(event):
            raise NameTooDeep
        return recorded._replace(event=event)

    def _key(self, person: PersonId, dry_run: bool) -> DataKey:
        self._directory.check_not_erased(person)
        if self._store.person_row(person) is None:
            raise PersonUnknown(person)
        if dry_run:
            key = boxes.new_key()
            return DataKey(person, SIGNATORY, 1, key, boxes.commitment(key))
        return self._keyring.newest_keys((person,), SIGNATORY)[person]

    def opened(self, events: Iterable[Recorded]) -> dict[str, Opened]:
        """Every sealed name of these events, by its nonce.

        A seal that was copied to another place is a fault at both.
        """
        found: dict[str, Opened] = {}
        for recorded in events:
            for place, sealed in sealed_in(recorded):
                opened = self.open(sealed, recorded.estate, place)
                if not isinstance(found.get(sealed.nonce), Unopened):
                    found[sealed.nonce] = opened
        return found

    def faults(self, events: Iterable[Recorded]) -> list[NameFault]:
        """The sealed names that do not open, except those of erased persons."""
        found: list[NameFault] = []
        for recorded in events:
            for place, sealed in sealed_in(recorded):
                opened = self.open(sealed, recorded.estate, place)
                if isinstance(opened, Unopened):
                    where = (recorded.estate, recorded.version, place.path)
                    found.append(NameFault(*where, sealed.person, opened.fault))
        return found

    def open(self, sealed: Sealed, estate: EstateId, place: Place) -> Opened:
        """The name, `Erased`, or what is wrong; never an exception for what is stored."""
        self._keyring.refresh()
        line = self._keyring.erased.get(sealed.person)
        if line is not None and sealed.commitment in line.keys:
            return Erased(sealed.person, line.instant.date())
        key = self._keyring.key(sealed.person, sealed.purpose, sealed.key)
        if key is None:
            fault = SealFault.KEY_MISSING if line is None else SealFault.FORGED
            return Unopened(sealed.person, fault)
        if key.commitment != sealed.commitment:
            return Unopened(sealed.person, SealFault.WRONG_KEY)
        where = _where(sealed.person, sealed.purpose, sealed.key, estate, place)
        box = boxes.from_text(sealed.box)
        content = boxes.unlock(key.key, bytes.fromhex(sealed.nonce), box, where)
        return Unopened(sealed.person, SealFault.FORGED) if content is None else content.decode()


def seal(name: str, key: DataKey, estate: EstateId, place: Place) -> Sealed:
    """A name sealed under a person's key for one place."""
    where = _where(key.person, key.purpose, key.version, estate, place)
    nonce, box = boxes.lock(key.key, name.encode(), where)
    return Sealed(
        person=key.person,
        purpose=key.purpose,
        key=key.version,
        nonce=nonce.hex(),
        box=boxes.as_text(box),
        commitment=key.commitment,
    )


def _where(person: str, purpose: str, key: int, estate: EstateId, place: Place) -> bytes:
    return boxes.place(_LABEL, estate, place.version, place.path, person, purpose, key)
