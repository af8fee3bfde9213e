"""How does a history leave the page? As CSV that a spreadsheet opens, and as JSON.

The CSV has a byte order mark, so that spreadsheets read it as UTF-8, and semicolons, which those
with Dutch settings expect; no text in it is run as a formula.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.exports.cells import harmless
from kvob_workflow.http.models.history import history_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvob_domain.words import Language
    from kvob_workflow.web.telling.lines import Line

_MARK: Final = "\ufeff"
_COLUMNS: Final = (
    Text("Nummer", "Number"),
    Text("Dag", "Day"),
    Text("Wat", "What"),
    Text("Bijzonderheden", "Particulars"),
    Text("Wie", "Who"),
    Text("Rol", "Role"),
    Text("Organisatie", "Organisation"),
    Text("Via", "Entrance"),
    Text("Vastgelegd (UTC)", "Recorded (UTC)"),
    Text("Bron", "Source"),
    Text("Gecorrigeerd door", "Corrected by"),
    Text("Corrigeert", "Corrects"),
    Text("Nooit gebeurd", "Never happened"),
    Text("Van groep", "Of group"),
)


def as_csv(lines: Iterable[Line], language: Language) -> bytes:
    """The lines with one event in each row, days as 2026-12-31 as far as they are known."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.of(language) for column in _COLUMNS)
    for line in lines:
        writer.writerow(harmless(cell) for cell in _cells(line, language))
    return (_MARK + written.getvalue()).encode()


def as_json(lines: Iterable[Line]) -> bytes:
    """The same events as the API gives them: objects in a list."""
    items = [history_line(one.entry).model_dump(mode="json") for one in lines]
    return json.dumps(items, ensure_ascii=False, indent=2).encode()


def _cells(line: Line, language: Language) -> tuple[str, ...]:
    entry = line.entry
    told = [f"{one.label}: {one.whole}" for one in line.says if not one.is_minor]
    was = Text("eerst", "first").of(language)
    told += [f"{one.label}: {one.now} ({was}: {one.was})" for one in line.changes]
    return (
        str(entry.version),
        entry.on,
        line.title,
        "\n".join(told),
        line.who,
        line.role,
        entry.organisation or "",
        line.origin,
        entry.recorded_at.isoformat(timespec="seconds"),
        entry.source or "",
        str(entry.corrected_by or ""),
        str(entry.corrects or ""),
        Text("ja", "yes").of(language) if entry.withdrawn else "",
        entry.via or "",
    )
