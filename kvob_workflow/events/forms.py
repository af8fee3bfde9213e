"""What may stand in a stored event? Its form as JSON Schema, made from the classes.

The stored form differs from what a class takes in: what is absent is left out and never null,
amounts are texts, names are sealed. A form is as narrow as the class can tell, since two forms are
compared to see whether one still reads what the other wrote. Read next: `compatibility`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, cast

from pydantic.json_schema import GenerateJsonSchema

from kvob_domain.estate.document_fields import LINE
from kvob_domain.estate.persons import PERSON_FIELDS
from kvob_domain.free_text import NOT_FREE

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

    from kvob_domain.estate.events import Event

Schema = dict[str, object]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
PERSONAL: Final = "x-personal-data"
_TEXT: Final = "x-text"
# Texts of events that no person types: rules, fingerprints, editions.
_WRITTEN_BY_US: Final = frozenset({"from_edition", "keys", "rule", "to_edition"})
_HERE: Final = "#/$defs/"
# What pydantic says for OpenAPI, and that the names of fields are texts.
_DROPPED: Final = frozenset({_TEXT, "discriminator", "propertyNames"})
_CORRECTION: Final = "kvob.estate:event-corrected."
# What tells people something and changes nothing of what may stand there.
_REMARKS: Final = frozenset({"title", "description", "examples", PERSONAL})


class _Generator(GenerateJsonSchema):
    """Pydantic's schemas, with the bounds that it leaves out and without nulls."""

    def field_title_should_be_set(self, schema: object) -> bool:
        """No: the name of a field in capitals tells nobody anything."""
        del schema
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """What is absent is left out."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """A default says how an absent value is read; None says nothing more."""
        inner = super().default_schema(schema)
        if "default" in inner and inner["default"] is None:
            del inner["default"]
        return inner

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """A text of any kind is marked; a pattern makes a code of it."""
        made = super().str_schema(schema)
        if made.get("pattern", LINE) == LINE:
            made[_TEXT] = True
        return made

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:
        """A day, with the first and the last one that is taken."""
        made = super().date_schema(schema)
        bounds = cast("Mapping[str, object]", schema)
        for bound, keyword in (("ge", "formatMinimum"), ("le", "formatMaximum")):
            if bound in bounds:
                made[keyword] = str(bounds[bound])
        return made

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """An amount is stored as text; its bounds are told beside it."""
        made: Schema = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?(E[+-]?[0-9]+)?$"}
        bounds = cast("Mapping[str, int]", schema)
        for bound, keyword in (
            ("ge", "x-minimum"),
            ("le", "x-maximum"),
            ("max_digits", "x-maxDigits"),
            ("decimal_places", "x-maxDecimals"),
        ):
            if bound in bounds:
                made[keyword] = int(bounds[bound])
        return made


def said_schema(event: type[Event], stated: Iterable[str] = ()) -> Schema:
    """The schema of what is stored under "e", with its definitions.

    `stated` are the topics that a correction may state, each with a schema of its own.
    """
    event.model_rebuild()
    made = event.model_json_schema(mode="serialization", schema_generator=_Generator)
    schema = cast("Schema", _marked(made, ""))
    members = cast("Schema", schema["properties"])
    if event.TOPIC.startswith(_CORRECTION):
        members["instead"] = {
            "oneOf": [_statement(topic) for topic in stated],
            PERSONAL: "as-in-the-event-stated",
        }
    return schema


def form_of(schema: Schema, keep: frozenset[str] = frozenset()) -> Schema:
    """A schema as it is compared: nothing refers to another part, nothing is for people alone.

    The remarks named by `keep` stay.
    """
    definitions = cast("Mapping[str, object]", schema.get("$defs", {}))
    return cast("Schema", _inlined(schema, definitions, _REMARKS - keep | {"$defs"}))


def _statement(topic: str) -> Schema:
    """An event as a correction keeps it; `_stated` in the domain's events/corrections.py."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["topic", "says"],
        "properties": {"topic": {"const": topic}, "says": {"$ref": f"{topic}#/properties/e"}},
    }


def _marked(part: object, name: str) -> object:
    """The schema with every place marked where personal data may stand."""
    if isinstance(part, list):
        return [_marked(one, name) for one in cast("list[object]", part)]
    if not isinstance(part, dict):
        return part
    schema = cast("Schema", part)
    marked: Schema = {}
    for keyword, value in schema.items():
        if keyword in {"properties", "$defs"}:
            named = cast("Mapping[str, Schema]", value)
            marked[keyword] = {inner: _marked(one, inner) for inner, one in named.items()}
        elif keyword not in _DROPPED and (keyword, value) != ("title", _in_capitals(name)):
            marked[keyword] = _marked(value, name)
    if (personal := _personal(schema, name)) is not None:
        marked[PERSONAL] = personal
    constants = [inner for inner, one in _properties(schema) if "const" in one]
    if constants:  # a field that can only say one thing is always written
        required = cast("list[str]", schema.get("required", []))
        marked["required"] = [*required, *(one for one in constants if one not in required)]
    return marked


def _personal(schema: Schema, name: str) -> str | None:
    if name in PERSON_FIELDS and schema.get("type") == "string":
        return "person-id"
    if schema.get(_TEXT) and name not in NOT_FREE | _WRITTEN_BY_US:
        return "free-text"
    if name == "says" and schema.get("type") == "object":  # any fields of any event, as JSON
        return "free-text"
    return "sealed-name" if schema.get("title") == "Sealed" else None


def _properties(schema: Schema) -> Iterable[tuple[str, Schema]]:
    return cast("Mapping[str, Schema]", schema.get("properties", {})).items()


def _in_capitals(name: str) -> str:
    return name.replace("_", " ").title()


def _inlined(part: object, definitions: Mapping[str, object], dropped: frozenset[str]) -> object:
    if isinstance(part, list):
        return [_inlined(one, definitions, dropped) for one in cast("list[object]", part)]
    if not isinstance(part, dict):
        return part
    schema = cast("Schema", part)
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference.startswith(_HERE):
        meant = cast("Schema", definitions[reference.removeprefix(_HERE)])
        beside = {keyword: value for keyword, value in schema.items() if keyword != "$ref"}
        return _inlined({**meant, **beside}, definitions, dropped)
    inlined: Schema = {}
    for keyword, value in schema.items():
        if keyword == "properties":
            named = cast("Schema", value)
            inlined[keyword] = {
                name: _inlined(one, definitions, dropped) for name, one in named.items()
            }
        elif keyword not in dropped:
            inlined[keyword] = _inlined(value, definitions, dropped)
    return inlined
