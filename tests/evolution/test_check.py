"""Does the build fail when something that was released could no longer be read?"""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest
from pydantic import Field

from kvob_domain.estate.events import Event
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_workflow.events import Flaw, Verdict, check
from kvob_workflow.events.checking import Report
from kvob_workflow.events.released import Released
from kvob_workflow.store.upcasts import JsonObject, Upcast
from tests.evolution.invented import (
    BODY,
    V1,
    V2,
    V3,
    V4,
    FewerKinds,
    LowerCase,
    NarrowPlace,
    Short,
    ThingCounted,
    changed,
    released,
)

Upcasts = dict[str, Upcast]
ONCE = (released(),)
RENAMED: dict[str, Any] = {"amount": (int, Field(ge=0, le=100))}


def amount_for_number(said: JsonObject) -> JsonObject:
    """The second form calls the number an amount."""
    others = {name: value for name, value in said.items() if name != "number"}
    return {**others, "amount": said["number"]}


def counted_by_somebody(said: JsonObject) -> JsonObject:
    """The third form says who counted."""
    return {**said, "by": "nobody knows"}


SECOND = changed(V2, without="number", **RENAMED)
THIRD = changed(V3, without="number", by=(str, ...), **RENAMED)
FIRST_STEP, SECOND_STEP = Upcast(V2, amount_for_number), Upcast(V3, counted_by_somebody)


def looked_at(
    event: type[Event] | None, upcasts: Upcasts | None = None, known: Any = ONCE
) -> Report:
    return check(() if event is None else (event,), upcasts or {}, known)


def flaws(report: Report) -> list[Flaw]:
    return [one.flaw for one in report.flaws]


def verdict(report: Report, topic: str = V1) -> Verdict | None:
    return next(one.verdict for one in report.topics if one.topic == topic)


def test_everything_that_was_ever_released_can_be_read() -> None:
    """If this fails: the message says what to do. `kvob events check` shows the same."""
    assert [one.message.en for one in check().flaws] == []


def test_an_event_as_it_was_released_is_the_same() -> None:
    report = looked_at(ThingCounted)
    assert (flaws(report), verdict(report)) == ([], Verdict.SAME)


@pytest.mark.parametrize(
    "event",
    [
        changed(colour=(str | None, None)),
        changed(weight=(int, 0)),
        changed(number=(int, Field(ge=0, le=1000))),
        changed(note=(int | str | None, None)),
    ],
    ids=["optional field", "field with default", "wider bound", "another type as well"],
)
def test_a_wider_form_reads_the_past_and_older_nodes_do_not_read_it(event: type[Event]) -> None:
    report = looked_at(event)
    assert flaws(report) == []
    assert verdict(report) is Verdict.BACKWARD


@pytest.mark.parametrize(
    ("event", "place"),
    [
        (changed(colour=(str, ...)), "e.colour: demanded now"),
        (changed(number=(str, ...)), "e.number: string now, integer before"),
        (changed(number=(int, Field(ge=0, le=50))), "e.number: maximum is 50 now, 100 before"),
        (changed(without="note"), "e.note: there is no such field any more"),
        (changed(note=(str, ...)), "e.note: demanded now"),
        (changed(note=(str | None, Field(default=None, max_length=3))), "e.note: maxLength is 3"),
        (changed(kind=(FewerKinds, ...)), "e.kind: 'gate' is no longer taken"),
        (changed(places=(tuple[NarrowPlace, ...], ())), "e.places[].since: the format is date"),
        (changed(on=(date, Field(ge=date(2000, 1, 1)))), "e.on: formatMinimum is 2000-01-01"),
        (changed(note=(str, "none")), "e.note: absent means 'none' now, nothing before"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_form_that_reads_less_or_otherwise_fails_and_says_what_to_do(
    event: type[Event], place: str
) -> None:
    found = [one for one in looked_at(event).flaws if one.flaw is Flaw.FORM_CHANGED]
    assert len(found) == 1
    for told in found[0].message:
        assert place in told
        assert V1 in told and "UPCASTS" in told and "kvob events check" in told


def test_a_topic_that_nothing_reads_any_more_fails() -> None:
    report = looked_at(None)
    assert flaws(report) == [Flaw.TOPIC_VANISHED]
    assert f"'{V1}': Upcast('{V2}'" in report.flaws[0].message.en


def test_a_new_version_is_read_by_one_step() -> None:
    report = looked_at(SECOND, {V1: FIRST_STEP})
    assert flaws(report) == []
    older = next(one for one in report.topics if one.topic == V1)
    assert (older.since, older.read_as, older.verdict) == ("0.1.0", V2, None)
    assert next(one for one in report.topics if one.topic == V2).since is None


def test_a_third_version_is_read_step_by_step_from_every_one_before() -> None:
    known = (*ONCE, released(SECOND, amount_for_number(BODY), release="0.2.0"))
    assert flaws(looked_at(THIRD, {V1: FIRST_STEP, V2: SECOND_STEP}, known)) == []


def test_a_new_version_without_its_step_fails() -> None:
    report = looked_at(SECOND)
    assert flaws(report) == [Flaw.TOPIC_VANISHED, Flaw.VERSION_WITHOUT_STEP]
    assert f"'{V1}': Upcast('{V2}', ...)" in report.flaws[1].message.en


def test_a_gap_in_the_middle_of_a_chain_fails() -> None:
    known = (*ONCE, released(SECOND, amount_for_number(BODY), release="0.2.0"))
    report = looked_at(THIRD, {V1: FIRST_STEP}, known)
    assert set(flaws(report)) == {
        Flaw.TOPIC_VANISHED,
        Flaw.CHAIN_ENDS_NOWHERE,
        Flaw.VERSION_WITHOUT_STEP,
    }


def test_a_step_that_skips_a_version_fails() -> None:
    report = looked_at(
        THIRD, {V1: Upcast(V3, lambda said: counted_by_somebody(amount_for_number(said)))}
    )
    assert set(flaws(report)) == {Flaw.STEP_SKIPS, Flaw.VERSION_WITHOUT_STEP}


def test_a_step_backwards_fails() -> None:
    known = (*ONCE, released(SECOND, amount_for_number(BODY), release="0.2.0"))
    report = looked_at(ThingCounted, {V2: Upcast(V1, dict)}, known)
    assert Flaw.STEP_SKIPS in flaws(report)


def test_a_step_to_another_name_fails() -> None:
    report = looked_at(SECOND, {V1: Upcast("kvob.estate:thing-told.v2", dict)})
    assert Flaw.STEP_SKIPS in flaws(report)


def test_steps_that_go_round_fail() -> None:
    report = looked_at(None, {V1: Upcast(V2, dict), V2: Upcast(V1, dict)})
    assert Flaw.CHAIN_GOES_ROUND in flaws(report)


def test_steps_that_end_at_no_class_fail() -> None:
    report = looked_at(None, {V1: FIRST_STEP})
    assert flaws(report) == [Flaw.CHAIN_ENDS_NOWHERE]


def test_a_topic_of_a_class_that_also_has_a_step_fails() -> None:
    report = check((ThingCounted, SECOND), {V1: FIRST_STEP}, ONCE)
    assert flaws(report) == [Flaw.UPCAST_OF_A_CLASS]


def _wrong_type(said: JsonObject) -> JsonObject:
    return {**amount_for_number(said), "amount": "seven"}


def _wrong_name(said: JsonObject) -> JsonObject:
    return {**said, "amount": said["count"]}


@pytest.mark.parametrize("step", [_wrong_type, _wrong_name, dict])
def test_a_step_that_gives_an_invalid_body_fails(step: Any) -> None:
    report = looked_at(SECOND, {V1: Upcast(V2, step)})
    assert flaws(report) == [Flaw.UPCAST_FAILS]
    assert "seven" not in report.flaws[0].message.en


def _in_place(said: JsonObject) -> JsonObject:
    said["amount"] = said.pop("number")
    return said


def _by_turns() -> Any:
    numbers = itertools.count(1)

    def step(said: JsonObject) -> JsonObject:
        return {**amount_for_number(said), "amount": next(numbers)}

    return step


@pytest.mark.parametrize("step", [_in_place, _by_turns()], ids=["changes it", "other answers"])
def test_a_step_that_is_no_pure_function_fails(step: Any) -> None:
    assert flaws(looked_at(SECOND, {V1: Upcast(V2, step)})) == [Flaw.UPCAST_IMPURE]


def test_a_check_that_no_schema_tells_of_fails_on_what_was_stored() -> None:
    assert flaws(looked_at(changed(note=(Short, None)))) == [Flaw.EXAMPLE_UNREAD]


def test_a_check_that_changes_what_was_stored_fails() -> None:
    report = looked_at(changed(note=(LowerCase, None)))
    assert flaws(report) == [Flaw.READ_OTHERWISE]
    assert "e.note" in report.flaws[0].message.en


def test_a_line_of_the_register_that_was_changed_fails() -> None:
    line = ONCE[0]
    other = Released(line.release, line.topic, line.fingerprint, {**line.schema, "x": 1}, ())
    assert Flaw.REGISTER_ALTERED in flaws(looked_at(ThingCounted, known=(other,)))


@pytest.mark.parametrize(
    "known",
    [
        (released(), released()),
        (released(release="0.10.0"), released(SECOND, amount_for_number(BODY), release="0.9.0")),
    ],
    ids=["twice in a release", "an older release last"],
)
def test_lines_of_the_register_out_of_place_fail(known: tuple[Released, ...]) -> None:
    report = looked_at(SECOND, {V1: FIRST_STEP}, known)
    assert flaws(report) == [Flaw.REGISTER_DISORDERED]


def test_what_a_correction_states_may_have_an_older_form_as_long_as_that_is_read() -> None:
    said: JsonObject = {"on": "2026-02-04", "version": 1, "reason": "telfout"}
    topics = (V1, EventCorrected.TOPIC)
    known = (*ONCE, released(EventCorrected, said, stated=topics))
    report = check((SECOND, EventCorrected), {V1: FIRST_STEP}, known)
    assert flaws(report) == []
    assert verdict(report, EventCorrected.TOPIC) is Verdict.BACKWARD
    lost = check((EventCorrected,), {}, known)
    assert flaws(lost) == [Flaw.TOPIC_VANISHED, Flaw.FORM_CHANGED]
    assert f"e.instead: none of the 1 alternatives takes {V1}" in lost.flaws[1].message.en


def test_an_unreleased_event_is_new_and_nothing_is_demanded_of_it() -> None:
    report = check((ThingCounted,), {}, ())
    assert flaws(report) == []
    assert (report.topics[0].since, report.topics[0].verdict) == (None, None)


def test_a_fourth_version_needs_all_three_steps() -> None:
    fourth = changed(V4, without="number", by=(str, ...), extra=(int, 0), **RENAMED)
    steps = {V1: FIRST_STEP, V2: SECOND_STEP, V3: Upcast(V4, dict)}
    assert flaws(looked_at(fourth, steps)) == []
    for missing in steps:
        rest = {topic: step for topic, step in steps.items() if topic != missing}
        assert flaws(looked_at(fourth, rest)) != []
