"""Is an erasure finished that was cut off, and done again where an old copy comes back?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kvob_domain.estate.events.oversight import ErasureBasis, PersonErased
from kvob_domain.personal import Erased
from kvob_workflow import Engine, RenameEstate
from kvob_workflow.engine import erasures
from kvob_workflow.privacy import keyring
from kvob_workflow.privacy.errors import (
    PersonWasErased,
)
from kvob_workflow.privacy.key_errors import LedgerShortened
from kvob_workflow.store import ErasureStatus
from tests.privacy.conftest import (
    APPROVES,
    ASKS,
    NAME,
    TODAY,
    House,
    Open,
    erase,
    estate,
    person,
    signed,
)


@pytest.mark.parametrize("step", ["before the keys go", "before the events", "before the rows"])
def test_an_erasure_that_was_cut_off_is_finished_at_the_next_opening(
    engine: Engine, open_engine: Open, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    who, where = person(engine), estate(engine)
    signed(engine, where, who)
    asked = engine.propose_erasure(who, ErasureBasis.OBJECTION, actor=ASKS)

    def die(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if step == "before the keys go":
            patch.setattr(keyring, "_destroy", die)
        elif step == "before the events":
            patch.setattr(type(engine), "_take_in", die)
        else:
            patch.setattr(erasures, "_settled", die)
        with pytest.raises(KeyboardInterrupt):
            engine.erase([asked.id], actor=APPROVES)
    engine.close()
    again = open_engine()
    assert isinstance(again.persons.show(who), Erased)
    assert [entry.topic for entry in again.history(where)].count(PersonErased.TOPIC) == 1
    assert again.erasures()[0].status is ErasureStatus.ERASED
    assert again.export_person(who).keys == ()


@pytest.mark.parametrize("step", ["keyring._destroy", "Personal._take_in", "erasures._settled"])
def test_an_erasure_that_was_killed_is_finished_at_the_next_opening(
    engine: Engine, open_engine: Open, house: House, step: str
) -> None:
    who, where = person(engine), estate(engine)
    signed(engine, where, who)
    asked = engine.propose_erasure(who, ErasureBasis.OBJECTION, actor=ASKS)
    engine.close()
    program = (
        "import os, signal, sys\n"
        "from kvob_workflow import Actor, Engine\n"
        "from kvob_workflow.engine import erasures\n"
        "from kvob_workflow.engine.persons import Personal\n"
        "from kvob_workflow.privacy import keyring\n"
        "def die(*arguments):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "holder, name = sys.argv[3].split('.')\n"
        "setattr(globals()[holder], name, die)\n"
        "engine = Engine.open(sys.argv[1], keys=sys.argv[4], master_key=sys.argv[5])\n"
        "engine.erase([sys.argv[2]], actor=Actor('p-approves'))\n"
    )
    files = (str(house.keys), str(house.master))
    command = [sys.executable, "-c", program, house.url, asked.id, step, *files]
    assert subprocess.run(command, check=False).returncode == -9
    again = open_engine()
    assert isinstance(again.persons.show(who), Erased)
    assert [entry.topic for entry in again.history(where)].count(PersonErased.TOPIC) == 1
    assert again.erasures()[0].status is ErasureStatus.ERASED
    assert again.export_person(who).keys == ()


@pytest.mark.parametrize("house", ["file"], indirect=True)
def test_what_comes_back_with_an_old_copy_is_erased_again(
    engine: Engine, open_engine: Open, path: Path
) -> None:
    who, where = person(engine), estate(engine)
    signed(engine, where, who)
    engine.scrub()
    keys = path.with_name("kvob.db.keys")
    old_store, old_keys = path.read_bytes(), keys.read_bytes()
    erase(engine, who)
    engine.close()
    for restored in (
        ((path, old_store), (keys, old_keys)),
        ((path, old_store),),
        ((keys, old_keys),),
    ):
        for file, content in restored:
            file.write_bytes(content)
        with Engine.open(f"sqlite:///{path}") as again:
            assert isinstance(again.persons.show(who), Erased)
            assert [type(one) for one in again.names(where).values()] == [Erased]
            assert list(again.persons) == []
            topics = [entry.topic for entry in again.history(where)]
            assert topics.count(PersonErased.TOPIC) == 1


@pytest.mark.parametrize("house", ["postgres"], indirect=True)
def test_what_comes_back_on_a_server_is_erased_again(
    engine: Engine, open_engine: Open, house: House
) -> None:
    who, where = person(engine), estate(engine)
    signed(engine, where, who)
    kept = {
        table: house.run(f"SELECT * FROM {table}") for table in ("person", "erasure", "kvob_meta")
    }
    keys = house.keys.read_bytes()
    erase(engine, who)
    engine.close()
    house.run("ALTER TABLE stored_events DISABLE TRIGGER USER")
    house.run("DELETE FROM stored_events WHERE topic = ?", PersonErased.TOPIC)
    house.run("ALTER TABLE stored_events ENABLE ALWAYS TRIGGER stored_events_never_change")
    for table, rows in kept.items():
        house.run(f"DELETE FROM {table}")
        for row in rows:
            house.run(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", *row)
    house.keys.write_bytes(keys)
    again = open_engine()
    assert isinstance(again.persons.show(who), Erased)
    assert [type(one) for one in again.names(where).values()] == [Erased]
    topics = [entry.topic for entry in again.history(where)]
    assert topics.count(PersonErased.TOPIC) == 1


def test_an_erasure_of_one_node_is_seen_by_another_at_once(
    engine: Engine, open_engine: Open
) -> None:
    who, where = person(engine), estate(engine)
    signed(engine, where, who)
    other = open_engine()
    assert set(other.names(where).values()) == {NAME}
    erase(engine, who)
    assert {type(one) for one in other.names(where).values()} == {Erased}
    assert isinstance(other.persons.show(who), Erased)
    with pytest.raises(PersonWasErased):
        signed(other, estate(other, "De Bocht"), who)


def test_a_ledger_that_lost_lines_stops_everything_that_needs_names(
    engine: Engine, open_engine: Open, path: Path
) -> None:
    who = person(engine)
    erase(engine, who)
    engine.close()
    path.with_name("kvob.db.keys.erased.jsonl").unlink()
    with pytest.raises(LedgerShortened, match="Restore the newest ledger"):
        open_engine().persons.show(who)


def test_a_line_of_the_ledger_that_was_cut_off_decided_nothing(
    engine: Engine, open_engine: Open, path: Path
) -> None:
    first, second = person(engine), person(engine, "Tweede Mens")
    erase(engine, first)
    ledger = path.with_name("kvob.db.keys.erased.jsonl")
    with ledger.open("ab") as file:
        file.write(b'{"person": "cut o')
    erase(engine, second)
    engine.close()
    lines = ledger.read_text("utf-8").splitlines()
    assert len(lines) == 2
    assert isinstance(open_engine().persons.show(second), Erased)


def test_a_race_with_another_command_is_planned_anew(
    engine: Engine, open_engine: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, where = person(engine), estate(engine)
    signed(engine, where, who)
    other = open_engine()
    raced = iter([True])
    real = erasures.carry_out

    def carry_out(*arguments: object) -> None:
        if next(raced, False):
            other.do(RenameEstate(estate=where, on=TODAY, name="Zilverhoek", reason="fusie"))
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(erasures, "carry_out", carry_out)
    erase(engine, who)
    assert [entry.topic for entry in engine.history(where)].count(PersonErased.TOPIC) == 1
    assert engine.state(where).name == "Zilverhoek"
