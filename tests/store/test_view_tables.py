"""What happens to view tables when a release changes them?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from kvob_workflow.store import EventStore, open_store
from kvob_workflow.store.faults import StoreTooNew
from tests.store.samples import STEPS, TASKS, VIEWS, estate, one, step

NEWER = replace(
    STEPS,
    schema=2,
    columns=("estate_id", "step"),
    ddl=("CREATE TABLE view_steps (estate_id TEXT PRIMARY KEY, step TEXT)",),
)


def test_views_of_an_empty_store_have_nothing_to_be_filled_with(store: EventStore) -> None:
    assert store.unfilled() == ()


def test_preparing_again_keeps_the_rows(store: EventStore) -> None:
    store.append(one(estate(1), 1, step(estate(1), "kickoff")))
    store.prepare_views(VIEWS)
    assert len(store.read("SELECT * FROM view_steps", {})) == 1
    assert store.unfilled() == ()


def test_a_table_of_an_older_schema_stays_until_a_rebuild_replaces_it(store: EventStore) -> None:
    store.append(one(estate(1), 1, step(estate(1), "impossible")))
    store.append(one(estate(2), 1, step(estate(2), "kickoff")))
    store.prepare_views((NEWER, TASKS))
    assert store.unfilled() == ()
    assert store.live_schemas((NEWER, TASKS)) == {"steps": 1, "tasks": 1}
    assert len(store.read("SELECT since FROM view_steps", {})) == 1
    assert [mark.view for mark in store.behind()] == ["steps"]


def test_a_table_of_an_older_schema_that_shows_nothing_is_made_anew(store: EventStore) -> None:
    store.prepare_views((NEWER, TASKS))
    assert store.live_columns(NEWER) == ("estate_id", "step")
    assert store.live_schemas((NEWER, TASKS)) == {"steps": 2, "tasks": 1}


def test_a_new_view_of_a_store_with_events_must_be_filled(kept_url: str) -> None:
    store = open_store(kept_url, (STEPS,))
    store.append(one(estate(1)))
    store.prepare_views(VIEWS)
    assert store.unfilled() == ("tasks",)
    store.close()


def test_an_older_release_refuses_tables_of_a_newer_one(kept_url: str) -> None:
    open_store(kept_url, (NEWER,)).close()
    with pytest.raises(StoreTooNew, match="view steps has schema 2"):
        open_store(kept_url, (STEPS,))
