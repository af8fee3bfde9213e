"""How is a look written down? One line of JSON, in one write at the end of the file.

Several processes may write to one file: the system puts each line whole behind the others. A line
that a kill or a full disk cut off is closed by the next one, and told when the log is read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from kvob_domain.actor import Actor
from kvob_workflow.access.errors import AccessLogUnwritable
from kvob_workflow.access.pseudonyms import Pseudonyms
from kvob_workflow.clock import Clock, SystemClock

Simple = None | bool | int | str
_FLAGS: Final = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)


class AccessLog:
    """An append-only log of questions. Thread-safe; holds no file open, so it may be rotated."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        clock: Clock | None = None,
        when_unwritable: Callable[[AccessLogUnwritable], object] | None = None,
    ) -> None:
        """Log into a file, which is made at the first line, for its owner alone.

        With `when_unwritable` a question is answered though it could not be logged; the error
        goes there. Without it the error is raised and the question not answered.

        Raises:
            AccessKeyMissing, AccessKeyUnusable: the key beside the file cannot be used or made.
        """
        self.path: Final = Path(path)
        self.pseudonyms: Final = Pseudonyms(self.path)
        self._clock = clock or SystemClock()
        self._when_unwritable = when_unwritable

    def note(
        self,
        actor: Actor,
        question: str,
        *,
        estate: str | None = None,
        asked: Mapping[str, Simple] | None = None,
        rows: int | None = None,
    ) -> None:
        """Write that somebody asked something; with the number of rows of the answer.

        Raises:
            AccessLogUnwritable: the line is not there, unless the host chose otherwise.
        """
        at = self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        told: dict[str, object] = {
            "at": at,
            "person": self.pseudonyms.of_person(actor.person),
            "role": actor.role.value,
            "organisation": actor.organisation,
            "entrance": actor.origin,
            "question": question,
            "estate": estate,
            "asked": dict(asked) if asked else None,
            "rows": rows,
        }
        present = {name: value for name, value in told.items() if value is not None}
        line = json.dumps(present, separators=(",", ":")).encode("ascii") + b"\n"
        try:
            self._append(line)
        except OSError as error:
            unwritable = AccessLogUnwritable(str(self.path), error.strerror or str(error))
            if self._when_unwritable is None:
                raise unwritable from None
            self._when_unwritable(unwritable)

    def _append(self, line: bytes) -> None:
        handle = os.open(self.path, _FLAGS, 0o600)
        try:
            end = os.lseek(handle, 0, os.SEEK_END)
            if end and os.pread(handle, 1, end - 1) != b"\n":
                line = b"\n" + line
            if os.write(handle, line) != len(line):
                raise OSError("the line was cut off; is the disk full?")
        finally:
            os.close(handle)
