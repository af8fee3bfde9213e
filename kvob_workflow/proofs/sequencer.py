"""Who puts events into the log and signs for them? A follower, one at a time, after the fact.

One at a time on all nodes: whoever has the turn of the key's file and of the store. A node that
finds heads of another in the store keeps them beside its own key, so that an older copy of the
store is noticed by every node that ran.

Appends know nothing of it. A pass reads what was stored since the last one, writes tiles and
the new state in one transaction, and only then signs: first it reads the rows and tiles again,
and compares with every head that it signed before. Killed anywhere, the next pass goes on.

    stored -> tiles and state (one transaction) -> read again -> checkpoint -> file of heads
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_workflow.proofs.entries import EntryImpossible, entry_bytes
from kvob_workflow.proofs.errors import (
    LogDiffers,
    LogNumberDiffers,
    LogShorter,
    NoteMalformed,
    RowImpossible,
    RowsDiffer,
)
from kvob_workflow.proofs.keys import signers_of
from kvob_workflow.proofs.merkle import leaf_hash
from kvob_workflow.proofs.notes import Checkpoint, SignedNote, read_checkpoint, read_note
from kvob_workflow.proofs.tiles import TileMissing, Tiles, grown, unfinished
from kvob_workflow.store.log import TILE_HASHES, KeptCheckpoint, LogRun, LogState, TileKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.proofs.heads import Signer
    from kvob_workflow.store.log import LogKeeping, RawEvent

MERGE_DELAY_SECONDS: Final = 5
"""The promise: within so many seconds, while `kvob run` runs, an event is in the log..."""

MERGE_DELAY_EVENTS: Final = 1000
"""...and sooner when so many events wait."""

# 16 tiles at once: a transaction of some 140 kB, in which no append waits long.
_AT_ONCE: Final = 16 * TILE_HASHES


def sequence(store: LogKeeping, signer: Signer) -> Checkpoint | None:
    """Put every stored event into the log, and sign for it; None when there was nothing new.

    None too while another process or node sequences.

    Raises:
        LogShorter, LogDiffers: the store is not a continuation of what was signed.
        LogNumberDiffers: the key is that of another log.
        RowsDiffer, RowImpossible: rows were written by other means than kvob.
        HeadsMissing: the heads beside the key are gone.
    """
    with signer.turn() as mine, store.log_turn() as ours:
        return sequence_in_turn(store, signer) if mine and ours else None


def sequence_in_turn(store: LogKeeping, signer: Signer) -> Checkpoint | None:
    """What `sequence` does, by whom has both turns.

    Raises:
        LogShorter, LogDiffers, LogNumberDiffers, RowsDiffer, RowImpossible, HeadsMissing: the same.
    """
    state = store.log_state()
    if state.generation != signer.number:
        raise LogNumberDiffers(state.generation, signer.origin)
    signed = _signed_before(store, signer)
    _check(store, state, signed)
    _keep_others(store, signer)
    while _extended(store):
        pass
    return _sign(store, signer, signed)


def _keep_others(store: LogKeeping, signer: Signer) -> None:
    """Keep the newest head of the store beside the key, where another node signed it."""
    mine = [read_checkpoint(note) for note in signer.heads()]
    longest = max((head.size for head in mine if head.origin == signer.origin), default=0)
    for one in store.checkpoints(1):
        note = read_note(one.note)
        head = read_checkpoint(note)
        newer = head.origin == signer.origin and head.size > longest
        if newer and signers_of(note, (signer.key.verifier,)):
            signer.add_head(note)


def _signed_before(store: LogKeeping, signer: Signer) -> list[Checkpoint]:
    """The heads of this log that this key signed, from both places, the longest last."""
    kept: list[SignedNote] = []
    for one in store.checkpoints(1):
        try:
            kept.append(read_note(one.note))
        except NoteMalformed:
            raise LogDiffers(signer.origin, one.size) from None
    verifier = signer.key.verifier
    heads = [
        read_checkpoint(note) for note in (*kept, *signer.heads()) if signers_of(note, (verifier,))
    ]
    mine = (head for head in heads if head.origin == signer.origin)
    return sorted(mine, key=lambda head: head.size)


def _check(store: LogKeeping, state: LogState, signed: Sequence[Checkpoint]) -> Tiles:
    """Compare the log with heads that were signed before, and answer its tiles."""
    tiles = Tiles(store.log_tiles)
    for head in reversed(signed):
        if state.size < head.size:
            raise LogShorter(head.origin, state.size, head.size)
        try:
            root = tiles.root(head.size)
        except TileMissing:
            raise LogDiffers(head.origin, head.size) from None
        if root != head.root:
            raise LogDiffers(head.origin, head.size)
    return tiles


def _extended(store: LogKeeping) -> bool:
    """Put at most `_AT_ONCE` events into the log; False when there are no more."""
    state = store.log_state()
    opening = store.log_opening(state.generation) if state.size == 0 else None
    if opening is not None:
        page: list[RawEvent] = []
        leaves = [leaf_hash(opening)]
    else:
        page = store.raw_page(state.position, _AT_ONCE)
        leaves = hashed(page)
    if not leaves:
        return False
    last = page[-1][0] if page else state.position
    keys = unfinished(state.size)
    store.extend_log(
        state,
        LogState(state.generation, state.size + len(leaves), last),
        grown(state.size, leaves, store.log_tiles(keys)),
        _runs(store, state, page),
    )
    return True  # also when somebody was faster: then the next look begins where they ended


def hashed(page: Sequence[RawEvent]) -> list[bytes]:
    """The leaf hashes of stored events.

    Raises:
        RowImpossible: one of them cannot be an event.
    """
    leaves: list[bytes] = []
    for position, estate, version, topic, state in page:
        try:
            leaves.append(leaf_hash(entry_bytes(estate, version, topic, state)))
        except EntryImpossible:
            raise RowImpossible(position) from None
    return leaves


def runs_of(first_leaf: int, positions: Sequence[int]) -> list[LogRun]:
    """The runs without a gap that positions form, when the first is at `first_leaf`."""
    runs: list[LogRun] = []
    start = 0
    for at in range(1, len(positions) + 1):
        if at == len(positions) or positions[at] != positions[at - 1] + 1:
            runs.append(LogRun(first_leaf + start, positions[start], at - start))
            start = at
    return runs


def _runs(store: LogKeeping, state: LogState, page: Sequence[RawEvent]) -> list[LogRun]:
    runs = runs_of(state.size, [row[0] for row in page])
    last = store.log_run(leaf=state.size)
    if runs and last is not None and last.first_position + last.number == runs[0].first_position:
        first = runs[0]
        runs[0] = LogRun(last.first_leaf, last.first_position, last.number + first.number)
    return runs


def _sign(store: LogKeeping, signer: Signer, signed: Sequence[Checkpoint]) -> Checkpoint | None:
    state = store.log_state()
    kept = [one.size for one in store.checkpoints(1)]
    if state.size == 0 or (state.size in kept and signed and signed[-1].size == state.size):
        return None
    tiles = _check(store, state, signed)
    _read_again(store, signed[-1].size if signed else 0, state)
    checkpoint = Checkpoint(signer.origin, state.size, tiles.root(state.size))
    note = SignedNote(checkpoint.text, (signer.key.sign(checkpoint.text),))
    if not store.keep_checkpoint(state.generation, KeptCheckpoint(state.size, str(note), False)):
        return None  # the log was begun anew meanwhile
    signer.add_head(note)
    return checkpoint


def _read_again(store: LogKeeping, from_size: int, state: LogState) -> None:
    """Compare the rows that nobody signed for yet with the tiles, both as they stand now."""
    leaf = from_size
    position = position_before(store, leaf)
    if leaf == 0 and (opening := store.log_opening(state.generation)) is not None:
        _compare(store, 0, [leaf_hash(opening)], 0)
        leaf = 1
    while leaf < state.size:
        page = store.raw_page(position, min(_AT_ONCE, state.size - leaf))
        if not page:
            raise RowsDiffer(position)
        _compare(store, leaf, hashed(page), position)
        leaf, position = leaf + len(page), page[-1][0]
    if position != state.position:
        raise RowsDiffer(position)


def position_before(store: LogKeeping, leaf: int) -> int:
    """The position of the last event in the log before a leaf; 0 when there is none."""
    run = store.log_run(leaf=leaf - 1) if leaf else None
    return 0 if run is None else run.first_position + min(leaf - 1 - run.first_leaf, run.number - 1)


def _compare(store: LogKeeping, leaf: int, leaves: Sequence[bytes], position: int) -> None:
    first, inside = divmod(leaf, TILE_HASHES)
    last = (leaf + len(leaves) - 1) // TILE_HASHES
    keys = [TileKey(0, number) for number in range(first, last + 1)]
    tiles = store.log_tiles(keys)
    stored = b"".join(tiles.get(key, b"") for key in keys)
    if not stored[inside * 32 :].startswith(b"".join(leaves)):
        raise RowsDiffer(position)
