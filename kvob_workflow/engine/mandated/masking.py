"""Who is hidden from whom? Ids of persons, from who has no right to see persons.

A municipality and the scheme manager see that something was done, in which role and for which
organisation, but not by whom. Every field that holds a person's id gets one fixed word, whatever
the answer looks like; a test walks the classes of answers, so that a new field is found.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, Final, TypeGuard, TypeVar, cast

from pydantic import BaseModel

from kvob_domain.errors import KvobError, Rejected
from kvob_domain.estate.persons import PERSON_FIELDS
from kvob_workflow.engine.differing import FieldChange

T = TypeVar("T")

HIDDEN: Final = "hidden"
"""What stands in the place of what somebody may not see."""

OF_PERSONS: Final = PERSON_FIELDS | {"by", "involved"}
"""The fields of answers that hold the ids of persons, or say in words who it was."""

_PLAIN: Final = (str, int, float, bytes, date, Enum, type(None))


def masked(answer: T) -> T:
    """The same answer with the ids of persons hidden; what holds none is the same object."""
    return cast("T", _masked(answer))


def hide(error: KvobError) -> None:
    """Hide the ids of persons in a refusal, and in the refusals within it."""
    for name, value in error.fields().items():
        if name in OF_PERSONS:
            setattr(error, name, _hidden(value))
        elif isinstance(value, KvobError):
            hide(value)
    if isinstance(error, Rejected):
        for other in error.others:
            hide(other)


# Any: an answer may hold anything; what is not known here is given as it is.
def _masked(value: Any) -> Any:
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, FieldChange):
        return _changed(value)
    if isinstance(value, BaseModel):
        new = _differing(value.__dict__)
        return value.model_copy(update=new) if new else value
    if _is_mapping(value):
        return _masked_in(value)
    if isinstance(value, tuple | list | frozenset):
        return _masked_all(value)
    if is_dataclass(value) and not isinstance(value, type | KvobError):
        new = _differing({one.name: getattr(value, one.name) for one in fields(value)})
        return replace(value, **new) if new else value
    return value


def _is_mapping(value: Any) -> TypeGuard[Mapping[Any, Any]]:
    return isinstance(value, Mapping)


def _masked_in(said: Mapping[Any, Any]) -> Mapping[Any, Any]:
    new = _differing(said)
    return {**said, **new} if new else said


def _masked_all(values: Any) -> Any:
    if hasattr(values, "_fields"):
        new = _differing(values._asdict())
        return values._replace(**new) if new else values
    found = [_masked(one) for one in values]
    same = all(new is old for new, old in zip(found, values, strict=True))
    return values if same else type(values)(found)


def _differing(said: Mapping[Any, Any]) -> dict[Any, Any]:
    """The fields that look otherwise when the persons are hidden."""
    new = {
        name: _hidden(value) if name in OF_PERSONS else _masked(value)
        for name, value in said.items()
    }
    return {name: value for name, value in new.items() if value is not said[name]}


def _changed(change: FieldChange) -> FieldChange:
    if change.field.rpartition(".")[2] in OF_PERSONS:
        return replace(change, before=_hidden(change.before), after=_hidden(change.after))
    return replace(change, before=_masked(change.before), after=_masked(change.after))


def _hidden(value: Any) -> Any:
    if isinstance(value, str):
        return HIDDEN
    if isinstance(value, tuple | list | frozenset | set):
        many = cast("tuple[Any, ...]", value)
        return type(many)(_hidden(one) for one in many)
    return _masked(value)
