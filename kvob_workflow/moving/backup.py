"""How is a store backed up while others write? A file page by page, from one snapshot.

SQLite's online backup copies in one step, so that writers go on and none makes it begin anew.
The copy is checked, compared with the same snapshot, and only then given its name. The keys of
people's names are in files of their own, and are no part of it.

Source: https://www.sqlite.org/backup.html.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit, urlunsplit

from kvob_workflow.moving.comparing import compare, differences
from kvob_workflow.moving.faults import (
    BackupElsewhere,
    BackupInPlace,
    MemoryStays,
    NoStoreThere,
    StoresDiffer,
)
from kvob_workflow.moving.file_side import FileReading
from kvob_workflow.moving.sides import open_source
from kvob_workflow.store.faults import StoreDamaged
from kvob_workflow.store.opening import parse_url
from kvob_workflow.store.postgres.address import is_postgres, parse_address
from kvob_workflow.store.sqlite.failures import store_failures

if TYPE_CHECKING:
    from kvob_workflow.moving.comparing import TableCheck

_LOG: Final = "SELECT generation, size FROM log_state"
_LAST: Final = "SELECT coalesce(max(rowid), 0), count(*) FROM stored_events"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was checked: how large it is in bytes, and how far store and proof log are."""

    file: str
    size: int
    events: int
    last_position: int
    log: int
    log_entries: int


def back_up(url: str, file: Path, *, replace: bool = False) -> Backup:
    """Copies the store at `url` to `file`, on the disk and checked before it bears that name.

    Raises:
        FileExistsError: `file` is there, and `replace` is not given.
        StoreUrlInvalid, MemoryStays: `url` names no store that can be copied.
        BackupElsewhere: it names a server.
        BackupInPlace: a store in use stands at `file`.
        NoStoreThere: there is no store.
        StoreDamaged, StoresDiffer: the copy is not sound; nothing bears the name of `file`.
        StoreUnavailable: another of its causes.
        OSError: the system refuses.
    """
    if is_postgres(url):
        raise BackupElsewhere(parse_address(url).shown, "\n".join(commands_for(url, str(file))))
    path = parse_url(url)
    if path is None:
        raise MemoryStays
    if not path.exists():
        raise NoStoreThere(str(path))
    place = file.resolve()
    if place == path.resolve() or place.with_name(place.name + "-wal").exists():
        raise BackupInPlace(str(file))
    if place.exists() and not replace:
        raise FileExistsError(str(file))
    open_source(url).close()  # whole, and of this release
    beside = place.with_name(f".{place.name}.{os.getpid()}.part")
    os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, path.stat().st_mode & 0o777))
    try:
        made = _made(path, beside, str(file))
        _settle(beside, place)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    return made


def commands_for(url: str, name: str) -> tuple[str, ...]:
    """The command lines that back up a server: one schema, or the whole server. No password."""
    address = parse_address(url)
    parts = urlsplit(address.conninfo)
    user, at, place = parts.netloc.rpartition("@")
    masked = parts._replace(netloc=f"{user.partition(':')[0]}{at}{place}")
    server = urlunsplit(masked)
    return (
        f"pg_dump --format=custom --schema={address.schema} --file={name} --dbname='{server}'",
        f"pg_basebackup --pgdata={name}.base --wal-method=stream --checkpoint=fast"
        f" --dbname='{server}'",
    )


def _made(path: Path, beside: Path, name: str) -> Backup:
    ours = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)
    with store_failures(str(path)), closing(ours):
        ours.execute("BEGIN")  # the copy and what it is compared with are of one moment
        events, log = ours.execute(_LAST).fetchone(), ours.execute(_LOG).fetchone()
        theirs = sqlite3.connect(beside, isolation_level=None)
        with store_failures(name), closing(theirs):
            ours.backup(theirs)
            theirs.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
            found = "; ".join(str(row[0]) for row in theirs.execute("PRAGMA integrity_check(3)"))
            if found != "ok":
                raise StoreDamaged(name, found)
            _check_equal(compare(FileReading(ours), FileReading(theirs)), str(path), name)
    return Backup(name, beside.stat().st_size, events[1], events[0], *log)


def _check_equal(checks: tuple[TableCheck, ...], source: str, target: str) -> None:
    if found := differences(checks):
        raise StoresDiffer(source, target, found)


def _settle(beside: Path, place: Path) -> None:
    """On the disk first, then under its name, then the name on the disk."""
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    beside.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
