"""Do `kvob store copy` and `kvob store backup` say what they did, with the right exit code?"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

Kvob = Callable[..., Any]


def test_a_copy_says_that_both_sides_are_equal(
    call: Kvob, sample_store: str, tmp_path: Path
) -> None:
    target = f"sqlite:///{tmp_path / 'target.db'}"
    done = call("store", "copy", sample_store, target, "--lang", "nl")
    assert (done.code, done.err) == (0, "")
    assert "stored_events: 321 gelijk" in done.out
    assert "Gelijk. Het bewijslogboek aan beide kanten: log-1, 0, " in done.out
    assert call("board", env={"KVOB_STORE": target}).code == 0
    again = call("store", "copy", sample_store, target, "--json").error()
    assert again["code"] == "target-not-empty"
    assert call("store", "copy", "--source", sample_store, "--target", target).code == 2


def test_verify_only_ends_with_8_when_a_row_differs_and_writes_nothing(
    call: Kvob, sample_store: str, tmp_path: Path
) -> None:
    path = tmp_path / "target.db"
    words = ("store", "copy", sample_store, f"sqlite:///{path}")
    missing = call(*words, "--verify-only")
    assert (missing.code, path.exists()) == (6, False)
    assert call(*words).code == 0
    assert call(*words, "--verify-only").code == 0
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE estate_name SET name = 'anders' WHERE rowid = 3")
    differs = call(*words, "--verify-only", "--json")
    assert differs.code == 8
    told = {one["table"]: one for one in differs.json()["tables"]}
    assert differs.json()["equal"] is False
    assert told["estate_name"]["checksum"] != told["estate_name"]["copied_checksum"]
    assert told["stored_events"]["first_difference"] is None
    assert "The stores are not equal." in call(*words, "--verify-only").out


def test_a_backup_says_what_it_holds_and_replaces_nothing_unasked(
    call: Kvob, sample_store: str, tmp_path: Path
) -> None:
    file = str(tmp_path / "backup.db")
    words = ("store", "backup", file, "--store", sample_store)
    done = call(*words, "--json")
    assert (done.code, done.json()["events"], done.json()["last_position"]) == (0, 321, 321)
    assert call(*words, "--json").error()["code"] == "output-exists"
    assert "321 events up to position 321" in call(*words, "--yes").out
    nowhere = call("store", "backup", str(tmp_path / "no" / "b.db"), "--store", sample_store)
    assert (nowhere.code, "output-unwritable" in nowhere.err) == (6, True)


def test_for_a_server_the_commands_to_give_are_told(call: Kvob) -> None:
    server = "postgresql://me:secret@db.example/kvob?schema=kvob"
    refused = call("store", "backup", "b.dump", "--store", server)
    assert refused.code == 2
    assert "pg_dump --format=custom --schema=kvob --file=b.dump" in refused.err
    assert "pg_basebackup --pgdata=b.dump.base" in refused.err
    assert "secret" not in refused.err
