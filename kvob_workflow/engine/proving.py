"""How does a host prove that nothing was changed? It lets the engine sequence, and verifies.

The key stays in a file outside the store; heads that others keep come from them. Read next:
`kvob_workflow.proofs`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.engine.core import Core

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kvob_domain.ids import EstateId
    from kvob_workflow.proofs.findings import Verification
    from kvob_workflow.proofs.keys import VerifierKey
    from kvob_workflow.proofs.log import ProofLog
    from kvob_workflow.proofs.notes import Checkpoint, SignedNote


class Proving(Core):
    """The proof log of an engine. What it needs is loaded when it is asked for."""

    def sequence(self, key_file: Path) -> Checkpoint | None:
        """Put what is new into the proof log and sign for it; None when there was nothing new.

        Raises:
            LogShorter, LogDiffers: the store does not continue what was signed before.
            KeyUnusable, KeyMalformed, HeadsMissing: the files of the key are not in order.
        """
        from kvob_workflow.proofs.heads import Signer
        from kvob_workflow.proofs.sequencer import sequence

        return sequence(self._store, Signer(key_file))

    def verify(
        self,
        keys: Sequence[VerifierKey],
        heads: Sequence[SignedNote],
        estate: EstateId | None = None,
    ) -> Verification:
        """Compare every event, or those of one estate, with heads; both come from outside.

        Raises:
            NoteMalformed: one of the heads is not a checkpoint.
        """
        from kvob_workflow.proofs.estate_check import verify_estate
        from kvob_workflow.proofs.verifying import verify

        if estate is not None:
            return verify_estate(self._store, estate, keys, heads)
        return verify(self._store, keys, heads)

    def add_cosignature(
        self, key_file: Path, note: SignedNote, witnesses: Sequence[VerifierKey]
    ) -> SignedNote:
        """Keep a head that one of these witnesses signed; answers it with all that are on it.

        Raises:
            NoteUnsigned, WitnessUnknown: the log or a witness did not sign it, or not rightly.
            CosignatureOlder, LogDiffers: it is older than the witness's last, or of another store.
            LogBusy: others work with the key at this moment.
            KeyUnusable, KeyMalformed, HeadsMissing: the files of the key are not in order.
        """
        from kvob_workflow.proofs.cosigning import add_cosignature
        from kvob_workflow.proofs.heads import Signer

        return add_cosignature(self._store, Signer(key_file), note, witnesses)

    def proof_log(self) -> ProofLog:
        """The proof log as it is now: its size, where events stand, proofs, signed heads."""
        from kvob_workflow.proofs.log import ProofLog

        return ProofLog(self._store)
