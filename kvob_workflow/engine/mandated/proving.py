"""What may be asked of the proof log under a mandate? Heads and proofs; content within reach.

A witness sees heads and hashes and nothing else. An entry of the log is an event whole, with the
ids of persons, which cannot be hidden without breaking its hash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.mandates import Scope
from kvob_workflow.access.watching import looking
from kvob_workflow.engine.mandated.under import Under

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kvob_domain.actor import Actor
    from kvob_domain.ids import EstateId
    from kvob_workflow.proofs.findings import Verification
    from kvob_workflow.proofs.keys import VerifierKey
    from kvob_workflow.proofs.log import LoggedEvent, ProofLog
    from kvob_workflow.proofs.notes import Checkpoint, SignedNote
    from kvob_workflow.store.log import KeptCheckpoint

_WHOLE: Final = (Scope.HISTORY_READ, Scope.PERSONS_READ)
"""What it takes to see stored events, which are bytes with everything in them."""


class Proving(Under):
    """The proofs of somebody."""

    def proof_log(self) -> MandatedProofs:
        """The proof log as it is now; as `Engine.proof_log`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.PROOFS_READ) as engine:
            return MandatedProofs(engine.proof_log(), self._demand_content, self.mandate.actor)

    def verify(
        self,
        keys: Sequence[VerifierKey],
        heads: Sequence[SignedNote],
        estate: EstateId | None = None,
    ) -> Verification:
        """Compare the events of an estate, or all of them, with heads; as `Engine.verify`.

        Raises:
            ScopeMissing, OutOfReach: the mandate does not give it.
            EverythingNeeded: no estate is named, and the reach does not hold all.
        """
        with self._under(Scope.PROOFS_READ) as engine:
            if estate is None:
                self.mandate.demand_everything()
            else:
                self._demand(estate)
            return engine.verify(keys, heads, estate)

    def sequence(self, key_file: Path) -> Checkpoint | None:
        """Put what is new into the proof log and sign for it; as `Engine.sequence`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.OPERATION_MANAGE) as engine:
            return engine.sequence(key_file)

    def add_cosignature(
        self, key_file: Path, note: SignedNote, witnesses: Sequence[VerifierKey]
    ) -> SignedNote:
        """Keep a head that a witness signed; as `Engine.add_cosignature`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.PROOFS_COSIGN) as engine:
            return engine.add_cosignature(key_file, note, witnesses)

    def _demand_content(self, estate: str, *, whole: bool) -> None:
        if whole:
            for scope in _WHOLE:
                self.mandate.demand(scope)
        self._demand(estate)  # type: ignore[arg-type]  # the log takes an id as a text


class MandatedProofs:
    """The proof log for one person: `kvob_workflow.proofs.log.ProofLog`, within reach."""

    def __init__(self, log: ProofLog, demand: Callable[..., None], actor: Actor) -> None:
        """Answer `actor` from this log; `demand` lets through whoever may see an estate in it."""
        self._log = log
        self._demand = demand
        self._actor = actor

    @property
    def size(self) -> int:
        """The number of events in the log."""
        return self._log.size

    @property
    def number(self) -> int:
        """As `ProofLog.number`."""
        return self._log.number

    def root(self, size: int | None = None) -> bytes:
        """The root hash of the log, or of its first `size` events."""
        return self._log.root(size)

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """The proof that a leaf is in the log."""
        return self._log.inclusion(index, size)

    def consistency(self, old_size: int, new_size: int | None = None) -> tuple[bytes, ...]:
        """The proof that a log continues an earlier one."""
        return self._log.consistency(old_size, new_size)

    def checkpoints(self) -> list[str]:
        """The signed heads."""
        return self._log.checkpoints()

    def kept(self) -> list[KeptCheckpoint]:
        """As `ProofLog.kept`."""
        return self._log.kept()

    def opening(self) -> bytes | None:
        """As `ProofLog.opening`."""
        return self._log.opening()

    def leaf_index(self, estate: str, version: int) -> int:
        """Where an event of an estate within reach stands.

        Raises:
            OutOfReach: it is not within reach.
        """
        self._demand(estate, whole=False)
        return self._log.leaf_index(estate, version)

    def entries(self, estate: str) -> list[LoggedEvent]:
        """The events of an estate within reach, whole.

        Raises:
            ScopeMissing: events, or the persons in them, are not for this mandate.
            OutOfReach: it is not within reach.
        """
        self._demand(estate, whole=True)
        with looking(self._actor):
            return self._log.entries(estate)
