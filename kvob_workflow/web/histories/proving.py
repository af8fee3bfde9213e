"""Is an event in the proof log, and does it still say what it said when it was signed for?

The mark in a list says that the log holds the event. The page of an event goes further: it
compares the stored bytes, through their proof, with the newest signed head, as anybody can who
keeps that head elsewhere. See `kvob_workflow.proofs`.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from kvob_domain.mandates import OutOfReach, Scope
from kvob_workflow.proofs.entries import EntryImpossible
from kvob_workflow.proofs.errors import KeyMalformed, KeyUnusable, NotCovered, NoteMalformed
from kvob_workflow.proofs.heads import Signer
from kvob_workflow.proofs.keys import signers_of
from kvob_workflow.proofs.merkle import inclusion_is_proven, leaf_hash
from kvob_workflow.proofs.notes import read_checkpoint, read_note
from kvob_workflow.proofs.tiles import TileMissing

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from kvob_domain.ids import EstateId
    from kvob_workflow.engine.mandated.proving import MandatedProofs
    from kvob_workflow.proofs.notes import Checkpoint, SignedNote
    from kvob_workflow.web.asking import Ask

_WHOLE = (Scope.HISTORY_READ, Scope.PERSONS_READ)


class Standing(StrEnum):
    """How an event stands in the proof log."""

    NO_LOG = "no_log"
    NOT_YET = "not_yet"
    UNSIGNED = "unsigned"
    HELD = "held"
    PROVEN = "proven"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Proof:
    """What the log says of an event. `leaf` counts from 0, `size` are the leaves under the head.

    `HELD`: it is under the head, but what it says may not be compared by who looks. `signed_by`
    names the keys of this log whose signature is right; empty where no key is at hand here.
    `seen` are witnesses that this service knows, with the instant (UTC) of their signature.
    """

    standing: Standing
    leaf: int | None = None
    size: int = 0
    origin: str = ""
    root: str = ""
    signed_by: tuple[str, ...] = ()
    seen: tuple[tuple[str, datetime], ...] = ()


def held_in(
    ask: Ask, versions: Mapping[EstateId, Collection[int]]
) -> frozenset[tuple[str, int]] | None:
    """Which of these events are in the log; None where there is no log, or it may not be seen.

    The log grows in the order of the events: of each estate a beginning is in it.
    """
    if not ask.may(Scope.PROOFS_READ):
        return None
    log = ask.desk.proof_log()
    if not log.size:
        return None
    found: set[tuple[str, int]] = set()
    for estate, asked in versions.items():
        ordered = sorted(set(asked))
        count = _beginning(log, estate, ordered)
        found.update((estate, version) for version in ordered[:count])
    return frozenset(found)


def proof_of(ask: Ask, estate: EstateId, version: int) -> Proof | None:
    """What the log says of one event now; None for who may not see proofs."""
    if not ask.may(Scope.PROOFS_READ):
        return None
    log = ask.desk.proof_log()
    if not log.size:
        return Proof(Standing.NO_LOG)
    leaf = _leaf(log, estate, version)
    if leaf is None:
        return Proof(Standing.NOT_YET)
    try:
        return _under_head(ask, log, (estate, version), leaf)
    except (TileMissing, NoteMalformed, EntryImpossible):
        return Proof(Standing.BROKEN, leaf)


def _under_head(ask: Ask, log: MandatedProofs, event: tuple[EstateId, int], leaf: int) -> Proof:
    notes = log.checkpoints()
    if not notes:
        return Proof(Standing.UNSIGNED, leaf)
    note = read_note(notes[0])
    head = read_checkpoint(note)
    if leaf >= head.size:
        return Proof(Standing.UNSIGNED, leaf, head.size, head.origin)
    signed_by, is_forged = _signers(note, ask.api.log_key)
    standing = Standing.BROKEN if is_forged else _compared(ask, log, event, leaf, head)
    seen = ((one.name, one.seen_at(note)) for one in ask.api.witness_keys)
    return Proof(
        standing=standing,
        leaf=leaf,
        size=head.size,
        origin=head.origin,
        root=head.root.hex(),
        signed_by=signed_by,
        seen=tuple((name, datetime.fromtimestamp(at, UTC)) for name, at in seen if at is not None),
    )


def _compared(
    ask: Ask, log: MandatedProofs, event: tuple[EstateId, int], leaf: int, head: Checkpoint
) -> Standing:
    if not all(ask.may(scope) for scope in _WHOLE):
        return Standing.HELD if log.root(head.size) == head.root else Standing.BROKEN
    estate, version = event
    stored = next(one for one in log.entries(estate) if one.version == version)
    proof = log.inclusion(leaf, head.size)
    is_same = inclusion_is_proven(leaf_hash(stored.entry), leaf, head.size, proof, head.root)
    return Standing.PROVEN if is_same else Standing.BROKEN


def _signers(note: SignedNote, key_file: Path | None) -> tuple[tuple[str, ...], bool]:
    """The keys of this log that signed a note, and whether one of them did so wrongly."""
    if key_file is None:
        return (), False
    try:
        keys = Signer(key_file).verifiers()
    except (KeyUnusable, KeyMalformed):
        return (), False
    right = signers_of(note, keys)
    is_forged = not right and any(one.is_named_in(note) for one in keys)
    return tuple(one.name for one in right), is_forged


def _beginning(log: MandatedProofs, estate: EstateId, versions: Sequence[int]) -> int:
    """How many of these versions, from the first on, are in the log; the last is tried first."""
    if not versions or _leaf(log, estate, versions[-1]) is not None:
        return len(versions)
    return bisect_left(
        range(len(versions)), True, key=lambda at: _leaf(log, estate, versions[at]) is None
    )


def _leaf(log: MandatedProofs, estate: EstateId, version: int) -> int | None:
    try:
        return log.leaf_index(estate, version)
    except (NotCovered, OutOfReach):
        return None
