"""What is left when the disk is full? Everything that was acknowledged, nothing else."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from kvob_workflow.errors import StoreUnavailable
from kvob_workflow.store import Append, CommandRecord, open_store
from kvob_workflow.store.codec import Codec
from kvob_workflow.store.faults import StoreFull
from kvob_workflow.store.sqlite.connections import Connections, FileConnections, MemoryConnections
from kvob_workflow.store.sqlite.store import SQLiteStore
from tests.store.samples import VIEWS, claim, command, estate, events, one, recorded, step, tasks

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

LONG = "x" * 20_000


@pytest.fixture(params=["memory", "file"])
def connections(request: pytest.FixtureRequest, tmp_path: Path) -> Connections:
    if request.param == "memory":
        return MemoryConnections()
    return FileConnections(tmp_path / "kvob.db")


@pytest.fixture
def store(connections: Connections) -> Iterator[SQLiteStore]:
    opened = SQLiteStore(connections, Codec())
    opened.prepare_views(VIEWS)
    opened.append(one(estate(1), 1, step(estate(1), "kickoff")))
    yield opened
    opened.close()


@contextmanager
def full(connections: Connections, pages: int = 2) -> Generator[None]:
    """A disk with room for a few pages more."""
    with connections.write() as writer:
        used = writer.execute("PRAGMA page_count").fetchone()[0]
        writer.execute(f"PRAGMA max_page_count={used + pages}")
    yield
    with connections.write() as writer:
        writer.execute("PRAGMA max_page_count=1000000")


def big(pieces: str) -> Append:
    """An append of which one piece is too long for the disk."""
    new = estate(2)
    return Append(
        events(new, 500) if pieces == "events" else (recorded(new),),
        claims=(claim(new, LONG if pieces == "names" else "vathorst"),),
        rows=(
            tasks(new, (LONG if pieces == "rows" else "survey", 8)),
            step(new, "kickoff"),
        ),
        commands=(CommandRecord(command("c").id, "h", LONG if pieces == "commands" else "{}"),),
    )


@pytest.mark.parametrize("pieces", ["events", "names", "rows", "commands"])
def test_a_full_disk_undoes_the_whole_append_and_space_mends_it(
    store: SQLiteStore, connections: Connections, pieces: str
) -> None:
    batch = big(pieces)
    with full(connections), pytest.raises(StoreFull):
        store.append(batch)
    assert store.last_position() == 1
    assert store.claimed("Amersfoort", "vathorst") is None
    assert store.command(command("c").id) is None
    assert [tuple(row) for row in store.read("SELECT step FROM view_steps", {})] == [("kickoff",)]
    assert store.behind() == []
    receipt = store.append(batch)
    assert (len(receipt.positions), receipt.behind) == (len(batch.events), ())


def test_the_store_reads_on_and_takes_small_appends_while_it_is_full(
    store: SQLiteStore, connections: Connections
) -> None:
    with full(connections):
        with pytest.raises(StoreFull):
            store.append(big("rows"))
        assert store.stream(estate(1)) == [recorded(estate(1))]
        assert store.append(one(estate(1), 2)).positions == (2,)


def test_a_failing_row_on_a_full_disk_is_no_row_fault(
    store: SQLiteStore, connections: Connections
) -> None:
    mixed = Append(
        (recorded(estate(2)), recorded(estate(3))),
        rows=(step(estate(2), "impossible"), tasks(estate(3), (LONG, 8))),
    )
    with full(connections), pytest.raises(StoreFull):
        store.append(mixed)
    assert store.behind() == []
    assert store.last_position() == 1


@pytest.mark.skipif(sys.platform == "win32", reason="limits on file size are POSIX")
def test_a_log_that_cannot_grow_at_the_commit_undoes_the_append(tmp_path: Path) -> None:
    import resource

    store = open_store(f"sqlite:///{tmp_path}/kvob.db", VIEWS)
    store.append(one(estate(1)))
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    room = (tmp_path / "kvob.db-wal").stat().st_size + 6000
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, usual[1]))
        with pytest.raises(StoreUnavailable, match="disk I/O error"):
            store.append(Append(events(estate(2), 200), rows=(step(estate(2), "kickoff"),)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert store.last_position() == 1
    assert store.append(Append(events(estate(2), 200))).positions == tuple(range(2, 202))
    assert store.behind() == []
    store.close()
