"""Which events are not those that were signed for? Asked only when something is wrong.

The stored tiles say which leaves there should be. They are believed only where they give the
root of a signed head; else nobody can say which event it was, and only that one was.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kvob_workflow.proofs.entries import EntryImpossible, entry_bytes
from kvob_workflow.proofs.findings import Finding, Kind
from kvob_workflow.proofs.merkle import leaf_hash, tree_root
from kvob_workflow.proofs.scanning import ROWS_AT_ONCE, SHOWN
from kvob_workflow.proofs.tiles import TileMissing, hashes_of
from kvob_workflow.store.log import TILE_HASHES, TileKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvob_workflow.proofs.notes import Checkpoint
    from kvob_workflow.store.log import LogKeeping, RawEvent

_FIRST: Final = -(2**63)


def differences(store: LogKeeping, head: Checkpoint) -> list[Finding]:
    """What differs between the rows and the leaves under a head; empty when nobody can say."""
    try:
        signed = _signed_leaves(store, head)
    except TileMissing:
        return []
    opening = store.log_opening(store.log_state().generation)
    offset = 0 if opening is None else 1
    here = Counter(leaf for _, leaf in _rows(store))
    gone = {leaf: at for at, leaf in enumerate(signed) if at >= offset and leaf not in here}
    known = set(signed)
    foreign = [row for row, leaf in _rows(store) if leaf not in known]
    found = [*_told(store, foreign, gone, len(signed)), *_gaps(store)]
    if not foreign and not gone:
        found += _reordered(store, signed, offset)
    return found


def _told(
    store: LogKeeping, foreign: list[RawEvent], gone: dict[bytes, int], size: int
) -> list[Finding]:
    """A row in the place of a leaf that is gone was changed; the others came or went."""
    places = {_position_of(store, leaf) or 0: leaf for leaf in gone.values()}
    found: list[Finding] = []
    for position, estate, version, _, _ in foreign:
        leaf = places.pop(position, None)
        if leaf is None and _is_behind(store, position, size):
            continue  # behind the head: told as not covered
        kind = Kind.EVENT_INSERTED if leaf is None else Kind.EVENT_CHANGED
        found.append(
            Finding(kind, estate=str(estate), version=version, leaf=leaf, position=position)
        )
    missing = sorted((leaf, position) for position, leaf in places.items())
    found += [
        Finding(Kind.EVENT_MISSING, leaf=leaf, position=position)
        for leaf, position in missing[:SHOWN]
    ]
    return found[:SHOWN]


def _position_of(store: LogKeeping, leaf: int) -> int | None:
    run = store.log_run(leaf=leaf)
    return None if run is None else run.first_position + leaf - run.first_leaf


def _is_behind(store: LogKeeping, position: int, size: int) -> bool:
    last = _position_of(store, size - 1)
    return last is not None and position > last


def _gaps(store: LogKeeping) -> list[Finding]:
    """Estates whose versions do not follow each other."""
    versions: dict[str, set[int]] = {}
    for row, leaf in _rows(store):
        if leaf:  # else its version may be anything
            versions.setdefault(row[1], set()).add(row[2])
    found: list[Finding] = []
    for estate, numbers in versions.items():
        if max(numbers) != len(numbers) and len(found) < SHOWN:
            missing = next(n for n in range(1, len(numbers) + 2) if n not in numbers)
            found.append(Finding(Kind.VERSION_MISSING, estate=estate, version=missing))
    return found


def _reordered(store: LogKeeping, signed: list[bytes], offset: int) -> list[Finding]:
    for leaf, (row, found) in enumerate(_rows(store), offset):
        if leaf < len(signed) and signed[leaf] != found:
            place = (str(row[1]), row[2], leaf, row[0])
            return [Finding(Kind.EVENTS_REORDERED, *place)]
    return []


def _signed_leaves(store: LogKeeping, head: Checkpoint) -> list[bytes]:
    """The leaves under a head as the tiles have them.

    Raises:
        TileMissing: they do not give its root.
    """
    size = head.size
    leaves: list[bytes] = []
    for number in range((size + TILE_HASHES - 1) // TILE_HASHES):
        key = TileKey(0, number)
        leaves += hashes_of(store.log_tiles([key]).get(key, b""))
    if tree_root(leaves[:size]) != head.root:  # the root may come from the levels above
        raise TileMissing(0, 0)
    return leaves[:size]


def _rows(store: LogKeeping) -> Iterator[tuple[RawEvent, bytes]]:
    after = _FIRST
    while page := store.raw_page(after, ROWS_AT_ONCE):
        for row in page:
            try:
                yield row, leaf_hash(entry_bytes(*row[1:]))
            except EntryImpossible:
                yield row, b""
        after = page[-1][0]
