"""Is a backup the store of one moment, and does what was lost or erased show after a restore?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kvob_domain.personal import Erased
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.moving import back_up, compare_stores
from kvob_workflow.moving.backup import commands_for
from kvob_workflow.moving.faults import BackupElsewhere, BackupInPlace, MemoryStays, NoStoreThere
from kvob_workflow.privacy.directory import PersonDetails
from kvob_workflow.proofs.errors import LogShorter
from kvob_workflow.proofs.heads import Signer, make_key
from kvob_workflow.proofs.sequencer import sequence
from kvob_workflow.store import open_store
from tests.moving.conftest import Made, erase


def test_a_backup_is_equal_to_its_store_and_stands_alone(full: Made, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    made = back_up(full.url, file)
    assert [one.name for one in tmp_path.iterdir()] == ["backup.db"]
    assert made.size == file.stat().st_size
    assert made.log_entries == made.events > 0
    assert file.stat().st_mode & 0o777 == full.path.stat().st_mode & 0o777
    assert compare_stores(full.url, f"sqlite:///{file}").is_equal


def test_a_backup_while_others_write_is_whole(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kvob.db'}"
    done = threading.Event()
    written: list[int] = []

    def write() -> None:
        with Engine.open(url) as engine:
            while not done.is_set():
                named = RegisterEstate(name=f"T {len(written)}", municipalities=("A",))
                engine.do(named)
                written.append(1)

    writer = threading.Thread(target=write)
    Engine.open(url).close()
    writer.start()
    try:
        made = [back_up(url, tmp_path / f"b{number}.db") for number in range(5)]
    finally:
        done.set()
        writer.join()
    assert made[-1].events <= len(written)
    for number, one in enumerate(made):
        store = open_store(f"sqlite:///{tmp_path / f'b{number}.db'}")
        assert store.last_position() == one.last_position
        store.close()


def test_a_backup_replaces_nothing_unless_told_and_never_a_store_in_use(
    full: Made, tmp_path: Path
) -> None:
    file = tmp_path / "backup.db"
    file.write_bytes(b"kept")
    with pytest.raises(FileExistsError):
        back_up(full.url, file)
    assert file.read_bytes() == b"kept"
    back_up(full.url, file, replace=True)
    with pytest.raises(BackupInPlace):
        back_up(full.url, full.path, replace=True)
    file.with_name("backup.db-wal").write_bytes(b"somebody's log")
    with pytest.raises(BackupInPlace):
        back_up(full.url, file, replace=True)


def test_a_backup_of_what_is_not_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoStoreThere):
        back_up(f"sqlite:///{tmp_path / 'missing.db'}", tmp_path / "backup.db")
    with pytest.raises(MemoryStays):
        back_up("memory:", tmp_path / "backup.db")
    assert list(tmp_path.iterdir()) == []


def test_for_a_server_the_commands_are_named_without_the_password(tmp_path: Path) -> None:
    url = "postgresql://me:secret@host:5433/db?schema=estates&sslmode=require"
    with pytest.raises(BackupElsewhere) as refused:
        back_up(url, tmp_path / "b")
    dump, base = commands_for(url, "b")
    assert dump == (
        "pg_dump --format=custom --schema=estates --file=b"
        " --dbname='postgresql://me@host:5433/db?sslmode=require'"
    )
    assert base.startswith("pg_basebackup --pgdata=b.base --wal-method=stream")
    assert dump.split()[0] in refused.value.message("nl")
    assert "secret" not in refused.value.message("nl") + dump + base


def test_a_full_disk_leaves_no_backup_and_no_rest(full: Made, tmp_path: Path) -> None:
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from kvob_workflow.errors import StoreUnavailable\n"
        "from kvob_workflow.moving import back_up\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "try:\n"
        "    back_up(sys.argv[1], Path(sys.argv[2]))\n"
        "except StoreUnavailable as error:\n"
        "    print(error.code)\n"
    )
    source = shutil.copyfile(full.path, tmp_path / "kvob.db")
    folder = tmp_path / "backups"
    folder.mkdir()
    command = [sys.executable, "-c", program, f"sqlite:///{source}", str(folder / "b.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("store-"), done.stderr
    assert list(folder.iterdir()) == []


def test_after_a_restore_the_erased_are_erased_again_and_lost_events_are_found(
    tmp_path: Path,
) -> None:
    path, backup = tmp_path / "kvob.db", tmp_path / "backup.db"
    signer = make_key(tmp_path / "log.key", "restore")
    with Engine.open(f"sqlite:///{path}") as engine:
        engine.make_keys()
        who = engine.persons.add(PersonDetails("Wilhelmina Voorbeeldsma"))
        engine.do(RegisterEstate(name="De Hoek", municipalities=("A",)))
        back_up(f"sqlite:///{path}", backup)
        shutil.copyfile(path.with_name("kvob.db.keys"), tmp_path / "backup.keys")
        engine.do(RegisterEstate(name="Verloren", municipalities=("A",)))
        erase(engine, who)
    signed(path, signer)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    os.replace(backup, path)
    os.replace(tmp_path / "backup.keys", path.with_name("kvob.db.keys"))
    with pytest.raises(LogShorter):
        signed(path, signer)
    with Engine.open(f"sqlite:///{path}") as again:
        assert isinstance(again.persons.show(who), Erased)
        assert [row.estate for row in again.board().items] == ["De Hoek"]


def signed(path: Path, signer: Signer) -> None:
    store = open_store(f"sqlite:///{path}")
    try:
        sequence(store, signer)
    finally:
        store.close()
