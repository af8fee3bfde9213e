"""Who holds which key? One random key for each person and purpose, wrapped by the master key.

Destroying a key is deleting its row: what it locked is then unreadable wherever a copy lingers,
in free pages, logs and backups of the store. The ledger says which keys were destroyed, and is
gone through again at every opening, so that a restored key file is cleaned before it is used.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from kvob_domain.ids import PersonId
from kvob_workflow.privacy import boxes
from kvob_workflow.privacy.errors import PersonWasErased
from kvob_workflow.privacy.key_errors import (
    KeyFileDamaged,
    KeyFileMissing,
    KeysNotMade,
    KeysOfOtherStore,
    LedgerShortened,
    MasterKeyMissing,
    MasterKeyWrong,
)
from kvob_workflow.privacy.keyfile import FORM, KeyFile, meta_of, set_meta
from kvob_workflow.privacy.ledger import Line, append_to_ledger, read_ledger
from kvob_workflow.privacy.master import read_master, sync_folder, write_master

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from kvob_workflow.privacy.files import KeyFiles

DIRECTORY: Final = "directory"
SIGNATORY: Final = "signatory"
_NOBODY: Final = PersonId("-")
_INDEX: Final = "email-index"
_INSERT: Final = (
    "INSERT INTO data_key (person, purpose, version, wrapped, commitment, created_on)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_NONCE: Final = 12


@dataclass(frozen=True, slots=True)
class DataKey:
    """A key in clear. It is never shown: its representation leaves it out."""

    person: PersonId
    purpose: str
    version: int
    key: bytes
    commitment: str

    def __repr__(self) -> str:
        return f"DataKey({self.person}, {self.purpose}, {self.version})"


class KeyLine(NamedTuple):
    """What may be told of a key."""

    purpose: str
    version: int
    fingerprint: str
    created_on: str


class Keyring:
    """The keys of one store. Any thread may use it."""

    def __init__(self, files: KeyFiles, store: int | None) -> None:
        """Opens the key file of the store with this number, and repeats what the ledger says.

        Raises:
            KeysUnavailable: one of its causes.
        """
        self.files = files
        if not files.keys.exists():
            path = str(files.keys)
            raise KeysNotMade(path) if store is None else KeyFileMissing(path)
        self._file = KeyFile(files.keys)
        try:
            if self._file.meta("store") != str(store):
                raise KeysOfOtherStore(str(files.keys))
            self._master = self._read_master()
            self._lines: list[Line] = []
            self._stamp: tuple[int, int] | None = None
            self.erased: dict[PersonId, Line] = {}
            self.refresh()
        except BaseException:
            self._file.close()
            raise

    @staticmethod
    def make(files: KeyFiles, store: int) -> None:
        """Makes the key file, and the master key where there is none.

        Raises:
            KeysUnavailable: one of its causes; a file that is there is never overwritten.
        """
        if files.keys.exists():
            KeyFile.make(files.keys, {})  # says that it is there
        try:
            master = read_master(files.master)
        except MasterKeyMissing:
            master = boxes.new_key()
            write_master(files.master, master)
        lines = str(len(read_ledger(files.ledger)))
        meta = {"form": str(FORM), "store": str(store), "applied": lines}
        KeyFile.make(files.keys, meta | {"master": boxes.master_id(master)})

    def close(self) -> None:
        """Closes the key file; closing twice is allowed."""
        self._file.close()

    # Erasures

    def refresh(self) -> list[Line]:
        """Reads the ledger when it has changed and destroys what it names; all of its lines."""
        stamp = self._ledger_stamp()
        if stamp == self._stamp:
            return self._lines
        lines = read_ledger(self.files.ledger)
        applied = int(self._file.meta("applied") or 0)
        if len(lines) < applied:
            raise LedgerShortened(str(self.files.ledger), len(lines), applied)
        if len(lines) > applied:
            with self._file.writing() as writer:
                _destroy(writer, lines)
        self._lines, self._stamp = lines, stamp
        self.erased = {line.person: line for line in lines}
        return lines

    def destroy(self, lines: Sequence[Line]) -> None:
        """Writes erasures into the ledger, which decides them, and destroys the keys."""
        with self._file.writing() as writer:
            known = len(read_ledger(self.files.ledger))
            if known < int(meta_of(writer, "applied") or 0):
                raise LedgerShortened(str(self.files.ledger), known, known + 1)
            append_to_ledger(self.files.ledger, lines)
            _destroy(writer, read_ledger(self.files.ledger))
        self.refresh()

    def _ledger_stamp(self) -> tuple[int, int]:
        try:
            found = self.files.ledger.stat()
        except FileNotFoundError:
            return (0, 0)
        return (found.st_size, found.st_mtime_ns)

    # Keys

    def key(self, person: PersonId, purpose: str, version: int) -> DataKey | None:
        """A key; None when it is not there (any more)."""
        query = (
            "SELECT wrapped, commitment FROM data_key"
            " WHERE person = ? AND purpose = ? AND version = ?"
        )
        with self._file.reading() as reader:
            reader.execute("BEGIN")  # the key and the master key that wraps it belong together
            try:
                found = reader.execute(query, (person, purpose, version)).fetchone()
                master = self._current_master(reader) if found is not None else b""
            finally:
                reader.execute("ROLLBACK")
        if found is None:
            return None
        key = self._unwrapped(found[0], master, person, purpose, version)
        if key is None or boxes.commitment(key) != found[1]:
            raise KeyFileDamaged(str(self.files.keys), f"the key of person {person}")
        return DataKey(person, purpose, version, key, found[1])

    def newest_keys(self, persons: Sequence[PersonId], purpose: str) -> dict[PersonId, DataKey]:
        """The newest key of each person for a purpose; those that are missing are made."""
        newest = "SELECT max(version) FROM data_key WHERE person = ? AND purpose = ?"
        found: dict[PersonId, int | None] = {}
        with self._file.reading() as reader:
            for person in persons:
                found[person] = reader.execute(newest, (person, purpose)).fetchone()[0]
        made: dict[PersonId, DataKey] = {}
        missing = [person for person, version in found.items() if version is None]
        if missing:
            made = self._make(missing, purpose)
        for person, version in found.items():
            if version is not None and (key := self.key(person, purpose, version)) is not None:
                made[person] = key
        return made

    def _make(self, persons: Sequence[PersonId], purpose: str) -> dict[PersonId, DataKey]:
        made: dict[PersonId, DataKey] = {}
        today = datetime.now(UTC).date().isoformat()
        with self._file.writing() as writer:
            if self._ledger_stamp() != self._stamp:  # an erasure a moment ago, elsewhere
                gone = {line.person for line in read_ledger(self.files.ledger)}
                for person in gone.intersection(persons):
                    raise PersonWasErased(person)
            master = self._current_master(writer)
            for person in persons:
                key = DataKey(person, purpose, 1, boxes.new_key(), "")
                key = DataKey(person, purpose, 1, key.key, boxes.commitment(key.key))
                wrapped = _wrapped(key.key, master, person, purpose, 1)
                there = "SELECT 1 FROM data_key WHERE person = ? AND purpose = ? AND version = 1"
                if writer.execute(there, (person, purpose)).fetchone() is None:
                    row = (person, purpose, 1, wrapped, key.commitment, today)
                    writer.execute(_INSERT, row)
                    made[person] = key
        for person in persons:  # another process was faster
            if person not in made and (other := self.key(person, purpose, 1)) is not None:
                made[person] = other
        return made

    def index_key(self) -> bytes:
        """The key of the blind index."""
        return self.newest_keys((_NOBODY,), _INDEX)[_NOBODY].key

    def keys_of(self, person: PersonId) -> tuple[KeyLine, ...]:
        """What may be told of the keys of a person."""
        query = (
            "SELECT purpose, version, commitment, created_on FROM data_key WHERE person = ?"
            " ORDER BY purpose, version"
        )
        with self._file.reading() as reader:
            return tuple(KeyLine(*row) for row in reader.execute(query, (person,)).fetchall())

    # The master key

    def rotate_master_key(self) -> str:
        """Wraps every key anew under a new master key; no event is touched. Answers its id.

        The new master key waits beside the old one until the key file is wrapped by it; killed
        in between, the next opening finishes.
        """
        new = boxes.new_key()
        asked = boxes.master_id(new)
        with self._file.writing() as writer:
            old = self._current_master(writer)
            write_master(self.files.next_master, new, replace=True)
            rows = writer.execute(
                "SELECT person, purpose, version, wrapped FROM data_key"
            ).fetchall()
            for person, purpose, version, wrapped in rows:
                key = self._unwrapped(wrapped, old, person, purpose, version)
                if key is None:
                    raise KeyFileDamaged(str(self.files.keys), f"the key of person {person}")
                again = _wrapped(key, new, person, purpose, version)
                writer.execute(
                    "UPDATE data_key SET wrapped = ?"
                    " WHERE person = ? AND purpose = ? AND version = ?",
                    (again, person, purpose, version),
                )
            set_meta(writer, "master", asked)
        self._master = self._read_master()
        return asked

    def vacuum(self) -> None:
        """Rewrites the key file without free space."""
        self._file.vacuum()

    def _current_master(self, connection: sqlite3.Connection) -> bytes:
        """The master key that wraps the rows now: another process may have changed it."""
        if meta_of(connection, "master") != boxes.master_id(self._master):
            self._master = self._read_master()
        return self._master

    def _read_master(self) -> bytes:
        asked = self._file.meta("master") or "?"
        with suppress(MasterKeyMissing):
            if boxes.master_id(found := read_master(self.files.master)) == asked:
                return found
        with suppress(MasterKeyMissing):
            if boxes.master_id(found := read_master(self.files.next_master)) == asked:
                self.files.next_master.replace(self.files.master)
                sync_folder(self.files.master)
                return found
        read_master(self.files.master)
        raise MasterKeyWrong(str(self.files.master), asked)

    @staticmethod
    def _unwrapped(
        wrapped: bytes, master: bytes, person: str, purpose: str, version: int
    ) -> bytes | None:
        where = _row(person, purpose, version, master)
        return boxes.unlock(master, wrapped[:_NONCE], wrapped[_NONCE:], where)


def _wrapped(key: bytes, master: bytes, person: str, purpose: str, version: int) -> bytes:
    return b"".join(boxes.lock(master, key, _row(person, purpose, version, master)))


def _row(person: str, purpose: str, version: int, master: bytes) -> bytes:
    return boxes.place("kvob key v1", person, purpose, version, boxes.master_id(master))


def _destroy(writer: sqlite3.Connection, lines: Sequence[Line]) -> None:
    writer.executemany("DELETE FROM data_key WHERE person = ?", [(line.person,) for line in lines])
    set_meta(writer, "applied", str(len(lines)))
