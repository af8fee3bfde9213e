"""Is the tree that of RFC 9162? Published vectors, and an independent implementation."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Protocol, cast

import pytest
from pymerkle import InmemoryTree  # type: ignore[import-untyped]  # it brings no types

from kvob_workflow.proofs.merkle import (
    EMPTY_ROOT,
    CompactRange,
    consistency_is_proven,
    inclusion_is_proven,
    leaf_hash,
    node_hash,
    tree_root,
)
from kvob_workflow.proofs.tiles import TileMissing, Tiles, grown, tile_root, unfinished
from kvob_workflow.store.log import TileKey

# The tree that implementations of certificate transparency are tested with.
ENTRIES = [
    bytes.fromhex(one)
    for one in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"


class OtherProof(Protocol):
    """What we use of a proof of the other implementation."""

    path: Sequence[bytes]


class OtherTree(Protocol):
    """What we use of the other implementation."""

    def append_entry(self, data: bytes) -> int: ...

    def get_root(self, size: int | None = None) -> bytes: ...

    def prove_inclusion(self, index: int, size: int) -> OtherProof: ...


def tiles_of(leaves: Sequence[bytes], steps: Sequence[int] = ()) -> Tiles:
    """Tiles as a sequencer makes them when the leaves come in these numbers."""
    kept: dict[TileKey, bytes] = {}
    size = 0
    for step in (*steps, len(leaves)):
        new = leaves[size : size + step]
        last = {key: kept[key] for key in unfinished(size)}
        kept.update(grown(size, new, last))
        size += len(new)

    def fetch(keys: Sequence[TileKey]) -> Mapping[TileKey, bytes]:
        return {key: kept[key] for key in keys if key in kept}

    return Tiles(fetch)


def by_the_letter(old: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    """SUBPROOF as RFC 9162 part 2.1.4.1 defines it, over the leaves themselves."""
    if old == len(leaves):
        return [] if whole else [tree_root(leaves)]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    if old <= split:
        return [*by_the_letter(old, leaves[:split], whole=whole), tree_root(leaves[split:])]
    return [
        *by_the_letter(old - split, leaves[split:], whole=False),
        tree_root(leaves[:split]),
    ]


def hexes(proof: Sequence[bytes]) -> list[str]:
    return [one.hex() for one in proof]


LEAVES = [leaf_hash(entry) for entry in ENTRIES]


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots_are_ours(size: int) -> None:
    assert tree_root(LEAVES[:size]).hex() == ROOTS[size]
    assert tiles_of(LEAVES).root(size).hex() == ROOTS[size]


@pytest.mark.parametrize(
    ("index", "size", "proof"),
    [(0, 1, []), (0, 8, [A, B, C]), (5, 8, [D, E, ROOTS[4]]), (2, 3, [ROOTS[2]]),
     (1, 5, [ROOTS[1], B, D])],
)  # fmt: skip
def test_the_published_inclusion_proofs_are_ours(index: int, size: int, proof: list[str]) -> None:
    made = tiles_of(LEAVES).inclusion(index, size)
    assert hexes(made) == proof
    root = bytes.fromhex(ROOTS[size])
    assert inclusion_is_proven(LEAVES[index], index, size, made, root)


@pytest.mark.parametrize(
    ("old", "new", "proof"),
    [(1, 1, []), (1, 8, [A, B, C]), (6, 8, [F, E, ROOTS[4]]), (2, 5, [B, D]), (0, 8, [])],
)
def test_the_published_consistency_proofs_are_ours(old: int, new: int, proof: list[str]) -> None:
    made = tiles_of(LEAVES).consistency(old, new)
    assert hexes(made) == proof
    roots = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])
    assert consistency_is_proven(old, new, made, *roots)


def test_leaves_and_nodes_are_hashed_apart() -> None:
    left, right = LEAVES[:2]
    assert leaf_hash(b"x") == sha256(b"\x00x").digest()
    assert node_hash(left, right) == sha256(b"\x01" + left + right).digest()
    assert leaf_hash(left + right) != node_hash(left, right)
    assert tree_root([]) == EMPTY_ROOT


def test_thousands_of_random_trees_are_those_of_another_implementation() -> None:
    chance = random.Random(9162)
    other = cast("OtherTree", InmemoryTree(algorithm="sha256"))  # it brings no types
    leaves: list[bytes] = []
    for _ in range(2500):  # a tree of every size up to here
        entry = chance.randbytes(chance.randrange(40))
        other.append_entry(entry)
        leaves.append(leaf_hash(entry))
        if len(leaves) < 600 or len(leaves) % 97 == 0:
            assert tree_root(leaves) == other.get_root()
    tiles = tiles_of(leaves, [chance.randrange(1, 300) for _ in range(12)])
    for _ in range(1000):
        size = chance.randrange(1, len(leaves) + 1)
        index, old = chance.randrange(size), chance.randrange(1, size + 1)
        root = other.get_root(size)
        assert tiles.root(size) == root
        proof = tiles.inclusion(index, size)
        assert inclusion_is_proven(leaves[index], index, size, proof, root)
        theirs = other.prove_inclusion(index + 1, size)
        assert proof == tuple(theirs.path[1:])  # theirs begins with the leaf itself
        consistency = tiles.consistency(old, size)
        assert consistency_is_proven(old, size, consistency, other.get_root(old), root)
        assert list(consistency) == by_the_letter(old, leaves[:size], whole=True)


def test_every_proof_of_every_small_tree_holds_and_for_nothing_else() -> None:
    leaves = [leaf_hash(b"%d" % number) for number in range(33)]
    tiles = tiles_of(leaves)
    for size in range(1, len(leaves) + 1):
        root = tree_root(leaves[:size])
        for index in range(size):
            proof = tiles.inclusion(index, size)
            assert inclusion_is_proven(leaves[index], index, size, proof, root)
            for wrong in range(-1, size + 2):
                if wrong != index:
                    assert not inclusion_is_proven(leaves[index], wrong, size, proof, root)
            assert not inclusion_is_proven(leaves[index], index, size, (*proof, root), root)
            assert not proof or not inclusion_is_proven(
                leaves[index], index, size, proof[:-1], root
            )
        for old in range(size + 1):
            proof, before = tiles.consistency(old, size), tree_root(leaves[:old])
            assert consistency_is_proven(old, size, proof, before, root)
            assert not consistency_is_proven(old, size, (*proof, root), before, root)
            assert not consistency_is_proven(old, size, proof, before, before) or old in (0, size)
            assert not consistency_is_proven(old, size, proof, leaves[0], root) or old == 1
            assert not consistency_is_proven(size + 1, size, proof, root, root)


def test_no_number_of_hostile_sizes_makes_a_proof_run_on() -> None:
    root = LEAVES[0]
    for size in (0, -1, 2**63, 2**200):
        assert not inclusion_is_proven(root, 5, size, [root] * 70, root)
        assert not consistency_is_proven(3, size, [root] * 70, root, root)


def test_a_full_subtree_goes_only_where_it_fits() -> None:
    compact = CompactRange()
    compact.append(LEAVES[0])
    with pytest.raises(ValueError, match="cannot follow 1 leaves"):
        compact.append_subtree(LEAVES[1], 8)
    tile = [leaf_hash(b"%d" % number) for number in range(256)]
    assert tile_root(tile) == tree_root(tile)


def test_a_tile_that_is_gone_is_no_proof() -> None:
    tiles = Tiles(lambda keys: {})
    with pytest.raises(TileMissing):
        tiles.root(3)
    with pytest.raises(TileMissing):
        grown(3, LEAVES, {})
