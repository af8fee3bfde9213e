"""Which events are there? Each with its words, its causes, its release, and its JSON Schema.

    from kvob_workflow.events import catalogue, schema_of

    for entry in catalogue():
        print(entry.topic, entry.since, schema_of(entry.topic)["description"])

A document describes the whole stored text, `{"e": ..., "m": ...}`; its `$id` is the topic, which
is a URI of its own and never changes. Older topics stay in the catalogue with the form that they
were released in, and say as what they are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple, cast

from kvob_domain.errors import NotFound
from kvob_domain.estate.causes import CAUSES
from kvob_domain.estate.commands import name_of
from kvob_domain.estate.events import ALL_EVENTS
from kvob_domain.estate.events.words import EVENT_WORDS
from kvob_domain.words import Text
from kvob_workflow.events.envelope import METADATA_SCHEMA
from kvob_workflow.events.feeds import views_fed_by
from kvob_workflow.events.forms import DIALECT, PERSONAL, Schema, form_of, said_schema
from kvob_workflow.events.released import register, since
from kvob_workflow.store.upcasts import UPCASTS, chain_of

if TYPE_CHECKING:
    from kvob_domain.estate.events import AnyEvent
    from kvob_workflow.store.upcasts import JsonObject

ALL_TOPICS: Final = "kvob.estate:events"
"""The `$id` of the document that holds the schemas of all events."""


class PersonalField(NamedTuple):
    """A place in an event where personal data may stand, and as what."""

    place: str
    kind: str


@dataclass(frozen=True, slots=True)
class EventEntry:
    """One event. `since` is None until it is released; `read_as` is itself, or a newer topic.

    `commands` are the names of the commands that give it, as in JSON; none where the program
    writes it by itself. `views` are the inline views whose rows can change with it.
    """

    topic: str
    name: str
    title: Text
    description: str
    since: str | None
    read_as: str
    commands: tuple[str, ...]
    views: tuple[str, ...]
    personal: tuple[PersonalField, ...]


@dataclass(eq=False)
class TopicUnknown(NotFound):
    """No event has this topic."""

    code: ClassVar[str] = "topic-unknown"
    nl: ClassVar[str] = "Er is geen gebeurtenis '{topic}'. Bekijk ze met 'kvob events list'."
    en: ClassVar[str] = "There is no event '{topic}'. See them with 'kvob events list'."
    topic: str


@cache
def catalogue() -> tuple[EventEntry, ...]:
    """Every event that can be read: those of today by subject, then the older topics."""
    classes = {event.TOPIC: event for event in ALL_EVENTS}
    return tuple(
        _entry(topic, classes[chain_of(topic, UPCASTS).newest]) for topic in (*classes, *UPCASTS)
    )


def entry_of(topic: str) -> EventEntry:
    """The event with this topic, or with this name and the highest version: `covenant-signed`.

    Raises:
        TopicUnknown: there is none.
    """
    for entry in catalogue():
        bare = entry.topic.partition(":")[2]
        if topic in {entry.topic, bare, bare.rpartition(".")[0], entry.name}:
            return entry
    raise TopicUnknown(topic)


def schema_of(topic: str) -> Schema:
    """The JSON Schema (2020-12) of the stored text of an event.

    A correction refers to the schemas of what it can state, by their `$id`; `bundled` holds them.

    Raises:
        TopicUnknown: there is no such event.
    """
    entry = entry_of(topic)
    said = dict(_said(entry.topic))
    definitions = cast("Schema", said.pop("$defs", {}))
    said["examples"] = list(_examples(entry.topic))
    return {
        "$schema": DIALECT,
        "$id": entry.topic,
        "title": entry.name,
        "description": entry.description,
        "type": "object",
        "additionalProperties": False,
        "required": ["e", "m"],
        "properties": {"e": said, "m": {"$ref": "#/$defs/Metadata"}},
        "$defs": {**definitions, "Metadata": METADATA_SCHEMA},
        "x-kvob": {
            "nl": entry.title.nl,
            "en": entry.title.en,
            "since": entry.since,
            "readAs": entry.read_as,
            "commands": list(entry.commands),
            "views": list(entry.views),
        },
    }


def bundled(topic: str) -> Schema:
    """The schema of an event with the schemas that it refers to: one document that needs no other.

    Raises:
        TopicUnknown: there is no such event.
    """
    schema = schema_of(topic)
    others = sorted(set(_referred(schema)) - {entry_of(topic).topic})
    definitions = cast("Schema", schema["$defs"])
    return {**schema, "$defs": {**definitions, **{one: schema_of(one) for one in others}}}


def all_bundled() -> Schema:
    """One document with the schemas of all events; it takes the stored text of any of them."""
    topics = [entry.topic for entry in catalogue()]
    return {
        "$schema": DIALECT,
        "$id": ALL_TOPICS,
        "title": "Events of an estate",
        "description": "The stored text of any event; the topic stands in a column of its own.",
        "anyOf": [{"$ref": topic} for topic in topics],
        "$defs": {topic: schema_of(topic) for topic in topics},
    }


def event_table() -> str:
    """Every event with its Dutch title, its release and its causes, as Markdown."""
    lines = ["| event | Dutch | topic | since | commands |", "|---|---|---|---|---|"]
    for entry in catalogue():
        commands = ", ".join(f"`{name}`" for name in entry.commands) or "the program itself"
        if len(entry.commands) > 4:
            commands = f"{len(entry.commands)} commands"
        title, topic = entry.title.nl, entry.topic.partition(":")[2]
        lines.append(
            f"| `{entry.name}` | {title} | `{topic}` | {entry.since or 'next'} | {commands} |"
        )
    return "\n".join(lines)


def _entry(topic: str, event: type[AnyEvent]) -> EventEntry:
    return EventEntry(
        topic=topic,
        name=event.__name__,
        title=EVENT_WORDS[event],
        description=str(event.__doc__),
        since=since(register()).get(topic),
        read_as=event.TOPIC,
        commands=tuple(name_of(command) for command in CAUSES[event]),
        views=views_fed_by(event),
        personal=tuple(dict.fromkeys(_personal(_within(_said(topic)), "e"))),
    )


@cache
def _said(topic: str) -> Mapping[str, object]:
    """The schema of the business part; for an older topic that of its last release."""
    for event in ALL_EVENTS:
        if topic == event.TOPIC:
            return said_schema(event, (*(one.TOPIC for one in ALL_EVENTS), *UPCASTS))
    return [one.schema for one in register() if one.topic == topic][-1]


def _examples(topic: str) -> Iterator[JsonObject]:
    for one in register():
        if one.topic == topic:
            yield from one.examples


def _referred(part: object) -> Iterator[str]:
    """The other documents that a schema refers to."""
    if isinstance(part, list):
        for one in cast("list[object]", part):
            yield from _referred(one)
    elif isinstance(part, dict):
        schema = cast("Schema", part)
        reference = schema.get("$ref")
        if isinstance(reference, str) and not reference.startswith("#"):
            yield reference.partition("#")[0]
        for value in schema.values():
            yield from _referred(value)


def _within(schema: Mapping[str, object]) -> Schema:
    """The schema without references within it, its marks kept."""
    return form_of(dict(schema), keep=frozenset({PERSONAL}))


def _personal(schema: Schema, place: str) -> Iterator[PersonalField]:
    kind = schema.get(PERSONAL)
    if kind is not None:
        yield PersonalField(place, str(kind))
        return
    for name, one in cast("Mapping[str, Schema]", schema.get("properties", {})).items():
        yield from _personal(one, f"{place}.{name}")
    if isinstance(items := schema.get("items"), dict):
        yield from _personal(cast("Schema", items), f"{place}[]")
    for choice in cast("list[Schema]", schema.get("oneOf", [])):
        if "$ref" not in choice:
            yield from _personal(choice, place)
