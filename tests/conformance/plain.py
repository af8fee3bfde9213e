"""How are answers of two stores compared? As plain trees: every field, every word of a refusal.

A position is told as its rank among all positions, because a server leaves gaps where a
transaction was undone. What is random by design (the seal of a name) is told as such. A zero
byte, which no text of a server holds, counts as the sign that stands in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Final, TypeAlias, cast

from pydantic import BaseModel

from kvob_domain.errors import KvobError, Rejected
from kvob_domain.personal import Sealed
from kvob_workflow.store import Delivery

Rank = Callable[[int], int]
Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | bytes | float | int | None"
_POSITIONS: Final = ("position", "positions")
_FINGERPRINTS: Final = "keys"


def plain(value: object, rank: Rank) -> Tree:
    """A tree of dicts, lists and simple values that is equal where answers are."""
    if isinstance(value, KvobError):
        return refusal(value, rank)
    if isinstance(value, Enum):
        return [type(value).__name__, value.value]
    if isinstance(value, str):
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}")
    if value is None or isinstance(value, bool | int | float | bytes):
        return value
    if isinstance(value, date | datetime | Decimal):
        return [type(value).__name__, str(value)]
    if isinstance(value, Sealed):
        return "a sealed name"
    return _tree(value, rank)


def refusal(error: KvobError, rank: Rank) -> Tree:
    """A refusal with its code, its words in both languages, and what else is refused."""
    others = error.others if isinstance(error, Rejected) else ()
    return {
        "refusal": type(error).__name__,
        "code": error.code,
        "fields": {name: plain(one, rank) for name, one in error.fields().items()},
        "nl": error.message("nl"),
        "en": error.message("en"),
        "others": [refusal(one, rank) for one in others],
    }


def _tree(value: object, rank: Rank) -> Tree:
    named = _fields(value)
    if named is not None:
        tree: dict[str, Tree] = {name: _field(name, one, rank) for name, one in named.items()}
        if isinstance(value, Delivery):
            # Its id ends in the first position, and spreads the hour of its next attempt.
            tree["id"] = f"{value.channel}:{value.recipient}:{rank(value.items[0].position)}"
            tree["next_at"] = None
        return {"": type(value).__name__, **tree}
    if isinstance(value, Mapping):
        known = cast("Mapping[object, object]", value)
        if known.keys() == Sealed.model_fields.keys():  # as a history tells it
            return "a sealed name"
        return [[plain(key, rank), _field(key, one, rank)] for key, one in known.items()]
    if isinstance(value, Set):
        return sorted((plain(one, rank) for one in cast("Set[object]", value)), key=repr)
    if isinstance(value, Sequence | Iterator):
        listed = cast("Sequence[object] | Iterator[object]", value)
        return [plain(one, rank) for one in listed]
    raise TypeError(f"nobody said how to compare a {type(value).__name__}")


def _field(name: object, value: object, rank: Rank) -> Tree:
    if name in _POSITIONS and isinstance(value, int):
        return rank(value)
    if name == _FINGERPRINTS and isinstance(value, list | tuple):  # of keys that are random
        return len(cast("Sequence[object]", value))
    return plain(value, rank)


def _fields(value: object) -> dict[str, object] | None:
    if isinstance(value, BaseModel):
        return {name: getattr(value, name) for name in type(value).model_fields}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    names: tuple[str, ...] | None = getattr(value, "_fields", None)  # of a NamedTuple
    if names is not None and isinstance(value, tuple):
        return dict(zip(names, cast("tuple[object, ...]", value), strict=True))
    return None
