"""What is in the transaction of an append? Commands, versions, rows, events, then names.

Guards always fail the command. The order matters: a command id that was used is reported before
anything else, because the repeat of a command also meets the version that the command made.
What can wait for others comes before the lock on the events table, which is held until the end.
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
from kvob_workflow.store.port import SCHEME_MARK, Receipt
from kvob_workflow.store.postgres.locks import lock_estates, lock_events, notify
from kvob_workflow.store.postgres.schema import MARK, meta
from kvob_workflow.store.postgres.texts import sendable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.ids import EstateId
    from kvob_workflow.store.port import Append, CommandRecord, NameClaim, RowChange
    from kvob_workflow.store.postgres.connections import Connection
    from kvob_workflow.store.postgres.rows import RowWriter

Stored = tuple[str, int, str, bytes]
"""An event in stored form: estate, version, topic, state."""

_COMMANDS = (
    "INSERT INTO kvob_command (id, body_hash, result)"
    " SELECT * FROM unnest(%s::text[], %s::text[], %s::text[]) AS given (id, body_hash, result)"
    " ORDER BY id ON CONFLICT DO NOTHING RETURNING id"
)
_LAST_VERSIONS = (
    "SELECT asked.estate, (SELECT max(originator_version) FROM stored_events"
    " WHERE originator_id = asked.estate) FROM unnest(%s::text[]) AS asked (estate)"
)
_INSERT = (
    "INSERT INTO stored_events (originator_id, originator_version, topic, state)"
    " SELECT * FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::bytea[])"
    " RETURNING notification_id"
)
_COPY = (
    "COPY stored_events (originator_id, originator_version, topic, state)"
    " FROM STDIN (FORMAT BINARY)"
)
_LAST_GIVEN = "SELECT currval('stored_events_notification_id_seq')"
_LAST_POSITION = "SELECT coalesce(max(notification_id), 0) FROM stored_events"
_RELEASE = (
    "UPDATE estate_name SET until_position = %s"
    " WHERE municipality = %s AND name = %s AND estate = %s AND until_position IS NULL"
)
_CLAIM = (
    "INSERT INTO estate_name (municipality, name, estate, from_position) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT DO NOTHING"
)
_HOLDER = (
    "SELECT estate FROM estate_name"
    " WHERE municipality = %s AND name = %s AND until_position IS NULL"
)
# From here on COPY is faster than an array of values.
LARGE_BATCH = 1_000


def append_plainly(
    connection: Connection, batch: Append, stored: Iterable[Stored], rows: RowWriter
) -> Receipt:
    """Writes a whole append, within a transaction that has begun.

    `stored` are its events in stored form, in the same order; they may be made on the way.

    Raises:
        CommandIdTaken, VersionConflict, NameTaken, ClaimNotHeld, SchemeDataDiffer: see the port.
    """
    versions = {recorded.estate: recorded.version for recorded in batch.events}
    lock_estates(connection, {*versions, *(change.estate for change in batch.rows)})
    check_scheme(connection, batch.scheme)
    record_commands(connection, batch.commands)
    check_versions(connection, batch.events)
    behind = rows.write(connection, batch.rows, versions, _begun(batch.events))
    lock_events(connection)
    check_scheme(connection, batch.scheme)  # again: now it cannot change any more
    positions = insert_events(connection, stored, len(batch.events))
    if batch.released or batch.claims:
        starts = _first_positions(connection, batch.events, positions)
        release_names(connection, batch.released, starts)
        claim_names(connection, batch.claims, starts)
    return Receipt(tuple(positions), behind)


def insert_events(connection: Connection, stored: Iterable[Stored], number: int) -> Sequence[int]:
    """Inserts so many events and answers their positions; the caller holds the table's lock."""
    if not number:
        return ()
    notify(connection)
    if number < LARGE_BATCH:
        columns = [list(column) for column in zip(*stored, strict=True)]
        return [position for (position,) in connection.execute(_INSERT, columns)]
    with connection.cursor() as cursor, cursor.copy(_COPY.encode()) as copy:
        copy.set_types(("text", "int8", "text", "bytea"))
        for row in stored:
            copy.write_row(row)
    found = connection.execute(_LAST_GIVEN).fetchone()
    last = 0 if found is None else int(found[0])
    # Nobody else takes a position while the table is locked, so ours follow each other.
    return range(last - number + 1, last + 1)


def _begun(events: Sequence[Recorded]) -> set[EstateId]:
    """The estates that begin with these events: no view has rows of them yet."""
    return {recorded.estate for recorded in events if recorded.version == 1}


def record_commands(connection: Connection, commands: Sequence[CommandRecord]) -> None:
    """Keeps the results of commands.

    Raises:
        CommandIdTaken: one of the ids was used before.
    """
    if not commands:
        return
    values = [(one.id, one.body_hash, one.result) for one in commands]
    columns = [sendable(list(column)) for column in zip(*values, strict=True)]
    kept = {id for (id,) in connection.execute(_COMMANDS, columns)}
    for command in commands:
        if sendable(command.id) not in kept:
            raise CommandIdTaken(command.id)
        kept.remove(sendable(command.id))


def check_versions(connection: Connection, events: Sequence[Recorded]) -> None:
    """Checks that each estate's new events follow its last one without a gap.

    The primary key alone would let a gap through, which an engine makes that remembers a state
    whose append never reached the disk.

    Raises:
        VersionConflict: an event does not follow the one that is there.
    """
    last = last_versions(connection, {recorded.estate for recorded in events})
    for recorded in events:
        estate = recorded.estate
        if recorded.version != last[estate] + 1:
            raise VersionConflict(estate, recorded.version, last[estate])
        last[estate] = recorded.version


def conflict_of(connection: Connection, events: Sequence[Recorded]) -> VersionConflict | None:
    """The conflict that the primary key met, looked up afterwards; None when it is gone.

    Only writers that do not lock their estates, such as the library's own, come in between.
    """
    try:
        check_versions(connection, events)
    except VersionConflict as conflict:
        return conflict
    return None


def last_versions(connection: Connection, estates: set[str]) -> dict[str, int]:
    """The newest version of each of these estates; 0 without events."""
    found: dict[str, int] = {}
    if estates:
        for estate, version in connection.execute(_LAST_VERSIONS, (list(estates),)):
            found[estate] = version or 0
    return found


def check_scheme(connection: Connection, scheme: int | None) -> None:
    """Checks that the rows of the batch were made with the scheme data of all other rows.

    A node that an upgrade left running would hide deadlines that the newer data ask for.

    Raises:
        SchemeDataDiffer: they were not.
    """
    if scheme is None:
        return
    found = meta(connection, MARK + SCHEME_MARK)
    if found is not None and found != scheme:
        raise SchemeDataDiffer


def check_rows(connection: Connection, rows: Sequence[RowChange]) -> None:
    """Checks that recomputed rows show the newest events of their estates.

    Raises:
        VersionConflict: an estate has newer events than its rows.
    """
    shown = {change.estate: change.at_version for change in rows if change.at_version is not None}
    current = last_versions(connection, set(shown))
    for estate, version in shown.items():
        if current[estate] != version:
            raise VersionConflict(estate, version, current[estate])


def release_names(
    connection: Connection, released: Sequence[NameClaim], starts: Mapping[str, int]
) -> None:
    """Ends the use of names.

    Raises:
        ClaimNotHeld: the estate does not bear the name.
    """
    for claim in released:
        position = starts.get(claim.estate, starts[""])
        values = (position, sendable(claim.municipality), sendable(claim.name), claim.estate)
        if connection.execute(_RELEASE, values).rowcount == 0:
            raise ClaimNotHeld(claim.municipality, claim.name, claim.estate)


def claim_names(
    connection: Connection, claims: Sequence[NameClaim], starts: Mapping[str, int]
) -> None:
    """Gives names to estates; a name that the estate bears already is no error.

    Raises:
        NameTaken: another estate bears the name.
    """
    for claim in claims:
        position = starts.get(claim.estate, starts[""])
        place, name = sendable(claim.municipality), sendable(claim.name)
        values = (place, name, claim.estate, position)
        if connection.execute(_CLAIM, values).rowcount:
            continue
        holder = connection.execute(_HOLDER, (place, name)).fetchone()
        if holder is not None and holder[0] != claim.estate:
            raise NameTaken(claim.municipality, claim.name, holder[0])


def _first_positions(
    connection: Connection, events: Sequence[Recorded], positions: Sequence[int]
) -> dict[str, int]:
    """The position of each estate's first new event; under "" that of the append itself."""
    if not positions:
        found = connection.execute(_LAST_POSITION).fetchone()
        return {"": 0 if found is None else found[0]}
    starts = {"": positions[0]}
    for recorded, position in zip(events, positions, strict=True):
        starts.setdefault(recorded.estate, position)
    return starts
