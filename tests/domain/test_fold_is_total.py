"""Does any history give a state, whatever it holds, and do the questions about it have answers?"""

from datetime import date
from itertools import pairwise

from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st

from kvob_domain.estate.certificates import certificate_on, periods, status_on
from kvob_domain.estate.deadlines import deadlines
from kvob_domain.estate.evolve import evolve, fold
from kvob_domain.estate.legality import allowed
from kvob_domain.estate.levels import level_names
from kvob_domain.estate.order import in_order, sorts_last
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.requirements import missing
from kvob_domain.estate.state import Estate
from kvob_domain.scheme import SchemeBook
from tests.domain.asking import ESTATE
from tests.domain.strategies import DAYS, any_event, history

HISTORIES = st.lists(any_event(), max_size=15).map(history)


@settings(max_examples=120)
@holds(HISTORIES)
def test_any_history_folds_in_its_order(recorded: list[Recorded]) -> None:
    state = fold(ESTATE, recorded)
    assert state.version == len(recorded)
    assert sorted(in_order(recorded), key=lambda one: one.version) == recorded


@settings(max_examples=80)
@holds(HISTORIES)
def test_any_history_evolves_in_the_order_of_recording(recorded: list[Recorded]) -> None:
    state = Estate(ESTATE)
    for one in recorded:
        state = evolve(state, one)
    assert state.version == len(recorded)


@settings(max_examples=80)
@holds(HISTORIES, DAYS)
def test_any_state_answers_every_question(
    book: SchemeBook, recorded: list[Recorded], day: date
) -> None:
    state = fold(ESTATE, recorded)
    terms = book.terms("kvo-3.1")
    held = certificate_on(state.certificates, day)
    assert (held is None) == (status_on(state.certificates, day) == "none")
    assert len(level_names(state.certificates, book)) == len(state.certificates)
    assert len({(one.kind, one.ordinal) for one in deadlines(state, book)}) == len(
        deadlines(state, book)
    )
    assert all(one.refusal.message("nl") for one in missing(state, terms))
    assert len(set(allowed(state, day))) == len(allowed(state, day))


@settings(max_examples=80)
@holds(HISTORIES)
def test_the_periods_of_an_estate_do_not_overlap(recorded: list[Recorded]) -> None:
    found = list(periods(fold(ESTATE, recorded).certificates))
    for earlier, later in pairwise(found):
        assert earlier.until_day is not None
        assert later.from_day is not None
        assert earlier.until_day <= later.from_day
    for period in found:
        if period.from_day is not None and period.until_day is not None:
            assert period.from_day < period.until_day


@settings(max_examples=120)
@holds(HISTORIES)
def test_an_event_that_sorts_last_may_be_applied_to_the_state_as_it_is(
    recorded: list[Recorded],
) -> None:
    before = fold(ESTATE, recorded[:-1])
    for last in recorded[-1:]:
        if sorts_last(last, before.last_day):
            assert evolve(before, last) == fold(ESTATE, recorded)


@settings(max_examples=60)
@holds(HISTORIES)
def test_evolving_leaves_the_given_state_as_it_was(recorded: list[Recorded]) -> None:
    for last in recorded[-1:]:
        before, twin = fold(ESTATE, recorded[:-1]), fold(ESTATE, recorded[:-1])
        evolve(before, last)
        assert before == twin
