"""How do the fields of a domain command become options, and the values given a JSON object?

A scalar is one option, a list a repeatable one, a nested object JSON text or dotted options
(`--figures.year 2020`). Values stay text here: the command's own model judges them all at once.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Final, Literal, cast

from pydantic import BaseModel

from kvob_domain.ids import EstateId
from kvob_domain.partial_date import PartialDate
from kvob_workflow.cli.entrance import shared_options
from kvob_workflow.cli.field_words import FIELD_WORDS
from kvob_workflow.cli.option_choices import understood
from kvob_workflow.cli.options import Kind, Option, flag_of
from kvob_workflow.cli.words import OPTION_WORDS, SINGULARS

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from kvob_domain.words import Text
    from kvob_workflow.cli.entrance import Values

_SHAPES: Final[dict[object, str]] = {
    EstateId: "estate",
    date: "day",
    PartialDate: "part_day",
    int: "number",
    Decimal: "number",
}
DISCRIMINATOR: Final = "command"
_TAKEN: Final = frozenset(option.name for option in shared_options())


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a command: `path` is dotted for a field of a nested object."""

    path: str
    flag: str
    takes: object
    many: bool
    required: bool
    choices: tuple[Enum | str, ...]

    @property
    def is_object(self) -> bool:
        """Whether it is, or holds, nested objects, given as JSON text."""
        return isinstance(self.takes, type) and issubclass(self.takes, BaseModel)

    @property
    def is_open(self) -> bool:
        """Whether it is an object with fields of its own choosing, given as JSON text."""
        return typing.get_origin(self.takes) is Mapping

    @property
    def is_estate(self) -> bool:
        """Whether it names an estate, or estates."""
        return self.takes is EstateId


def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """The fields of a command in their order, those of nested objects behind their own."""
    return tuple(_fields(model, "", str(model.model_fields[DISCRIMINATOR].default)))


def _fields(model: type[BaseModel], prefix: str, command: str) -> Iterator[Field]:
    for name, info in model.model_fields.items():
        if name == DISCRIMINATOR:
            continue
        path = f"{prefix}{name}"
        field = _field(path, info, command)
        yield field
        if field.is_object and not field.many:
            yield from _fields(cast("type[BaseModel]", field.takes), f"{path}.", command)


def _field(path: str, info: FieldInfo, command: str) -> Field:
    whole = _without_none(info.annotation)
    many = typing.get_origin(whole) is tuple
    takes: object = _without_none(typing.get_args(whole)[0]) if many else whole
    # "--role" says who acts, so the role of a succeeding party is "--party-role".
    own = f"{command.rsplit('_', 1)[-1]}_{path}" if path in _TAKEN else path
    nested = "." in path
    return Field(
        path, flag_of(own), takes, many, info.is_required() and not nested, _choices(takes)
    )


def _choices(takes: object) -> tuple[Enum | str, ...]:
    if isinstance(takes, type) and issubclass(takes, Enum):
        return tuple(takes)
    if typing.get_origin(takes) is Literal:
        return typing.get_args(takes)
    return ()


def _without_none(annotation: object) -> object:
    """The type behind Optional and Annotated."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        some = [one for one in typing.get_args(annotation) if one is not type(None)]
        annotation = some[0] if len(some) == 1 else annotation
    if typing.get_origin(annotation) is typing.Annotated:
        return _without_none(typing.get_args(annotation)[0])
    return annotation


def option_of(field: Field, command: str, *, positional: bool) -> Option:
    """The option for a field of a command."""
    kind: Kind = "texts" if field.many else "flag" if field.takes is bool else "text"
    singular = SINGULARS.get(field.path)
    flags = (flag_of(singular), field.flag) if singular else (field.flag,)
    return Option(
        name=field.path,
        kind=kind,
        words=words_of(command, field.path),
        flags=flags,
        positional=positional,
        required=field.required and field.path != "on",
        shape="json" if field.is_object or field.is_open else _SHAPES.get(field.takes, ""),
        choices=_codes(field),
        keys=_keys(field) if field.is_object and field.many else "",
    )


def _codes(field: Field) -> tuple[str, ...]:
    return tuple(str(getattr(choice, "value", choice)) for choice in field.choices)


def _keys(field: Field) -> str:
    """What a JSON object in a list holds; optional keys in brackets."""
    told: list[str] = []
    for name, info in cast("type[BaseModel]", field.takes).model_fields.items():
        inner = _field(name, info, "")
        codes = f": {' | '.join(_codes(inner))}" if inner.choices else ""
        told.append(f"{name}{codes}" if info.is_required() else f"[{name}{codes}]")
    return f"{{{', '.join(told)}}}"


def words_of(command: str, path: str) -> Text:
    """The words for a field: its own in this command, else those of its name.

    Raises:
        KeyError: when nobody has written them; a test walks every field.
    """
    own = FIELD_WORDS.get(f"{command}:{path}") or FIELD_WORDS.get(path)
    return own or OPTION_WORDS[path]


def body_of(fields: tuple[Field, ...], values: Values) -> dict[str, object]:
    """The values given as one nested object, as JSON on standard input would hold it.

    Text that should be JSON and is not stays text, so that the model refuses it in its place.
    """
    body: dict[str, object] = {}
    for field in fields:
        if field.path in values:
            _put(body, field.path.split("."), _value(field, values[field.path]))
    return body


def _value(field: Field, given: object) -> object:
    if not field.many:
        return _scalar(field, str(given))
    items = [_scalar(field, text) for text in cast("tuple[str, ...]", given)]
    if not field.is_object:
        return items
    # '[{...}, {...}]' at once, '{...}' one by one, or both mixed.
    flat: list[object] = []
    for item in items:
        flat += cast("list[object]", item) if isinstance(item, list) else [item]
    return flat


def _scalar(field: Field, text: str) -> object:
    if field.is_object or field.is_open:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return understood(text, [choice for choice in field.choices if isinstance(choice, Enum)])


def _put(body: dict[str, object], path: list[str], value: object) -> None:
    for name in path[:-1]:
        inner = body.get(name)
        nested: dict[str, object] = (
            dict(cast("Mapping[str, object]", inner)) if isinstance(inner, Mapping) else {}
        )
        body[name] = nested
        body = nested
    body[path[-1]] = value
