"""How does a notice reach a command? The digest as JSON on its input, its exit code as answer."""

import json
import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Final

from kvob_workflow.notices.digest import Digest, one_line
from kvob_workflow.notices.errors import CommandFailed
from kvob_workflow.settings import variables

_TAIL_BYTES: Final = 4096


class CommandNotifier:
    """Runs a command for each digest, without a shell.

    The digest is one JSON document (UTF-8) on standard input, its id is in `KVOB_DIGEST_ID`.
    Exit code 0 means taken. Standard output is not read.
    """

    name = "command"

    def __init__(self, run: Sequence[str], *, timeout_seconds: float = 30.0) -> None:
        """`run` is the program and its arguments; after the time-out its whole group is ended."""
        if not run:
            raise ValueError("the command needs a program to run")
        self._run = tuple(run)
        self.timeout_seconds = timeout_seconds
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()

    def send(self, digest: Digest) -> None:
        """Runs the command.

        Raises:
            CommandFailed: it could not start, ended with another code than 0, or took too long.
        """
        # Files instead of pipes: a child that outlives the command cannot hold these up.
        with tempfile.TemporaryFile() as document, tempfile.TemporaryFile() as errors:
            document.write(json.dumps(digest.as_dict(), ensure_ascii=False).encode())
            document.seek(0)
            process = self._started(digest.id, document, errors)
            try:
                self._wait(process, errors)
            finally:
                with self._lock:
                    self._running.discard(process)

    def interrupt(self) -> None:
        """Ends every command that is running, with all that it started; later ones may run."""
        with self._lock:
            for process in self._running:
                if process.poll() is None:
                    _kill(process)

    def _started(
        self, id: str, document: IO[bytes], errors: IO[bytes]
    ) -> "subprocess.Popen[bytes]":
        with self._lock:
            try:
                process = subprocess.Popen(
                    self._run,
                    stdin=document,
                    stdout=subprocess.DEVNULL,
                    stderr=errors,
                    env={**variables(), "KVOB_DIGEST_ID": id},
                    start_new_session=True,
                )
            except (OSError, ValueError) as error:
                raise CommandFailed(self._run[0], str(error)) from error
            self._running.add(process)
        return process

    def _wait(self, process: "subprocess.Popen[bytes]", errors: IO[bytes]) -> None:
        try:
            code = process.wait(self.timeout_seconds)
        except subprocess.TimeoutExpired as error:
            reason = f"> {self.timeout_seconds:g} s {_last_line(errors)}".rstrip()
            raise CommandFailed(self._run[0], reason, whole_channel=True) from error
        finally:
            if process.poll() is None:
                _kill(process)
                process.wait()
        if code != 0:
            raise CommandFailed(self._run[0], f"exit {code} {_last_line(errors)}".rstrip())


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Ends the command and all that it started: it leads a group of its own."""
    if not hasattr(os, "killpg"):
        process.kill()
        return
    with suppress(ProcessLookupError):  # it ended by itself meanwhile
        os.killpg(process.pid, signal.SIGKILL)


def _last_line(errors: IO[bytes]) -> str:
    size = errors.seek(0, os.SEEK_END)
    errors.seek(max(0, size - _TAIL_BYTES))
    lines = errors.read().decode(errors="replace").strip().splitlines()
    return one_line(lines[-1])[:300] if lines else ""
