"""What of an event names a person? Ids, for which a word stands, and sealed names, left out.

By the names of the fields, wherever they stand: a correction holds another event within it. Rather
too much is hidden than one person told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from kvob_domain.estate.persons import PERSON_FIELDS

HIDDEN: Final = "hidden"
"""What stands in the place of a person's id; the same word as under a mandate."""

_FIELDS: Final = PERSON_FIELDS | {"by"}
# What only a sealed name has, whatever the field is called.
_SEAL: Final = frozenset({"box", "nonce", "commitment"})


def masked(value: object) -> object:
    """The value as JSON, without persons."""
    if isinstance(value, list):
        return [masked(one) for one in cast("list[object]", value)]
    if not isinstance(value, Mapping):
        return value
    members = cast("Mapping[str, object]", value)
    return {
        name: _hidden(one) if name in _FIELDS else masked(one)
        for name, one in members.items()
        if not _is_seal(one)
    }


def _is_seal(value: object) -> bool:
    return isinstance(value, Mapping) and cast("Mapping[str, object]", value).keys() >= _SEAL


def _hidden(value: object) -> object:
    if isinstance(value, str):
        return HIDDEN
    if isinstance(value, list):
        return [_hidden(one) for one in cast("list[object]", value)]
    return masked(value)
