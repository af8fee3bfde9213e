"""Does a server's own backup bring the store back? By pg_dump, and by a base backup."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from kvob_domain.personal import Erased
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.moving import compare_stores, copy_store
from kvob_workflow.privacy.directory import PersonDetails
from kvob_workflow.proofs.errors import LogShorter
from kvob_workflow.proofs.heads import Signer
from kvob_workflow.proofs.sequencer import sequence
from kvob_workflow.store import open_store
from kvob_workflow.store.postgres.address import parse_address
from tests.moving.conftest import Made, erase, with_keys
from tests.postgres_server import Server


def test_a_dump_that_is_restored_is_the_same_store(
    full: Made, postgres: Server, postgres_url: str
) -> None:
    copy_store(full.url, postgres_url)
    schema = parse_address(postgres_url).schema
    dumped(postgres, schema)()
    assert compare_stores(full.url, postgres_url).is_equal
    with psycopg.connect(postgres.dsn) as connection, pytest.raises(psycopg.IntegrityError):
        connection.execute(f"DELETE FROM {schema}.stored_events".encode())


def test_a_base_backup_brings_up_a_server_with_the_same_store(
    full: Made, postgres: Server, postgres_url: str
) -> None:
    copy_store(full.url, postgres_url)
    run = postgres.programs.run
    base, port = postgres.folder / "base", free_port()
    run("pg_basebackup", f"--pgdata={base}", "--wal-method=stream", "--checkpoint=fast",
        "--no-sync", f"--dbname={postgres.dsn}")  # fmt: skip
    own = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off"
    own += f" -c unix_socket_directories={postgres.folder}"
    log = f"--log={postgres.folder / 'base.log'}"
    run("pg_ctl", "start", "--wait", f"--pgdata={base}", log, f"--options={own}")
    try:
        restored = postgres_url.replace(f":{postgres.port}/", f":{port}/")
        assert restored != postgres_url
        assert compare_stores(full.url, restored).is_equal
    finally:
        run("pg_ctl", "stop", "--wait", "--mode=fast", f"--pgdata={base}")


def test_an_older_dump_shows_what_was_lost_and_the_erased_are_erased_again(
    full: Made, postgres: Server, postgres_url: str, tmp_path: Path
) -> None:
    copy_store(full.url, postgres_url)
    keys, signer = with_keys(tmp_path / "kvob", full), with_log_key(tmp_path, full)
    with opened(postgres_url, keys) as engine:
        who = engine.persons.add(PersonDetails("Iemand Nieuw"))
        restore = dumped(postgres, parse_address(postgres_url).schema)
        old_keys = keys.with_name("kvob.keys").read_bytes()
        engine.do(RegisterEstate(name="Verloren", municipalities=("A",)))
        erase(engine, who)
    sign(postgres_url, signer)
    restore()
    keys.with_name("kvob.keys").write_bytes(old_keys)
    with pytest.raises(LogShorter):
        sign(postgres_url, signer)
    with opened(postgres_url, keys) as engine:
        assert isinstance(engine.persons.show(who), Erased)
        assert "Verloren" not in [row.estate for row in engine.board().items]


def dumped(postgres: Server, schema: str) -> Callable[[], None]:
    """Makes a dump of a schema; what comes back puts it in the place of the schema."""
    file = postgres.folder / f"{schema}.dump"
    run = postgres.programs.run
    run("pg_dump", "-Fc", f"--schema={schema}", f"--file={file}", f"--dbname={postgres.dsn}")

    def restore() -> None:
        with psycopg.connect(postgres.dsn, autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())
        run("pg_restore", "--exit-on-error", f"--dbname={postgres.dsn}", str(file))

    return restore


def opened(url: str, keys: Path) -> Engine:
    """An engine on a server, with the keys of names in files."""
    return Engine.open(url, keys=f"{keys}.keys", master_key=f"{keys}.master")


def with_log_key(folder: Path, made: Made) -> Signer:
    """The key of the proof log and its heads, in a place of their own."""
    for file in (made.log_key, made.heads):
        shutil.copy(file, folder)
    return Signer(folder / made.log_key.name)


def sign(url: str, signer: Signer) -> None:
    """One pass of the sequencer."""
    store = open_store(url)
    try:
        sequence(store, signer)
    finally:
        store.close()


def free_port() -> int:
    """A port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
