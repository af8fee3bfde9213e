"""In which form are events stored, and does every one come back as it was?"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvob_domain.estate.events import ALL_EVENTS, AnyEvent
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.preparation import SurveyRecorded
from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import PersonId
from kvob_workflow.errors import EventUnreadable, UnknownTopic
from kvob_workflow.store.codec import Codec
from kvob_workflow.store.upcasts import UPCASTS, JsonObject, Upcast, topics_read_as
from tests.store.samples import estate, recorded
from tests.store.strategies import instants, models, texts

SURVEY = SurveyRecorded.TOPIC


def decoded(codec: Codec, event: Recorded) -> Recorded:
    return codec.decode(event.estate, event.version, *codec.encode(event))


def test_the_stored_form_is_sorted_compact_utf8_without_absent_values() -> None:
    topic, state = Codec().encode(recorded(estate(1)))
    assert topic == SURVEY
    assert state.decode() == (
        '{"e":{"on":"2026-02-03","returned":40,"sent":100},'
        '"m":{"at":"2026-03-01T09:30:00.000000Z","by":"p-1","role":"operator",'
        '"src":"lijst é.csv:3","via":"test"}}'
    )


def test_every_topic_names_a_noun_a_participle_and_a_version() -> None:
    form = re.compile(r"kvob\.estate:[a-z]+(-[a-z]+)+\.v[1-9][0-9]*")
    assert [topic for topic in Codec().topics if not form.fullmatch(topic)] == []


@pytest.mark.parametrize("event", ALL_EVENTS, ids=lambda event: cast("str", event.TOPIC))
@given(data=st.data())
@settings(max_examples=40)
def test_every_event_comes_back_as_it_was(event: type[AnyEvent], data: st.DataObject) -> None:
    optional = st.one_of(st.none(), cast("st.SearchStrategy[str]", texts()))
    present = cast("st.SearchStrategy[str]", texts())
    original = Recorded(
        estate(1),
        data.draw(st.integers(1, 10**6)),
        cast("AnyEvent", data.draw(models(event))),
        data.draw(instants()),
        cast("PersonId | None", data.draw(optional)),
        data.draw(present),
        data.draw(optional),
        data.draw(present),
        *(data.draw(optional) for _ in range(5)),
    )
    codec = Codec()
    _, state = codec.encode(original)
    assert decoded(codec, original) == original
    canonical = json.dumps(
        json.loads(state), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert state == canonical.encode()


def test_an_unknown_topic_is_named_and_imports_nothing() -> None:
    with pytest.raises(UnknownTopic) as refused:
        Codec().decode(estate(1), 4, "os:system", b'{"e":{},"m":{}}')
    assert "'os:system'" in refused.value.message("nl")
    assert refused.value.fields() == {"topic": "os:system", "estate": estate(1), "version": 4}


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"{",
        b"[]",
        b'{"e":{"on":"2026-02-03","returned":40,"sent":100}}',
        b'{"e":{"on":"2026-02-30","returned":40,"sent":100},"m":{"at":"2026-03-01T09:30:00Z",'
        b'"role":"r","via":"v"}}',
        b'{"e":{"on":"2026-02-03","returned":40,"sent":100,"colour":"red"},'
        b'"m":{"at":"2026-03-01T09:30:00Z","role":"r","via":"v"}}',
        b'{"e":{"on":"2026-02-03","returned":40,"sent":100},'
        b'"m":{"at":"2026-03-01T09:30:00","role":"r","via":"v"}}',
        b'{"e":{"on":"2026-02-03","returned":40,"sent":100},'
        b'"m":{"at":"2026-03-01T09:30:00Z","role":"r","via":"\xff"}}',
    ],
    ids=["empty", "cut", "list", "no m", "no such day", "unknown field", "no zone", "not utf-8"],
)
def test_bytes_of_another_form_are_unreadable_and_the_event_is_named(state: bytes) -> None:
    with pytest.raises(EventUnreadable) as refused:
        Codec().decode(estate(1), 4, SURVEY, state)
    assert refused.value.topic == SURVEY
    assert refused.value.version == 4


def test_the_reason_names_the_field_and_repeats_no_stored_value() -> None:
    _, state = Codec().encode(recorded(estate(1)))
    with pytest.raises(EventUnreadable) as refused:
        Codec().decode(estate(1), 1, SURVEY, state.replace(b"40", b'"Jan"'))
    assert "e.returned" in refused.value.reason
    assert "Jan" not in str(refused.value)


def _with_returned(business: JsonObject) -> JsonObject:
    others = {name: value for name, value in business.items() if name != "answers"}
    return {**others, "returned": business["answers"]}


def test_an_older_topic_is_read_by_its_upcast_into_the_newer_class() -> None:
    old = "kvob.estate:survey-counted.v1"
    codec = Codec(ALL_EVENTS, {old: Upcast(SURVEY, _with_returned)})
    original = recorded(estate(1))
    _, state = codec.encode(original)
    stored = state.replace(b'"returned"', b'"answers"')
    assert codec.decode(estate(1), 1, old, stored) == original
    assert old in codec.topics


def test_an_upcast_that_fails_makes_the_event_unreadable() -> None:
    old = "kvob.estate:survey-counted.v1"
    codec = Codec(ALL_EVENTS, {old: Upcast(SURVEY, _with_returned)})
    _, state = codec.encode(recorded(estate(1)))
    with pytest.raises(EventUnreadable, match="answers"):
        codec.decode(estate(1), 1, old, state)


def test_what_a_correction_states_is_upcast_with_it() -> None:
    """Also within a correction of a correction, and beside a newer form that needs nothing."""
    old = "kvob.estate:survey-counted.v1"
    codec = Codec(ALL_EVENTS, {old: Upcast(SURVEY, _with_returned)})
    survey = recorded(estate(1)).event
    inner = EventCorrected(on=date(2026, 3, 1), version=1, instead=survey, reason="telfout")
    outer = EventCorrected(on=date(2026, 3, 2), version=2, instead=inner, reason="toch anders")
    for correction in (inner, outer):
        newest = recorded(estate(1))._replace(event=correction)
        topic, state = codec.encode(newest)
        stored = state.replace(b'"returned"', b'"answers"').replace(SURVEY.encode(), old.encode())
        assert stored != state
        assert codec.decode(estate(1), newest.version, topic, stored) == newest
        assert codec.decode(estate(1), newest.version, topic, state) == newest
    never = recorded(estate(1))._replace(event=inner.model_copy(update={"instead": None}))
    assert decoded(codec, never) == never


def test_a_statement_that_cannot_be_upcast_makes_the_correction_unreadable() -> None:
    old = "kvob.estate:survey-counted.v1"
    codec = Codec(ALL_EVENTS, {old: Upcast(SURVEY, _with_returned)})
    survey = recorded(estate(1)).event
    inner = EventCorrected(on=date(2026, 3, 1), version=1, instead=survey, reason="telfout")
    topic, state = codec.encode(recorded(estate(1))._replace(event=inner))
    with pytest.raises(EventUnreadable, match="answers"):
        codec.decode(estate(1), 1, topic, state.replace(SURVEY.encode(), old.encode()))
    with pytest.raises(EventUnreadable):
        codec.decode(estate(1), 1, topic, state.replace(SURVEY.encode(), b"kvob.estate:x-y.v1"))


def test_older_forms_are_read_step_by_step_in_order() -> None:
    """The first form has no number of forms sent, the second calls it otherwise."""
    first, second = "kvob.estate:survey-counted.v1", "kvob.estate:survey-counted.v2"
    steps = {
        first: Upcast(second, lambda said: {**said, "posted": 100}),
        second: Upcast(SURVEY, _with_sent),
    }
    codec = Codec(ALL_EVENTS, steps)
    original = recorded(estate(1))
    _, state = codec.encode(original)
    assert codec.decode(estate(1), 1, second, state.replace(b'"sent"', b'"posted"')) == original
    assert codec.decode(estate(1), 1, first, state.replace(b',"sent":100', b"")) == original
    assert codec.topics[-2:] == (first, second)
    assert topics_read_as(SURVEY, upcasts=steps) == (SURVEY, first, second)
    assert topics_read_as("kvob.estate:other.v1", upcasts=steps) == ("kvob.estate:other.v1",)


def _with_sent(business: JsonObject) -> JsonObject:
    others = {name: value for name, value in business.items() if name != "posted"}
    return {**others, "sent": business["posted"]}


def test_steps_that_go_round_or_end_nowhere_make_no_codec() -> None:
    first, second = "kvob.estate:survey-counted.v1", "kvob.estate:survey-counted.v2"
    with pytest.raises(ValueError, match="go round"):
        Codec(ALL_EVENTS, {first: Upcast(second, dict), second: Upcast(first, dict)})
    with pytest.raises(ValueError, match="which no class has"):
        Codec(ALL_EVENTS, {first: Upcast(second, dict)})


def test_a_topic_has_one_meaning() -> None:
    with pytest.raises(ValueError, match="two meanings"):
        Codec((SurveyRecorded, SurveyRecorded))
    with pytest.raises(ValueError, match="two meanings"):
        Codec((SurveyRecorded,), {SURVEY: Upcast(SURVEY, _with_returned)})


def test_no_upcast_has_the_topic_of_a_class_in_use() -> None:
    assert {event.TOPIC for event in ALL_EVENTS}.isdisjoint(UPCASTS)


def test_an_instant_in_another_zone_is_stored_in_utc() -> None:
    here = recorded(estate(1))
    there = here._replace(at=here.at.astimezone(ZoneInfo("Europe/Amsterdam")))
    assert Codec().encode(there) == Codec().encode(here)
