"""Are the events of one estate those that were signed for? Each by its own proof of inclusion.

Fast on a large store: it reads one stream and some tiles. What it cannot see is an event taken
from the end of the stream together with another one put elsewhere; `verifying` sees that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.proofs.entries import EntryImpossible
from kvob_workflow.proofs.findings import Finding, Kind, Verification, worst
from kvob_workflow.proofs.log import LoggedEvent, ProofLog
from kvob_workflow.proofs.merkle import inclusion_is_proven, leaf_hash
from kvob_workflow.proofs.scanning import SHOWN
from kvob_workflow.proofs.tiles import TileMissing
from kvob_workflow.proofs.trust import Trust
from kvob_workflow.store.faults import StoreDamaged, StoreNotPrepared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.proofs.keys import VerifierKey
    from kvob_workflow.proofs.notes import Checkpoint, SignedNote
    from kvob_workflow.store.log import LogKeeping


def verify_estate(
    store: LogKeeping, estate: str, keys: Sequence[VerifierKey], heads: Sequence[SignedNote]
) -> Verification:
    """Prove each event of an estate under the newest head that counts.

    Raises:
        NoteMalformed: one of the heads is not a checkpoint.
        StoreUnavailable: the store cannot be reached.
    """
    trust = Trust(keys)
    trust.add_outside(heads)
    try:
        return _verified(store, estate, trust)
    except (StoreDamaged, StoreNotPrepared) as damage:
        findings = (*trust.findings, Finding(Kind.STORE_UNREADABLE, detail=damage.reason))
        seen = tuple(seen for _, seen in trust.heads)
        return Verification(worst(findings, 0), 0, 0, 0, (), seen, findings, estate)


def _verified(store: LogKeeping, estate: str, trust: Trust) -> Verification:
    kept = store.checkpoints()
    log = ProofLog(store)
    trust.add_stored(kept, log.number)
    heads = trust.of_log(log.number)
    findings = list(trust.findings)
    events = log.entries(estate)
    behind = [event for event in events if not heads or _is_behind(event, heads[-1])]
    covered = [event for event in events if event not in behind]
    if heads:
        stored = store.number_of_events() + (log.opening() is not None)
        if heads[-1].size > min(stored, log.size):
            findings.append(
                Finding(Kind.LOG_SHORTER, size=heads[-1].size, number=min(stored, log.size))
            )
        else:
            findings += [*_roots(log, heads), *_unproven(log, covered, heads[-1])]
    findings += _gaps(estate, events)
    found = tuple(dict.fromkeys(findings))
    return Verification(
        verdict=worst(found, len(behind)),
        events=len(events),
        covered=len(covered),
        beyond=len(behind),
        uncovered=tuple((event.estate, event.version) for event in behind[:SHOWN]),
        heads=tuple(dict.fromkeys(seen for _, seen in trust.heads)),
        findings=found,
        estate=estate,
    )


def _is_behind(event: LoggedEvent, head: Checkpoint) -> bool:
    return event.leaf is None or event.leaf >= head.size


def _roots(log: ProofLog, heads: Sequence[Checkpoint]) -> list[Finding]:
    """Heads that the stored tiles do not give."""
    found: list[Finding] = []
    for head in heads:
        try:
            if log.root(head.size) != head.root:
                found.append(Finding(Kind.LOG_DIFFERS, size=head.size))
        except TileMissing as missing:
            found.append(Finding(Kind.TILES_DIFFER, leaf=missing.args[1]))
    return found


def _unproven(log: ProofLog, events: Sequence[LoggedEvent], head: Checkpoint) -> list[Finding]:
    found: list[Finding] = []
    for event in events:
        leaf = event.leaf or 0
        try:
            proof = log.inclusion(leaf, head.size)
            proven = inclusion_is_proven(leaf_hash(event.entry), leaf, head.size, proof, head.root)
        except (TileMissing, EntryImpossible):
            proven = False
        if not proven and len(found) < SHOWN:
            found.append(
                Finding(Kind.EVENT_CHANGED, event.estate, event.version, leaf, event.position)
            )
    return found


def _gaps(estate: str, events: Sequence[LoggedEvent]) -> list[Finding]:
    """Versions that are not there, or are no number."""
    versions = {event.version for event in events}
    missing = [number for number in range(1, len(events) + 1) if number not in versions]
    return [Finding(Kind.VERSION_MISSING, estate=estate, version=one) for one in missing[:SHOWN]]
