"""Do `kvob sweep` and `kvob run` keep the deadlines, and say so?"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kvob_workflow.alarm import SHORTEST_INTERVAL
from kvob_workflow.cli.intervals import IntervalMalformed, interval_of
from tests.durability.alarm_processes import (
    hear,
    make_store,
    number_of_notices,
    start_run,
    stop,
    wait_for_notices,
)

Kvob = Callable[..., Any]

A_NOTICES_FILE = "[command]\nrun = ['true']\n"


@pytest.fixture
def owing(tmp_path: Path) -> Path:
    """The store of the calls, on which notices are owed."""
    store = tmp_path / "kvob.db"
    make_store(store, 40, seed=11)
    return store


def test_a_sweep_gives_what_is_owed_and_a_second_one_finds_nothing(owing: Path, call: Kvob) -> None:
    done = call("sweep", "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert f"{number_of_notices(owing)} notices given, about 40 estates." in done.out
    assert "Next deadline: 20" in done.out
    again = call("sweep", "--lang", "nl")
    assert again.code == 0
    assert "Er was geen kennisgeving te doen." in again.out


def test_a_sweep_as_json_is_one_document(owing: Path, call: Kvob) -> None:
    done = call("sweep", "--json")
    document = done.json()
    assert sorted(document) == ["deliveries", "swept"]
    assert document["swept"]["given"] == number_of_notices(owing)
    assert document["swept"]["held"] == []
    assert sorted(document["swept"]) == ["estates", "given", "held", "next_due_on", "swept_at"]


@pytest.mark.parametrize("command", ["sweep", "run"])
def test_a_store_that_is_not_there_is_refused_and_not_made(
    command: str, tmp_path: Path, call: Kvob
) -> None:
    done = call(command, "--lang", "en")
    assert (done.code, done.out) == (6, "")
    assert "does not exist; nothing was looked at" in done.err
    assert not (tmp_path / "kvob.db").exists()


def test_a_gap_ends_with_6_and_says_how_to_confirm_it(tmp_path: Path, call: Kvob) -> None:
    store = tmp_path / "kvob.db"
    make_store(store, 10, seed=2, before=timedelta(days=500))
    refused = call("sweep", "--lang", "en")
    assert (refused.code, refused.out) == (6, "")
    assert "'kvob sweep --confirm'" in refused.err
    assert number_of_notices(store) == 0
    assert call("sweep", "--confirm").code == 0
    assert number_of_notices(store) > 10


def test_an_estate_that_cannot_be_told_is_listed_and_ends_with_7(owing: Path, call: Kvob) -> None:
    estate = _spoil_one(owing)
    done = call("sweep", "--lang", "en")
    assert done.code == 7
    assert "1 estate: no notice could be given; the next sweep tries again." in done.out
    assert estate in done.out
    as_json = call("sweep", "--json")
    (held,) = as_json.json()["swept"]["held"]
    assert (as_json.code, held["estate"]) == (7, estate)
    assert held["error"]["code"] == "event-unreadable"


def _spoil_one(store: Path) -> str:
    """Damage the newest event of one estate, as a careless hand with an editor would."""
    with closing(sqlite3.connect(store)) as connection, connection:
        table = "stored_events"
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        rowid, estate = connection.execute(
            f"SELECT rowid, originator_id FROM {table} ORDER BY rowid DESC LIMIT 1"
        ).fetchone()
        connection.execute(f"UPDATE {table} SET state = X'7B7D' WHERE rowid = ?", (rowid,))
    return str(estate).replace("-", "")


def test_messages_go_out_after_a_sweep(owing: Path, tmp_path: Path, call: Kvob) -> None:
    file = tmp_path / "notices.toml"
    file.write_text(A_NOTICES_FILE, "utf-8")
    document = call("sweep", "--json", "--notices", str(file)).json()
    assert document["deliveries"]["sent"] == document["deliveries"]["collected"] > 0
    assert document["deliveries"]["failed"] == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes in its own way")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_sweeps_and_ends_with_0_on_a_signal(number: signal.Signals, owing: Path) -> None:
    process = start_run(owing, "--lang", "nl")
    assert hear(process).startswith("Bewaakt de termijnen in ")
    wait_for_notices(owing, 40)
    process.send_signal(number)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "kennisgevingen gedaan" in said.decode()
    assert said.decode().splitlines()[-1] == "Gestopt."


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes in its own way")
def test_a_run_as_json_gives_a_document_a_line_and_nothing_beside_it(owing: Path) -> None:
    process = start_run(owing, "--json", stdout=subprocess.PIPE)
    assert process.stdout is not None
    document = json.loads(process.stdout.readline())
    assert document["swept"]["given"] == number_of_notices(owing)
    process.terminate()
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, b"", b"")


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes in its own way")
def test_a_run_tells_a_gap_and_goes_on_until_it_is_confirmed(tmp_path: Path, call: Kvob) -> None:
    store = tmp_path / "kvob.db"
    make_store(store, 10, seed=2, before=timedelta(days=500))
    process = start_run(store, "--lang", "nl")
    hear(process)
    assert "'kvob sweep --confirm'" in hear(process)
    assert call("sweep", "--confirm").code == 0
    code, said = stop(process)
    assert (code, "Traceback" in said) == (0, False)


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        (None, SHORTEST_INTERVAL),
        ("30s", timedelta(seconds=30)),
        ("5m", timedelta(minutes=5)),
        ("1 H", timedelta(hours=1)),
        ("2u", timedelta(hours=2)),
        ("1d", timedelta(days=1)),
    ],
)
def test_an_interval_is_told_in_seconds_minutes_hours_or_days(
    text: str | None, interval: timedelta
) -> None:
    assert interval_of(text, SHORTEST_INTERVAL) == interval


@pytest.mark.parametrize("text", ["", "30", "s", "-1s", "1.5s", "1w", "9999999s"])
def test_another_form_is_refused(text: str) -> None:
    with pytest.raises(IntervalMalformed):
        interval_of(text, SHORTEST_INTERVAL)


@pytest.mark.parametrize("text", ["0s", "2d", "soon"])
def test_a_run_with_an_impossible_interval_ends_with_2(text: str, owing: Path, call: Kvob) -> None:
    done = call("run", "--interval", text)
    assert (done.code, done.out) == (2, "")
    assert number_of_notices(owing) == 0


def test_a_run_does_not_change_how_the_process_takes_signals(owing: Path, call: Kvob) -> None:
    before = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)]
    call("run", "--interval", "2d")
    assert [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)] == before
