"""How does the signature of a witness come into the log? Checked, then kept with the head.

    head of this log, signed by its own key -> signed by a witness -> the file of heads -> the store

The file comes first: a head of this log that the store does not fit says that the store is an older
copy, or was changed. Then nothing is signed any more; see `sequencer`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_workflow.proofs.cosign_errors import CosignatureOlder, WitnessUnknown
from kvob_workflow.proofs.errors import LogBusy, LogDiffers, NoteUnsigned
from kvob_workflow.proofs.keys import WITNESS
from kvob_workflow.proofs.log import ProofLog
from kvob_workflow.proofs.notes import SignedNote, read_checkpoint, read_note
from kvob_workflow.proofs.tiles import TileMissing
from kvob_workflow.store.log import KeptCheckpoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.proofs.heads import Signer
    from kvob_workflow.proofs.keys import VerifierKey
    from kvob_workflow.proofs.notes import Checkpoint
    from kvob_workflow.store.log import LogKeeping

_PATIENCE: Final = 5.0
_ALL: Final = 1_000_000


def add_cosignature(
    store: LogKeeping,
    signer: Signer,
    note: SignedNote,
    witnesses: Sequence[VerifierKey] | None = None,
) -> SignedNote:
    """Keep a head that a witness signed; answers it as it is kept, with every witness on it.

    `witnesses` are the keys that count, and no signature of another is kept; None keeps all, for
    who keeps the log and gives the file himself. The same head again changes nothing.

    Raises:
        NoteUnsigned: the key of this log did not sign it.
        WitnessUnknown: no witness that counts signed it, or one of them wrongly.
        CosignatureOlder: that witness has signed a longer head of this log before.
        LogDiffers: the store is shorter, or tells another history.
        LogBusy: others work with the key at this moment.
    """
    head = read_checkpoint(note)
    if head.origin != signer.origin or not signer.key.verifier.has_signed(note):
        raise NoteUnsigned(head.origin)
    if witnesses is not None:
        note = _of_witnesses(note, signer.key.verifier, witnesses)
    with signer.turn(_PATIENCE) as mine:
        if not mine:
            raise LogBusy(signer.origin)
        kept = _kept(store, signer, head)
        if kept is not None and _has_all(kept, note, witnesses):
            return kept
        if witnesses is not None:
            _check_newest(store, head, [one for one in witnesses if one.has_signed(note)])
        whole = _joined(note, kept)
        # Also when the store does not fit it: then nothing is signed any more.
        signer.add_head(whole)
        _check_fits(store, head)
        number = signer.number
        if not store.keep_checkpoint(number, KeptCheckpoint(head.size, str(whole), cosigned=True)):
            raise LogDiffers(head.origin, head.size)
    return whole


def _of_witnesses(
    note: SignedNote, log: VerifierKey, witnesses: Sequence[VerifierKey]
) -> SignedNote:
    """The note with the signatures of the log and of these witnesses alone."""
    named = [one for one in witnesses if one.kind == WITNESS and one.is_named_in(note)]
    if not named or not all(one.has_signed(note) for one in named):
        raise WitnessUnknown(tuple(one.name for one in note.signatures))
    counting = {(one.name, one.key_id) for one in (log, *named)}
    return SignedNote(
        note.text,
        tuple(one for one in note.signatures if (one.name, one.key_id) in counting),
    )


def _kept(store: LogKeeping, signer: Signer, head: Checkpoint) -> SignedNote | None:
    """This head as the store keeps it, when it is the very same and this log signed it."""
    for one in store.checkpoints(_ALL):
        if one.size == head.size:
            note = read_note(one.note)
            same = note.text == head.text and signer.key.verifier.has_signed(note)
            return note if same else None
    return None


def _has_all(kept: SignedNote, note: SignedNote, witnesses: Sequence[VerifierKey] | None) -> bool:
    """Whether the head as it is kept bears every signature already, and rightly."""
    if witnesses is None:
        return set(note.signatures) <= set(kept.signatures)
    return all(one.has_signed(kept) for one in witnesses if one.has_signed(note))


def _joined(note: SignedNote, kept: SignedNote | None) -> SignedNote:
    """The signatures of both; of one key those that are new."""
    if kept is None:
        return note
    new = {(one.name, one.key_id) for one in note.signatures}
    before = (one for one in kept.signatures if (one.name, one.key_id) not in new)
    return note.with_signatures(before)


def _check_newest(store: LogKeeping, head: Checkpoint, signed: Sequence[VerifierKey]) -> None:
    """A witness goes forward alone: an older head of his may be a copy that somebody kept."""
    for one in store.checkpoints(_ALL):
        if one.cosigned and one.size > head.size:
            note = read_note(one.note)
            for key in signed:
                if key.has_signed(note):
                    raise CosignatureOlder(key.name, head.size, one.size)


def _check_fits(store: LogKeeping, head: Checkpoint) -> None:
    log = ProofLog(store)
    try:
        fits = head.size <= log.size and log.root(head.size) == head.root
    except TileMissing:
        fits = False
    if not fits:
        raise LogDiffers(head.origin, head.size)
