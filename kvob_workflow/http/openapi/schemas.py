"""How are models written so that the NLGov rules accept them? One form for what may be absent.

`date | None` becomes `type: [string, null]` with its format, a parameter is never null, names are
UpperCamelCase, and what FastAPI says of 422 is gone: bad input is answered with 400 here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, cast

Schema = dict[str, Any]
_OF_FASTAPI: Final = ("HTTPValidationError", "ValidationError")
_COMPONENTS: Final = "#/components/schemas/"


def tidied(drawn: Schema) -> Schema:
    """The document of FastAPI with its schemas written our way.

    Raises:
        ValueError: two models would have the same name.
    """
    schemas = drawn.get("components", {}).get("schemas", {})
    for name in _OF_FASTAPI:
        schemas.pop(name, None)
    names = {name: upper_camel(name) for name in schemas}
    if len(set(names.values())) < len(names):
        raise ValueError(f"two models have one name: {sorted(names.values())}")
    made = cast("Schema", _walked(drawn, names))
    for item in made["paths"].values():
        for operation in item.values():
            operation["responses"].pop("422", None)
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _never_null(parameter["schema"])
    if schemas:
        own = made["components"]["schemas"]
        made["components"]["schemas"] = {names[name]: own[name] for name in own}
    return made


def hoisted(schema: Mapping[str, Any], components: Schema) -> Schema:
    """A schema of pydantic with its own definitions among those of the document.

    Raises:
        ValueError: one of them has the name of another model.
    """
    definitions = cast("Schema", schema.get("$defs", {}))
    names = {name: upper_camel(name) for name in definitions}
    for name, one in definitions.items():
        made = _walked(one, names)
        if components.setdefault(names[name], made) != made:
            raise ValueError(f"two models have one name: {names[name]}")
    rest = {key: value for key, value in schema.items() if key != "$defs"}
    return cast("Schema", _walked(rest, names))


def upper_camel(name: str) -> str:
    """`ListOf_EstateLine_` as `ListOfEstateLine`."""
    words = re.split(r"[^0-9A-Za-z]+", name)
    return "".join(word[:1].upper() + word[1:] for word in words)


def _walked(node: object, names: Mapping[str, str]) -> object:
    if isinstance(node, list):
        return [_walked(one, names) for one in cast("list[object]", node)]
    if not isinstance(node, dict):
        return node
    made = {key: _walked(one, names) for key, one in cast("Schema", node).items()}
    reference = made.get("$ref")
    if isinstance(reference, str):
        name = reference.rpartition("/")[2]
        made["$ref"] = _COMPONENTS + names.get(name, name)
    _without_titles(made)
    return _flat(made)


def _without_titles(node: Schema) -> None:
    """A title that repeats the name of the field tells nothing."""
    properties = node.get("properties")
    if isinstance(properties, dict):
        for one in cast("Schema", properties).values():
            if isinstance(one, dict):
                cast("Schema", one).pop("title", None)


def _flat(node: Schema) -> Schema:
    """`anyOf` of one simple type and null as one type that may be null."""
    choices = node.get("anyOf")
    if not isinstance(choices, list):
        return node
    others = [one for one in cast("list[Schema]", choices) if one != {"type": "null"}]
    is_nullable = len(others) < len(cast("list[Schema]", choices))
    if not is_nullable or len(others) != 1:
        return node
    only = others[0]
    if not isinstance(only.get("type"), str) or "enum" in only or "const" in only:
        return node
    rest = {key: value for key, value in node.items() if key != "anyOf"}
    return {**only, **rest, "type": [only["type"], "null"]}


def _never_null(schema: Schema) -> Schema:
    """The schema of a parameter: there is no null in a URL or a header."""
    made = {key: value for key, value in schema.items() if key not in ("title", "anyOf", "type")}
    if isinstance(kinds := schema.get("type"), list):
        kinds = next(one for one in cast("list[str]", kinds) if one != "null")
    if kinds is not None:
        made["type"] = kinds
    choices = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if len(choices) == 1:
        made |= choices[0]
    elif choices:
        made["anyOf"] = choices
    if made.get("default", 0) is None:
        del made["default"]
    return made
