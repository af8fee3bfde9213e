"""How does a value look in JSON? The field names of the Python classes, dates as ISO text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TextIO, cast

from pydantic import BaseModel

from kvob_domain.errors import KvobError, Rejected
from kvob_domain.partial_date import PartialDate
from kvob_domain.words import Language

Jsonable = None | bool | int | float | str | list["Jsonable"] | dict[str, "Jsonable"]


def jsonable(value: object, language: Language) -> Jsonable:
    """`value` as objects, lists and scalars; only messages of errors are in `language`.

    Raises:
        TypeError: when nobody has said how this type looks in JSON.
    """
    if isinstance(value, Enum):
        return jsonable(value.value, language)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | PartialDate):
        return str(value)
    if isinstance(value, KvobError):
        return error_as_json(value, language)
    return _composed(value, language)


def as_json_text(document: Jsonable, stream: TextIO) -> str:
    """The document as text that the stream can carry, whatever its encoding."""
    utf8 = (stream.encoding or "").lower().replace("-", "") == "utf8"
    return json.dumps(document, ensure_ascii=not utf8, indent=2)


def error_as_json(error: KvobError, language: Language) -> dict[str, Jsonable]:
    """An error: its stable code, its message, its typed fields, and what else was against it."""
    others = error.others if isinstance(error, Rejected) else ()
    return {
        "code": error.code,
        "message": error.message(language),
        "fields": jsonable(error.fields(), language),
        "others": [error_as_json(other, language) for other in others],
    }


def _composed(value: object, language: Language) -> Jsonable:
    if isinstance(value, BaseModel):
        return cast("Jsonable", value.model_dump(mode="json"))
    if isinstance(value, Mapping):
        members = cast("Mapping[object, object]", value)
        return {str(name): jsonable(member, language) for name, member in members.items()}
    if names := cast("tuple[str, ...]", getattr(value, "_fields", ())):  # a named tuple
        return _object(value, names, language)
    if isinstance(value, set | frozenset):
        return [jsonable(one, language) for one in sorted(cast("set[str]", value))]
    if is_dataclass(value) and not isinstance(value, type):
        return _object(value, tuple(field.name for field in fields(value)), language)
    if isinstance(value, Iterable):
        return [jsonable(one, language) for one in cast("Iterable[object]", value)]
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _object(value: object, names: tuple[str, ...], language: Language) -> dict[str, Jsonable]:
    from kvob_domain.estate.recorded import Recorded

    members = {name: jsonable(getattr(value, name), language) for name in names}
    if isinstance(value, Recorded):
        # Without its topic an event could not be told from another with the same fields.
        return {"topic": value.event.TOPIC, **members}
    return members
