"""Are two stores equal? Every row of every table, by number and by checksum, each side at once.

A checksum is the sum of those of the rows, so the order in which an engine hands them over does
not count. A row holds its own position, so the order of events does.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from kvob_workflow.moving.tables import TABLES, checksum, shown
from kvob_workflow.proofs.log import ProofLog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.moving.sides import Reading
    from kvob_workflow.moving.tables import Row, Table
    from kvob_workflow.store.log import LogKeeping

_MODULUS: Final = 1 << 256


@dataclass(frozen=True, slots=True)
class TableCheck:
    """What one table holds on both sides; `first_difference` is a key, None when they are equal."""

    table: str
    rows: int
    copied: int
    checksum: str
    copied_checksum: str
    first_difference: str | None

    @property
    def is_equal(self) -> bool:
        """Whether both sides hold the same rows."""
        return (self.rows, self.checksum) == (self.copied, self.copied_checksum)


@dataclass(frozen=True, slots=True)
class LogHead:
    """How far a proof log is: which log, how many entries, and the root over them in hex."""

    log: int
    entries: int
    root: str


def compare(source: Reading, target: Reading) -> tuple[TableCheck, ...]:
    """Every table, in both snapshots."""
    return tuple(_compared(table, source, target) for table in TABLES)


def differences(checks: Sequence[TableCheck]) -> str:
    """The tables that differ, each with the first row that does; empty when none does."""
    return "; ".join(
        f"{one.table} ({one.rows} / {one.copied}, {one.first_difference})"
        for one in checks
        if not one.is_equal
    )


def head_of(store: LogKeeping) -> LogHead:
    """The head of a store's proof log."""
    log = ProofLog(store)
    return LogHead(log.number, log.size, log.root().hex())


class _Sum:
    """The number and the checksum of the rows of one side."""

    def __init__(self) -> None:
        self.rows = 0
        self.sum = 0

    def add(self, row: Row) -> Row:
        row = shown(row)
        self.rows += 1
        self.sum = (self.sum + checksum(row)) % _MODULUS
        return row

    @property
    def text(self) -> str:
        return f"{self.sum:064x}"


def _compared(table: Table, source: Reading, target: Reading) -> TableCheck:
    ours, theirs = _Sum(), _Sum()
    first: Row | None = None
    for one, other in zip_longest(source.rows(table), target.rows(table)):
        row = None if one is None else ours.add(one)
        copy = None if other is None else theirs.add(other)
        if first is None and row != copy:
            first = _earliest(table, row, copy)
    equal = (ours.rows, ours.sum) == (theirs.rows, theirs.sum)
    told = None if equal or first is None else ", ".join(map(str, first))
    return TableCheck(table.name, ours.rows, theirs.rows, ours.text, theirs.text, told)


def _earliest(table: Table, row: Row | None, copy: Row | None) -> Row:
    """The key at which two sides part: keys of one table are of the same types."""
    keys = [table.key_of(one) for one in (row, copy) if one is not None]
    return min(keys, key=lambda key: [(str(type(value)), value) for value in key])
