"""Is the store still what was signed for? Rows against heads, with keys from outside.

    rows -> entries -> leaves -> roots  =  roots in heads that a given key signed?

The heads decide. Everything in the log tables that does not fit is a finding too, because only
somebody who wrote by other means than kvob can have made it so. Read next: `scanning`, `trust`,
`findings`; for one estate `estate_check`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.proofs.differences import differences
from kvob_workflow.proofs.entries import EntryImpossible, read_opening
from kvob_workflow.proofs.errors import KeyMalformed, NoteMalformed
from kvob_workflow.proofs.findings import Finding, Kind, Verification, worst
from kvob_workflow.proofs.heads import log_number
from kvob_workflow.proofs.notes import Checkpoint, SignedNote, read_checkpoint, read_note
from kvob_workflow.proofs.scanning import SHOWN, Scan, Track
from kvob_workflow.proofs.tiles import hashes_of, tile_root
from kvob_workflow.proofs.trust import Trust
from kvob_workflow.store.faults import StoreDamaged, StoreNotPrepared
from kvob_workflow.store.log import TILE_HASHES, LogRun, LogState, TileKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.proofs.keys import VerifierKey
    from kvob_workflow.store.log import LogKeeping


def verify(
    store: LogKeeping, keys: Sequence[VerifierKey], heads: Sequence[SignedNote]
) -> Verification:
    """Compare every event with every head that counts.

    `keys` are those of the log, and of witnesses to name; `heads` come from files. Both must
    come from outside the store.

    Raises:
        NoteMalformed: one of the heads is not a checkpoint.
        StoreUnavailable: the store cannot be reached.
    """
    trust = Trust(keys)
    trust.add_outside(heads)
    try:
        return _verified(store, trust)
    except (StoreDamaged, StoreNotPrepared) as damage:
        findings = (*trust.findings, Finding(Kind.STORE_UNREADABLE, detail=damage.reason))
        seen = tuple(seen for _, seen in trust.heads)
        return Verification(worst(findings, 0), 0, 0, 0, (), seen, findings)


def _verified(store: LogKeeping, trust: Trust) -> Verification:
    kept = store.checkpoints()  # before the state: a sequencer may be at work
    state = store.log_state()
    counted = store.number_of_events()
    trust.add_stored(kept, state.generation)
    mine = trust.of_log(state.generation)
    covered = max((head.size for head in mine), default=0)
    tracks = {state.generation: Track(store.log_opening(state.generation), _sizes(mine))}
    older, lost = _older_logs(store, trust, state)
    for number, heads in older.items():
        tracks[number] = Track(store.log_opening(number), _sizes(heads))
    scan = Scan(store, state, tracks, covered)
    findings = [*trust.findings, *scan.findings]
    findings += _against_heads(scan, tracks, {**older, state.generation: mine})
    findings += lost
    findings += _tables(store, state, scan, tracks[state.generation], counted, covered)
    findings += _missing_checkpoint(trust, state, max((one.size for one in kept), default=0))
    if findings and mine and any(one.kind is not Kind.NO_HEAD for one in findings):
        findings += differences(store, mine[-1])
    found = tuple(dict.fromkeys(findings))
    return Verification(
        verdict=worst(found, scan.beyond),
        events=scan.events,
        covered=max(scan.events - scan.beyond, 0),
        beyond=scan.beyond,
        uncovered=tuple(scan.uncovered[: min(scan.beyond, SHOWN)]),
        heads=tuple(dict.fromkeys(seen for _, seen in trust.heads)),
        findings=found,
    )


def _sizes(heads: Sequence[Checkpoint]) -> list[int]:
    return [head.size for head in heads]


def _against_heads(
    scan: Scan, tracks: dict[int, Track], heads: dict[int, list[Checkpoint]]
) -> list[Finding]:
    """Heads whose root the rows do not give."""
    found: list[Finding] = []
    for number, of_log in heads.items():
        for head in of_log:
            root = tracks[number].roots.get(head.size)
            if root is None:
                size = scan.sizes[number]
                found.append(Finding(Kind.LOG_SHORTER, size=head.size, number=size))
            elif root != head.root:
                found.append(Finding(Kind.LOG_DIFFERS, size=head.size))
    return found


def _older_logs(
    store: LogKeeping, trust: Trust, state: LogState
) -> tuple[dict[int, list[Checkpoint]], list[Finding]]:
    """The heads of older logs that still must fit, and what went with a restart.

    A head beyond the last one in common does not fit any more. Whoever gives a head of the log
    that is in use has seen the restart; for anybody else that is a finding.
    """
    fitting: dict[int, list[Checkpoint]] = {}
    found: list[Finding] = []
    for number in range(1, state.generation):
        common = _common(store, number + 1)
        if common is None:
            found.append(Finding(Kind.OPENING_DIFFERS))
            continue
        heads = trust.of_log(number)
        fitting[number] = [head for head in heads if head.size <= common]
        if not trust.outside(state.generation):
            found += [
                Finding(Kind.EVENTS_LOST, size=head.size, number=common)
                for head in heads
                if head.size > common
            ]
    return {number: heads for number, heads in fitting.items() if heads}, found


def _common(store: LogKeeping, number: int) -> int | None:
    """How many entries a log has in common with the one before it; None when it is no opening.

    Nothing, when the store is a copy from before that log began.
    """
    entry = store.log_opening(number)
    if entry is None:
        return 0
    try:
        opening = read_opening(entry)
        if not opening.note:
            return 0
        checkpoint = read_checkpoint(read_note(opening.note))
        return checkpoint.size if log_number(checkpoint.origin) == number - 1 else None
    except (EntryImpossible, KeyMalformed, NoteMalformed):
        return None


def _tables(
    store: LogKeeping, state: LogState, scan: Scan, track: Track, counted: int, longest: int
) -> list[Finding]:
    """What the log tables say that the rows do not."""
    found: list[Finding] = []
    if scan.differs_from is not None:
        found.append(Finding(Kind.TILES_DIFFER, leaf=scan.differs_from))
    elif not _upper_tiles_fit(store, state.size, track.tile_roots):
        found.append(Finding(Kind.TILES_DIFFER, leaf=0))
    if not longest <= state.size <= scan.size or (
        state.size and scan.position_of(state.size - 1) != state.position
    ):
        found.append(Finding(Kind.STATE_DIFFERS, size=state.size, number=scan.size))
    runs = store.log_runs()
    if store.log_state() != state:  # a sequencer has moved on: only the beginning counts
        runs = _until(runs, state.size)
    if runs != _until(scan.runs, state.size):
        found.append(Finding(Kind.RUNS_DIFFER))
    if counted > scan.events:
        found.append(Finding(Kind.STATE_DIFFERS, size=counted, number=scan.events))
    return found


def _until(runs: Sequence[LogRun], size: int) -> list[LogRun]:
    """The runs as far as the first `size` leaves."""
    return [
        run._replace(number=min(run.number, size - run.first_leaf))
        for run in runs
        if run.first_leaf < size
    ]


def _upper_tiles_fit(store: LogKeeping, size: int, roots: Sequence[bytes]) -> bool:
    level, row = 1, list(roots[: size // TILE_HASHES])
    while row:
        keys = [TileKey(level, number) for number in range((len(row) - 1) // TILE_HASHES + 1)]
        tiles = store.log_tiles(keys)
        stored = [one for key in keys for one in hashes_of(bytes(tiles.get(key, b"")))]
        if stored[: len(row)] != row:
            return False
        full = len(row) // TILE_HASHES
        row = [tile_root(row[at * TILE_HASHES : (at + 1) * TILE_HASHES]) for at in range(full)]
        level += 1
    return True


def _missing_checkpoint(trust: Trust, state: LogState, newest: int) -> list[Finding]:
    """A head that is outside is in the store before, so it cannot be newer than all of those."""
    outside = max((head.size for head in trust.outside(state.generation)), default=0)
    return [Finding(Kind.CHECKPOINT_MISSING, size=outside)] if outside > newest else []
