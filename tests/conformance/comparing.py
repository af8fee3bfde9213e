"""Where do the tellings of two stores differ first?"""

from __future__ import annotations

from tests.conformance.plain import Tree
from tests.conformance.world import Telling


def first_difference(found: Telling, expected: Telling) -> tuple[str, str, Tree, Tree] | None:
    """What was asked, where in the answer, and both values; None when all is the same."""
    for one, other in zip(found.told, expected.told, strict=False):
        if one != other:
            return (one.asked, *_narrowed("", one.answer, other.answer))
    if len(found.told) != len(expected.told):
        return "the end", "", len(found.told), len(expected.told)
    return None


def _narrowed(place: str, one: Tree, other: Tree) -> tuple[str, Tree, Tree]:
    """The smallest part that differs."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key in one:
            if one[key] != other[key]:
                return _narrowed(f"{place}.{key}", one[key], other[key])
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (mine, theirs) in enumerate(zip(one, other, strict=True)):
            if mine != theirs:
                return _narrowed(f"{place}.{number}", mine, theirs)
    return place, one, other
