"""Stores to look ahead from: the sample cases, and an invented history of recent years."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from benchmarks.generate_history import write_history
from kvob_workflow import Engine
from kvob_workflow.importing import import_file, sample_cases
from kvob_workflow.testing import SettableClock, engine_at

TODAY = date(2026, 11, 23)
# The invented estates began in 2003 to 2014; so many years on, their certificates still run.
YEARS_LATER = 12

Opened = Callable[[str], tuple[Engine, SettableClock]]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Opens an engine in memory with `sample` or `invented` histories, on 23 November 2026."""
    with ExitStack() as stack:

        def open_with(histories: str) -> tuple[Engine, SettableClock]:
            clock = SettableClock(TODAY)
            engine = stack.enter_context(engine_at("memory:", clock))
            if histories == "sample":
                with sample_cases() as path:
                    assert import_file(engine, path).rejected == ()
            else:
                path = tmp_path / "invented.csv"
                write_recent(path, estates=60)
                import_file(engine, path)
            return engine, clock

        yield open_with


def write_recent(path: Path, estates: int) -> None:
    """Write an invented history of recent years; what would lie ahead is left out."""
    write_history(path, estates, seed=16)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["date"]:
            row["date"] = f"{int(row['date'][:4]) + YEARS_LATER}{row['date'][4:]}"
    kept = [row for row in rows if row["date"] < "2026"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(kept)
