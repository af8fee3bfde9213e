"""What does `kvob store schema` show: numbers of a store, or SQL that is run by somebody else?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kvob_projections import ALL_VIEWS
from kvob_workflow import Engine
from kvob_workflow.store.opening import STORE_SCHEMA

Kvob = Callable[..., Any]


def test_the_numbers_of_a_store_stand_beside_those_of_this_release(
    tmp_path: Path, call: Kvob
) -> None:
    store = ("--store", f"sqlite:///{tmp_path / 'kvob.db'}")
    missing = json.loads(call("store", "schema", "--json", *store).out)
    assert missing["found"] is None
    assert not list(tmp_path.iterdir())
    Engine.open(store[1]).close()
    found = json.loads(call("store", "schema", "--json", *store).out)
    assert found == {
        "found": STORE_SCHEMA,
        "release": STORE_SCHEMA,
        "views": {view.name: view.schema for view in ALL_VIEWS},
    }


def test_the_sql_is_for_the_schema_of_the_address_and_is_not_run(call: Kvob) -> None:
    store = ("--store", "postgresql://nobody@127.0.0.1:1/register?schema=estates")
    tables = call("store", "schema", "--print", *store).out
    roles = call("store", "schema", "--roles", *store).out
    assert "CREATE SCHEMA IF NOT EXISTS" in tables and "estates_writer" not in tables
    assert "CREATE TABLE" not in roles and 'CREATE ROLE "estates_writer"' in roles
    for script in (tables, roles):
        assert script.startswith("BEGIN") and script.endswith("COMMIT;\n")
        assert 'SET LOCAL search_path = "estates"' in script
