"""Does the sequencer sign what is stored, all of it, once, and nothing else?"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from kvob_workflow.limits import StoreLimits
from kvob_workflow.proofs.errors import (
    LogDiffers,
    LogShorter,
    NotCovered,
    RowImpossible,
    RowsDiffer,
)
from kvob_workflow.proofs.heads import Signer, heads_path, make_key
from kvob_workflow.proofs.log import ProofLog
from kvob_workflow.proofs.merkle import (
    consistency_is_proven,
    inclusion_is_proven,
    leaf_hash,
    tree_root,
)
from kvob_workflow.proofs.notes import Checkpoint, read_checkpoint, read_note
from kvob_workflow.proofs.sequencer import sequence
from kvob_workflow.store import EventStore, open_store
from kvob_workflow.store.log import KEPT_CHECKPOINTS, LogState
from tests.proofs.conftest import Fill, estate, proven

PATIENT = StoreLimits(lock_timeout=30)


def edit(path: Path, *statements: str) -> None:
    """Change the file as somebody who knows SQL does."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


def copied(path: Path, to: Path) -> None:
    """A backup of a store that is open."""
    with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(to)) as other:
        one.backup(other)


def test_every_event_is_a_leaf_in_the_order_of_positions(
    store: EventStore, signer: Signer, fill: Fill
) -> None:
    fill(store, 700)
    head = sequence(store, signer)
    log = ProofLog(store)
    assert head is not None
    assert (head.origin, head.size, log.size) == ("kvob/test/log-1", 700, 700)
    leaves: dict[int, bytes] = {}
    for number in range(3):
        for event in log.entries(estate(number)):
            assert event.leaf is not None
            leaves[event.leaf] = leaf_hash(event.entry)
            assert log.leaf_index(estate(number), event.version) == event.leaf
            proof = log.inclusion(event.leaf)
            assert inclusion_is_proven(leaves[event.leaf], event.leaf, 700, proof, log.root())
    assert head.root == log.root() == tree_root(leaves[number] for number in range(700))
    assert read_checkpoint(read_note(log.checkpoints()[0])) == head
    assert signer.key.verifier.has_signed(signer.heads()[0])


def test_a_second_pass_finds_nothing_and_a_later_one_continues(
    store: EventStore, signer: Signer, fill: Fill
) -> None:
    heads: list[Checkpoint | None] = []
    for count in (1, 2, 255, 256, 257, 5000):
        fill(store, count)
        heads.append(sequence(store, signer))
        assert sequence(store, signer) is None
    log = ProofLog(store)
    assert log.size == sum((1, 2, 255, 256, 257, 5000))
    for head in heads:
        assert head is not None
        proof = log.consistency(head.size)
        assert consistency_is_proven(head.size, log.size, proof, head.root, log.root())
    assert proven(store, signer)


def test_an_empty_store_has_no_head(store: EventStore, signer: Signer) -> None:
    assert sequence(store, signer) is None
    assert ProofLog(store).root() == tree_root(())
    assert store.checkpoints() == []


def test_positions_may_have_gaps(store: EventStore, path: Path, signer: Signer, fill: Fill) -> None:
    fill(store, 10)
    store.close()
    edit(path, "UPDATE stored_events SET rowid = rowid * 10 + 7 WHERE rowid > 4")
    with closing(open_store(f"sqlite:///{path}")) as opened:
        sequence(opened, signer)
        log = ProofLog(opened)
        places = [event.leaf for number in range(3) for event in log.entries(estate(number))]
        assert sorted(place for place in places if place is not None) == list(range(10))
        assert opened.log_run(leaf=9) == (9, 107, 1)
        assert proven(opened, signer)


def test_an_event_that_is_not_in_the_log_has_no_leaf(
    store: EventStore, signer: Signer, fill: Fill
) -> None:
    fill(store, 3)
    sequence(store, signer)
    fill(store, 1)
    log = ProofLog(store)
    with pytest.raises(NotCovered, match="Event 2 of estate"):
        log.leaf_index(estate(0), 2)
    with pytest.raises(NotCovered):
        log.leaf_index("nobody", 1)
    for wrong in (-1, 3):
        with pytest.raises(IndexError):
            log.inclusion(wrong)
    with pytest.raises(IndexError):
        log.consistency(4)


def test_an_older_copy_is_not_signed(
    store: EventStore, path: Path, signer: Signer, fill: Fill
) -> None:
    fill(store, 20)
    sequence(store, signer)
    copied(path, path.with_name("older.db"))
    fill(store, 20)
    sequence(store, signer)
    with closing(open_store(f"sqlite:///{path.with_name('older.db')}")) as older:
        with pytest.raises(LogShorter, match="20 entries, but 40 were signed"):
            sequence(older, signer)
        fill(older, 50)
        with pytest.raises(LogShorter):  # nothing went into its log either
            sequence(older, signer)
        assert older.log_state().size == 20


def test_another_history_is_not_signed(
    store: EventStore, path: Path, signer: Signer, fill: Fill
) -> None:
    fill(store, 20)
    sequence(store, signer)
    with closing(open_store(f"sqlite:///{path.with_name('other.db')}")) as other:
        fill(other, 3)
        other_key = make_key(path.with_name("other.key"), "test")
        sequence(other, other_key)  # brings the tiles of another history
        fill(other, 30)
        sequence(other, other_key)
        with pytest.raises(LogDiffers, match="first 20 entries"):
            edit(path, "UPDATE log_tile SET hashes = zeroblob(length(hashes))")
            fill(store, 1)
            sequence(store, signer)
        assert len(store.checkpoints()) == 1


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("UPDATE stored_events SET topic = 'x' WHERE rowid = 7", RowsDiffer),
        ("UPDATE stored_events SET rowid = 99 WHERE rowid = 7", RowsDiffer),
        ("UPDATE stored_events SET state = 'x' WHERE rowid = 7", RowImpossible),
        ("DELETE FROM stored_events WHERE rowid > 7", RowsDiffer),
    ],
)
def test_rows_that_changed_before_they_were_signed_are_not_signed(
    statement: str,
    error: type[Exception],
    store: EventStore,
    path: Path,
    signer: Signer,
    fill: Fill,
) -> None:
    fill(store, 5)
    sequence(store, signer)
    heads = heads_path(signer.path).read_bytes()
    fill(store, 5)
    sequence(store, signer)
    # As if the process had been killed between the tiles and the head.
    edit(path, "DELETE FROM log_checkpoint WHERE size = 10", statement)
    heads_path(signer.path).write_bytes(heads)
    with pytest.raises(error):
        sequence(store, signer)
    assert [one.size for one in store.checkpoints()] == [5]


def test_two_sequencers_take_turns(url: str, signer: Signer, fill: Fill) -> None:
    """Eight threads with stores of their own, while events come in."""
    failures: list[BaseException] = []

    def follow() -> None:
        try:
            with closing(open_store(url, durable=False, limits=PATIENT)) as own:
                for _ in range(40):
                    sequence(own, Signer(signer.path))
        except BaseException as error:
            failures.append(error)

    with closing(open_store(url, durable=False, limits=PATIENT)) as store:
        threads = [threading.Thread(target=follow) for _ in range(8)]
        for thread in threads:
            thread.start()
        for _ in range(60):
            fill(store, 7)
        for thread in threads:
            thread.join()
        assert failures == []
        sequence(store, signer)
        assert store.log_state().size == 420
        assert proven(store, signer)


def test_who_read_an_old_state_writes_nothing(store: EventStore) -> None:
    assert not store.extend_log(LogState(1, 3, 3), LogState(1, 4, 4), {}, ())
    assert not store.restart_log(LogState(2, 0, 0), 2, b"")
    assert store.log_state() == (1, 0, 0)


def test_old_heads_go_and_cosigned_ones_stay(store: EventStore, signer: Signer, fill: Fill) -> None:
    for number in range(KEPT_CHECKPOINTS + 10):
        fill(store, 1)
        sequence(store, signer)
        if number == 3:
            (kept,) = store.checkpoints(1)
            cosigned = type(kept)(kept.size, kept.note, cosigned=True)
            assert store.keep_checkpoint(1, cosigned)
    sizes = [one.size for one in store.checkpoints(1000)]
    assert sizes == [*range(KEPT_CHECKPOINTS + 10, 10, -1), 4]
