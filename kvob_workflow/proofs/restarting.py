"""How does a log go on after a restore that lost events? As another log that says so.

Its first entry names the last head that both logs share, and the reason. Old heads up to there
still verify; a head beyond it stays a finding until somebody gives a head of the new log. All
events are in the new log again, so it needs nothing of the old one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_workflow.proofs.entries import EntryImpossible, Opening, opening_bytes, read_opening
from kvob_workflow.proofs.errors import LogBusy, LogNumberDiffers, NoteMalformed
from kvob_workflow.proofs.heads import other_log
from kvob_workflow.proofs.keys import signers_of
from kvob_workflow.proofs.notes import Checkpoint, SignedNote, read_checkpoint, read_note
from kvob_workflow.proofs.scanning import ROWS_AT_ONCE, Track
from kvob_workflow.proofs.sequencer import hashed, sequence_in_turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.proofs.heads import Signer
    from kvob_workflow.store.log import LogKeeping

LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Restart:
    """What a restart did: the last head in common (None: there was none), and the first new one.

    `lost` is the size of the longest head of the old log that was signed.
    """

    common: Checkpoint | None
    lost: int
    head: Checkpoint | None


def restart(
    store: LogKeeping, signer: Signer, reason: str, heads: Sequence[SignedNote] = ()
) -> tuple[Signer, Restart]:
    """Begin the next log of the installation, and sign its first head.

    Repeating a restart that was cut short is allowed: the key says how far it came. Where another
    node did it already, this node's key only gets the name of that log.

    Raises:
        LogNumberDiffers: the store is further than the key and the log after it.
        LogBusy: somebody sequences at this moment.
    """
    with signer.turn() as mine, store.log_turn() as ours:
        if not (mine and ours):
            raise LogBusy(signer.origin)
        state = store.log_state()
        if state.generation > signer.number + 1:  # below it: a copy from before another restart
            raise LogNumberDiffers(state.generation, signer.origin)
        followed = _of_another_node(store, signer, state.generation)
        if followed is not None:
            return followed
        return _begun(store, signer, reason, heads)


def _of_another_node(
    store: LogKeeping, signer: Signer, generation: int
) -> tuple[Signer, Restart] | None:
    """The key under the name of the log that another node began; None when nobody did.

    Beginning it a second time would give two histories of one log.
    """
    origin = other_log(signer.origin, generation)
    verifier = signer.key.named(origin).verifier
    for one in store.checkpoints(1) if generation == signer.number + 1 else ():
        try:
            note = read_note(one.note)
        except NoteMalformed:
            return None
        if signers_of(note, (verifier,)) and read_checkpoint(note).origin == origin:
            sizes = [read_checkpoint(head).size for head in _signed(store, signer, ())]
            common = _common_of(store, generation)
            renamed = signer.renamed(origin)
            renamed.add_head(note)
            return renamed, Restart(common, max(sizes, default=0), read_checkpoint(note))
    return None


def _common_of(store: LogKeeping, generation: int) -> Checkpoint | None:
    """The last head in common that the opening of a restarted log names."""
    entry = store.log_opening(generation)
    try:
        note = "" if entry is None else read_opening(entry).note
        return read_checkpoint(read_note(note)) if note else None
    except (EntryImpossible, NoteMalformed):
        return None  # verifying tells that the opening is no opening


def _begun(
    store: LogKeeping, signer: Signer, reason: str, heads: Sequence[SignedNote]
) -> tuple[Signer, Restart]:
    state = store.log_state()
    notes = _signed(store, signer, heads)
    common = _last_in_common(store, signer.number, notes)
    opening = Opening("" if common is None else str(common), reason[:LONGEST_REASON])
    number = signer.number + 1
    if not store.restart_log(state, number, opening_bytes(opening)):
        raise LogNumberDiffers(store.log_state().generation, signer.origin)
    renamed = signer.renamed(other_log(signer.origin, number))
    sizes = [read_checkpoint(note).size for note in notes]
    return renamed, Restart(
        None if common is None else read_checkpoint(common),
        max(sizes, default=0),
        sequence_in_turn(store, renamed),
    )


def _signed(store: LogKeeping, signer: Signer, heads: Sequence[SignedNote]) -> list[SignedNote]:
    """The heads that this key signed for this log, wherever they are."""
    notes = [*heads, *signer.heads()]
    for one in store.checkpoints():
        try:
            notes.append(read_note(one.note))
        except NoteMalformed:
            continue  # what the store tells is only believed when it is signed
    verifier = signer.key.verifier
    return [
        note
        for note in notes
        if signers_of(note, (verifier,)) and read_checkpoint(note).origin == signer.origin
    ]


def _last_in_common(
    store: LogKeeping, number: int, notes: Sequence[SignedNote]
) -> SignedNote | None:
    """The longest head whose root the rows give."""
    sizes = {read_checkpoint(note).size for note in notes}
    track = Track(store.log_opening(number), sizes)
    after = 0
    while page := store.raw_page(after, ROWS_AT_ONCE):
        track.add(hashed(page))
        after = page[-1][0]
    track.end()
    common = [
        note
        for note in notes
        if track.roots.get(read_checkpoint(note).size) == read_checkpoint(note).root
    ]
    return max(common, key=lambda note: read_checkpoint(note).size, default=None)
