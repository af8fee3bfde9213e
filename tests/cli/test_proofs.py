"""Do `kvob verify`, `kvob witness` and `kvob log` prove what they say, with the right exit code?"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kvob_workflow import Engine
from kvob_workflow.importing import import_file
from kvob_workflow.proofs.findings import Verdict

Kvob = Callable[..., Any]


@dataclass(frozen=True)
class Keeper:
    """Calls `kvob` as the keeper of a store with a proof log does, and as others do."""

    call: Kvob
    folder: Path

    def __call__(self, *words: str, keyless: bool = False) -> Any:
        env = {} if keyless else {"KVOB_LOG_KEY": str(self.folder / "log.key")}
        return self.call(*words, env={"KVOB_LANG": "en", **env})

    def path(self, name: str) -> str:
        return str(self.folder / name)

    @property
    def key(self) -> str:
        """The public key of the log."""
        return str(self("log", "show", "--json").json()["keys"][0])

    def estate(self) -> str:
        with closing(sqlite3.connect(self.folder / "kvob.db")) as connection:
            sql = "SELECT originator_id FROM stored_events ORDER BY rowid LIMIT 1"
            return str(connection.execute(sql).fetchone()[0])

    def edit(self, statement: str) -> None:
        with closing(sqlite3.connect(self.folder / "kvob.db", isolation_level=None)) as file:
            file.execute("DROP TRIGGER IF EXISTS stored_events_never_change")
            file.execute("DROP TRIGGER IF EXISTS stored_events_never_go")
            file.execute(statement)

    def witnessed(self, name: str, since: int = 0) -> Any:
        """One round: a bundle, the witness, and its signature kept."""
        bundle, note = self.path(f"{name}.bundle"), self.path(f"{name}.note")
        assert self("log", "checkpoint", "--since", str(since), "--output", bundle).code == 0
        told = ("--name", "w.example", "--key", self.key, "--memory", self.path("witness"))
        done = self("witness", bundle, *told, "--output", note, keyless=True)
        assert done.code == 0, done.err
        assert self("log", "add-cosignature", note).code == 0
        return note


@pytest.fixture
def keeper(tmp_path: Path, store: str, call: Kvob, sample_file: Path) -> Keeper:
    """A store with the sample cases and a log that has signed for them."""
    with Engine.open(store, synchronous="NORMAL") as engine:
        import_file(engine, sample_file)
    kvob = Keeper(call, tmp_path)
    assert kvob("log", "init", "--installation", "test").out.startswith("kvob/test/log-1+")
    assert kvob("log", "sequence").out.startswith("Signed: kvob/test/log-1, ")
    return kvob


def test_a_store_is_proven_by_key_and_heads_beside_it(keeper: Keeper) -> None:
    done = keeper("verify")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Proven\n")
    document = keeper("verify", "--json").json()
    assert (document["verdict"], document["findings"]) == ("proven", [])
    assert document["covered"] == document["events"] > 100
    assert keeper("log", "sequence").out == "There was nothing new.\n"


def test_an_auditor_brings_key_and_head_alone(keeper: Keeper, tmp_path: Path) -> None:
    note = keeper.witnessed("first")
    (tmp_path / "keys").write_text(f"{keeper.key}\n", "utf-8")
    done = keeper("verify", "--heads", note, "--key", keeper.path("keys"), keyless=True)
    assert done.code == 0
    for words in (("--heads", note), ("--key", keeper.key), ()):
        done = keeper("verify", *words, keyless=True)
        assert done.code == 10
        assert done.out.startswith("Cannot tell\n")


def test_documents_are_read_again_where_that_is_asked(keeper: Keeper, tmp_path: Path) -> None:
    file = tmp_path / "verslag.txt"
    file.write_text("schouw bij donker", "utf-8")
    assert keeper("document", "add", keeper.estate(), str(file), "--keep").code == 0
    keeper("log", "sequence")
    done = keeper("verify", "--documents")
    assert done.code == 0
    assert keeper("verify", "--documents", "--json").json()["documents"]["findings"] == []
    for kept in (tmp_path / "kvob.documents").rglob("*"):
        if kept.is_file():
            kept.chmod(0o600)
            kept.write_text("iets anders", "utf-8")
    changed = keeper("verify", "--documents")
    assert changed.code == 8
    assert "Proven" in changed.out
    assert keeper("verify").code == 0


def test_a_change_is_told_with_estate_and_version(keeper: Keeper) -> None:
    estate = keeper.estate()
    keeper.edit(
        "UPDATE stored_events SET state = replace(state, 'a', 'b')"
        f" WHERE originator_id = '{estate}' AND originator_version = 1"
    )
    keeper.edit(
        "UPDATE stored_events SET state = CAST(state AS BLOB)"
        f" WHERE originator_id = '{estate}' AND originator_version = 1"
    )
    done = keeper("verify")
    assert done.code == 8
    assert f"Estate {estate}, event 1: not what was signed for" in done.out
    dutch = keeper("verify", "--lang", "nl")
    assert f"Terrein {estate}, gebeurtenis 1: anders dan wat getekend is" in dutch.out
    one = keeper("verify", "--estate", estate, "--json")
    assert (one.code, one.json()["findings"][0]["kind"]) == (8, "event-changed")


def test_an_event_behind_the_head_is_told(keeper: Keeper) -> None:
    estate = keeper.estate()
    assert keeper("rename-estate", estate, "--name", "Nieuw").code == 0
    done = keeper("verify")
    assert done.code == 9
    assert "Behind the head, signed for by nobody yet: 1" in done.out
    assert f"estate {estate}, event" in done.out
    assert keeper("verify", "--estate", "Nieuw").code == 9
    keeper("log", "sequence")
    assert keeper("verify").code == 0
    assert keeper("verify", "--estate", "Nieuw").code == 0


def test_an_older_copy_is_found_not_signed_and_restarted(keeper: Keeper) -> None:
    database = keeper.folder / "kvob.db"
    older = database.read_bytes()
    first = keeper.witnessed("first")
    assert keeper("rename-estate", keeper.estate(), "--name", "Nieuw").code == 0
    keeper("log", "sequence")
    size = keeper("log", "show", "--json").json()["entries"]
    second = keeper.witnessed("second", since=size - 1)
    database.write_bytes(older)
    assert keeper("verify", "--heads", second).code == 8
    refused = keeper("log", "sequence")
    assert (refused.code, "kvob log restart" in refused.err) == (3, True)
    assert keeper("log", "restart").code == 2
    begun = keeper("log", "restart", "--reason", "the backup of Monday")
    assert begun.out.startswith(
        f"Begun: kvob/test/log-2. In common with the one before: {size - 1}"
    )
    assert keeper("verify").code == 0
    assert keeper("verify", "--heads", first).code == 0
    assert keeper("verify", "--heads", second).code == 8


def test_a_witness_refuses_a_shorter_head(keeper: Keeper) -> None:
    keeper("log", "checkpoint", "--output", keeper.path("early"))
    keeper("rename-estate", keeper.estate(), "--name", "Nieuw")
    keeper("log", "sequence")
    keeper.witnessed("late")
    done = keeper("witness", keeper.path("early"), "--memory", keeper.path("witness"))
    assert done.code == 3
    assert "the log is shorter than what this witness saw before" in done.err


def test_a_witness_is_made_once_by_name(keeper: Keeper) -> None:
    bundle = keeper("log", "checkpoint").out
    Path(keeper.path("bundle")).write_text(bundle, "utf-8")
    done = keeper("witness", keeper.path("bundle"), "--memory", keeper.path("witness"))
    assert (done.code, "--name" in done.err) == (2, True)
    named = ("--memory", keeper.path("witness"), "--name", "w.example", "--key", keeper.key)
    document = keeper("witness", keeper.path("bundle"), *named, "--json").json()
    assert document["witness"].startswith("w.example+")
    assert "\u2014 w.example " in document["note"]


def test_a_hostile_bundle_or_note_is_refused(keeper: Keeper) -> None:
    file = Path(keeper.path("hostile"))
    named = ("--memory", keeper.path("witness"), "--name", "w.example", "--key", keeper.key)
    for contents in (b"", b"x" * 5_000_000, b"old 9223372036854775808\n\n", b"\xff\x00"):
        file.write_bytes(contents)
        assert keeper("witness", str(file), *named).code == 2
        assert keeper("log", "add-cosignature", str(file)).code == 2
        assert keeper("verify", "--heads", str(file)).code in (2, 10)
        assert keeper("verify", "--key", str(file)).code in (2, 10)
    assert keeper("verify", "--heads", keeper.path("nothing")).code == 6
    assert not Path(keeper.path("witness")).exists()
    assert keeper("log", "checkpoint", "--since", "-1").code == 2
    assert keeper("log", "checkpoint", "--since", str(2**63)).code == 2


def test_a_head_of_another_store_is_not_kept(keeper: Keeper) -> None:
    note = keeper.witnessed("first")
    text = Path(note).read_text("utf-8")
    Path(note).write_text(text.replace("\n\n", "1\n\n", 1), "utf-8")
    assert keeper("log", "add-cosignature", note).code == 2


def test_without_a_key_there_is_no_log(keeper: Keeper) -> None:
    for words in (("log", "sequence"), ("log", "init"), ("log", "restart", "--reason", "x")):
        done = keeper(*words, keyless=True)
        assert (done.code, "KVOB_LOG_KEY" in done.err) == (2, True)
    assert keeper("log", "show", keyless=True).code == 0


@pytest.mark.parametrize("command", [("verify",), ("log", "sequence"), ("log", "show")])
def test_a_store_that_is_not_there_is_not_made(
    command: tuple[str, ...], keeper: Keeper, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'absent.db'}"
    assert keeper(*command, "--store", url).code == 6
    assert not (tmp_path / "absent.db").exists()


def test_every_verdict_has_its_exit_code() -> None:
    from kvob_workflow.cli.exit_codes import ExitCode

    codes = {verdict: ExitCode.__members__.get(verdict.name) for verdict in Verdict}
    assert codes.pop(Verdict.PROVEN) is None
    assert sorted(code for code in codes.values() if code is not None) == [8, 9, 10]
    assert len(set(codes.values())) == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes in its own way")
def test_a_run_fills_the_log(keeper: Keeper, store: str) -> None:
    assert keeper("rename-estate", keeper.estate(), "--name", "Nieuw").code == 0
    assert keeper("verify").code == 9
    process = subprocess.Popen(
        [sys.executable, "-m", "kvob_workflow", "run"],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "KVOB_STORE": store,
            "KVOB_LOG_KEY": keeper.path("log.key"),
        },
        stderr=subprocess.PIPE,
    )
    with process:
        assert process.stderr is not None
        process.stderr.readline()  # it watches
        process.send_signal(signal.SIGTERM)
        process.stderr.read()
    assert process.returncode == 0
    assert keeper("verify").code == 0
