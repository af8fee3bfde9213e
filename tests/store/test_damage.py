"""Is a damaged file called damaged, whatever the words in which Python or SQLite report it?"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kvob_domain.estate.commands.identity import RegisterEstate
from kvob_workflow import Engine
from kvob_workflow.demo.people import GUIDE
from kvob_workflow.engine.errors import ViewUnreadable
from kvob_workflow.store import open_store
from kvob_workflow.store.faults import StoreDamaged
from tests.store.samples import VIEWS, estate, one, step


@pytest.fixture
def path(file_url: str, tmp_path: Path) -> Path:
    """A store with one event, closed."""
    store = open_store(file_url, VIEWS)
    store.append(one(estate(1), 1, step(estate(1), "kickoff")))
    store.close()
    return tmp_path / "kvob.db"


def damage(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA writable_schema=ON")
        for statement in statements:
            other.execute(statement)
        other.commit()


SCHEMA = "UPDATE sqlite_master SET sql = replace(sql, '{}', '{}') WHERE name = '{}'"


@pytest.mark.parametrize(
    "statement",
    [
        SCHEMA.format("number INTEGER", "numbeR_ INTEGER", "kvob_meta"),
        SCHEMA.format("step ", "stup ", "view_steps"),
        "UPDATE kvob_meta SET number = 'x' WHERE name = 'store'",
        "UPDATE sqlite_master SET name = CAST(x'ff6b' AS TEXT) WHERE name = 'behind'",
        "UPDATE sqlite_master SET sql = CAST(x'ff6b' AS TEXT) WHERE name = 'behind'",
    ],
)
def test_damage_met_on_opening_is_damage(path: Path, file_url: str, statement: str) -> None:
    damage(path, statement)
    with pytest.raises(StoreDamaged):
        open_store(file_url, VIEWS)


def test_bytes_that_are_no_text_are_damage_when_they_are_read(path: Path, file_url: str) -> None:
    damage(
        path,
        "DROP TRIGGER stored_events_never_change",
        "UPDATE stored_events SET topic = CAST(x'ff6b' AS TEXT)",
        "UPDATE view_steps SET step = CAST(x'ff6b' AS TEXT)",
    )
    store = open_store(file_url, VIEWS)
    with pytest.raises(StoreDamaged):
        store.stream(estate(1))
    with pytest.raises(StoreDamaged):
        store.read("SELECT * FROM view_steps", {})
    store.close()


@pytest.mark.parametrize("column", ["irregularities", "missing"])
def test_a_view_row_with_a_damaged_value_is_told(
    file_url: str, tmp_path: Path, column: str
) -> None:
    with Engine.open(file_url) as engine:
        engine.do(RegisterEstate(name="De Hoek", municipalities=("Voorbeeldstad",)), actor=GUIDE)
        with closing(sqlite3.connect(tmp_path / "kvob.db")) as other:
            other.execute(f"UPDATE view_board SET {column} = '2022-1Z'")
            other.commit()
        with pytest.raises(ViewUnreadable):
            engine.board()


def test_the_doctor_outlives_what_cannot_be_read(path: Path, file_url: str) -> None:
    store = open_store(file_url, VIEWS)
    damage(path, SCHEMA.format("behind (view", "behind_ (view", "behind"), "DROP TABLE behind")
    facts = {fact.name: fact for fact in store.doctor()}
    assert facts["readable"].verdict == "fault"
    assert "sqlite" in facts
    store.close()
