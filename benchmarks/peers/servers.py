"""Which peers need a server beside them? It is started here, on loopback, and ended by its id."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Literal, Protocol

from benchmarks.peers.sockets import HOST, answers, free_port, heard_outside
from tests.postgres_server import NoServer
from tests.postgres_server import Server as Postgres

Kind = Literal["", "postgres", "temporal", "umadb", "restate"]
_SECONDS: Final = 60.0


class NotStarted(Exception):
    """A server does not come up; the text says why."""


class Server(Protocol):
    """A running server of a peer."""

    @property
    def address(self) -> str:
        """What the adapter is told; empty where there is no server."""
        ...

    @property
    def pid(self) -> int | None:
        """The id of its first process; None where there is no server."""
        ...

    def crash(self) -> None:
        """End it without warning, and start it anew on what it has on disk."""
        ...


class NoServerNeeded:
    """The peer lives in the adapter's own process."""

    address = ""
    pid: int | None = None

    def crash(self) -> None:
        """The adapter's own process is killed by the harness."""


class OnPostgres:
    """A PostgreSQL that waits for the disk at every commit."""

    def __init__(self, running: Postgres, schema: str) -> None:
        self._running = running
        self.address = running.url(schema) if schema else running.dsn

    @property
    def pid(self) -> int | None:
        """PostgreSQL writes it into its own folder."""
        told = (self._running.data / "postmaster.pid").read_text("utf-8")
        return int(told.partition("\n")[0])

    def crash(self) -> None:
        """An immediate shutdown: it recovers from its log."""
        try:
            self._running.restart_at_once()
        except (NoServer, subprocess.TimeoutExpired) as error:
            raise NotStarted(str(error)) from error


class Program:
    """A server that is a program with a folder and ports."""

    def __init__(self, kind: Kind, home: Path, folder: Path) -> None:
        self._kind, self._folder = kind, folder
        self._home = home
        self._ports = [free_port() for _ in range(4)]
        self.address = _ADDRESSES[kind].format(*self._ports)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """None before it was started."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Starts it and waits until each port that is asked for answers.

        Raises:
            NotStarted: it ends, or does not answer in time.
        """
        log = self._folder / "server.log"
        command = [
            part.format(*self._ports, home=self._home, folder=self._folder)
            for part in COMMANDS[self._kind]
        ]
        with log.open("ab") as out:
            try:
                process = self._process = subprocess.Popen(
                    command,
                    stdout=out,
                    stderr=out,
                    stdin=subprocess.DEVNULL,
                    cwd=self._folder,
                    env={**os.environ, **self._settings()},
                    start_new_session=True,
                )
            except OSError as error:
                raise NotStarted(str(error)) from error
        if not self._is_up(process):
            self.stop()
            raise NotStarted(log.read_text("utf-8", errors="replace")[-400:].strip())
        if outside := heard_outside(process.pid):
            self.stop()
            raise NotStarted(f"it listens beyond loopback, at {', '.join(outside)}; ended")

    def _is_up(self, process: subprocess.Popen[bytes]) -> bool:
        ends = time.monotonic() + _SECONDS
        waiting = self._ports[: _PORTS_TO_WAIT_FOR[self._kind]]
        while waiting and process.poll() is None and time.monotonic() < ends:
            waiting = [port for port in waiting if not answers(port)]
            time.sleep(0.05)
        return not waiting

    def _settings(self) -> dict[str, str]:
        return {name: value.format(*self._ports) for name, value in SETTINGS.items()}

    def crash(self) -> None:
        """kill -9, and a start on the same folder and ports."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """Ends it without warning."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


COMMANDS: Final[dict[str, tuple[str, ...]]] = {
    "temporal": (
        "{home}/bin/temporal", "server", "start-dev", "--ip", HOST, "--port", "{0}",
        "--http-port", "{1}", "--metrics-port", "{2}", "--headless", "--log-level", "error",
        "--db-filename", "{folder}/temporal.db",
        "--sqlite-pragma", "synchronous=FULL", "--sqlite-pragma", "journal_mode=WAL",
    ),
    "umadb": (
        "{home}/bin/umadb", "--listen", HOST + ":{0}", "--db-path", "{folder}/uma.db",
    ),
    "restate": (
        "{home}/node_modules/@restatedev/restate-server-linux-x64/bin/restate-server",
        "--no-logo", "--listen-mode", "tcp", "--bind-ip", HOST, "--bind-port", "{2}",
        "--advertised-host", HOST, "--node-name", "peers",
        "--base-dir", "{folder}/restate",
    ),
}  # fmt: skip
"""Every address is loopback; a test looks for others."""
SETTINGS: Final = {
    "DO_NOT_TRACK": "1",
    "RESTATE_DISABLE_TELEMETRY": "true",
    "RESTATE_INGRESS__BIND_PORT": "{0}",
    "RESTATE_ADMIN__BIND_PORT": "{1}",
}
"""What Restate takes from its environment; the others do not look at it."""
_ADDRESSES: Final[dict[str, str]] = {
    "temporal": HOST + ":{0}",
    "umadb": "http://" + HOST + ":{0}",
    "restate": "http://" + HOST + ":{0} http://" + HOST + ":{1}",
}
_PORTS_TO_WAIT_FOR: Final[dict[str, int]] = {"temporal": 1, "umadb": 1, "restate": 2}


@contextmanager
def running(kind: Kind, home: Path, folder: Path, schema: str) -> Generator[Server]:
    """The server of a peer, as long as the block lasts.

    Raises:
        NotStarted: there is none.
    """
    if not kind:
        yield NoServerNeeded()
    elif kind == "postgres":
        try:
            yield from _postgres(folder, schema)
        except NoServer as error:
            raise NotStarted(str(error)) from error
    else:
        program = Program(kind, home, folder)
        program.start()
        try:
            yield program
        finally:
            program.stop()


def _postgres(folder: Path, schema: str) -> Generator[Server]:
    # `nobody` must be able to reach it, so it lies beside and not under a private folder.
    with tempfile.TemporaryDirectory(prefix="peers-pg-", ignore_cleanup_errors=True) as made:
        if os.stat(made).st_dev != folder.stat().st_dev:
            raise NotStarted(f"{made} lies on another disk than {folder}; set TMPDIR")
        started = Postgres(Path(made), durable=True, options={})
        started.start()
        try:
            yield OnPostgres(started, schema)
        finally:
            started.stop()
