"""What if somebody writes while a store is copied? What the source gets comes along or is told."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from kvob_projections import ALL_VIEWS, FOLLOWED_VIEWS
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.moving import copy_store
from kvob_workflow.moving.faults import StoresDiffer, TargetMoved, TargetNotEmpty
from kvob_workflow.moving.tables import TABLES
from kvob_workflow.store.half_copied import StoreHalfCopied
from tests.moving.conftest import Made, with_keys

LEFT_OUT = {"behind", "period_state", "period_parked", "rebuild", "rebuild_difference", "api_key"}
"""What is about view rows, which the target folds anew; and keys, which open one store alone."""


@pytest.fixture(params=["sqlite", "postgres"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty target of each kind."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'target.db'}"


def test_what_is_written_to_the_source_meanwhile_comes_along(
    full: Made, either: str, tmp_path: Path
) -> None:
    source = shutil.copyfile(full.path, with_keys(tmp_path / "own.db", full))
    with Engine.open(f"sqlite:///{source}") as engine:

        def told(table: str, rows: int) -> None:
            if table == "log_state":
                late = RegisterEstate(name=f"Laat {rows}", municipalities=("A",))
                engine.do(late, command_id="a-late")

        report = copy_store(f"sqlite:///{source}", either, told=told)
    assert report.is_equal
    assert report.tables[0].rows == report.tables[0].copied
    assert report.head is not None
    assert report.head.entries < report.tables[0].rows


def test_a_source_that_never_rests_gives_no_copy(full: Made, tmp_path: Path) -> None:
    source = shutil.copyfile(full.path, with_keys(tmp_path / "own.db", full))
    target = f"sqlite:///{tmp_path / 'target.db'}"
    number = 0
    with Engine.open(f"sqlite:///{source}") as engine:

        def told(table: str, rows: int) -> None:
            nonlocal number
            del table, rows
            number += 1
            engine.do(RegisterEstate(name=f"Laat {number}", municipalities=("A",)))

        with pytest.raises(StoresDiffer, match="stop that and repeat the command"):
            copy_store(f"sqlite:///{source}", target, told=told)
    report = copy_store(f"sqlite:///{source}", target)
    assert (report.went_on, report.is_equal) == (True, True)


def test_a_program_that_had_the_target_file_open_is_noticed(full: Made, tmp_path: Path) -> None:
    target = f"sqlite:///{tmp_path / 'target.db'}"
    with Engine.open(target) as intruder:

        def told(table: str, rows: int) -> None:
            del table, rows
            intruder.do(RegisterEstate(name="Indringer", municipalities=("A",)))

        with pytest.raises(TargetMoved):
            copy_store(full.url, target, chunk=50, told=told)
    with pytest.raises(StoreHalfCopied):
        Engine.open(target)
    with pytest.raises(TargetNotEmpty):
        copy_store(full.url, target)


def test_a_program_that_had_the_target_on_a_server_open_gets_nothing_in(
    full: Made, postgres_url: str
) -> None:
    """The next position is set at the end only: until then the server gives out used ones."""
    with Engine.open(postgres_url) as intruder:

        def told(table: str, rows: int) -> None:
            del table, rows
            intruder.do(RegisterEstate(name="Indringer", municipalities=("A",)))

        with pytest.raises(psycopg.errors.UniqueViolation):
            copy_store(full.url, postgres_url, chunk=50, told=told)
    report = copy_store(full.url, postgres_url)
    assert (report.went_on, report.is_equal) == (True, True)


def test_a_copy_that_met_a_full_disk_goes_on_when_there_is_room(full: Made, tmp_path: Path) -> None:
    program = (
        "import resource, signal, sys\n"
        "from kvob_workflow.errors import StoreUnavailable\n"
        "from kvob_workflow.moving import copy_store\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\n"
        "try:\n"
        "    copy_store(sys.argv[1], sys.argv[2], chunk=20)\n"
        "except StoreUnavailable as error:\n"
        "    print(error.code)\n"
    )
    source = shutil.copyfile(full.path, tmp_path / "kvob.db")
    addresses = (f"sqlite:///{source}", f"sqlite:///{tmp_path / 'target.db'}")
    command = [sys.executable, "-c", program, *addresses]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("store-"), done.stderr
    report = copy_store(*addresses)
    assert (report.went_on, report.is_equal) == (True, True)


def test_every_table_of_a_store_is_copied_or_left_out_on_purpose(full: Made) -> None:
    views = {view.table for view in (*ALL_VIEWS, *FOLLOWED_VIEWS)}
    with closing(sqlite3.connect(full.path)) as connection:
        names = {
            str(name)
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
            )
        }
        for table in TABLES:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")]
            copied = [name for name in table.columns if not name.startswith("<")]
            assert sorted(copied) == sorted(columns)
    periods = {name for name in names if name.startswith("period_")}
    assert names - views - LEFT_OUT - periods == {table.name for table in TABLES}
