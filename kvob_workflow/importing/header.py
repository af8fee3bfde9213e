"""Which column stands where? Read from the first line, with the separator that fits it best."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_workflow.importing.columns import COLUMNS, REQUIRED
from kvob_workflow.importing.errors import (
    ImportColumnsMissing,
    ImportColumnsRepeated,
    ImportFileEmpty,
    ImportFileNotText,
    ImportHeaderUnreadable,
)
from kvob_workflow.importing.records import LONGEST_RECORD, Lines, Record, RecordTooLong, records
from kvob_workflow.importing.refused_rows import is_reason_column, restored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DELIMITERS: Final = ",;\t"
_TOLD = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)  # Excel's own first line
_SHOWN: Final = 40  # characters of a column name, and columns, that a message repeats


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line says.

    `places` gives for each of `COLUMNS` its index in a record; an absent column has the index
    `width`, where the reader puts an empty field. `names` are the columns as they stand. A file of
    refused rows (`is_returned`) was made by `refused_rows`, and its records are restored.
    """

    width: int
    places: tuple[int, ...]
    unknown: tuple[str, ...]
    names: tuple[str, ...]
    delimiter: str
    is_returned: bool


def read_header(lines: Lines) -> tuple[Header, Iterator[tuple[int, Record]]]:
    """The header, and the records that follow it.

    Raises:
        ImportFileEmpty, ImportFileNotText, ImportHeaderUnreadable, ImportColumnsMissing,
        ImportColumnsRepeated.
    """
    delimiter = _delimiter(lines)
    rows = records(lines, delimiter)
    number, fields = next(rows, (0, None))
    if fields is None:
        raise ImportFileEmpty(REQUIRED)
    if not isinstance(fields, list):
        raise ImportHeaderUnreadable(number, LONGEST_RECORD, REQUIRED)
    header = _header(fields, delimiter)
    return header, restored(rows) if header.is_returned else rows


def header_of_rows(
    rows: Iterator[tuple[int, Record]],
) -> tuple[Header, Iterator[tuple[int, Record]]]:
    """The header of a sheet, its first row with any text, and the rows that follow it.

    Raises:
        ImportFileEmpty, ImportColumnsMissing, ImportColumnsRepeated, RowInvalid.
    """
    for _, fields in rows:
        if not isinstance(fields, list):
            raise fields
        if any(map(str.strip, fields)):
            header = _header(fields, "")
            return header, restored(rows) if header.is_returned else rows
    raise ImportFileEmpty(REQUIRED)


def _delimiter(lines: Lines) -> str:
    """The separator under which the first line with text names most columns."""
    line = _first_line(lines)
    if "\0" in line:
        raise ImportFileNotText
    told = _TOLD.fullmatch(line)
    if told:
        return told[1]
    lines.back()
    return max(_DELIMITERS, key=lambda delimiter: _known_under(line, delimiter))


def _first_line(lines: Lines) -> str:
    number = lines.begin()
    try:
        for line in lines:
            if line.strip():
                return line
            number = lines.begin()
    except RecordTooLong as too_long:
        if "\0" in too_long.line:
            raise ImportFileNotText from None
        raise ImportHeaderUnreadable(number, LONGEST_RECORD, REQUIRED) from None
    raise ImportFileEmpty(REQUIRED)


def _known_under(line: str, delimiter: str) -> int:
    try:
        names = next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return 0
    return sum(_plain(name) in COLUMNS for name in names)


def _header(fields: Sequence[str], delimiter: str) -> Header:
    names = [_plain(field) for field in fields]
    while names and not names[-1]:  # Excel writes separators after the last column
        names.pop()
    repeated = tuple(column for column in COLUMNS if names.count(column) > 1)
    if repeated:
        raise ImportColumnsRepeated(repeated)
    missing = tuple(column for column in REQUIRED if column not in names)
    if missing:
        raise ImportColumnsMissing(missing, _shown(fields))
    places = tuple(names.index(name) if name in names else len(names) for name in COLUMNS)
    others = [field for field, name in zip(fields, names, strict=False) if name not in COLUMNS]
    unknown = [field for field in others if not is_reason_column(field)]
    is_returned = len(unknown) < len(others)
    kept = tuple(fields[: len(names)])
    return Header(len(names), places, _shown(unknown), kept, delimiter, is_returned)


def _plain(name: str) -> str:
    return name.strip().lower()


def _shown(names: Sequence[str]) -> tuple[str, ...]:
    """Names as a message repeats them, cut where they are long or many."""
    shown = tuple(name.strip()[:_SHOWN] or "?" for name in names[:_SHOWN])
    return shown if len(names) <= _SHOWN else (*shown, f"… ({len(names)})")
