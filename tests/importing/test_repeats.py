"""When is a row on record already? In a later import, after a crash, from a second source."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date

import pytest

from kvob_domain.estate.events.past import ProvenanceAdded
from kvob_workflow.engine import Engine, FactItem, FactOutcome
from kvob_workflow.importing import ImportReport, import_rows

Rows = Callable[..., str]
Importing = Callable[[str | bytes], ImportReport]

CHUNK = "kvob_workflow.importing.run.ROWS_PER_CHUNK"
MIXED: tuple[dict[str, str], ...] = (
    {},
    {"event": "other", "note": "context"},
    {"estate": "de vendel", "date": "2013"},
    {"estate": "De Compagnie"},
    {},
    {"date": "13-1-2010"},
    {"source_url": "https://second.nl"},
    {"event": "other", "source_url": "https://second.nl"},
    {"estate": "DE COMPAGNIE "},
)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """Accepted, remarks, duplicates, rejected."""
    return report.accepted, report.remarks, report.duplicates, len(report.rejected)


class Crashing:
    """An engine whose machine stops when it is to take in a later chunk."""

    def __init__(self, engine: Engine, chunks: int) -> None:
        self._engine = engine
        self._left = chunks

    def today(self) -> date:
        return self._engine.today()

    def take_facts(self, items: Sequence[FactItem], *, dry_run: bool = False) -> list[FactOutcome]:
        self._left -= 1
        if self._left < 0:
            raise KeyboardInterrupt
        return self._engine.take_facts(items, dry_run=dry_run)


@pytest.mark.parametrize("chunk", [1, 2, 3, 5000])
def test_the_second_import_finds_everything_there_whatever_the_chunks(
    engine: Engine, rows: Rows, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(CHUNK, chunk)
    text = rows(*MIXED)
    first = import_rows(engine, io.StringIO(text))
    assert counts(first) == (3, 2, 3, 1)
    assert (first.rows, first.estates) == (9, 2)
    again = import_rows(engine, io.StringIO(text))
    assert counts(again) == (0, 0, 8, 1)


@pytest.mark.parametrize("chunk", [1, 2, 3, 5000])
def test_a_dry_run_reports_the_same_whatever_the_chunks(
    engine: Engine, rows: Rows, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(CHUNK, chunk)
    text = rows(*MIXED)
    rehearsed = import_rows(engine, io.StringIO(text), dry_run=True)
    assert engine.board().total == 0
    real = import_rows(engine, io.StringIO(text))
    assert rehearsed.as_dict() == real.as_dict()
    assert rehearsed.estates == real.estates
    assert counts(import_rows(engine, io.StringIO(text), dry_run=True)) == (0, 0, 8, 1)


def test_a_second_source_is_a_duplicate_whose_provenance_is_added(
    engine: Engine, rows: Rows, imported: Importing
) -> None:
    report = imported(rows({}, {"source_url": "https://second.nl"}))
    assert counts(report) == (1, 0, 1, 0)
    last = engine.history(engine.find("De Vendel"))[-1]
    assert last.topic == ProvenanceAdded.TOPIC
    assert "https://second.nl" in str(last.details)


def test_another_cycle_or_precision_is_another_fact(rows: Rows, imported: Importing) -> None:
    assert counts(imported(rows({}, {"date": "2010-10"}, {"cycle": "2"}))) == (3, 0, 0, 0)


@pytest.mark.parametrize("spelling", ["DE VENDEL", "de  vendel", "De Vèndel"])
def test_spellings_of_a_name_are_one_estate(rows: Rows, imported: Importing, spelling: str) -> None:
    report = imported(rows({}, {"estate": spelling}))
    assert (counts(report), report.estates) == ((1, 0, 1, 0), 1)


def test_an_estate_is_the_same_under_each_of_its_municipalities(
    rows: Rows, imported: Importing
) -> None:
    both = {"municipality": "Aalsmeer/Uithoorn"}
    report = imported(
        rows(both, {"municipality": "Uithoorn"}, {"municipality": "Uithoorn/Aalsmeer"})
    )
    assert (counts(report), report.estates) == ((1, 0, 2, 0), 1)


def test_after_a_crash_the_same_import_goes_on(
    engine: Engine, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CHUNK, 10)
    text = rows(*({"date": f"{1960 + year}"} for year in range(45)))
    with pytest.raises(KeyboardInterrupt):
        import_rows(Crashing(engine, chunks=3), io.StringIO(text))
    assert counts(import_rows(engine, io.StringIO(text))) == (15, 0, 30, 0)
