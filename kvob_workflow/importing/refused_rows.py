"""How do refused rows go back to who sent them? As CSV, each with the reason in a last column.

The file is made to be mended and offered again. What a spreadsheet would take for a formula gets
an apostrophe in front; a file with the column of reasons is known by it, and the importer takes
the apostrophe away again, so that nothing is changed on the way.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kvob_domain.words import Language
    from kvob_workflow.importing.records import Record

REASON_COLUMN: Final = Text("geweigerd_omdat", "refused_because")
"""The name of the last column, by which such a file is known."""
_BOM: Final = "\ufeff"  # without it Dutch Excel takes the file for Windows-1252
_FORMULA: Final = tuple("=+-@\t\r\n")


def is_reason_column(name: str) -> bool:
    """Whether a column holds the reasons of an earlier import."""
    return name.strip().lower() in REASON_COLUMN


def restored(records: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    """The records of such a file, as they were before it was written."""
    for number, record in records:
        if isinstance(record, list):
            yield number, [_restored(field) for field in record]
        else:
            yield number, record


def refused_csv(
    header: Sequence[str],
    rows: Iterable[tuple[Sequence[str], int, str]],
    language: Language = "nl",
) -> bytes:
    """Rows with their number and reason, under the header that they came with.

    UTF-8 with a mark, semicolons, lines that end in CR and LF: what Dutch Excel opens.
    """
    kept = [place for place, name in enumerate(header) if not is_reason_column(name)]
    text = io.StringIO()
    text.write(_BOM)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([*(_safe(header[place]) for place in kept), REASON_COLUMN.of(language)])
    for fields, number, reason in rows:
        shown = [_safe(fields[place]) if place < len(fields) else "" for place in kept]
        told = f"{'Rij' if language == 'nl' else 'Row'} {number}: {reason}"
        writer.writerow([*shown, told, *map(_safe, fields[len(header) :])])
    return text.getvalue().encode("utf-8", "replace")


def _safe(field: str) -> str:
    """Harmless, and still known from a field that had an apostrophe itself."""
    return f"'{field}" if field.lstrip("'").startswith(_FORMULA) else field


def _restored(field: str) -> str:
    is_safe = field.startswith("'") and field.lstrip("'").startswith(_FORMULA)
    return field[1:] if is_safe else field
