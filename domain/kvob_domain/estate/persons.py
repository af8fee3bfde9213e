"""Where do commands and events speak of persons? Their ids, and the names that are sealed.

A name belongs to a place: the version of the event and the path of the field. What a correction
states has the place of the event that it corrects, so that a sealed name can be carried over.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple, TypeVar, cast

from pydantic import BaseModel, ValidationError

from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import PersonId
from kvob_domain.parties import PartyRole, Signatory
from kvob_domain.personal import Sealed

M = TypeVar("M", bound=BaseModel)

_SIGNED: Final = ("signatories", "witnesses")
_SAYS: Final = "says"
_WITHIN: Final = ("instead", "act", _SAYS)
PERSON_FIELDS: Final = frozenset({"auditor", "person", "proposer"})
"""The fields of commands and events that hold the id of a person."""
WITHOUT_NAME: Final = "-"


class Place(NamedTuple):
    """Where a name stands within an estate."""

    version: int
    path: str


Change = Callable[[Place, Signatory], Signatory]
Says = Mapping[str, object]
"""What a request to correct says, as JSON: signatories are objects in lists."""


@cache
def may_name(kind: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a class under which names can stand; most have none."""
    return tuple(name for name in (*_SIGNED, *_WITHIN) if name in kind.model_fields)


def signing(model: BaseModel, version: int) -> Iterator[tuple[Place, Signatory]]:
    """Everybody who signs in a command or event, with the place of the name."""
    for field in may_name(type(model)):
        value = getattr(model, field)
        if field in _SIGNED:
            for index, one in enumerate(cast("tuple[Signatory, ...]", value)):
                yield Place(version, f"{field}.{index}.name"), one
        elif isinstance(value, BaseModel):
            yield from signing(value, _inner_version(model, field, version))
        elif field == _SAYS and value is not None:
            corrected = _inner_version(model, field, version)
            for where, index, said in _said_to_sign(cast("Says", value)):
                yield Place(corrected, f"{where}.{index}.name"), _signatory(said)


def with_signing(model: M, version: int, change: Change) -> M:
    """The same command or event with everybody who signs changed; itself where nobody does."""
    updates: dict[str, object] = {}
    for field in may_name(type(model)):
        value = getattr(model, field)
        if field in _SIGNED:
            signed = cast("tuple[Signatory, ...]", value)
            updates[field] = tuple(
                change(Place(version, f"{field}.{index}.name"), one)
                for index, one in enumerate(signed)
            )
        elif isinstance(value, BaseModel):
            inner = _inner_version(model, field, version)
            updates[field] = with_signing(value, inner, change)
        elif field == _SAYS and value is not None:
            corrected = _inner_version(model, field, version)
            updates[field] = _said_with(cast("Says", value), corrected, change)
    return model.model_copy(update=updates) if updates else model


def says_name(model: BaseModel) -> bool:
    """Whether a request to correct, or the proposal of one, says a name in clear anywhere."""
    for field in may_name(type(model)):
        value = getattr(model, field)
        if field == _SAYS and value is not None and _hidden(value) != value:
            return True
        if field == "act" and isinstance(value, BaseModel) and says_name(value):
            return True
    return False


def needs_seal(recorded: Recorded) -> bool:
    """Whether a name stands in an event in clear, or a sealed one in a place of its own."""
    if not may_name(type(recorded.event)):
        return False
    return says_name(recorded.event) or any(
        isinstance(one.name, str)
        or (isinstance(one.name, Sealed) and place.version == recorded.version)
        for place, one in signing(recorded.event, recorded.version)
    )


def nameless(model: M) -> M:
    """The same command with every name in clear replaced by a mark: what may be hashed."""
    updates: dict[str, object] = {}
    for field in may_name(type(model)):
        value = getattr(model, field)
        if field == _SAYS:
            updates[field] = _hidden(value)
        elif field in _SIGNED:
            updates[field] = tuple(map(_nameless, cast("tuple[Signatory, ...]", value)))
    return model.model_copy(update=updates) if updates else model


def _nameless(one: Signatory) -> Signatory:
    plain = isinstance(one.name, str)
    return one.model_copy(update={"name": WITHOUT_NAME}) if plain else one


def _hidden(value: object) -> object:
    """JSON with the names of whoever has a role replaced by a mark."""
    if isinstance(value, Mapping):
        said = cast("Says", value)
        is_party = "role" in said or "person" in said
        return {
            field: WITHOUT_NAME
            if is_party and field == "name" and isinstance(one, str)
            else _hidden(one)
            for field, one in said.items()
        }
    if isinstance(value, list | tuple):
        return [_hidden(one) for one in cast("Sequence[object]", value)]
    return value


def sealed_in(recorded: Recorded) -> Iterator[tuple[Place, Sealed]]:
    """The sealed names of an event."""
    for place, one in signing(recorded.event, recorded.version):
        if isinstance(one.name, Sealed):
            yield place, one.name


def mentions(recorded: Recorded) -> Iterator[tuple[str, PersonId]]:
    """The persons that an event speaks of, by the path of the field; "by" recorded it."""
    if recorded.by is not None:
        yield "by", recorded.by
    yield from _within(recorded.event, "")


def _within(model: BaseModel, prefix: str) -> Iterator[tuple[str, PersonId]]:
    yield from _in_fields(model.__dict__, prefix)


def _in_fields(fields: Mapping[str, object], prefix: str) -> Iterator[tuple[str, PersonId]]:
    for field, value in fields.items():
        path = f"{prefix}{field}"
        if field in PERSON_FIELDS and isinstance(value, str):
            yield path, PersonId(value)
        else:
            yield from _in_value(value, path)


def _in_value(value: object, path: str) -> Iterator[tuple[str, PersonId]]:
    if isinstance(value, BaseModel):
        yield from _within(value, f"{path}.")
    elif isinstance(value, Mapping):
        yield from _in_fields(cast("Says", value), f"{path}.")
    elif isinstance(value, list | tuple):
        for index, one in enumerate(cast("Sequence[object]", value)):
            yield from _in_value(one, f"{path}.{index}")


def _said_to_sign(says: Says) -> Iterator[tuple[str, int, Says]]:
    for field in _SIGNED:
        listed = says.get(field)
        if isinstance(listed, list | tuple):
            for index, one in enumerate(cast("Sequence[object]", listed)):
                if isinstance(one, Mapping):
                    yield field, index, cast("Says", one)


def _signatory(said: Says) -> Signatory:
    """Whoever is said to sign; only the parts that matter here, whatever the rest is."""
    person, name = said.get("person"), said.get("name")
    known: dict[str, object] = {"person": person, "name": name}
    plain = {"organisation": str(said.get("organisation")) or "-", "role": PartyRole.OTHER}
    try:
        return Signatory.model_validate(plain | known)
    except ValidationError:
        return Signatory(organisation="-", role=PartyRole.OTHER)


def _said_with(says: Says, version: int, change: Change) -> Says:
    changed: dict[str, list[object]] = {
        field: list(cast("Sequence[object]", says[field]))
        for field in _SIGNED
        if isinstance(says.get(field), list | tuple)
    }
    for field, index, one in _said_to_sign(says):
        new = change(Place(version, f"{field}.{index}.name"), _signatory(one))
        name = new.name
        if name is not None:
            stated = name.model_dump(mode="json") if isinstance(name, Sealed) else name
            changed[field][index] = {**one, "name": stated}
    return {**says, **changed}


def _inner_version(model: BaseModel, field: str, version: int) -> int:
    """What a correction states stands in place of the event that it corrects."""
    corrected = getattr(model, "version", version) if field != "act" else version
    return corrected if isinstance(corrected, int) else version
