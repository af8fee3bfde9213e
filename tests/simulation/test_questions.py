"""What can be asked of a simulation, and what is refused? And how is the work summed up?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from kvob_domain.errors import Invalid
from kvob_domain.estate.deadlines import DeadlineKind
from kvob_workflow import Engine
from kvob_workflow.simulation import Assumption, sum_up
from kvob_workflow.simulation.errors import (
    RenewalDaysOutOfRange,
    RenewalDaysUnasked,
    UntilTooEarly,
    UntilTooFar,
)
from kvob_workflow.simulation.workload import FIRST_EXPIRIES, Workload
from kvob_workflow.testing import SettableClock

Opened = Callable[[str], tuple[Engine, SettableClock]]
RENEWALS = Assumption.RENEWALS_TAKE_THE_MEDIAN


@pytest.fixture
def engine(opened: Opened) -> Iterator[Engine]:
    yield opened("invented")[0]


@pytest.mark.parametrize(
    ("until", "refusal"),
    [(date(2026, 11, 22), UntilTooEarly), (date(2076, 11, 24), UntilTooFar)],
)
def test_a_day_before_today_or_beyond_fifty_years_is_refused(
    engine: Engine, until: date, refusal: type[Invalid]
) -> None:
    with pytest.raises(refusal):
        engine.simulate(until)


@pytest.mark.parametrize("until", [date(2026, 11, 23), date(2076, 11, 23)])
def test_today_and_fifty_years_ahead_are_allowed(engine: Engine, until: date) -> None:
    assert engine.simulate(until).until == until


@pytest.mark.parametrize(
    ("assume", "days", "refusal"),
    [
        (Assumption.NOBODY_ACTS, 10, RenewalDaysUnasked),
        (RENEWALS, 3661, RenewalDaysOutOfRange),
        (RENEWALS, -3661, RenewalDaysOutOfRange),
    ],
)
def test_a_number_of_days_that_does_not_fit_is_refused(
    engine: Engine, assume: Assumption, days: int, refusal: type[Invalid]
) -> None:
    with pytest.raises(refusal):
        engine.simulate(date(2030, 1, 1), assume=assume, renewal_days=days)


def test_one_municipality_can_be_asked_for_whatever_its_spelling(engine: Engine) -> None:
    every = list(engine.simulate(date(2036, 1, 1)))
    name = every[0].municipality
    found = list(engine.simulate(date(2036, 1, 1), municipality=name.upper()))
    assert found == [row for row in every if row.municipality == name]
    assert list(engine.simulate(date(2036, 1, 1), municipality=name[:-1])) == []


def test_the_workload_adds_up_by_month_and_body(engine: Engine) -> None:
    rows = list(engine.simulate(date(2036, 1, 1)))
    load = sum_up(rows)
    for counted in (load.months, load.bodies, load.municipalities):
        assert sum(counts.total() for counts in counted.values()) == len(rows)
    assert load.total.total() == len(rows)


def test_the_first_expiries_are_kept_however_many_there_are(engine: Engine) -> None:
    row = next(row for row in engine.simulate(date(2036, 1, 1)))
    load = Workload()
    days = [date(2030 + number % 10, 1 + number % 12, 1) for number in range(1000)]
    for day in days:
        load.add(row._replace(on=day, kind=DeadlineKind.EXPIRY))
    assert [one.on for one in load.expiries] == sorted(days)[:FIRST_EXPIRIES]
