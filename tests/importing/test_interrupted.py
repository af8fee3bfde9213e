"""What does an import say that fails halfway? How much is there, why, and that a repeat helps."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date

import pytest

from kvob_domain.errors import KvobError
from kvob_workflow.engine import Engine
from kvob_workflow.engine.facts import FactItem, FactOutcome
from kvob_workflow.errors import VersionConflict
from kvob_workflow.importing import import_rows
from kvob_workflow.importing.errors import ImportInterrupted
from kvob_workflow.store.faults import StoreFull

Rows = Callable[..., str]
FULL = StoreFull("kvob.db", "disk full")


class Failing:
    """An engine that fails at its last chunk."""

    def __init__(self, engine: Engine, chunks: int, error: KvobError) -> None:
        self._engine = engine
        self._left = chunks
        self._error = error

    def today(self) -> date:
        return self._engine.today()

    def take_facts(self, items: Sequence[FactItem], *, dry_run: bool = False) -> list[FactOutcome]:
        if not self._left:
            raise self._error
        self._left -= 1
        return self._engine.take_facts(items, dry_run=dry_run)


@pytest.fixture(autouse=True)
def one_row_per_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks as small as can be."""
    monkeypatch.setattr("kvob_workflow.importing.run.ROWS_PER_CHUNK", 1)


@pytest.mark.parametrize("error", [FULL, VersionConflict("e", 2, 2)])
def test_a_failure_after_some_chunks_says_what_is_there(
    engine: Engine, rows: Rows, error: KvobError
) -> None:
    text = rows({}, {"date": "2012"}, {"date": "2014"})
    with pytest.raises(ImportInterrupted) as stopped:
        import_rows(Failing(engine, 2, error), io.StringIO(text))
    assert stopped.value.fields() == {"rows": 2, "cause": error}
    assert stopped.value.message("en").startswith(error.message("en") + " 2 rows were taken in")
    assert stopped.value.message("nl").startswith(error.message("nl") + " Daarvoor waren er al 2")
    again = import_rows(engine, io.StringIO(text))
    assert (again.duplicates, again.accepted) == (2, 1)


@pytest.mark.parametrize(("chunks", "dry_run"), [(0, False), (2, True)])
def test_a_failure_that_left_nothing_is_told_as_it_is(
    engine: Engine, rows: Rows, chunks: int, dry_run: bool
) -> None:
    text = io.StringIO(rows({}, {"date": "2012"}, {"date": "2014"}))
    with pytest.raises(StoreFull):
        import_rows(Failing(engine, chunks, FULL), text, dry_run=dry_run)


def test_only_recognised_rows_before_a_failure_leave_nothing_new(
    engine: Engine, rows: Rows
) -> None:
    import_rows(engine, io.StringIO(rows()))
    with pytest.raises(StoreFull):
        import_rows(Failing(engine, 1, FULL), io.StringIO(rows({}, {"date": "2012"})))
