"""Which fields does a form have? Those of the model, with their kinds; derived, never listed."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from pydantic import BaseModel, StringConstraints

from kvob_domain.errors import Worded
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.ids import EstateId
from kvob_domain.partial_date import PartialDate
from kvob_domain.scheme.scheme_terms import LIGHT_WORDS
from kvob_domain.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo


class Kind(StrEnum):
    """What is asked for, and so how it is typed and read."""

    LINE = "line"
    LONG = "long"
    NUMBER = "number"
    DECIMAL = "decimal"
    DAY = "day"
    PART_DAY = "part_day"
    YES_NO = "yes_no"
    CHOICE = "choice"
    ESTATE = "estate"
    DEADLINE = "deadline"
    OBJECT = "object"
    ROWS = "rows"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that can be chosen, with its words."""

    value: str
    words: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a model. `path` has the names that lead to it, without numbers of rows.

    `inner` are the fields of an object, or of each row; a row of single values has one field
    without a name. A `CLOSED` field is one that no form can show.
    """

    path: tuple[str, ...]
    kind: Kind
    required: bool
    choices: tuple[Choice, ...] = ()
    inner: tuple[Field, ...] = ()
    longest: int | None = None
    default: str = ""

    @property
    def name(self) -> str:
        """Its name within the object that it belongs to."""
        return self.path[-1]

    @property
    def is_single(self) -> bool:
        """Whether its rows hold single values."""
        return self.kind is Kind.ROWS and self.inner[0].name == ""


LONG_FROM: Final = 400
_LONG_BY_NAME: Final = frozenset({"reason", "note", "scope", "text"})
_LINE_BY_NAME: Final = frozenset({"source", "address"})
_OF_PATH: Final = frozenset({"command"})
_KINDS: Final[dict[object, Kind]] = {
    bool: Kind.YES_NO,
    int: Kind.NUMBER,
    Decimal: Kind.DECIMAL,
    date: Kind.DAY,
    PartialDate: Kind.PART_DAY,
    EstateId: Kind.ESTATE,
}


@cache
def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """The fields of a model in its order, without the name of the command."""
    return tuple(_fields(model, ()))


@cache
def fields_of_command(model: type[BaseModel]) -> tuple[Field, ...]:
    """The fields of a command; a deadline is chosen as one, by kind and number together."""
    fields = fields_of(model)
    own = next((one for one in fields if one.name == "kind" and _is_deadline(one)), None)
    if own is None:
        return fields
    whole = replace(own, kind=Kind.DEADLINE, choices=())
    return tuple(whole if one is own else one for one in fields if one.name != "ordinal")


def _is_deadline(field: Field) -> bool:
    return {one.value for one in field.choices} == set(DeadlineKind)


def _fields(model: type[BaseModel], prefix: tuple[str, ...]) -> Iterator[Field]:
    for name, info in model.model_fields.items():
        if prefix or name not in _OF_PATH:
            yield _field((*prefix, name), info.annotation, info)


def _field(path: tuple[str, ...], annotation: object, info: FieldInfo | None) -> Field:
    takes, metadata = _bare(annotation)
    required = info is None or info.is_required()
    longest = _longest((*metadata, *(info.metadata if info else ())))
    if typing.get_origin(takes) is tuple:
        return Field(path, Kind.ROWS, required, inner=_of_rows(path, typing.get_args(takes)[0]))
    model = _model(takes)
    if model is not None:
        kind = Kind.CLOSED if path[-1] in ("act", "instead") else Kind.OBJECT
        return Field(path, kind, required, inner=tuple(_fields(model, path)))
    choices = tuple(_choices(takes))
    if choices:
        kind = Kind.CHOICE
    elif _is_open(takes):
        kind = Kind.CLOSED
    else:
        kind = _KINDS.get(takes, Kind.LINE)
    is_long = (longest or 0) > LONG_FROM or path[-1] in _LONG_BY_NAME
    if kind is Kind.LINE and is_long and path[-1] not in _LINE_BY_NAME:
        kind = Kind.LONG
    return Field(path, kind, required, choices, longest=longest, default=_default(info))


def _of_rows(path: tuple[str, ...], item: object) -> tuple[Field, ...]:
    takes, _ = _bare(item)
    model = _model(takes)
    if model is not None:
        return tuple(_fields(model, path))
    return (_field((*path, ""), item, None),)


def _model(takes: object) -> type[BaseModel] | None:
    return takes if isinstance(takes, type) and issubclass(takes, BaseModel) else None


def _bare(annotation: object) -> tuple[object, tuple[Any, ...]]:
    """The type behind Optional and Annotated, and what the latter says of it."""
    metadata: tuple[Any, ...] = ()
    while True:
        origin = typing.get_origin(annotation)
        if origin is typing.Annotated:
            annotation, *more = typing.get_args(annotation)
            metadata = (*metadata, *more)
        elif origin in (typing.Union, types.UnionType):
            some = [one for one in typing.get_args(annotation) if one is not type(None)]
            if str in some:  # a name in clear, or a sealed one
                return str, metadata
            if len(some) != 1:
                return annotation, metadata
            annotation = some[0]
        else:
            return annotation, metadata


def _is_open(takes: object) -> bool:
    """Whether it is an object with fields of its own choosing, or one of several classes."""
    origin = typing.get_origin(takes)
    known = takes in _KINDS or takes is str or hasattr(takes, "__supertype__")
    return origin is Mapping or not known


def _choices(takes: object) -> Iterator[Choice]:
    if isinstance(takes, type) and issubclass(takes, Enum):
        values: tuple[object, ...] = tuple(takes)
    elif typing.get_origin(takes) is Literal:
        values = typing.get_args(takes)
    else:
        values = ()
    for one in values:
        value = str(one.value if isinstance(one, Enum) else one)
        nl, en = one.words if isinstance(one, Worded) else _plain(value)
        yield Choice(value, Text(_capital(nl), _capital(en)))


def _plain(value: str) -> Text:
    return cast("Mapping[str, Text]", LIGHT_WORDS).get(value, Text(value, value))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _longest(metadata: tuple[Any, ...]) -> int | None:
    found = [
        one.max_length
        for one in metadata
        if isinstance(one, StringConstraints) or hasattr(one, "max_length")
    ]
    return next((one for one in found if one is not None), None)


def _default(info: FieldInfo | None) -> str:
    """What a choice says when nobody chooses."""
    given = None if info is None else info.default
    if isinstance(given, Enum):
        return str(given.value)
    return given if isinstance(given, str) else ""
