"""What is copied of a store? Its tables, each with its columns and the order of its rows.

Rows of views, how far their followers are, and what was known when are not: the target folds them
from the events when it is opened or asked. Nor is what `kvob_meta` says about those.
So rebuilds of views stay behind, half-built ones too. Keys of machines do as well: they open one
store, and a revocation here would never reach a copy. Who opens the copy gives out its own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from kvob_workflow.store.postgres.texts import sendable

Row = tuple[object, ...]

EVENTS: Final = "stored_events"
POSITION: Final = "<position>"
"""Stands for the column of the position, which each engine calls by another name."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table to copy. The first `keyed` columns tell its rows apart and give their order.

    A `small` one is replaced whole, in one transaction. `where` leaves rows out.
    """

    name: str
    columns: tuple[str, ...]
    keyed: int = 1
    small: bool = False
    where: str = "1 = 1"

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that give the order."""
        return self.columns[: self.keyed]

    def key_of(self, row: Row) -> Row:
        """What tells a row apart."""
        return row[: self.keyed]


def _table(name: str, columns: str, keyed: int = 1, *, small: bool = False) -> Table:
    return Table(name, tuple(columns.split()), keyed, small)


_DELIVERY: Final = (
    "id channel recipient language items created_at next_at status attempts last_error sent_at"
    " claim claimed_until"
)
_ERASURE: Final = (
    "id person basis proposer proposed_at status decided_by decided_at exception"
)  # fmt: skip
_FOLLOWER: Final = (
    "name kind position moved_at fingerprint cursor revision claimed_until failures next_at"
    " stalled error failed_position failed_estate failed_version"
)
_WEBHOOK: Final = (
    "id address types estates mode data owner state reason secrets created_at changed_at revision"
)
_WEBHOOK_FAILURE: Final = (
    "webhook position estate version attempts error failed_at due_at"
)  # fmt: skip
_SKIP: Final = "number follower position estate version error reason skipped_by skipped_at"
# What is about view rows, and which tables there are, each store says of itself.
_OWN_META: Final = (
    "name NOT IN ('store', 'rows-remade', 'mark:scheme', 'mark:refilling')"
    " AND substr(name, 1, 5) <> 'view:' AND substr(name, 1, 9) <> 'unfilled:'"
)
EVENT_TABLE: Final = _table(EVENTS, f"{POSITION} originator_id originator_version topic state")
TABLES: Final = (
    EVENT_TABLE,
    _table("kvob_command", "id body_hash result"),
    _table("estate_name", "municipality name from_position estate until_position", 4),
    _table("delivery", _DELIVERY),
    _table("log_tile", "level number hashes", 2),
    _table("log_run", "first_leaf first_position number"),
    _table("log_state", "id generation size position", small=True),
    _table("log_opening", "generation entry", small=True),
    _table("log_checkpoint", "size note cosigned", small=True),
    _table("person", "id fields email_index"),
    _table("erasure", _ERASURE),
    Table("follower", tuple(_FOLLOWER.split()), small=True, where="kind = 'effect'"),
    _table("follower_skip", _SKIP),
    _table("webhook", _WEBHOOK, small=True),
    _table("webhook_failure", _WEBHOOK_FAILURE, 2),
    Table("kvob_meta", ("name", "number"), small=True, where=_OWN_META),
)
"""Every table that is copied, the events first."""
FILLED_WHEN_MADE: Final = frozenset({"log_state", "kvob_meta"})
"""Tables that have rows in an empty store too."""
VIEW_NAMES: Final = "SELECT name FROM kvob_meta WHERE substr(name, 1, 5) = 'view:'"


def shown(row: Row) -> Row:
    """A row as both engines can hold it: a server shows U+FFFD for a zero byte in a text."""
    return tuple(map(sendable, row))


def checksum(row: Row) -> int:
    """A number of 256 bits that changes with any value of a row."""
    return int.from_bytes(hashlib.sha256(repr(row).encode("ascii", "backslashreplace")).digest())


def rows_sql(table: Table, names: tuple[str, ...], after: str = "", *, last: bool = False) -> str:
    """The query for rows in order, after a key whose placeholders are given; or the last key."""
    key = ", ".join(names[: table.keyed])
    later = f" AND ({key}) > ({after})" if after else ""
    if last:
        backwards = ", ".join(f"{name} DESC" for name in names[: table.keyed])
        return f"SELECT {key} FROM {table.name} ORDER BY {backwards} LIMIT 1"
    return f"SELECT {', '.join(names)} FROM {table.name} WHERE {table.where}{later} ORDER BY {key}"
