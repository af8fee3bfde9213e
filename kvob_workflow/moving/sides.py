"""What does a copy ask of each side? Rows in order from one snapshot, and chunks written whole.

Read next: `file_side` and `server_side`, which answer for each engine.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from kvob_workflow.moving.faults import MemoryStays, NoStoreThere
from kvob_workflow.store.opening import parse_url
from kvob_workflow.store.postgres.address import is_postgres, parse_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from kvob_workflow.moving.tables import Row, Table
    from kvob_workflow.store.log import LogKeeping


class Reading(Protocol):
    """One snapshot of a side."""

    def rows(self, table: Table, after: Row = ()) -> Iterator[Row]:
        """The rows in order of their key, those after a key when it is given."""
        ...

    def last(self, table: Table) -> Row:
        """The last key; empty when there are no rows."""
        ...


class Writing(Protocol):
    """One transaction on the target."""

    def last_position(self) -> int:
        """The last position; nobody else adds events until the transaction ends."""
        ...

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """Adds rows.

        Raises:
            TargetMoved: one of them is there already.
        """
        ...

    def clear(self, table: Table) -> None:
        """Takes away the rows that a copy writes."""
        ...

    def finish(self) -> None:
        """Makes a store of the copy: new positions follow the last, views are to be filled."""
        ...


class Side(Protocol):
    """A store that is copied from or to."""

    shown: str

    def reading(self) -> AbstractContextManager[Reading]:
        """A snapshot that lasts as long as the block."""
        ...

    def writing(self) -> AbstractContextManager[Writing]:
        """A transaction, committed at the end of the block."""
        ...

    def take(self) -> bool:
        """Makes a target of this side, with its tables; answers whether a copy goes on.

        Raises:
            TargetNotEmpty: it holds something, and no half-made copy.
        """
        ...

    def store(self) -> LogKeeping:
        """The store itself; whoever asks leaves it open.

        Raises:
            StoreUnavailable: one of its causes, such as a copy that is under way.
        """
        ...

    def close(self) -> None:
        """Closes every connection."""
        ...


def open_source(url: str) -> Side:
    """The store at `url`, which must be there and whole.

    Raises:
        NoStoreThere: there is none.
        StoreUnavailable: one of its causes.
    """
    path = parse_url(url)
    if path is not None and not path.exists():
        raise NoStoreThere(str(path))
    side = open_side(url)
    try:
        side.store()
    except BaseException:
        side.close()
        raise
    return side


def open_side(url: str) -> Side:
    """The side at `url`, whatever is there.

    Raises:
        StoreUrlInvalid: `url` is malformed.
        MemoryStays: it names memory.
        PostgresNotInstalled: it names a server, without the extra `postgres`.
        StoreUnavailable: one of its causes.
    """
    if is_postgres(url):
        return _server_side(url)
    path = parse_url(url)
    if path is None:
        raise MemoryStays
    from kvob_workflow.moving.file_side import FileSide

    return FileSide(path)


def _server_side(url: str) -> Side:
    from kvob_workflow.store.faults import PostgresNotInstalled

    address = parse_address(url)
    try:
        from kvob_workflow.moving.server_side import ServerSide
    except ImportError as error:  # of psycopg, of its pool, or of the libpq that it needs
        raise PostgresNotInstalled(address.shown, str(error)) from error
    return ServerSide(address)


def place_of(url: str) -> tuple[object, ...]:
    """What two addresses of one store have in common; a server's own names are not looked up.

    Raises:
        StoreUrlInvalid: `url` is malformed.
        MemoryStays: it names memory.
    """
    if is_postgres(url):
        address = parse_address(url)
        parts = urlsplit(address.conninfo)
        place = (parts.hostname, parts.port or 5432, parts.path, parts.query)
        return (*place, address.schema)
    path = parse_url(url)
    if path is None:
        raise MemoryStays
    return (Path(path).resolve(),)
