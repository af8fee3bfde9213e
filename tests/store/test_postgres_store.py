"""What does a store on PostgreSQL do that a file does not? Schemas, rights, several nodes, COPY."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict

from kvob_domain.ids import CommandId, EstateId
from kvob_workflow.errors import VersionConflict
from kvob_workflow.store import Append, EventStore, NameClaim, RowChange, open_store
from kvob_workflow.store.codec import Codec
from kvob_workflow.store.faults import (
    StoreTooNew,
)
from kvob_workflow.store.postgres.address import parse_address
from kvob_workflow.store.postgres.library import refuse_functions
from kvob_workflow.store.server_faults import StoreFunctionsOn
from tests.store.conftest import beside
from tests.store.samples import (
    STEPS,
    TASKS,
    VIEWS,
    claim,
    estate,
    events,
    one,
    recorded,
    step,
    tasks,
)


@pytest.fixture
def opened(postgres_url: str) -> EventStore:
    """An empty store, closed by whoever uses it."""
    return open_store(postgres_url, VIEWS)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE stored_events SET topic = 'x'", "changed"),
        ("DELETE FROM stored_events WHERE originator_version = 3", "deleted"),
        ("TRUNCATE stored_events", "deleted"),
        ("SET session_replication_role = replica; DELETE FROM stored_events", "deleted"),
    ],
)
def test_events_are_neither_changed_nor_deleted(
    opened: EventStore, postgres_url: str, sql: str, said: str
) -> None:
    opened.append(Append(events(estate(1), 3)))
    with (
        beside(postgres_url) as other,
        pytest.raises(psycopg.IntegrityError, match=f"events are never {said}"),
    ):
        other.execute(sql.encode())
    assert opened.stream(estate(1)) == list(events(estate(1), 3))
    opened.close()


def test_tables_of_a_newer_release_are_refused(opened: EventStore, postgres_url: str) -> None:
    opened.close()
    with beside(postgres_url) as other:
        other.execute("UPDATE kvob_meta SET number = 99 WHERE name = 'store'")
    with pytest.raises(StoreTooNew, match="schema 99"):
        open_store(postgres_url)


def stock(url: str) -> PostgresApplicationRecorder:
    """The library's own recorder on the store's schema."""
    address = parse_address(url)
    place = conninfo_to_dict(address.conninfo)
    datastore = PostgresDatastore(
        str(place["dbname"]), str(place["host"]), str(place["port"]), str(place["user"]), "",
        schema=address.schema, originator_id_type="text",
    )  # fmt: skip
    recorder = PostgresApplicationRecorder(datastore)
    recorder.create_table()
    return recorder


def test_the_stock_recorder_reads_and_writes_the_same_table(
    opened: EventStore, postgres_url: str
) -> None:
    opened.append(Append((*events(estate(1), 3), *events(estate(2), 2))))
    theirs = stock(postgres_url)
    topic, state = Codec().encode(recorded(estate(2), 2))
    assert theirs.select_events(estate(2), gt=1) == [StoredEvent(estate(2), 2, topic, state)]
    assert [each.id for each in theirs.select_notifications(2, 10)] == [2, 3, 4, 5]
    topic, state = Codec().encode(recorded(estate(3)))
    assert theirs.insert_events([StoredEvent(estate(3), 1, topic, state)]) == [6]
    assert opened.stream(estate(3)) == [recorded(estate(3))]
    theirs.datastore.close()
    opened.close()


def test_the_database_functions_of_the_library_are_refused(
    opened: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KVOB_POSTGRES_ENABLE_DB_FUNCTIONS", "yes")
    with pytest.raises(StoreFunctionsOn, match="KVOB_POSTGRES_ENABLE_DB_FUNCTIONS"):
        opened.library_application()
    refuse_functions({"POSTGRES_ENABLE_DB_FUNCTIONS": "no"}, "kvob")
    opened.close()


def test_a_large_append_has_positions_in_order_and_keeps_its_guards(opened: EventStore) -> None:
    many = [estate(number) for number in range(1, 801)]
    batch = Append(
        tuple(recorded(of, version) for of in many for version in (1, 2)),
        claims=tuple(claim(of, f"terrein {of}") for of in many[:3]),
        rows=tuple(
            change
            for of in many
            for change in (step(of, "kickoff"), tasks(of, ("survey", 8), ("plan", 2)))
        ),
    )
    opened.append(one(estate(9000)))
    assert opened.append(batch).positions == tuple(range(2, 1602))
    assert [row.version for _, row in opened.page(1, 4)] == [1, 2, 1, 2]
    assert opened.read("SELECT count(*) AS n FROM view_tasks", {})[0]["n"] == 1600
    assert opened.claimed("Amersfoort", f"terrein {many[2]}") == many[2]
    with pytest.raises(VersionConflict):
        opened.append(batch)
    assert opened.last_position() == 1601
    opened.close()


def test_a_large_append_loses_one_refused_row_and_nothing_else(opened: EventStore) -> None:
    many = [estate(number) for number in range(1, 1201)]
    rows: list[RowChange] = [step(of, "kickoff") for of in many]
    rows[7] = step(many[7], "impossible")
    rows[9] = RowChange(STEPS, many[9], upserts=((many[9], "a\0b", None),))
    receipt = opened.append(Append(tuple(map(recorded, many)), rows=tuple(rows)))
    assert [mark.estate for mark in receipt.behind] == [many[7]]
    assert opened.read("SELECT count(*) AS n FROM view_steps", {})[0]["n"] == 1199
    shown = opened.read("SELECT step FROM view_steps WHERE estate_id = :of", {"of": many[9]})
    assert shown[0]["step"] == "a\ufffdb"  # no text of PostgreSQL holds a zero byte
    assert len(receipt.positions) == 1200
    opened.close()


def test_names_and_questions_with_a_zero_byte_are_no_failure(opened: EventStore) -> None:
    named = NameClaim("Soest", "a\0b", estate(1))
    opened.append(Append((recorded(estate(1)),), claims=(named,)))
    assert opened.claimed("Soest", "a\0b") == estate(1)
    assert opened.claimed_many([("Soest", "a\0b"), ("\0", "x")]) == {("Soest", "a\0b"): estate(1)}
    assert opened.stream(EstateId("a\0b")) == []
    assert opened.streams([EstateId("\0")]) == {}
    assert opened.command(CommandId("\0")) is None
    opened.append(Append((recorded(estate(1), 2),), released=(named,)))
    assert opened.bearers("a\0b") == []
    opened.close()


def test_a_mark_quotes_no_value_that_was_refused(opened: EventStore) -> None:
    receipt = opened.append(one(estate(1), 1, tasks(estate(1), ("survey", "geheim"))))
    assert len(receipt.behind) == 1
    assert "geheim" not in receipt.behind[0].error
    assert receipt.behind[0].view == TASKS.name
    opened.close()


def test_the_two_writers_of_one_estate_wait_and_one_finds_a_conflict(
    opened: EventStore, postgres_url: str
) -> None:
    together = Barrier(4)

    def write(number: int) -> str:
        with closing(open_store(postgres_url, VIEWS)) as own:
            together.wait()
            try:
                own.append(one(estate(1), 1, step(estate(1), f"by {number}")))
            except VersionConflict:
                return "conflict"
            return f"by {number}"

    with ThreadPoolExecutor(4) as threads:
        said = sorted(threads.map(write, range(4)))
    assert said[1:] == ["conflict"] * 3
    shown = opened.read("SELECT step FROM view_steps", {})
    assert [row["step"] for row in shown] == [said[0]]
    opened.close()


def test_a_writer_that_locks_nothing_makes_a_conflict_and_no_damage(
    opened: EventStore, postgres_url: str
) -> None:
    with beside(postgres_url) as other, ThreadPoolExecutor(1) as thread:
        with other.transaction():
            topic, state = Codec().encode(recorded(estate(1)))
            other.execute(
                "INSERT INTO stored_events (originator_id, originator_version, topic, state)"
                " VALUES (%s, 1, %s, %s)",
                (estate(1), topic, state),
            )
            answer = thread.submit(opened.append, one(estate(1)))
            asked = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            ends = time.monotonic() + 30
            while other.execute(asked).fetchone() == (0,):
                assert time.monotonic() < ends
        with pytest.raises(VersionConflict):
            answer.result(30)
    assert len(opened.stream(estate(1))) == 1
    opened.close()
