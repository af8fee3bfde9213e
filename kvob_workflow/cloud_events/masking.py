"""What of an event names a person? Ids and sealed names; for whom may not see them they are null.

By the names of the fields, wherever they stand: a correction holds another event within it. Rather
too much is hidden than one person told.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, cast

_KINDS: Final = ("person-id", "sealed-name")
# What only a sealed name has, whatever the field is called.
_SEAL: Final = frozenset({"box", "nonce", "commitment"})


@cache
def person_fields() -> frozenset[str]:
    """The names of the fields that hold a person's id."""
    from kvob_workflow.events import catalogue  # takes a while to load

    return frozenset(
        one.place.rpartition(".")[2].removesuffix("[]")
        for entry in catalogue()
        for one in entry.personal
        if one.kind == _KINDS[0]
    )


def masked(value: object) -> object:
    """The value as JSON, without persons."""
    if isinstance(value, list):
        return [masked(one) for one in cast("list[object]", value)]
    if not isinstance(value, Mapping):
        return value
    members = cast("Mapping[str, object]", value)
    if members.keys() >= _SEAL:
        return None
    return {name: None if name in person_fields() else masked(one) for name, one in members.items()}
