"""Does a correction of a correction bring back what was, and does every history still fold?"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, cast

import pytest
from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st

from kvob_domain.estate.breaches import breaches
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.corrected import effective
from kvob_domain.estate.decide.corrections import with_correction
from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.oversight import ActProposed
from kvob_domain.estate.events.preparation import SurveyRecorded
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.state import Dossier, Estate
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme import SchemeBook
from kvob_domain.testing import Scenario
from tests.domain.asking import ESTATE, RENEWAL, TODAY, up_to
from tests.domain.corrections.correcting import CLERK, OTHER_CLERK, THEN, approval, never, saying
from tests.domain.strategies import any_event, history

_COUNTS: set[str] = {"version", "known_at", "last_at", "measure_versions", "proposals", "last_day"}

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "on": st.dates(date(2020, 9, 1), date(2024, 12, 31)).map(str),
    "sent": st.integers(42, 200),
    "returned": st.integers(0, 130),
    "observations": st.integers(0, 30),
    "note": st.just("zie dossier"),
    "scope": st.just("fase 1"),
    "guide": st.just("PVO"),
    "body": st.sampled_from(["Kiwa", "DASS"]),
    "outcome": st.sampled_from(["positive", "negative"]),
    "progress": st.sampled_from(["planned", "done"]),
    "level": st.just("Continue Samenwerken"),
}
CHANGES = st.sampled_from(
    [
        (number, name)
        for number, command in enumerate((*up_to(Step.RECERTIFICATION), *RENEWAL), start=1)
        for name in type(command).model_fields
        if name in VALUES
    ]
).flatmap(lambda one: st.tuples(st.just(one[0]), st.just(one[1]), VALUES[one[1]]))


def life(book: SchemeBook) -> Scenario:
    """A whole cycle and the beginning of the next."""
    return Scenario(book, TODAY).given(*up_to(Step.RECERTIFICATION), *RENEWAL)


def plain(value: object) -> object:
    """A value without versions and instants."""
    if isinstance(value, Estate):
        told = [field.name for field in fields(Estate) if field.name not in _COUNTS]
        return {name: plain(getattr(value, name)) for name in told}
    if isinstance(value, Mapping):
        members = cast("Mapping[object, object]", value)
        return {str(key): plain(one) for key, one in members.items()}
    names = cast("tuple[str, ...]", getattr(value, "_fields", ()))
    if names:
        return {name: plain(getattr(value, name)) for name in names if name not in _COUNTS}
    if isinstance(value, tuple):
        return [plain(one) for one in cast("tuple[object, ...]", value)]
    return value


def carried_out(story: Scenario, command: Correct) -> Scenario | None:
    """The story after the correction, approved where it takes two; None where it is refused."""
    asked = story.when(command, by=CLERK)
    if asked.refusal is not None:
        return None
    if not isinstance(asked.events[0], ActProposed):
        return asked.after
    return asked.after.given(approval(asked.after), by=OTHER_CLERK)


@settings(max_examples=150, deadline=None)
@holds(CHANGES)
def test_an_accepted_correction_adds_no_breach_and_its_withdrawal_brings_back_what_was(
    book: SchemeBook, change: tuple[int, str, Any]
) -> None:
    number, field, value = change
    story = life(book)
    corrected = carried_out(story, saying(number, **{field: value}))
    if corrected is None:
        return
    assert breaches(corrected.history, book, TODAY) == []
    back = carried_out(corrected, never(len(corrected.history)))
    assert back is not None
    assert plain(back.state) == plain(story.state)


@pytest.mark.parametrize("value", [100, 120])
def test_correcting_to_another_value_and_back_brings_back_what_was(
    book: SchemeBook, value: int
) -> None:
    story = life(book)
    number = next(one.version for one in story.history if isinstance(one.event, SurveyRecorded))
    corrected = carried_out(story, saying(number, sent=value))
    assert corrected is not None
    assert plain(corrected.state) != plain(story.state) or corrected.state.cycle > 1
    back = carried_out(corrected, saying(number, sent=113))
    assert back is not None
    assert plain(back.state) == plain(story.state)


def test_withdrawing_the_last_event_gives_the_state_before_it(book: SchemeBook) -> None:
    commands = (*up_to(Step.RECERTIFICATION), *RENEWAL)
    for number in range(2, len(commands) + 1):
        before = Scenario(book, TODAY).given(*commands[: number - 1])
        after = before.given(commands[number - 1])
        withdrawn = carried_out(after, never(len(after.history)))
        assert withdrawn is not None, commands[number - 1]
        assert plain(withdrawn.state) == plain(before.state)


@settings(max_examples=120, deadline=None)
@holds(st.lists(any_event(), min_size=1, max_size=12), st.integers(1, 12), any_event())
def test_any_correction_of_any_history_folds(
    events: list[AnyEvent], version: int, instead: AnyEvent
) -> None:
    recorded = history(events)
    for stated in (instead, None):
        event = EventCorrected(
            on=THEN, version=min(version, len(events)), instead=stated, reason="vergissing"
        )
        state = fold(ESTATE, with_correction(recorded, event))
        assert state.version == len(events) + 1
        assert isinstance(state.dossier, Dossier)


@settings(max_examples=60, deadline=None)
@holds(st.lists(any_event(), min_size=1, max_size=12))
def test_any_history_is_judged(book: SchemeBook, events: list[AnyEvent]) -> None:
    recorded = history(events)
    versions = {one.version for one in effective(recorded)}
    assert {one.recorded.version for one in breaches(recorded, book, TODAY)} <= versions


def test_the_actor_of_an_old_record_may_have_a_role_that_is_gone(book: SchemeBook) -> None:
    story = life(book)
    old = [one._replace(role="beadle", by=None) for one in story.history]
    assert breaches(old, book, TODAY) == []
