"""Does the catalogue tell of every event, and does its JSON Schema take what is stored?

`jsonschema` gives a second opinion: the schemas are valid, and they take every golden event and
refuse what no event says.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from kvob_domain.estate.causes import CAUSES
from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.estate.commands.oversight import ApproveAct
from kvob_domain.estate.events import ALL_EVENTS
from kvob_domain.free_text import free_texts
from kvob_domain.partial_date import FIRST_YEAR, LAST_YEAR, PartialDate
from kvob_workflow.errors import EventUnreadable
from kvob_workflow.events import TopicUnknown, all_bundled, bundled, catalogue, entry_of, schema_of
from kvob_workflow.events.catalogue import ALL_TOPICS
from kvob_workflow.events.envelope import METADATA_SCHEMA
from kvob_workflow.events.forms import DIALECT
from kvob_workflow.store.codec import Codec
from kvob_workflow.store.upcasts import UPCASTS
from tests.evolution.golden_lines import DEMO, Lines, canonical
from tests.evolution.kept import RELEASES

DRAFT: Any = Draft202012Validator
REGISTRY: Any = Registry
Spoil = Callable[[dict[str, Any]], object]
TOPICS = [entry.topic for entry in catalogue()]
COVENANT = "kvob.estate:covenant-signed.v1"


@cache
def known() -> Any:
    """The schemas of all events, as a host keeps them: each under its `$id`."""
    resources = [(topic, Resource.from_contents(schema_of(topic))) for topic in TOPICS]
    return REGISTRY().with_resources(resources).crawl()


@cache
def validator(topic: str) -> Any:
    """What takes an event of a topic."""
    checker = DRAFT.FORMAT_CHECKER
    return DRAFT({"$ref": topic}, registry=known(), format_checker=checker)


def test_the_catalogue_holds_every_event_in_words() -> None:
    today = [event.TOPIC for event in ALL_EVENTS]
    assert [entry.topic for entry in catalogue()] == [*today, *UPCASTS]
    for entry in catalogue():
        assert entry.title.nl and entry.title.en and entry.description
        assert entry.since in {*RELEASES, None}
        assert (entry.read_as == entry.topic) == (entry.topic in today)


def test_every_document_is_a_json_schema_with_the_topic_as_its_id() -> None:
    ids: list[object] = []
    for topic in TOPICS:
        document = schema_of(topic)
        assert document["$schema"] == DIALECT
        ids.append(document["$id"])
    assert ids == TOPICS


def test_every_golden_event_fits_its_schema(lines: Lines) -> None:
    for told in lines.values():
        for topic, state in told:
            assert list(validator(topic).iter_errors(json.loads(state))) == [], topic


def test_one_document_takes_any_event_and_nothing_else(lines: Lines) -> None:
    document = all_bundled()
    DRAFT.check_schema(document)  # and every schema within it
    assert document["$id"] == ALL_TOPICS
    anything = DRAFT(document)
    assert anything.is_valid(json.loads(lines[DEMO][0][1]))
    assert not anything.is_valid({"e": {}, "m": {}})


def test_a_document_by_itself_needs_no_other() -> None:
    assert _embedded("survey-recorded") == {"Metadata"}
    embedded = _embedded("event-corrected")
    assert embedded == {*TOPICS, "Metadata"} - {"kvob.estate:event-corrected.v1"}


def _embedded(name: str) -> set[str]:
    definitions: Any = bundled(name)["$defs"]
    return set(definitions)


def _without(member: str) -> Spoil:
    return lambda event: event["e"].pop(member)


def _with(**members: Any) -> Spoil:
    return lambda event: event["e"].update(members)


def _signed(**members: Any) -> Spoil:
    return lambda event: event["e"]["signatories"][0].update(members)


def _recorded(**members: Any) -> Spoil:
    return lambda event: event["m"].update(members)


def _beside(**members: Any) -> Spoil:
    return lambda event: event.update(members)


@pytest.mark.parametrize(
    "spoil",
    [
        _without("on"),
        _without("signatories"),
        _with(on="2021-02-30"),
        _with(on=None),
        _with(surprise=1),
        _with(signatories="nobody"),
        _signed(role="baker"),
        _signed(organisation=""),
        _signed(organisation="x" * 201),
        _signed(person="Jan Jansen"),
        _signed(name={"box": "no seal"}),
        _recorded(at=None),
        _recorded(at="yesterday"),
        _beside(x=1),
    ],
)
def test_what_no_event_says_is_refused_as_the_codec_refuses_it(spoil: Spoil, lines: Lines) -> None:
    state = next(state for topic, state in lines[DEMO] if topic == COVENANT)
    spoiled = json.loads(state)
    assert validator(COVENANT).is_valid(spoiled)
    spoil(spoiled)
    assert not validator(COVENANT).is_valid(spoiled)
    with pytest.raises(EventUnreadable):
        Codec().decode(DEMO, 1, COVENANT, canonical(spoiled))


def test_a_name_in_clear_fits_a_command_and_no_stored_event(lines: Lines) -> None:
    state = json.loads(next(state for topic, state in lines[DEMO] if topic == COVENANT))
    state["e"]["signatories"][0]["name"] = "Wilhelmina Voorbeeldsma"
    assert not validator(COVENANT).is_valid(state)


def test_a_correction_takes_what_the_stated_event_takes() -> None:
    says = {"kind": "estate", "name": "De Hoek", "municipalities": ["Soest"], "on": "1998"}
    stated: dict[str, Any] = {"topic": "kvob.estate:estate-registered.v1", "says": says}
    at = {"at": "2026-02-03T09:00:00.000000Z", "role": "operator", "via": "cli"}

    def fits(instead: dict[str, Any]) -> bool:
        body = {"on": "2026-02-03", "version": 1, "reason": "spelling", "instead": instead}
        return bool(validator("kvob.estate:event-corrected.v1").is_valid({"e": body, "m": at}))

    assert fits(stated)
    assert not fits({**stated, "says": {**says, "kind": "park"}})
    assert not fits({**stated, "topic": "kvob.estate:nothing.v1"})


def test_every_member_beside_an_event_is_described(root: Path) -> None:
    text = (root / "kvob_workflow" / "store" / "codec.py").read_text("utf-8")
    members: Any = METADATA_SCHEMA["properties"]
    for member in members:
        assert f'("{member}", ' in text or f'"{member}": core_schema' in text


def test_every_text_that_a_person_types_is_marked(lines: Lines) -> None:
    """The domain looks for personal data in what an event holds; the schema says where."""
    codec = Codec()
    for told in lines.values():
        for version, (topic, state) in enumerate(told, start=1):
            marked = {field.place for field in entry_of(topic).personal}
            bare = {place.replace("[]", "") for place in marked}
            for place, _ in free_texts(codec.decode(DEMO, version, topic, state).event):
                is_stated = place.startswith("instead")  # marked with the event that is stated
                assert is_stated or f"e.{place}" in bare or _is_code(place), (topic, place)


def _is_code(place: str) -> bool:
    """What the domain looks through as well, though no person types it."""
    codes = {"from_edition", "group", "keys", "light", "media_type", "rule", "sha256", "to_edition"}
    return place.rpartition(".")[2] in codes


def test_persons_and_sealed_names_are_marked_as_such() -> None:
    kinds = {field.place: field.kind for field in entry_of("covenant-signed").personal}
    assert kinds["e.signatories[].person"] == "person-id"
    assert kinds["e.signatories[].name"] == "sealed-name"
    assert kinds["e.agreements[].text"] == "free-text"
    corrected = {field.kind for field in entry_of("event-corrected").personal}
    assert corrected == {"as-in-the-event-stated", "free-text"}


def test_an_event_is_found_by_topic_by_its_short_form_and_by_its_class() -> None:
    names = (COVENANT, "covenant-signed.v1", "covenant-signed", "CovenantSigned")
    assert {entry_of(name).topic for name in names} == {COVENANT}
    with pytest.raises(TopicUnknown):
        entry_of("covenant")


def test_every_command_but_approval_gives_an_event_of_its_own() -> None:
    given = {command for commands in CAUSES.values() for command in commands}
    assert given == set(ALL_COMMANDS)
    alone = [event for event, commands in CAUSES.items() if commands == (ApproveAct,)]
    assert [event.__name__ for event in alone] == ["ActApproved"]
    assert [event.__name__ for event, commands in CAUSES.items() if not commands] == [
        "PersonErased"
    ]
    assert name_of(ApproveAct) in entry_of("certificate-suspended").commands


def test_a_partial_date_is_told_as_narrow_as_it_is_taken() -> None:
    schema = DRAFT({"type": "string", "pattern": _pattern_of(schema_of("estate-registered"))})
    for year in range(FIRST_YEAR - 2, LAST_YEAR + 3):
        assert schema.is_valid(str(year)) == (FIRST_YEAR <= year <= LAST_YEAR)
    for text in ("", "2019-01", "2019-12-31", "2019-10-10"):
        assert schema.is_valid(text) and PartialDate.parse(text).text == text
    for text in ("2019-00", "2019-13", "2019-01-32", "2019-1-1", "19", "2019-"):
        assert not schema.is_valid(text)


def _pattern_of(schema: dict[str, Any]) -> str:
    return str(schema["properties"]["e"]["properties"]["on"]["pattern"])
