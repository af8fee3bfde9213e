"""How is a store copied to an empty one, and how does a copy that was stopped go on?

First the events, in chunks in order of position, then every other table; each chunk is one
transaction. Until both sides have been compared the target says that it is half a copy, and no
release opens it. A copy that goes on takes up each table after its last row; a table that turns
out to differ, because the source went on too, is copied once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_workflow.moving.comparing import LogHead, TableCheck, compare, differences, head_of
from kvob_workflow.moving.faults import SameStore, StoresDiffer, TargetMoved, TargetNotEmpty
from kvob_workflow.moving.sides import open_side, open_source, place_of
from kvob_workflow.moving.tables import EVENT_TABLE, TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from kvob_workflow.moving.sides import Reading, Side
    from kvob_workflow.moving.tables import Row, Table

CHUNK: Final = 5_000
"""Rows in one transaction, unless they are large."""
_CHUNK_BYTES: Final = 8_000_000


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What stands on both sides. `head` is that of both proof logs when everything is equal."""

    source: str
    target: str
    went_on: bool
    tables: tuple[TableCheck, ...]
    head: LogHead | None

    @property
    def is_equal(self) -> bool:
        """Whether both sides hold the same, down to the root of the proof log."""
        return self.head is not None


def copy_store(
    source: str, target: str, *, chunk: int = CHUNK, told: Callable[[str, int], None] | None = None
) -> CopyReport:
    """Copies the store at `source` to an empty one at `target`, or goes on with such a copy.

    `told` hears the table and the number of rows after each chunk. Nobody may write to the source
    meanwhile: what comes in after the last comparison is not in the copy.

    Raises:
        StoreUrlInvalid, SameStore, MemoryStays: the addresses are no pair of stores.
        NoStoreThere: there is no source.
        TargetNotEmpty: the target holds something else.
        TargetMoved: somebody else writes to the target.
        StoresDiffer: the copy is not equal to the source; it stays closed.
        StoreUnavailable: one of its causes; the copy can go on later.
    """
    _check_pair(source, target)
    ours = open_source(source)
    try:
        theirs = open_side(target)
        try:
            return _copied(ours, theirs, chunk, told or (lambda table, rows: None))
        finally:
            theirs.close()
    finally:
        ours.close()


def compare_stores(source: str, target: str) -> CopyReport:
    """Compares two stores and copies nothing.

    Raises:
        StoreUrlInvalid, SameStore, MemoryStays: the addresses are no pair of stores.
        NoStoreThere: one of them is not there.
        StoreHalfCopied: a copy into one of them is under way.
        StoreUnavailable: another of its causes.
    """
    _check_pair(source, target)
    ours = open_source(source)
    try:
        theirs = open_source(target)
        try:
            with ours.reading() as reader, theirs.reading() as other:
                checks = compare(reader, other)
            return _report(ours, theirs, checks, went_on=False)
        finally:
            theirs.close()
    finally:
        ours.close()


def _check_pair(source: str, target: str) -> None:
    if place_of(source) == place_of(target):
        raise SameStore(source.rpartition("@")[2])


def _copied(ours: Side, theirs: Side, chunk: int, told: Callable[[str, int], None]) -> CopyReport:
    went_on = theirs.take()
    with ours.reading() as reader:
        if went_on:
            _check_begun(reader, theirs)
        for table in TABLES:
            _copy_table(reader, theirs, table, chunk, told)
    checks = _compared(ours, theirs)
    if differences(checks):
        with ours.reading() as reader:
            for table, check in zip(TABLES, checks, strict=True):
                if not check.is_equal:
                    _copy_again(reader, theirs, table, chunk, told)
        checks = _compared(ours, theirs)
    if found := differences(checks):
        raise StoresDiffer(ours.shown, theirs.shown, found)
    with theirs.writing() as writer:
        writer.finish()
    return _report(ours, theirs, checks, went_on=went_on)


def _compared(ours: Side, theirs: Side) -> tuple[TableCheck, ...]:
    with ours.reading() as reader, theirs.reading() as other:
        return compare(reader, other)


def _report(
    ours: Side, theirs: Side, checks: tuple[TableCheck, ...], *, went_on: bool
) -> CopyReport:
    head = None
    if not differences(checks):
        head = head_of(ours.store())
        if head != head_of(theirs.store()):
            head = None
    return CopyReport(ours.shown, theirs.shown, went_on, checks, head)


def _check_begun(source: Reading, theirs: Side) -> None:
    """Refuses a half copy of another store: its first and its last event must be the source's."""
    with theirs.reading() as target:
        last = target.last(EVENT_TABLE)
        for after in ((), *((position - 1,) for position in last if isinstance(position, int))):
            copied = _first(target.rows(EVENT_TABLE, after))
            if copied is not None and copied != _first(source.rows(EVENT_TABLE, after)):
                raise TargetNotEmpty(theirs.shown, f"stored_events, {copied[0]}")


def _first(rows: Iterator[Row]) -> Row | None:
    return next(rows, None)


def _copy_again(
    source: Reading, theirs: Side, table: Table, chunk: int, told: Callable[[str, int], None]
) -> None:
    """Events that came in are added; any other table is copied from its beginning."""
    if table is not EVENT_TABLE:
        with theirs.writing() as writer:
            writer.clear(table)
    _copy_table(source, theirs, table, chunk, told)


def _copy_table(
    source: Reading, theirs: Side, table: Table, chunk: int, told: Callable[[str, int], None]
) -> None:
    if table.small:
        rows = list(source.rows(table))
        with theirs.writing() as writer:
            writer.clear(table)
            writer.add(table, rows)
        told(table.name, len(rows))
        return
    with theirs.reading() as target:
        last = target.last(table)
    for rows in _chunks(source.rows(table, last), chunk):
        with theirs.writing() as writer:
            if table is EVENT_TABLE and writer.last_position() != (last[0] if last else 0):
                raise TargetMoved(theirs.shown, table.name)
            writer.add(table, rows)
        last = table.key_of(rows[-1])
        told(table.name, len(rows))


def _chunks(rows: Iterable[Row], size: int) -> Generator[list[Row]]:
    """Rows in parts of so many at most, or of so many bytes of content."""
    part: list[Row] = []
    weight = 0
    for row in rows:
        part.append(row)
        weight += sum(len(value) for value in row if isinstance(value, str | bytes))
        if len(part) >= size or weight >= _CHUNK_BYTES:
            yield part
            part, weight = [], 0
    if part:
        yield part
