"""How do many hashes become one that commits to all of them? The tree of RFC 9162, part 2.1.

SHA-256; a leaf and a node are hashed under different first bytes, so neither passes for the
other. Verifying needs nothing but what it is given. Read next: `tiles`, which makes the proofs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final

EMPTY_ROOT: Final = sha256(b"").digest()
"""The root of a tree without leaves."""

HASH_BYTES: Final = 32
"""How long a hash is, in bytes."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf.

    Source: RFC 9162 part 2.1.1.
    """
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children.

    Source: RFC 9162 part 2.1.1.
    """
    return sha256(b"\x01" + left + right).digest()


def tree_root(leaves: Iterable[bytes]) -> bytes:
    """The root over the hashes of leaves."""
    compact = CompactRange()
    for leaf in leaves:
        compact.append(leaf)
    return compact.root()


class CompactRange:
    """The least that must be kept to append to a tree: one hash for each set bit of its size."""

    def __init__(self) -> None:
        """An empty tree."""
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add the hash of a leaf."""
        self.append_subtree(leaf, 0)

    def append_subtree(self, root: bytes, height: int) -> None:
        """Add the root of a full tree of 2^`height` leaves.

        Raises:
            ValueError: the size is not a multiple of 2^`height`.
        """
        if self.size & ((1 << height) - 1):
            msg = f"a subtree of height {height} cannot follow {self.size} leaves"
            raise ValueError(msg)
        peaks, rest = self._peaks, self.size >> height
        while rest & 1:
            root = sha256(b"\x01" + peaks.pop() + root).digest()
            rest >>= 1
        peaks.append(root)
        self.size += 1 << height

    def copy(self) -> CompactRange:
        """Another one that goes on from here."""
        other = CompactRange()
        other.size, other._peaks = self.size, list(self._peaks)
        return other

    def root(self) -> bytes:
        """The root of the tree so far."""
        if not self._peaks:
            return EMPTY_ROOT
        *higher, root = self._peaks
        for peak in reversed(higher):
            root = node_hash(peak, root)
        return root


def inclusion_is_proven(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the hash of a leaf stands at `index` (from 0) in the tree of `size` leaves.

    Source: RFC 9162 part 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    first, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if first & 1 or first == last:
            found = node_hash(step, found)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            found = node_hash(found, step)
        first, last = first >> 1, last >> 1
    return last == 0 and found == root


def consistency_is_proven(
    old_size: int, new_size: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether the tree of `new_size` begins with all leaves of the one of `old_size`.

    An empty tree is the beginning of every tree, and needs an empty proof.

    Source: RFC 9162 part 2.1.4.2.
    """
    if not 0 <= old_size <= new_size:
        return False
    if old_size in (0, new_size):
        expected = EMPTY_ROOT if old_size == 0 else new_root
        return not proof and old_root == expected
    steps = list(proof)
    if old_size & (old_size - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        return False
    first, last = old_size - 1, new_size - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            new = node_hash(new, step)
        first, last = first >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root
