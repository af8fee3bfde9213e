"""Which events can there be? A Hypothesis strategy for any event class, read off its fields."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal, NewType, cast

from annotated_types import Ge, Le, MaxLen, MinLen
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from kvob_domain.estate.events import ALL_EVENTS, Event
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.partial_date import PartialDate

Values = st.SearchStrategy[object]

_DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))
_PARTIAL = st.one_of(
    st.just(PartialDate()),
    _DAYS.map(PartialDate.of),
    _DAYS.map(lambda day: PartialDate(day.year, day.month)),
    _DAYS.map(lambda day: PartialDate(day.year)),
)


def instants() -> st.SearchStrategy[datetime]:
    """Aware instants in UTC."""
    return st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC))


def texts(metadata: Sequence[object] = ()) -> Values:
    """Texts of any script within the bounds or the pattern that a field sets."""
    for mark in metadata:
        pattern = getattr(mark, "pattern", None)
        if pattern is not None:
            return st.from_regex(cast("str", pattern), fullmatch=True)
    least = max((mark.min_length for mark in metadata if isinstance(mark, MinLen)), default=0)
    most = min((mark.max_length for mark in metadata if isinstance(mark, MaxLen)), default=40)
    return st.text(st.characters(codec="utf-8"), min_size=least, max_size=min(most, 40))


def models(model: type[BaseModel]) -> Values:
    """Instances of a model, made as commands make them: by validation."""
    model.model_rebuild()
    fields = {
        name: values(field.annotation, field.metadata) for name, field in model.model_fields.items()
    }
    return st.fixed_dictionaries(fields).map(lambda given: _made(model, given)).filter(bool)


def _made(model: type[BaseModel], given: dict[str, object]) -> BaseModel | None:
    try:
        return model.model_validate(given)
    except ValidationError:  # fields that contradict each other
        return None


def values(annotation: object, metadata: Sequence[object] = ()) -> Values:
    """Values of one annotation."""
    origin = typing.get_origin(annotation)
    arguments = typing.get_args(annotation)
    if isinstance(annotation, NewType):
        return values(annotation.__supertype__, metadata)
    if origin is Annotated:
        return values(arguments[0], (*metadata, *arguments[1:]))
    if origin in (typing.Union, types.UnionType):
        return st.one_of([values(argument, metadata) for argument in arguments])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is Mapping:  # what a correction says: JSON
        return st.dictionaries(
            texts(), st.one_of(st.none(), st.integers(-9, 9), texts()), max_size=3
        )
    if origin is tuple:
        return st.lists(values(arguments[0]), max_size=3).map(tuple)
    return _plain(cast("type[object]", annotation), metadata)


def _events() -> Values:
    """What a correction states: any event; a correction within a correction has its own test."""
    return st.sampled_from([one for one in ALL_EVENTS if one is not EventCorrected]).flatmap(models)


def _plain(kind: type[object], metadata: Sequence[object]) -> Values:
    if kind is Event:
        return st.deferred(_events)
    if issubclass(kind, BaseModel):
        return models(kind)
    if issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    return _SIMPLE[kind](metadata)


def _integers(metadata: Sequence[object]) -> Values:
    least = max((cast("int", mark.ge) for mark in metadata if isinstance(mark, Ge)), default=None)
    most = min((cast("int", mark.le) for mark in metadata if isinstance(mark, Le)), default=None)
    return st.integers(min_value=least, max_value=most)


def _decimals(metadata: Sequence[object]) -> Values:
    most = min((cast("int", mark.le) for mark in metadata if isinstance(mark, Le)), default=99_999)
    return st.decimals(min_value=Decimal(0), max_value=Decimal(most), places=2)


_SIMPLE: dict[type[object], Callable[[Sequence[object]], Values]] = {
    type(None): lambda _: st.none(),
    bool: lambda _: st.booleans(),
    int: _integers,
    str: texts,
    date: lambda _: _DAYS,
    Decimal: _decimals,
    PartialDate: lambda _: _PARTIAL,
}
