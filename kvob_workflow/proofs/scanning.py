"""What do the stored events amount to? One pass over all rows, in order of position.

Nothing that the log tables say is believed here: every hash comes from the rows. The tables are
compared with them on the way. Read next: `verifying`, which compares with the heads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_workflow.proofs.entries import EntryImpossible, entry_bytes
from kvob_workflow.proofs.findings import Finding, Kind
from kvob_workflow.proofs.merkle import CompactRange, leaf_hash
from kvob_workflow.proofs.sequencer import runs_of
from kvob_workflow.proofs.tiles import tile_root
from kvob_workflow.store.log import TILE_HASHES, LogRun, LogState, TileKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvob_workflow.store.log import LogKeeping, RawEvent

ROWS_AT_ONCE: Final = 8 * TILE_HASHES
SHOWN: Final = 20
"""How many findings of one kind, and how many events without a head, are told one by one."""

_IMPOSSIBLE: Final = bytes(32)


class Track:
    """The tree over an opening, where there is one, and all rows; its roots at the sizes asked."""

    def __init__(self, opening: bytes | None, sizes: Iterable[int]) -> None:
        """Nothing was read yet."""
        self.roots: dict[int, bytes] = {}
        self.tile_roots: list[bytes] = []
        self._sizes = sorted(set(sizes), reverse=True)
        self._compact = CompactRange()
        self._waiting: list[bytes] = [] if opening is None else [leaf_hash(opening)]

    def add(self, leaves: Sequence[bytes]) -> None:
        """Go on with these leaves."""
        waiting = self._waiting
        waiting += leaves
        for start in range(0, len(waiting) - TILE_HASHES + 1, TILE_HASHES):
            self._close(waiting[start : start + TILE_HASHES])
        del waiting[: len(waiting) // TILE_HASHES * TILE_HASHES]

    def end(self) -> int:
        """Go on to the last leaf, and answer how many there are."""
        self._look(self._waiting)
        return self._compact.size + len(self._waiting)

    def _close(self, tile: Sequence[bytes]) -> None:
        self._look(tile)
        root = tile_root(tile)
        self.tile_roots.append(root)
        self._compact.append_subtree(root, 8)

    def _look(self, tile: Sequence[bytes]) -> None:
        """Take the roots at the sizes that lie in this tile."""
        first = self._compact.size
        while self._sizes and self._sizes[-1] <= first + len(tile):
            size = self._sizes.pop()
            compact = self._compact.copy()
            for leaf in tile[: size - first]:
                compact.append(leaf)
            self.roots[size] = compact.root()


class Scan:
    """One pass: the trees of this log and of older ones, and what in the tables does not fit."""

    def __init__(
        self, store: LogKeeping, state: LogState, tracks: dict[int, Track], covered: int
    ) -> None:
        """Read everything; `tracks` by number of the log, `covered` leaves are under a head."""
        self.findings: list[Finding] = []
        self.differs_from: int | None = None
        self.uncovered: list[tuple[str, int]] = []
        self.events = 0
        self._store = store
        self._state = state
        self._tracks = tracks
        self._covered = covered
        opening = store.log_opening(state.generation)
        first = [] if opening is None else [leaf_hash(opening)]
        self._leaf = len(first)
        self._compare(0, first)
        self.runs: list[LogRun] = []
        self._read()
        self.sizes = {number: track.end() for number, track in tracks.items()}

    @property
    def size(self) -> int:
        """How many leaves the rows make in the log that is in use."""
        return self.sizes[self._state.generation]

    @property
    def beyond(self) -> int:
        """How many events no head speaks of."""
        return max(self.size - self._covered, 0)

    def position_of(self, leaf: int) -> int:
        """The position of a leaf in the rows; 0 when there is none."""
        for run in self.runs:
            if run.first_leaf <= leaf < run.first_leaf + run.number:
                return run.first_position + leaf - run.first_leaf
        return 0

    def _read(self) -> None:
        after = -(2**63)  # a row put below zero would be passed over by an ordinary reader
        while page := self._store.raw_page(after, ROWS_AT_ONCE):
            leaves = self._hashed(page)
            self._compare(self._leaf, leaves)
            self._note_runs([row[0] for row in page])
            for track in self._tracks.values():
                track.add(leaves)
            if len(self.uncovered) < SHOWN and self._leaf + len(page) > self._covered:
                behind = page[max(self._covered - self._leaf, 0) :]
                self.uncovered += [(row[1], row[2]) for row in behind]
                del self.uncovered[SHOWN:]
            self._leaf += len(page)
            self.events += len(page)
            after = page[-1][0]

    def _hashed(self, page: Sequence[RawEvent]) -> list[bytes]:
        leaves: list[bytes] = []
        for position, estate, version, topic, state in page:
            try:
                leaves.append(leaf_hash(entry_bytes(estate, version, topic, state)))
            except EntryImpossible:
                leaves.append(_IMPOSSIBLE)
                self.findings.append(Finding(Kind.ROW_IMPOSSIBLE, position=position))
        return leaves

    def _note_runs(self, positions: Sequence[int]) -> None:
        found = runs_of(self._leaf, positions)
        if self.runs and self.runs[-1].first_position + self.runs[-1].number == positions[0]:
            last = self.runs.pop()
            found[0] = LogRun(last.first_leaf, last.first_position, last.number + found[0].number)
        self.runs += found

    def _compare(self, first: int, leaves: Sequence[bytes]) -> None:
        """Compare with the stored tiles, as far as the log says that it goes."""
        until = min(first + len(leaves), self._state.size)
        if self.differs_from is not None or until <= first:
            return
        numbers = range(first // TILE_HASHES, (until - 1) // TILE_HASHES + 1)
        keys = [TileKey(0, number) for number in numbers]
        tiles = self._store.log_tiles(keys)
        parts = [tiles.get(key) for key in keys]
        stored = b"".join(part for part in parts if isinstance(part, bytes))
        inside = first % TILE_HASHES * 32
        if stored[inside : inside + (until - first) * 32] != b"".join(leaves[: until - first]):
            self.differs_from = first + next(
                (
                    at
                    for at, leaf in enumerate(leaves[: until - first])
                    if stored[inside + at * 32 : inside + at * 32 + 32] != leaf
                ),
                0,
            )
