"""Which object is in the body of a request? A command of the domain, or a model of the API.

The types are those of JSON, and strict: a number is no text and a text no number. All fields that
are wrong are told at once, each by its JSON pointer.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from pydantic import BaseModel, ValidationError

from kvob_domain.estate.commands import Registration, name_of
from kvob_workflow.http.bodies import json_of
from kvob_workflow.http.errors import RequestMalformed
from kvob_workflow.malformed import CommandMalformed, Problem, problems_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fastapi import Request
    from pydantic_core import ErrorDetails

    from kvob_domain.estate.commands import Command
    from kvob_domain.ids import EstateId

Schema = dict[str, Any]
Body = TypeVar("Body", bound=BaseModel)

_OF_PATH: Final = ("command", "estate")
_BODY: Final = "body"


def bytes_of(request: Request) -> bytes:
    """The body as it came, which has been read already."""
    return request._body  # pyright: ignore[reportPrivateUsage]  # as Request.body does


def body_of(request: Request) -> dict[str, object]:
    """The one JSON object in the body, which has been read already.

    Raises:
        BodyMalformed: there is none.
    """
    return json_of(bytes_of(request))


def model_in(request: Request, model: type[Body]) -> Body:
    """The body as this model.

    Raises:
        BodyMalformed, RequestMalformed: it is not one.
    """
    body = body_of(request)
    try:
        return model.model_validate_json(json.dumps(body), strict=True)
    except ValidationError as error:
        raise RequestMalformed(_problems(error.errors(include_url=False))) from None


def command_in(
    request: Request, model: type[Command], estate: EstateId | None, today: Callable[[], date]
) -> Command:
    """The body as a command about the estate of the path; without `on` it happened today.

    Raises:
        BodyMalformed, CommandMalformed: it is not one.
    """
    body = body_of(request)
    own: list[ErrorDetails] = [
        {"type": "extra_forbidden", "loc": (name,), "msg": "", "input": body.pop(name)}
        for name in _OF_PATH
        if name in body
    ]
    about: dict[str, object] = {} if estate is None else {"estate": estate}
    if "on" not in body and is_today(model):
        about["on"] = today().isoformat()
    try:
        command = model.model_validate_json(json.dumps({**about, **body}), strict=True)
    except ValidationError as error:
        own += error.errors(include_url=False)
    else:
        if not own:
            return command
    raise CommandMalformed(name_of(model), _problems(own))


def is_today(model: type[Command]) -> bool:
    """Whether a command without its day happened today."""
    day = model.model_fields.get("on")
    return day is not None and day.annotation is date


def schema_of(model: type[Command]) -> Schema:
    """The JSON Schema of the body of a command: its own fields, without those of the path."""
    schema = cast("Schema", _plain(model.model_json_schema()))
    properties = {name: one for name, one in schema["properties"].items() if name not in _OF_PATH}
    optional = (*_OF_PATH, "on") if is_today(model) else _OF_PATH
    required = [name for name in schema.get("required", ()) if name not in optional]
    about = f"{model.TITLE.nl}. {schema['description']}"
    made = {**schema, "title": model.TITLE.en, "description": about, "properties": properties}
    made.pop("required", None)
    return {**made, "required": required} if required else made


def is_registration(model: type[Command]) -> bool:
    """Whether a command makes an estate or group, so that its path names none."""
    return issubclass(model, Registration)


def _problems(found: Sequence[ErrorDetails]) -> tuple[Problem, ...]:
    told = problems_of(found, lambda path: path)
    return tuple(one._replace(path=(_BODY, *one.path)) for one in told)


def _plain(node: object) -> object:
    """A schema in which a day that is partly known is the text that it is in JSON."""
    if isinstance(node, list):
        return [_plain(one) for one in cast("list[object]", node)]
    if not isinstance(node, dict):
        return node
    members = cast("Mapping[str, object]", node)
    made = {name: _plain(one) for name, one in members.items()}
    default = made.get("default")
    if isinstance(default, dict) and "text" in default:
        made["default"] = cast("Schema", default)["text"]
    return made
