"""What do the importer's tests share? An engine on 23 November 2026, and rows to write down."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from kvob_workflow.engine import Engine
from kvob_workflow.importing import ImportReport, import_file
from kvob_workflow.testing import engine_in_memory

Rows = Callable[..., str]
Importing = Callable[[str | bytes], ImportReport]

FIELDS = {
    "estate": "De Vendel",
    "municipality": "Veenendaal",
    "event": "award",
    "date": "2010-10-21",
    "outcome": "held",
    "source_url": "https://example.nl/bericht",
}


@pytest.fixture
def today() -> date:
    """The day on which everything is imported."""
    return date(2026, 11, 23)


@pytest.fixture
def engine(today: date) -> Iterator[Engine]:
    """An engine in memory."""
    with engine_in_memory(today) as opened:
        yield opened


@pytest.fixture
def rows() -> Rows:
    """Writes rows under a header; each argument says what differs from a usual award."""

    def written(*differing: dict[str, str], delimiter: str = ",") -> str:
        lines = [{**FIELDS, **fields} for fields in differing or ({},)]
        columns = list(dict.fromkeys(column for line in lines for column in line))
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, delimiter=delimiter, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
        return text.getvalue()

    return written


@pytest.fixture
def imported(engine: Engine, tmp_path: Path) -> Importing:
    """Imports a text (as UTF-8) or bytes through a file."""

    def importing(content: str | bytes) -> ImportReport:
        path = tmp_path / "history.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return import_file(engine, path)

    return importing
