"""Is every trouble with keys told clearly, with nothing lost?"""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kvob_workflow import Engine
from kvob_workflow.privacy import boxes
from kvob_workflow.privacy.directory import Person, PersonDetails
from kvob_workflow.privacy.errors import DetailInvalid, PersonKnown
from kvob_workflow.privacy.key_errors import (
    KeyFileDamaged,
    KeyFileExists,
    KeyFileMissing,
    KeyFileUnnamed,
    KeysOfOtherStore,
    KeysUnavailable,
    MasterKeyMalformed,
    MasterKeyMissing,
    MasterKeyWrong,
)
from kvob_workflow.privacy.keyring import Keyring
from tests.privacy.conftest import NAME, House, Open, estate, person, signed


def files(path: Path) -> tuple[Path, Path]:
    """The key file and the master key of a store."""
    return path.with_name("kvob.db.keys"), path.with_name("kvob.db.master")


def test_the_files_are_for_their_owner_alone(engine: Engine, path: Path) -> None:
    for file in files(path):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_keys_are_made_once(engine: Engine, path: Path) -> None:
    keys = files(path)[0].read_bytes()
    with pytest.raises(KeyFileExists):
        engine.make_keys()
    assert files(path)[0].read_bytes() == keys


def test_a_store_in_memory_has_keys_only_where_a_file_is_named(tmp_path: Path) -> None:
    with Engine.open("memory:") as engine, pytest.raises(KeyFileUnnamed, match="KVOB_KEYS"):
        engine.make_keys()
    with Engine.open("memory:", keys=tmp_path / "k") as engine:
        engine.make_keys()
        assert isinstance(engine.persons.show(person(engine)), Person)


def _gone(path: Path) -> type[KeysUnavailable]:
    files(path)[0].unlink()
    return KeyFileMissing


def _cut(path: Path) -> type[KeysUnavailable]:
    keys = files(path)[0]
    keys.write_bytes(keys.read_bytes()[: keys.stat().st_size // 2])
    return KeyFileDamaged


def _empty(path: Path) -> type[KeysUnavailable]:
    files(path)[0].write_bytes(b"")
    return KeyFileDamaged


def _text(path: Path) -> type[KeysUnavailable]:
    files(path)[0].write_bytes(b"no database at all, whatever its name" * 100)
    return KeyFileDamaged


def _other_store(path: Path) -> type[KeysUnavailable]:
    other = path.with_name("other.db")
    with Engine.open(f"sqlite:///{other}") as engine:
        engine.make_keys()
    shutil.copy(other.with_name("other.db.keys"), files(path)[0])
    return KeysOfOtherStore


def _no_master(path: Path) -> type[KeysUnavailable]:
    files(path)[1].unlink()
    return MasterKeyMissing


def _wrong_master(path: Path) -> type[KeysUnavailable]:
    files(path)[1].write_text("0" * 64)
    return MasterKeyWrong


def _malformed_master(path: Path) -> type[KeysUnavailable]:
    files(path)[1].write_text("geheim")
    return MasterKeyMalformed


@pytest.mark.parametrize(
    "trouble",
    [_gone, _cut, _empty, _text, _other_store, _no_master, _wrong_master, _malformed_master],
)
def test_each_trouble_is_told_and_mending_it_brings_the_name_back(
    engine: Engine, open_engine: Open, path: Path, trouble: Callable[[Path], type[KeysUnavailable]]
) -> None:
    who, where = person(engine), estate(engine)
    signed(engine, where, who)
    engine.close()
    kept = [file.read_bytes() for file in files(path)]
    expected = trouble(path)
    again = open_engine()
    with pytest.raises(expected):
        again.names(where)
    assert again.state(where).version == 3
    for file, content in zip(files(path), kept, strict=True):
        file.write_bytes(content)
    assert set(again.names(where).values()) == {NAME}


def test_a_new_master_key_wraps_every_key_and_touches_no_event(
    engine: Engine, open_engine: Open, path: Path
) -> None:
    who, where = person(engine), estate(engine)
    signed(engine, where, who)
    other = open_engine()
    assert set(other.names(where).values()) == {NAME}
    old = files(path)[1].read_text()
    asked = engine.rotate_master_key()
    assert files(path)[1].read_text() != old
    assert boxes.master_id(bytes.fromhex(files(path)[1].read_text())) == asked
    assert set(engine.names(where).values()) == {NAME}
    assert set(other.names(where).values()) == {NAME}, "another process reads the new one"
    engine.close()
    files(path)[1].write_text(old)
    with pytest.raises(MasterKeyWrong):
        open_engine().names(where)


def test_a_rotation_that_was_killed_is_finished(
    engine: Engine, open_engine: Open, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, where = person(engine), estate(engine)
    signed(engine, where, who)

    def die(self: Keyring) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Keyring, "_read_master", die)
        with pytest.raises(KeyboardInterrupt):
            engine.rotate_master_key()
    engine.close()
    assert set(open_engine().names(where).values()) == {NAME}
    assert not path.with_name("kvob.db.master.new").exists()


def test_processes_that_add_persons_at_once_do_not_lose_any(engine: Engine, house: House) -> None:
    program = (
        "import sys\n"
        "from kvob_workflow import Engine\n"
        "from kvob_workflow.privacy.directory import PersonDetails\n"
        "with Engine.open(sys.argv[1], keys=sys.argv[3], master_key=sys.argv[4]) as engine:\n"
        "    for number in range(10):\n"
        "        engine.persons.add(PersonDetails(f'Mens {sys.argv[2]} {number}'))\n"
    )
    command, files = [sys.executable, "-c", program, house.url], [house.keys, house.master]
    running = [subprocess.Popen([*command, str(number), *files]) for number in range(3)]
    assert [one.wait(60) for one in running] == [0, 0, 0]
    found = [one.details.name for one in engine.persons if isinstance(one, Person)]
    assert len(set(found)) == 30


def test_the_directory_keeps_nothing_in_clear(engine: Engine, house: House, path: Path) -> None:
    details = PersonDetails(NAME, "w@voorbeeld.nl", "06-12345678", "Vereniging", "voorzitter")
    who = engine.persons.add(details)
    found = engine.persons.show(who)
    assert isinstance(found, Person)
    assert found.details == details
    assert engine.persons.find("W@Voorbeeld.NL") == [found]
    changed = engine.persons.change(who, phone="", email="nieuw@voorbeeld.nl")
    assert (changed.details.phone, changed.details.email) == (None, "nieuw@voorbeeld.nl")
    assert engine.persons.find("w@voorbeeld.nl") == []
    engine.close()
    rows = house.run("SELECT * FROM person")
    assert rows
    assert NAME.encode() not in repr(rows).encode() and "voorbeeld.nl" not in repr(rows)
    for file in path.parent.iterdir():
        assert b"voorbeeld.nl" not in file.read_bytes(), file
        assert NAME.encode() not in file.read_bytes(), file


def test_an_id_that_events_use_already_can_be_registered_once(engine: Engine) -> None:
    assert engine.persons.add(PersonDetails("Oud"), person="P-17") == "p-17"
    with pytest.raises(PersonKnown):
        engine.persons.add(PersonDetails("Nieuw"), person="p-17")


@pytest.mark.parametrize("name", ["", "  ", "x" * 301, "twee\nregels"])
def test_a_detail_that_does_not_fit_is_refused_without_quoting_it(
    engine: Engine, name: str
) -> None:
    with pytest.raises(DetailInvalid) as refusal:
        engine.persons.add(PersonDetails(name))
    assert "regels" not in str(refusal.value)
