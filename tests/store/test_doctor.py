"""What does the doctor find in a healthy and in an ailing store?"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kvob_workflow.store import Append, Diagnosis, EventStore, open_store
from kvob_workflow.store.sqlite.doctor import has_wal_reset_defect
from kvob_workflow.store.sqlite.schema import STORE_SCHEMA
from tests.store.samples import TASKS, VIEWS, estate, events, one, step


def found(store: EventStore) -> dict[str, Diagnosis]:
    return {fact.name: fact for fact in store.doctor()}


def test_a_healthy_store_has_no_fault(store: EventStore) -> None:
    store.append(Append(events(estate(1), 3)))
    facts = found(store)
    assert "fault" not in {fact.verdict for fact in facts.values()}
    assert facts["newest-position"].value == "3"
    assert facts["store-schema"].value == str(STORE_SCHEMA)
    assert facts["behind"] == Diagnosis("behind", "0")


def test_a_healthy_file_agrees_with_itself(file_url: str) -> None:
    with closing(open_store(file_url)) as store:
        facts = found(store)
    assert facts["integrity"].verdict == "ok"
    assert facts["synchronous"] == Diagnosis("synchronous", "full")
    assert facts["sqlite"].value.startswith(sqlite3.sqlite_version)


def test_a_file_uses_a_write_ahead_log(file_url: str) -> None:
    store = open_store(file_url)
    assert found(store)["journal"] == Diagnosis("journal", "wal")
    store.close()


def test_faster_commits_come_with_a_warning(file_url: str) -> None:
    store = open_store(file_url, durable=False)
    fact = found(store)["synchronous"]
    assert (fact.value, fact.verdict) == ("normal", "warning")
    assert all(fact.advice)
    store.close()


NEW = replace(TASKS, name="new", ddl=("CREATE TABLE view_new (estate_id TEXT PRIMARY KEY)",))


def test_views_that_are_behind_are_a_warning(store: EventStore) -> None:
    store.append(one(estate(1), 1, step(estate(1), "impossible")))
    store.prepare_views((NEW,))
    facts = found(store)
    assert (facts["behind"].value, facts["behind"].verdict) == ("1", "warning")
    assert (facts["unfilled"].value, facts["unfilled"].verdict) == ("new", "warning")


def test_a_damaged_page_is_a_fault(file_url: str, tmp_path: Path) -> None:
    store = open_store(file_url, VIEWS)
    store.append(Append(events(estate(1), 500)))
    store.close()
    path = tmp_path / "kvob.db"
    with closing(sqlite3.connect(path)) as other:
        root = other.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_stored_events_1'"
        ).fetchone()[0]
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096 + 8)
        file.write(b"\xff" * 2000)
    store = open_store(file_url, VIEWS)
    assert found(store)["integrity"].verdict == "fault"
    store.close()


@pytest.mark.parametrize(
    ("version", "has_it"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 54, 0), False),
    ],
)
def test_the_wal_reset_defect_is_known_by_version(
    version: tuple[int, int, int], has_it: bool
) -> None:
    assert has_wal_reset_defect(version) is has_it
