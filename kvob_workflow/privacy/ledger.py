"""Who was erased? One line of JSON for each erasure, kept apart so that a restore can repeat it.

A line names the person's id, the fingerprints of the destroyed keys, the basis, who asked, who
approved and when; never a name. Lines are only added. A last line without its end was cut off by
a crash before the erasure was decided, and counts as not written.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from kvob_domain.ids import PersonId
from kvob_workflow.privacy.key_errors import KeyFileFailed, LedgerShortened
from kvob_workflow.privacy.master import sync_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Line:
    """One erasure. `at` is an ISO instant in UTC, `erasure` the id of the request."""

    erasure: str
    person: PersonId
    keys: tuple[str, ...]
    basis: str
    proposer: str
    approver: str
    at: str

    @property
    def instant(self) -> datetime:
        """When it was approved, aware, in UTC."""
        return datetime.fromisoformat(self.at)


def read_ledger(path: Path) -> list[Line]:
    """Every erasure, the oldest first; none where there is no file.

    Raises:
        LedgerShortened: a line in it is no line of a ledger.
        KeyFileFailed: the system refuses.
    """
    whole = _content(path).split(b"\n")[:-1]
    lines: list[Line] = []
    for number, text in enumerate(whole):
        try:
            found = cast("dict[str, object]", json.loads(text))
            keys = cast("list[str]", found.pop("keys"))
            line = Line(**found, keys=tuple(keys))  # type: ignore[arg-type] # checked below
            line.instant  # noqa: B018 (a line without an instant is no line)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise LedgerShortened(str(path), number, len(whole)) from None
        lines.append(line)
    return lines


def append_to_ledger(path: Path, lines: Sequence[Line]) -> None:
    """Adds lines durably. The caller holds the lock of the key file.

    Raises:
        KeyFileFailed: the system refuses; nothing counts as written.
    """
    text = b"".join(json.dumps(asdict(line), sort_keys=True).encode() + b"\n" for line in lines)
    kept = _content(path).rpartition(b"\n")
    end = len(kept[0]) + len(kept[1])
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            file.truncate(end)
            file.seek(end)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(path)
    except OSError as error:
        raise KeyFileFailed(str(path), error.strerror or str(error)) from None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise KeyFileFailed(str(path), error.strerror or str(error)) from None
