"""Which heads count? Those that a key from outside the store signed, and nothing else.

What the database says about keys is never believed: a head in it counts when a key that was
given signed it, as one from a file does. Read next: `verifying`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kvob_workflow.proofs.errors import KeyMalformed, NoteMalformed
from kvob_workflow.proofs.findings import Finding, Kind, SeenHead
from kvob_workflow.proofs.heads import log_number
from kvob_workflow.proofs.keys import LOG, WITNESS, VerifierKey
from kvob_workflow.proofs.notes import Checkpoint, SignedNote, read_checkpoint, read_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.store.log import KeptCheckpoint


@dataclass(slots=True)
class Trust:
    """The keys that were given, the heads that they signed, and what was wrong with others."""

    keys: Sequence[VerifierKey]
    heads: list[tuple[Checkpoint, SeenHead]] = field(
        default_factory=list[tuple[Checkpoint, SeenHead]]
    )
    findings: list[Finding] = field(default_factory=list[Finding])

    def add_outside(self, notes: Sequence[SignedNote]) -> None:
        """Look at heads from files."""
        if not any(key.kind == LOG for key in self.keys):
            self.findings.append(Finding(Kind.NO_KEY))
            return
        for note in notes:
            checkpoint = read_checkpoint(note)
            if self._is_signed(note, checkpoint):
                self._count(note, checkpoint, outside=True)
            else:
                named = any(key.is_named_in(note) for key in self.keys if key.kind == LOG)
                kind = Kind.HEAD_BADLY_SIGNED if named else Kind.HEAD_UNKNOWN
                found = Finding(kind, size=checkpoint.size, detail=checkpoint.origin)
                self.findings.append(found)
        if not self.outside():
            self.findings.append(Finding(Kind.NO_HEAD))

    def add_stored(self, kept: Sequence[KeptCheckpoint], number: int) -> None:
        """Look at heads from the store, which is at this log."""
        known = {log_number(key.name) for key in self.keys if key.kind == LOG and _is_ours(key)}
        if not known:
            return
        if number not in known:
            self.findings.append(Finding(Kind.KEY_OF_OLDER_LOG, number=number))
            return
        for one in kept:
            try:
                note = read_note(one.note)
                checkpoint = read_checkpoint(note)
            except NoteMalformed:
                self.findings.append(Finding(Kind.CHECKPOINT_UNSIGNED, size=one.size))
                continue
            if checkpoint.size != one.size or not self._is_signed(note, checkpoint):
                self.findings.append(Finding(Kind.CHECKPOINT_UNSIGNED, size=one.size))
            else:
                self._count(note, checkpoint, outside=False)

    def of_log(self, number: int) -> list[Checkpoint]:
        """The heads of one log, each once, the shortest first."""
        found = {one for one, _ in self.heads if _number(one.origin) == number}
        return sorted(found, key=lambda one: (one.size, one.root))

    def outside(self, number: int | None = None) -> list[Checkpoint]:
        """The heads from files, of one log where it is given."""
        return [
            one
            for one, seen in self.heads
            if seen.from_outside and number in (None, _number(one.origin))
        ]

    def _is_signed(self, note: SignedNote, checkpoint: Checkpoint) -> bool:
        if _number(checkpoint.origin) is None:
            return False
        return any(
            key.kind == LOG and key.name == checkpoint.origin and key.has_signed(note)
            for key in self.keys
        )

    def _count(self, note: SignedNote, checkpoint: Checkpoint, *, outside: bool) -> None:
        witnesses = tuple(
            key.name for key in self.keys if key.kind == WITNESS and key.has_signed(note)
        )
        seen = SeenHead(checkpoint.origin, checkpoint.size, outside, witnesses)
        self.heads.append((checkpoint, seen))


def _number(origin: str) -> int | None:
    try:
        return log_number(origin)
    except KeyMalformed:
        return None


def _is_ours(key: VerifierKey) -> bool:
    return _number(key.name) is not None
