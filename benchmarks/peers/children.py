"""How is an adapter started, asked and ended? One process, one question at a time, with an end.

An adapter that does not answer in time is killed with everything that it started, and counts as
failed: nobody waits for ever.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, Protocol

from benchmarks.peers.protocol import Answer

_ROOT: Final = Path(__file__).parents[2]


class Failed(Exception):
    """A peer did not do what was asked; the text is its own complaint."""


class Asked(Protocol):
    """Whoever answers the questions of `protocol`."""

    def ask(self, question: str, seconds: float, **more: object) -> Answer:
        """The answer.

        Raises:
            Failed: there is none in time, or it is an error.
        """
        ...

    def kill(self) -> None:
        """End it without warning."""
        ...


class Child:
    """An adapter in a process and a session of its own."""

    def __init__(self, python: Path, module: str, log: Path) -> None:
        """Starts it; what it prints to standard error goes to `log`."""
        self._log = log
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [str(python), "-m", f"benchmarks.peers.{module}"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=_ROOT,
                env={**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUNBUFFERED": "1"},
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The id of its process."""
        return self._process.pid

    def ask(self, question: str, seconds: float, **more: object) -> Answer:
        """See `Asked`."""
        line = json.dumps({"ask": question, **more}) + "\n"
        try:
            _pipe(self._process.stdin).write(line.encode())
            _pipe(self._process.stdin).flush()
            answer: Answer = json.loads(self._line(time.monotonic() + seconds))
        except (OSError, ValueError) as error:
            raise Failed(f"{question}: no answer; {self._said() or error}") from error
        if "error" in answer:
            raise Failed(f"{question}: {answer['error']}")
        return answer

    def kill(self) -> None:
        """Ends it without warning, as a power cut would, with all that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                _pipe(pipe).close()

    def _line(self, ends: float) -> bytes:
        out, read = _pipe(self._process.stdout), bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(out, selectors.EVENT_READ)
            while not read.endswith(b"\n"):
                left = ends - time.monotonic()
                if left <= 0 or not selector.select(left):
                    self.kill()
                    raise TimeoutError("it took too long and was ended")
                got = os.read(out.fileno(), 1 << 20)
                if not got:
                    raise OSError("it ended by itself")
                read += got
        return bytes(read)

    def _said(self) -> str:
        lines = self._log.read_text("utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else ""


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise OSError("no pipe")
    return pipe
