"""What does a server say of each request? One line: no person, no id, no query."""

from __future__ import annotations

import json
import logging
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

    from kvob_workflow.cli.desk import Desk

_TOLD = ("http_method", "http_route", "http_status", "milliseconds", "trace", "role")


@contextmanager
def requests_told(desk: Desk) -> Generator[None]:
    """One line on standard error for each request: no person, no id, no query."""
    loggers = [logging.getLogger(f"kvob_workflow.{one}") for one in ("http", "web")]
    handler, before = _Requests(as_json=desk.as_json), [one.level for one in loggers]
    for one in loggers:
        one.addHandler(handler)
        one.setLevel(logging.INFO)
    try:
        yield
    finally:
        for one, level in zip(loggers, before, strict=True):
            one.removeHandler(handler)
            one.setLevel(level)


class _Requests(logging.Handler):
    """The lines that are requests; warnings and worse are told by `errors_told`."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__(logging.INFO)
        self._as_json = as_json

    def emit(self, record: logging.LogRecord) -> None:
        """Say it, if anybody reads it."""
        if record.levelno > logging.INFO:
            return
        with suppress(OSError, ValueError):
            print(self._line(record), file=sys.stderr, flush=True)

    def _line(self, record: logging.LogRecord) -> str:
        if not self._as_json:
            return record.getMessage()
        return json.dumps({name: getattr(record, name) for name in _TOLD if hasattr(record, name)})
