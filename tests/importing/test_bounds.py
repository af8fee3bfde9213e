"""How much memory can a file make the importer use? A few records, whatever the file holds."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from kvob_domain.ids import EstateId
from kvob_workflow.engine import FactItem, FactOutcome
from kvob_workflow.importing import ImportReport, import_file

Rows = Callable[..., str]

MEBIBYTE = 1 << 20


class TakesAll:
    """Takes every fact and keeps none, so that only the importer's own memory counts."""

    def today(self) -> date:
        return date(2026, 11, 23)

    def take_facts(self, items: Sequence[FactItem], *, dry_run: bool = False) -> list[FactOutcome]:
        return [FactOutcome("accepted", EstateId("0" * 32)) for _ in items]


@contextmanager
def peak() -> Generator[Callable[[], float]]:
    """Measures the most memory held, in MiB."""
    tracemalloc.start()
    try:
        yield lambda: tracemalloc.get_traced_memory()[1] / MEBIBYTE
    finally:
        tracemalloc.stop()


def refused(report: ImportReport) -> list[tuple[int, str]]:
    """The rows and codes of what was refused."""
    return [(rejected.row, rejected.error.code) for rejected in report.rejected]


@pytest.mark.parametrize("start", ["", '"'])
def test_a_line_of_100_mb_is_refused_alone_and_never_held(
    rows: Rows, tmp_path: Path, start: str
) -> None:
    header, row, _ = rows().split("\n")
    path = tmp_path / "history.csv"
    with path.open("wb") as file:
        file.write(f"{header}\n{row}\n{start}".encode())
        file.seek(100_000_000, 1)  # a hole: NUL bytes that take no space on the disk
        file.write(f"\n{row}\n".encode())
    with peak() as most:
        report = import_file(TakesAll(), path)
        assert most() < 16
    assert refused(report) == [(3, "row-too-long")]
    assert report.accepted == 2


def test_a_record_of_many_lines_is_refused_too(rows: Rows, tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    filler = "one more line of a note that goes on\n" * 30_000
    path.write_text(rows().split("\n")[0] + f'\n"{filler}', "utf-8")
    report = import_file(TakesAll(), path)
    assert refused(report)[0] == (2, "row-quotes-unbalanced")
    assert report.rows == len(report.rejected) == 30_000


def test_a_file_in_which_every_line_swallows_the_next_is_read_in_bounded_time(
    rows: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kvob_workflow.importing.records.LONGEST_RECORD", 10_000)
    monkeypatch.setattr("kvob_workflow.importing.records._MOST_READ_AGAIN", 100_000)
    path = tmp_path / "history.csv"
    path.write_text(rows().split("\n")[0] + "\n" + 'a","\n' * 100_000, "utf-8")
    report = import_file(TakesAll(), path)
    codes = [code for _, code in refused(report)]
    assert set(codes) == {"row-quotes-unbalanced", "rows-swallowed"}
    last = report.rejected[-1]
    assert last.error.fields() == {"until": 100_001}


def test_refused_rows_share_their_reason(rows: Rows, tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    header, row, _ = rows({"date": "10-10-2019"}).split("\n")
    path.write_text(header + f"\n{row}" * 1_000, "utf-8")
    report = import_file(TakesAll(), path)
    assert len(report.rejected) == 1_000
    assert len({id(rejected.error) for rejected in report.rejected}) == 1


def test_the_hosts_garbage_collection_is_set_back(rows: Rows, tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text(rows(), "utf-8")
    before = gc.get_threshold()
    import_file(TakesAll(), path)
    assert gc.get_threshold() == before
