"""How is a proof made without hashing every leaf again? From tiles of 256 hashes.

A hash of level n is that of a full subtree of 256^n leaves, so a proof in a tree of 16 million
leaves reads six tiles at most. The layout is that of https://c2sp.org/tlog-tiles, in a table.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from kvob_workflow.proofs.merkle import EMPTY_ROOT, HASH_BYTES, node_hash
from kvob_workflow.store.log import TILE_HASHES, TileKey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Fetch = Callable[[Sequence[TileKey]], Mapping[TileKey, bytes]]

_TILE_HEIGHT: Final = 8
# A tile that was taken apart is some 20 kB.
_TILES_AT_HAND: Final = 64


class TileMissing(LookupError):
    """The tiles lack a hash that the size of the log promises."""


class Tiles:
    """Hashes of subtrees, roots and proofs from stored tiles; reads each tile once."""

    def __init__(self, fetch: Fetch) -> None:
        """Read tiles with `fetch`."""
        self._fetch = fetch
        self._at_hand: dict[TileKey, list[list[bytes]]] = {}

    def subtree(self, height: int, index: int) -> bytes:
        """The root of the full subtree of 2^`height` leaves with this index at its height.

        Raises:
            TileMissing: the log has no such subtree.
        """
        level, inside = divmod(height, _TILE_HEIGHT)
        number, place = divmod(index << inside, TILE_HASHES)
        rows = self._rows(TileKey(level, number))
        place >>= inside
        if place >= len(rows[inside]):
            raise TileMissing(level, number)
        return rows[inside][place]

    def leaf(self, index: int) -> bytes:
        """The hash of the leaf at `index` (from 0)."""
        return self.subtree(0, index)

    def root(self, size: int) -> bytes:
        """The root over the first `size` leaves."""
        return self._range(0, size) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """What proves that the leaf at `index` is among the first `size`.

        Source: RFC 9162 part 2.1.3.1.
        """
        low, high, proof = 0, size, list[bytes]()
        while high - low > 1:
            middle = low + _largest_power_below(high - low)
            if index < middle:
                proof.append(self._range(middle, high))
                high = middle
            else:
                proof.append(self._range(low, middle))
                low = middle
        return tuple(reversed(proof))

    def consistency(self, old_size: int, new_size: int) -> tuple[bytes, ...]:
        """What proves that the first `new_size` leaves begin with the first `old_size`.

        Source: RFC 9162 part 2.1.4.1.
        """
        if old_size in (0, new_size):
            return ()
        low, high, proof = 0, new_size, list[bytes]()
        while high != old_size:
            middle = low + _largest_power_below(high - low)
            if old_size <= middle:
                proof.append(self._range(middle, high))
                high = middle
            else:
                proof.append(self._range(low, middle))
                low = middle
        if low:
            proof.append(self._range(low, high))
        return tuple(reversed(proof))

    def _range(self, low: int, high: int) -> bytes:
        """The root over leaves from `low` up to `high`; `low` is aligned as RFC 9162 splits."""
        width = high - low
        if width & (width - 1) == 0:
            height = width.bit_length() - 1
            return self.subtree(height, low >> height)
        middle = low + _largest_power_below(width)
        return node_hash(self._range(low, middle), self._range(middle, high))

    def _rows(self, key: TileKey) -> list[list[bytes]]:
        rows = self._at_hand.get(key)
        if rows is None:
            tile = self._fetch((key,)).get(key)
            if not isinstance(tile, bytes) or len(tile) % HASH_BYTES or not tile:
                raise TileMissing(*key)
            if len(self._at_hand) >= _TILES_AT_HAND:
                self._at_hand.clear()
            rows = self._at_hand[key] = _taken_apart(tile)
        return rows


def hashes_of(tile: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [tile[at : at + HASH_BYTES] for at in range(0, len(tile), HASH_BYTES)]


def grown(
    size: int, leaves: Sequence[bytes], last_tiles: Mapping[TileKey, bytes]
) -> dict[TileKey, bytes]:
    """The tiles that change when `leaves` follow the first `size`; unfinished ones included.

    `last_tiles` are the unfinished tiles so far, see `unfinished`.
    """
    changed: dict[TileKey, bytes] = {}
    level = 0
    added: Sequence[bytes] = leaves
    before = size
    while added:
        number, inside = divmod(before, TILE_HASHES)
        row = hashes_of(last_tiles.get(TileKey(level, number), b"")[: inside * HASH_BYTES])
        if len(row) != inside:
            raise TileMissing(level, number)
        row += added
        upper: list[bytes] = []
        for start in range(0, len(row), TILE_HASHES):
            tile = row[start : start + TILE_HASHES]
            changed[TileKey(level, number + start // TILE_HASHES)] = b"".join(tile)
            if len(tile) == TILE_HASHES:
                upper.append(tile_root(tile))
        level, added, before = level + 1, upper, before // TILE_HASHES
    return changed


def unfinished(size: int) -> list[TileKey]:
    """The tiles of a tree of `size` leaves that are not full."""
    keys: list[TileKey] = []
    level, hashes = 0, size
    while hashes:
        if hashes % TILE_HASHES:
            keys.append(TileKey(level, hashes // TILE_HASHES))
        level, hashes = level + 1, hashes // TILE_HASHES
    return keys


def tile_root(hashes: Sequence[bytes]) -> bytes:
    """The root over the hashes of a full tile."""
    row = hashes
    while len(row) > 1:
        row = [
            sha256(b"\x01" + left + right).digest()
            for left, right in zip(row[::2], row[1::2], strict=True)
        ]
    return row[0]


def _taken_apart(tile: bytes) -> list[list[bytes]]:
    """The hashes of a tile, then of the pairs of those, up to the tile's own root."""
    rows = [hashes_of(tile)]
    while len(rows) <= _TILE_HEIGHT:
        row = rows[-1]
        rows.append([node_hash(*row[at : at + 2]) for at in range(0, len(row) - 1, 2)])
    return rows


def _largest_power_below(number: int) -> int:
    """The largest power of two below `number`, which is at least 2."""
    return 1 << (number - 1).bit_length() - 1
