"""How do view rows behave beside the events? A refused row never costs an event."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from psycopg.errors import UndefinedColumn

from kvob_workflow.store import Append, Behind, EventStore, RowChange
from kvob_workflow.store.faults import StoreReadOnly
from tests.store.samples import STEPS, TASKS, estate, events, one, recorded, step, tasks


def rows(store: EventStore, table: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in store.read(f"SELECT * FROM {table} ORDER BY 1, 2", {})]


def test_rows_are_written_with_the_events_and_found_by_name(store: EventStore) -> None:
    store.append(one(estate(1), 1, step(estate(1), "kickoff"), tasks(estate(1), ("survey", 8))))
    found = store.read("SELECT * FROM view_steps WHERE step = :step", {"step": "kickoff"})
    assert [(row["estate_id"], row["since"]) for row in found] == [(estate(1), "2026-02-03")]
    assert rows(store, "view_tasks") == [(estate(1), "survey", 8)]


def test_a_change_touches_only_the_rows_that_it_names(store: EventStore) -> None:
    store.append(one(estate(1), 1, tasks(estate(1), ("a", 1), ("b", 2), ("c", 3))))
    store.append(one(estate(1), 2, tasks(estate(1), ("b", 20), ("d", 4), done=("c",))))
    assert rows(store, "view_tasks") == [
        (estate(1), "a", 1),
        (estate(1), "b", 20),
        (estate(1), "d", 4),
    ]


def test_replacing_all_rows_leaves_other_estates_alone(store: EventStore) -> None:
    store.append(one(estate(1), 1, tasks(estate(1), ("a", 1), ("b", 2))))
    store.append(one(estate(2), 1, tasks(estate(2), ("a", 5))))
    everything = RowChange(TASKS, estate(1), replace_all=True, upserts=((estate(1), "z", 9),))
    store.append(one(estate(1), 2, everything))
    assert rows(store, "view_tasks") == [(estate(1), "z", 9), (estate(2), "a", 5)]


def test_later_changes_of_one_estate_in_one_append_have_the_last_word(store: EventStore) -> None:
    first = tasks(estate(1), ("a", 1), ("b", 2))
    then = tasks(estate(1), ("b", 3), done=("a",))
    store.append(Append(events(estate(1), 2), rows=(first, then)))
    assert rows(store, "view_tasks") == [(estate(1), "b", 3)]


@pytest.mark.parametrize(
    "bad",
    [
        step(estate(1), "impossible"),
        RowChange(STEPS, estate(1), upserts=((estate(1), None, None),)),
        RowChange(STEPS, estate(1), upserts=((estate(1), "too", "many", "values"),)),
        RowChange(STEPS, estate(1), upserts=((estate(1), 2**70, None),)),
        RowChange(STEPS, estate(1), upserts=((estate(1), "\ud800", None),)),
    ],
    ids=["check", "not null", "too many values", "integer too large", "no unicode"],
)
def test_a_refused_row_costs_neither_the_event_nor_another_view(
    store: EventStore, bad: RowChange
) -> None:
    receipt = store.append(one(estate(1), 1, bad, tasks(estate(1), ("survey", 8))))
    assert receipt.positions == (1,)
    assert [(b.view, b.estate, b.at_version) for b in receipt.behind] == [("steps", estate(1), 1)]
    assert store.behind() == list(receipt.behind)
    assert store.stream(estate(1)) == [recorded(estate(1))]
    assert rows(store, "view_steps") == []
    assert rows(store, "view_tasks") == [(estate(1), "survey", 8)]


def test_a_refused_row_undoes_the_other_rows_of_its_estate_only(store: EventStore) -> None:
    store.append(one(estate(1), 1, tasks(estate(1), ("a", 1))))
    receipt = store.append(
        Append(
            (recorded(estate(1), 2), *events(estate(2), 3)),
            rows=(
                tasks(estate(1), ("b", 2), done=("a",)),
                tasks(estate(2), ("c", 3), ("d", "not a number")),
            ),
        )
    )
    assert [(b.estate, b.at_version) for b in receipt.behind] == [(estate(2), 3)]
    assert rows(store, "view_tasks") == [(estate(1), "b", 2)]


def test_a_view_without_table_is_behind_and_the_events_stand(store: EventStore) -> None:
    lost = replace(STEPS, name="lost")
    unknown = RowChange(lost, estate(1), upserts=((estate(1), "kickoff", None),))
    receipt = store.append(one(estate(1), 1, unknown))
    assert [b.view for b in receipt.behind] == ["lost"]
    assert store.last_position() == 1


def test_a_later_replacement_that_succeeds_clears_the_mark(store: EventStore) -> None:
    store.append(one(estate(1), 1, step(estate(1), "impossible")))
    store.append(one(estate(2), 1, step(estate(2), "impossible")))
    partial = RowChange(STEPS, estate(1), upserts=((estate(1), "kickoff", None),))
    store.append(one(estate(1), 2, partial))
    assert [b.estate for b in store.behind()] == [estate(1), estate(2)]
    store.append(one(estate(1), 3, step(estate(1), "inventory")))
    assert [b.estate for b in store.behind()] == [estate(2)]


def test_repair_writes_recomputed_rows_and_names_what_is_refused_again(store: EventStore) -> None:
    store.append(one(estate(1), 1, step(estate(1), "impossible")))
    store.append(Append(events(estate(2), 4), rows=(step(estate(2), "impossible"),)))
    left = store.repair(step(estate(1), "kickoff"), step(estate(2), "impossible"))
    assert [(b.estate, b.at_version) for b in left] == [(estate(2), 4)]
    assert store.behind() == list(left)
    assert rows(store, "view_steps") == [(estate(1), "kickoff", "2026-02-03")]


def test_a_repair_that_mends_nothing_says_of_no_row_that_it_was_remade(store: EventStore) -> None:
    store.append(one(estate(1), 1, step(estate(1), "impossible")))
    remade = store.row_state().remade
    store.repair(step(estate(1), "impossible"))
    assert store.row_state().remade == remade
    store.repair(step(estate(1), "kickoff"))
    assert store.row_state().remade > remade


def test_a_mark_tells_the_reason_but_not_the_text_that_was_refused(store: EventStore) -> None:
    bad = RowChange(STEPS, estate(1), upserts=((estate(1), "geheim \ud800", None),))
    receipt = store.append(one(estate(1), 1, bad))
    assert receipt.behind == (
        Behind("steps", estate(1), "UnicodeError: a text that is not Unicode", 1),
    )


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM view_steps",
        "INSERT INTO kvob_command VALUES ('c', 'h', 'r')",
        "DROP TABLE behind",
        "UPDATE stored_events SET topic = ''",
    ],
)
def test_a_query_cannot_write(store: EventStore, sql: str) -> None:
    store.append(one(estate(1), 1, step(estate(1), "kickoff")))
    with pytest.raises(StoreReadOnly):
        store.read(sql, {})
    store.append(one(estate(1), 2))
    assert rows(store, "view_steps") == [(estate(1), "kickoff", "2026-02-03")]


def test_a_wrong_query_is_the_caller_s_error_not_the_store_s(store: EventStore) -> None:
    # Each server in its own words.
    with pytest.raises((sqlite3.OperationalError, UndefinedColumn), match=r"column.*colour"):
        store.read("SELECT colour FROM view_steps", {})
