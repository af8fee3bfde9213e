"""What else is in the transaction of an append? Commands, versions, names, then view rows.

Guards always fail the command. The order matters: a command id that was used is reported before
anything else, because the repeat of a command also meets the version that the command made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.errors import (
    ClaimNotHeld,
    CommandIdTaken,
    NameTaken,
    SchemeDataDiffer,
    VersionConflict,
)
from kvob_workflow.store.port import SCHEME_MARK
from kvob_workflow.store.sqlite.schema import MARK

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from kvob_domain.estate.recorded import Recorded
    from kvob_workflow.store.port import Append, Behind, CommandRecord, NameClaim, RowChange
    from kvob_workflow.store.sqlite.rows import RowWriter

_INSERT_COMMAND = (
    "INSERT INTO kvob_command (id, body_hash, result) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
)
_LAST_VERSION = "SELECT max(originator_version) FROM stored_events WHERE originator_id = ?"
_SCHEME = f"SELECT number FROM kvob_meta WHERE name = '{MARK}{SCHEME_MARK}'"
_LAST_POSITION = "SELECT max(rowid) FROM stored_events"
_RELEASE = (
    "UPDATE estate_name SET until_position = ?"
    " WHERE municipality = ? AND name = ? AND estate = ? AND until_position IS NULL"
)
_CLAIM = (
    "INSERT INTO estate_name (municipality, name, estate, from_position) VALUES (?, ?, ?, ?)"
    " ON CONFLICT DO NOTHING"
)
_HOLDER = (
    "SELECT estate FROM estate_name WHERE municipality = ? AND name = ? AND until_position IS NULL"
)


class InlineWork:
    """One append, carried out around the insertion of its events."""

    def __init__(self, batch: Append, rows: RowWriter) -> None:
        """Nothing is written yet."""
        self._batch = batch
        self._rows = rows
        self.behind: tuple[Behind, ...] = ()

    def before(self, cursor: sqlite3.Cursor) -> None:
        """What can refuse the append before an event is inserted."""
        check_scheme(cursor, self._batch.scheme)
        record_commands(cursor, self._batch.commands)
        check_versions(cursor, self._batch.events)

    def after(self, cursor: sqlite3.Cursor, positions: Sequence[int]) -> None:
        """What needs the positions of the events."""
        batch = self._batch
        if batch.released or batch.claims:
            starts = _first_positions(cursor, batch.events, positions)
            release_names(cursor, batch.released, starts)
            claim_names(cursor, batch.claims, starts)
        if batch.rows:
            versions = {recorded.estate: recorded.version for recorded in batch.events}
            self.behind = self._rows.write(cursor, batch.rows, versions)


def record_commands(cursor: sqlite3.Cursor, commands: Sequence[CommandRecord]) -> None:
    """Keeps the results of commands.

    Raises:
        CommandIdTaken: one of the ids was used before.
    """
    for command in commands:
        cursor.execute(_INSERT_COMMAND, (command.id, command.body_hash, command.result))
        if cursor.rowcount == 0:
            raise CommandIdTaken(command.id)


def check_versions(cursor: sqlite3.Cursor, events: Sequence[Recorded]) -> None:
    """Checks that each estate's new events follow its last one without a gap.

    The primary key alone would let a gap through, which an engine makes that remembers a state
    whose append never reached the disk.

    Raises:
        VersionConflict: an event does not follow the one that is there.
    """
    last: dict[str, int] = {}
    for recorded in events:
        estate = recorded.estate
        current = last.get(estate)
        if current is None:
            current = cursor.execute(_LAST_VERSION, (estate,)).fetchone()[0] or 0
        if recorded.version != current + 1:
            raise VersionConflict(estate, recorded.version, current)
        last[estate] = recorded.version


def check_scheme(cursor: sqlite3.Cursor, scheme: int | None) -> None:
    """Checks that the rows of the batch were made with the scheme data of all other rows.

    A node that an upgrade left running would hide deadlines that the newer data ask for.

    Raises:
        SchemeDataDiffer: they were not.
    """
    if scheme is None:
        return
    found = cursor.execute(_SCHEME).fetchone()
    if found is not None and found[0] != scheme:
        raise SchemeDataDiffer


def check_rows(cursor: sqlite3.Cursor, rows: Sequence[RowChange]) -> None:
    """Checks that recomputed rows show the newest events of their estates.

    Raises:
        VersionConflict: an estate has newer events than its rows.
    """
    shown = {change.estate: change.at_version for change in rows if change.at_version is not None}
    for estate, version in shown.items():
        current = cursor.execute(_LAST_VERSION, (estate,)).fetchone()[0] or 0
        if current != version:
            raise VersionConflict(estate, version, current)


def release_names(
    cursor: sqlite3.Cursor, released: Sequence[NameClaim], starts: dict[str, int]
) -> None:
    """Ends the use of names.

    Raises:
        ClaimNotHeld: the estate does not bear the name.
    """
    for claim in released:
        position = starts.get(claim.estate, starts[""])
        cursor.execute(_RELEASE, (position, claim.municipality, claim.name, claim.estate))
        if cursor.rowcount == 0:
            raise ClaimNotHeld(claim.municipality, claim.name, claim.estate)


def claim_names(
    cursor: sqlite3.Cursor, claims: Sequence[NameClaim], starts: dict[str, int]
) -> None:
    """Gives names to estates; a name that the estate bears already is no error.

    Raises:
        NameTaken: another estate bears the name.
    """
    for claim in claims:
        position = starts.get(claim.estate, starts[""])
        cursor.execute(_CLAIM, (claim.municipality, claim.name, claim.estate, position))
        if cursor.rowcount == 0:
            _check_holder(cursor, claim)


def _check_holder(cursor: sqlite3.Cursor, claim: NameClaim) -> None:
    holder = cursor.execute(_HOLDER, (claim.municipality, claim.name)).fetchone()[0]
    if holder != claim.estate:
        raise NameTaken(claim.municipality, claim.name, holder)


def _first_positions(
    cursor: sqlite3.Cursor, events: Sequence[Recorded], positions: Sequence[int]
) -> dict[str, int]:
    """The position of each estate's first new event; under "" that of the append itself."""
    if not positions:
        return {"": cursor.execute(_LAST_POSITION).fetchone()[0] or 0}
    starts = {"": positions[0]}
    for recorded, position in zip(events, positions, strict=True):
        starts.setdefault(recorded.estate, position)
    return starts
