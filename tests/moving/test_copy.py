"""Is a copied store the same store? Both ways, stopped anywhere, and compared to the last row."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.moving import compare_stores, copy_store
from kvob_workflow.moving.comparing import TableCheck
from kvob_workflow.moving.faults import (
    MemoryStays,
    NoStoreThere,
    SameStore,
    StoresDiffer,
    TargetNotEmpty,
)
from kvob_workflow.proofs.findings import Verdict, Verification
from kvob_workflow.proofs.heads import Signer
from kvob_workflow.proofs.verifying import verify
from kvob_workflow.store import open_store
from kvob_workflow.store.half_copied import StoreHalfCopied
from kvob_workflow.store.postgres.address import parse_address
from tests.moving.conftest import Made, with_keys

PROCESS = Path(__file__).parent / "copying_process.py"
SEED = 20261124
KILLS = 3


@pytest.fixture
def target(tmp_path: Path) -> str:
    """The address of a file that is not there yet."""
    return f"sqlite:///{tmp_path / 'target.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def either(request: pytest.FixtureRequest, target: str) -> str:
    """The address of an empty target of each kind."""
    return request.getfixturevalue("postgres_url") if request.param == "postgres" else target


def by_name(tables: tuple[TableCheck, ...]) -> dict[str, TableCheck]:
    return {one.table: one for one in tables}


def on_server(url: str, *statements: str) -> None:
    address = parse_address(url)
    options = f"-c search_path={address.schema}"
    with psycopg.connect(address.conninfo, options=options) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def on_file(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_every_table_is_equal_on_the_other_side_and_none_of_them_is_empty(
    full: Made, either: str
) -> None:
    report = copy_store(full.url, either)
    assert report.is_equal
    assert not report.went_on
    empty = [one.table for one in report.tables if not one.rows]
    assert empty == ["log_opening"]  # of a log that was begun anew
    assert compare_stores(full.url, either).is_equal


def test_a_store_that_went_to_a_server_and_back_holds_the_same_bytes(
    full: Made, postgres_url: str, target: str, tmp_path: Path
) -> None:
    assert copy_store(full.url, postgres_url).is_equal
    assert copy_store(postgres_url, target).is_equal
    events = "SELECT rowid, * FROM stored_events ORDER BY rowid"
    with (
        closing(sqlite3.connect(full.path)) as first,
        closing(sqlite3.connect(tmp_path / "target.db")) as last,
    ):
        assert last.execute(events).fetchall() == first.execute(events).fetchall()
    assert compare_stores(full.url, target).is_equal


def test_proofs_say_the_same_of_the_copy(full: Made, either: str) -> None:
    report = copy_store(full.url, either)
    signer = Signer(full.log_key)
    heads = signer.heads()
    found: list[Verification] = []
    for url in (full.url, either):
        store = open_store(url)
        found.append(verify(store, signer.verifiers(), heads))
        store.close()
    assert found[0] == found[1]
    assert found[0].verdict is Verdict.PROVEN
    assert report.head is not None
    assert report.head.entries == found[0].covered > 0


def test_views_are_filled_when_the_copy_is_opened_and_new_events_follow_the_last(
    full: Made, either: str, tmp_path: Path
) -> None:
    copy_store(full.url, either)
    keys = with_keys(tmp_path / "keys", full)
    with (
        Engine.open(full.url) as source,
        Engine.open(either, keys=f"{keys}.keys", master_key=f"{keys}.master") as copy,
    ):
        assert copy.behind() == []
        assert copy.board().items == source.board().items
    store = open_store(either)
    last = store.last_position()
    store.close()
    with Engine.open(either, keys=f"{keys}.keys", master_key=f"{keys}.master") as copy:
        copy.do(RegisterEstate(name="Nieuw", municipalities=("Voorbeeldstad",)))
    store = open_store(either)
    assert [position for position, _ in store.page(last, 10)] == [last + 1]
    store.close()


def test_a_command_that_was_carried_out_before_the_move_is_not_carried_out_again(
    full: Made, either: str, tmp_path: Path
) -> None:
    copy_store(full.url, either)
    keys = with_keys(tmp_path / "keys", full)
    repeated = RegisterEstate(name="Hoek 1, §", municipalities=("Voorbeeldstad",))
    with Engine.open(either, keys=f"{keys}.keys", master_key=f"{keys}.master") as copy:
        before = copy.board().total
        copy.do(repeated, command_id="command-1")
        assert copy.board().total == before


def test_positions_with_gaps_stay_what_they_were_even_after_a_clean_up(
    full: Made, postgres_url: str, target: str, tmp_path: Path
) -> None:
    copy_store(full.url, postgres_url)
    on_server(postgres_url, "SELECT setval('stored_events_notification_id_seq', 5000)")
    on_server(
        postgres_url,
        "INSERT INTO stored_events (originator_id, originator_version, topic, state)"
        " VALUES ('x', 1, 'kvob.estate:x.v1', '')",
    )
    assert copy_store(postgres_url, target).is_equal
    with closing(sqlite3.connect(tmp_path / "target.db", isolation_level=None)) as connection:
        connection.execute("VACUUM")
        last = "SELECT max(rowid) FROM stored_events"
        assert connection.execute(last).fetchone() == (5001,)
    assert compare_stores(postgres_url, target).is_equal


def test_a_copy_killed_at_any_chunk_stays_closed_and_goes_on(full: Made, either: str) -> None:
    chance = random.Random(SEED)
    for _ in range(KILLS):
        killed_after(full.url, either, chance.randint(1, 9))
        with pytest.raises(StoreHalfCopied, match="only half copied"):
            open_store(either)
    report = copy_store(full.url, either)
    assert report.went_on
    assert report.is_equal
    open_store(either).close()


def killed_after(source: str, target: str, chunks: int) -> None:
    """Copies so many chunks in a process of its own, which then ends without a word."""
    with subprocess.Popen(
        [sys.executable, str(PROCESS), source, target],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(chunks):
            assert process.stdout.readline()
            process.stdin.write("\n")
            process.stdin.flush()
        process.kill()


def test_what_came_into_the_source_between_two_tries_is_in_the_copy(
    full: Made, either: str, tmp_path: Path
) -> None:
    source = shutil.copyfile(full.path, with_keys(tmp_path / "own.db", full))
    url = f"sqlite:///{source}"
    killed_after(url, either, 30)
    with Engine.open(url) as engine:
        engine.do(RegisterEstate(name="Later", municipalities=("A",)), command_id="a-first")
    report = copy_store(url, either)
    assert report.went_on
    assert report.is_equal


def test_one_altered_byte_is_found_and_its_row_named(
    full: Made, target: str, tmp_path: Path
) -> None:
    copy_store(full.url, target)
    on_file(
        tmp_path / "target.db",
        "DROP TRIGGER stored_events_never_change",
        "UPDATE stored_events SET state = CAST('{}' AS BLOB) WHERE rowid = 7",
    )
    report = compare_stores(full.url, target)
    assert not report.is_equal
    found = by_name(report.tables)["stored_events"]
    assert (found.is_equal, found.rows, found.copied) == (False, found.rows, found.rows)
    assert found.first_difference == "7"
    assert [one.table for one in report.tables if not one.is_equal] == ["stored_events"]


def test_an_event_altered_in_a_half_copy_keeps_it_closed(
    full: Made, target: str, tmp_path: Path
) -> None:
    killed_after(full.url, target, 4)
    on_file(
        tmp_path / "target.db",
        "DROP TRIGGER stored_events_never_change",
        "UPDATE stored_events SET topic = 'kvob.estate:other.v1' WHERE rowid = 11",
    )
    with pytest.raises(StoresDiffer, match=r"stored_events \(\d+ / \d+, 11\)"):
        copy_store(full.url, target)
    with pytest.raises(StoreHalfCopied):
        open_store(target)


def test_a_row_altered_on_a_server_is_found(full: Made, postgres_url: str) -> None:
    copy_store(full.url, postgres_url)
    on_server(postgres_url, "UPDATE kvob_command SET result = '{}' WHERE id = 'command-2'")
    found = by_name(compare_stores(full.url, postgres_url).tables)["kvob_command"]
    assert (found.is_equal, found.first_difference) == (False, "command-2")


def test_a_target_with_anything_in_it_is_refused_and_left_alone(
    full: Made, either: str, tmp_path: Path
) -> None:
    with Engine.open(either) as engine:
        engine.do(RegisterEstate(name="Eerder", municipalities=("A",)))
    with pytest.raises(TargetNotEmpty, match="stored_events"):
        copy_store(full.url, either)
    with Engine.open(either) as engine:
        assert [row.estate for row in engine.board().items] == ["Eerder"]


def test_the_half_copy_of_another_store_is_refused(full: Made, target: str, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'other.db'}"
    with Engine.open(other) as engine:
        for number in range(40):
            engine.do(RegisterEstate(name=f"Ander {number}", municipalities=("A",)))
    killed_after(other, target, 1)
    with pytest.raises(TargetNotEmpty, match="no half-made copy of this store"):
        copy_store(full.url, target)


def test_an_empty_store_that_was_prepared_is_a_target(full: Made, either: str) -> None:
    Engine.open(either).close()
    assert copy_store(full.url, either).is_equal
    store = open_store(either)
    assert store.unfilled() != ()
    store.close()


def test_a_source_that_is_not_there_is_not_made(
    target: str, tmp_path: Path, postgres_url: str
) -> None:
    missing = tmp_path / "missing.db"
    with pytest.raises(NoStoreThere):
        copy_store(f"sqlite:///{missing}", target)
    with pytest.raises(NoStoreThere):
        copy_store(postgres_url, target)
    assert list(tmp_path.iterdir()) == []


def test_a_store_is_not_copied_onto_itself(full: Made, postgres_url: str) -> None:
    winding = f"sqlite:///{full.path.parent}/../{full.path.parent.name}/{full.path.name}"
    with pytest.raises(SameStore):
        copy_store(full.url, winding)
    with pytest.raises(SameStore):
        copy_store(postgres_url, postgres_url)
    with pytest.raises(MemoryStays):
        copy_store(full.url, "memory:")
