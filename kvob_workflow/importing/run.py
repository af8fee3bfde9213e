"""How does a file come in? Row by row into chunks, each chunk one transaction of the engine.

CSV is read as it comes; a workbook (`workbooks`) is laid out in memory first. A crash loses at
most the chunk under way; the same import, started again, finds the rest to be duplicates and goes
on. Memory is bounded by a chunk and the refused rows, or by what a workbook may take.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from kvob_domain.errors import Conflict, KvobError, Unavailable
from kvob_domain.estate.values import PastFact
from kvob_domain.free_text import leaks_in
from kvob_workflow.importing.decoding import CheckedBytes, text_of
from kvob_workflow.importing.errors import ImportFileUnreadable, ImportInterrupted
from kvob_workflow.importing.header import Header, header_of_rows, read_header
from kvob_workflow.importing.opening import open_bytes, read_all, size_of, sniffed
from kvob_workflow.importing.records import Lines, Record
from kvob_workflow.importing.rehearsal import Rehearsal
from kvob_workflow.importing.row_errors import RowInvalid
from kvob_workflow.importing.rows import RowReader
from kvob_workflow.importing.tally import Tally
from kvob_workflow.importing.workbooks import read_sheet

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from datetime import date
    from pathlib import Path
    from typing import TextIO

    from kvob_workflow.engine.facts import FactItem, FactOutcome
    from kvob_workflow.importing.report import ImportReport, Notice
    from kvob_workflow.importing.workbooks import Sheet

ROWS_PER_CHUNK: Final = 5_000
_OBJECTS_BETWEEN_COLLECTIONS: Final = 200_000

Progress = Callable[[int, float | None], None]
"""Receives the rows done and, where the size is known, the share of bytes read (0 to 1)."""


class TakesFacts(Protocol):
    """What the importer asks of the engine."""

    def today(self) -> date:
        """The civil day in Amsterdam."""
        ...

    def take_facts(self, items: Sequence[FactItem], *, dry_run: bool = False) -> list[FactOutcome]:
        """Takes the items in as one transaction; answers each, in order."""
        ...


def import_file(
    engine: TakesFacts,
    path: str | Path,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    sheet: str | None = None,
) -> ImportReport:
    """Imports the file at `path`, CSV or a workbook; "-" reads standard input.

    `sheet` is that of a workbook; without it, its first one that is not hidden. A regular file is
    read through once before anything is written, so that a wrong encoding anywhere in it leaves
    the store unchanged. What comes from a pipe is checked on the way.

    Raises:
        Invalid: the file as a whole cannot be read (`kvob_workflow.importing.errors`).
        Unavailable: the store failed; `ImportInterrupted` when chunks before are kept.
    """
    with open_bytes(path) as opened:
        source, is_workbook = sniffed(opened, str(path))
        if is_workbook:
            found = read_sheet(read_all(source, str(path)), sheet)
            return _Import(engine, dry_run, progress).of_sheet(found)
        size = size_of(opened)
        if size is not None:
            begin = opened.tell()
            CheckedBytes(opened, str(path)).check_all()
            opened.seek(begin)
        checked = CheckedBytes(source, str(path))

        def share(_: int) -> float | None:
            return min(1.0, checked.position / size) if size else None

        return _Import(engine, dry_run, progress, share).of_csv(text_of(checked).readline)


def import_rows(
    engine: TakesFacts,
    stream: TextIO,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Imports the rows of an open text stream; for a file rather use `import_file`.

    Raises:
        Invalid, Unavailable: as `import_file`.
    """
    return _Import(engine, dry_run, progress).of_csv(_readline_of(stream))


def import_read(
    engine: TakesFacts,
    header: Header,
    records: Iterable[tuple[int, Record]],
    notices: tuple[Notice, ...] = (),
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Imports records whose header was read (`header`); `notices` are said of the file.

    Raises:
        Invalid, Unavailable: as `import_file`.
    """
    return _Import(engine, dry_run, progress).of_records(header, records, notices)


@contextmanager
def _fewer_collections() -> Generator[None]:
    """Lets the garbage collector look less often while a chunk's objects are alive.

    Looking through the same tens of thousands of objects again and again took a fifth of the
    time (measured); the setting that the host had comes back afterwards.
    """
    before = gc.get_threshold()
    if before[0]:
        gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Import:
    def __init__(
        self,
        engine: TakesFacts,
        dry_run: bool,
        progress: Progress | None,
        share: Callable[[int], float | None] | None = None,
    ) -> None:
        self._engine = engine
        self._dry_run = dry_run
        self._rehearsal = Rehearsal() if dry_run else None
        self._progress = progress
        self._share = share or _unknown
        self._tally = Tally()

    def of_csv(self, readline: Callable[[int], str]) -> ImportReport:
        return self.of_records(*read_header(Lines(readline)))

    def of_sheet(self, sheet: Sheet) -> ImportReport:
        height = max(1, sheet.height)

        def share(row: int) -> float:
            return min(1.0, row / height)

        self._share = share
        header, records = header_of_rows(sheet.records())
        return self.of_records(header, records, sheet.notices)

    def of_records(
        self,
        header: Header,
        records: Iterable[tuple[int, Record]],
        notices: tuple[Notice, ...] = (),
    ) -> ImportReport:
        with _fewer_collections():
            self._read(header, records)
        report = self._tally.report(header.unknown, dry_run=self._dry_run)
        return replace(report, notices=(*notices, *report.notices))

    def _read(self, header: Header, records: Iterable[tuple[int, Record]]) -> None:
        reader = RowReader(header, self._engine.today())
        numbers: list[int] = []
        items: list[FactItem] = []
        number = 0
        for done, (number, record) in enumerate(records, start=1):
            item = self._item(reader, number, record)
            if item is not None:
                numbers.append(number)
                items.append(item)
            if done % ROWS_PER_CHUNK == 0:
                self._take(number, numbers, items)
                numbers.clear()
                items.clear()
        self._take(number, numbers, items)

    def _item(self, reader: RowReader, number: int, record: Record) -> FactItem | None:
        try:
            if isinstance(record, RowInvalid):
                raise record
            item = reader.item(record)
        except KvobError as error:
            self._tally.reject(number, error)
            return None
        if item is None:
            self._tally.empty += 1
        return item

    def _take(self, row: int, numbers: Sequence[int], items: Sequence[FactItem]) -> None:
        if items:
            outcomes = self._outcomes(items)
            if self._rehearsal is not None:
                outcomes = list(map(self._rehearsal.outcome, items, outcomes))
            self._tally.count(numbers, outcomes)
            self._tally.personal += sum(map(_seems_personal, items))
        if self._progress is not None:
            self._progress(self._tally.rows, self._share(row))

    def _outcomes(self, items: Sequence[FactItem]) -> list[FactOutcome]:
        try:
            return self._engine.take_facts(items, dry_run=self._dry_run)
        except (Unavailable, Conflict) as cause:
            if self._dry_run or not self._tally.taken:
                raise
            # Of its chunk the cause rightly says that nothing was written; of the file it is not.
            raise ImportInterrupted(self._tally.taken, cause) from cause


def _unknown(_: int) -> None:
    """Where no end is known, no share of it is done."""


def _seems_personal(item: FactItem) -> bool:
    content = item.content
    note = content.provenance.note
    texts = (note,) if isinstance(content, PastFact) else (note, content.text)
    return any(text and leaks_in(text) for text in texts)


def _readline_of(stream: TextIO) -> Callable[[int], str]:
    """The stream's `readline` without a byte order mark, with this package's errors."""
    at_start = True

    def readline(size: int) -> str:
        nonlocal at_start
        try:
            line = stream.readline(size)
        except (OSError, ValueError) as error:  # closed, or bytes that are not text
            name = str(getattr(stream, "name", "stream"))
            raise ImportFileUnreadable(name, str(error)) from None
        if at_start:
            at_start = False
            return line.removeprefix("\ufeff")
        return line

    return readline
