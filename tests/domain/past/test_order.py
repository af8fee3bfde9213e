"""In which order is a history read? By the day things happened, whoever came to know it when."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import assume, settings
from hypothesis import given as holds
from hypothesis import strategies as st

from kvob_domain.estate.certificates import Certificate
from kvob_domain.estate.deadlines import Deadline, deadlines
from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.events.past import PastFactRecorded
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.order import FACT_RANK, in_order
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.values import FactKind, PastFact
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme import SchemeBook
from tests.domain.asking import (
    ESTATE,
    Given,
    adopt_analysis,
    fact,
    figures,
    register,
    survey,
    up_to,
    walk_by_day,
    walk_in_the_dark,
)
from tests.domain.strategies import DATED, any_event, facts, history, recorded_fact


def first_day_and_kind(fact: PastFact) -> tuple[object, FactKind]:
    """What the order can tell apart without looking at the moment of recording."""
    return fact.on.earliest, fact.kind


TOLD_APART = st.lists(facts(DATED), min_size=2, max_size=8, unique_by=first_day_and_kind)


def seen(recorded: list[Recorded], book: SchemeBook) -> tuple[Any, ...]:
    """What people see of an estate; which event said so is left out."""
    state = fold(ESTATE, recorded)
    due = sorted(map(unversioned_deadline, deadlines(state, book)), key=repr)
    certificates = [unversioned(certificate) for certificate in state.certificates]
    odd = [kind for kind, _ in state.irregularities]
    return state.step, certificates, due, odd, state.cycle, state.edition


def unversioned(certificate: Certificate) -> Certificate:
    """The certificate without the version of its event, and without when that was recorded."""
    return certificate._replace(version=0, known_at=None)


def unversioned_deadline(deadline: Deadline) -> Deadline:
    """The deadline without the version of its event, and without when that was recorded."""
    return deadline._replace(anchor_version=0, known_at=None)


@settings(max_examples=200)
@holds(st.data(), TOLD_APART)
def test_dated_facts_give_the_same_estate_in_whatever_order_they_are_recorded(
    book: SchemeBook, data: st.DataObject, stated: list[PastFact]
) -> None:
    events: list[AnyEvent] = [recorded_fact(one, book) for one in stated]
    shuffled = data.draw(st.permutations(events))
    assert seen(history(shuffled), book) == seen(history(events), book)


@settings(max_examples=100)
@holds(st.data(), TOLD_APART, st.sampled_from(FactKind))
def test_one_undated_fact_among_them_finds_the_same_place(
    book: SchemeBook, data: st.DataObject, stated: list[PastFact], kind: FactKind
) -> None:
    undated = fact(kind, "").fact
    events: list[AnyEvent] = [recorded_fact(one, book) for one in (*stated, undated)]
    shuffled = data.draw(st.permutations(events))
    assert seen(history(shuffled), book) == seen(history(events), book)


@settings(max_examples=60)
@holds(st.lists(any_event(), max_size=10).map(history))
def test_ordering_loses_nothing_and_is_done_once(recorded: list[Recorded]) -> None:
    ordered = in_order(recorded)
    assert sorted(one.version for one in ordered) == [one.version for one in recorded]
    assert in_order(ordered) == ordered


@settings(max_examples=60)
@holds(st.lists(any_event(), max_size=10).map(history))
def test_registration_comes_first_and_dated_events_by_their_earliest_day(
    recorded: list[Recorded],
) -> None:
    ordered = in_order(recorded)
    first = [isinstance(one.event, EstateRegistered) for one in ordered]
    assert first == sorted(first, reverse=True)
    rest = [one for one in ordered if not isinstance(one.event, EstateRegistered)]
    days = [one.event.occurred.earliest for one in rest]
    known = [day for day in days if day is not None]
    assert known == sorted(known)


@holds(st.lists(facts(DATED), max_size=6), st.sampled_from(FactKind))
def test_an_undated_fact_follows_the_last_dated_one_that_comes_before_it_in_a_cycle(
    stated: list[PastFact], kind: FactKind
) -> None:
    events: list[AnyEvent] = [PastFactRecorded(fact=one) for one in stated]
    ordered = in_order(history([*events, PastFactRecorded(fact=fact(kind, "").fact)]))
    line = [one.event.fact for one in ordered if isinstance(one.event, PastFactRecorded)]
    place = next(index for index, one in enumerate(line) if not one.on.is_known)
    ranks = [FACT_RANK[one.kind] for one in line]
    assert place == 0 or ranks[place - 1] <= ranks[place]
    assert all(rank > ranks[place] for rank in ranks[place + 1 :])


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_evidence_of_one_inventory_may_be_recorded_in_any_order(
    given: Given, order: tuple[int, ...]
) -> None:
    evidence = (walk_by_day(), survey(), walk_in_the_dark(), figures())
    story = given(*up_to(Step.INVENTORY), *(evidence[place] for place in order), adopt_analysis())
    assert story.state.step is Step.ACTION_PLAN


def test_commands_of_one_day_keep_the_order_in_which_they_were_given(given: Given) -> None:
    story = given(*up_to(Step.ACTION_PLAN))
    day = adopt_analysis().on
    same_day = [one.event for one in story.history if one.event.occurred.exact() == day]
    assert [type(event).__name__ for event in same_day] == ["FiguresRecorded", "AnalysisAdopted"]
    ordered = [one.event for one in in_order(story.history)]
    assert ordered.index(same_day[0]) + 1 == ordered.index(same_day[1])


def test_facts_from_sources_come_before_the_commands_of_their_day(given: Given) -> None:
    story = given(*up_to(Step.KICKOFF), fact("award", "2020-09-15"))
    ordered = [type(one.event).__name__ for one in in_order(story.history)]
    assert ordered == ["EstateRegistered", "PastFactRecorded", "TrajectoryStarted"]


def test_an_undated_award_comes_before_a_dated_recertification(given: Given) -> None:
    for order in (
        (("award", ""), ("recertification", "2018")),
        (
            ("recertification", "2018"),
            ("award", ""),
        ),
    ):
        story = given(register(), *(fact(kind, on) for kind, on in order))
        assert [one.start_basis for one in story.state.certificates] == ["unknown", "award"]


@holds(DATED, DATED)
def test_of_two_facts_the_one_that_can_have_been_earlier_comes_first(one: Any, other: Any) -> None:
    assume(one.earliest != other.earliest)
    early, late = sorted((one, other), key=lambda on: on.earliest)
    recorded = history([PastFactRecorded(fact=fact("award", on.text).fact) for on in (late, early)])
    assert [found.event.occurred for found in in_order(recorded)] == [early, late]
