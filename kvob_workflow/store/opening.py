"""Which store does an address name? `sqlite:///file.db`, `sqlite:////full/path.db`, `memory:`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from kvob_workflow.errors import StoreUrlInvalid
from kvob_workflow.store.codec import Codec
from kvob_workflow.store.sqlite.connections import FileConnections, MemoryConnections
from kvob_workflow.store.sqlite.store import SQLiteStore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_projections.view import View

MEMORY = "memory:"
_FILE_SCHEME = "sqlite:///"


def open_store(
    url: str,
    views: Sequence[View] = (),
    *,
    durable: bool = True,
    lock_timeout: float = 5.0,
    codec: Codec | None = None,
) -> SQLiteStore:
    """Opens the store at `url`, making it when it is missing, and prepares its view tables.

    `durable=False` makes commits faster; a power cut may then lose the last ones. `lock_timeout`
    is in seconds, for each lock that a write must wait for.

    Raises:
        StoreUrlInvalid: `url` is malformed.
        StoreUnavailable: one of its causes, see `kvob_workflow.store.faults`.
    """
    path = parse_url(url)
    if path is None:
        store = SQLiteStore(MemoryConnections(lock_timeout=lock_timeout), codec or Codec())
    else:
        connections = FileConnections(path, durable=durable, lock_timeout=lock_timeout)
        store = SQLiteStore(connections, codec or Codec())
    try:
        store.prepare_views(views)
    except BaseException:
        store.close()
        raise
    return store


def parse_url(url: str) -> Path | None:
    """The path of the file that `url` names, absolute; None for memory.

    Raises:
        StoreUrlInvalid: it is neither.
    """
    if url == MEMORY:
        return None
    name = unquote(url.removeprefix(_FILE_SCHEME))
    if not url.startswith(_FILE_SCHEME) or not name or "\0" in name or name.endswith("/"):
        raise StoreUrlInvalid(url)
    if urlsplit(url).query or urlsplit(url).fragment:
        raise StoreUrlInvalid(url)
    return Path(name).absolute()
