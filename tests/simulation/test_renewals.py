"""What follows when renewals take as long as they did so far, or as long as is stated?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from kvob_domain.estate.deadlines import DeadlineKind
from kvob_domain.terms import add_days, add_years
from kvob_workflow import (
    Engine,
    EstateId,
    EvaluateTerm,
    FactKind,
    PartialDate,
    PastFact,
    Provenance,
    RecordPastFact,
    RegisterEstate,
    RegisterGroup,
)
from kvob_workflow.simulation import Assumption, Forecast, Foreseen
from kvob_workflow.simulation.errors import TooFewRenewals
from kvob_workflow.testing import SettableClock, engine_at

Opened = Callable[[str], tuple[Engine, SettableClock]]

RENEWALS = Assumption.RENEWALS_TAKE_THE_MEDIAN
TODAY = date(2026, 3, 2)
AWARDED = date(2025, 6, 1)
EXPIRES = date(2028, 6, 1)
RENEWAL_START = date(2027, 12, 1)


@pytest.fixture
def engine() -> Iterator[Engine]:
    with engine_at("memory:", SettableClock(TODAY)) as opened:
        yield opened


def state(engine: Engine, estate: EstateId, kind: FactKind, on: str) -> None:
    """A source says that something happened."""
    source = Provenance(source="https://example.org/")
    fact = PastFact(kind=kind, on=PartialDate.parse(on), provenance=source)
    engine.do(RecordPastFact(estate=estate, fact=fact))


def certified(engine: Engine, *awards: str, name: str = "De Hoek") -> EstateId:
    """An estate that was awarded on the first day, and again on the others."""
    estate = engine.do(RegisterEstate(name=name, municipalities=("Soest",))).estate
    for number, on in enumerate(awards):
        state(engine, estate, FactKind.RECERTIFICATION if number else FactKind.AWARD, on)
    return estate


def renewed(engine: Engine, until: date, days: int | None) -> tuple[list[Foreseen], Forecast]:
    """The rows, and the forecast that gave them."""
    forecast = engine.simulate(until, assume=RENEWALS, renewal_days=days)
    return list(forecast), forecast


def days_of(rows: list[Foreseen], kind: DeadlineKind) -> list[date]:
    """The days of one kind."""
    return [row.on for row in rows if row.kind is kind]


def test_a_renewal_in_time_leaves_no_expiry_and_a_new_term_from_the_old_one(
    engine: Engine,
) -> None:
    certified(engine, AWARDED.isoformat())
    rows, forecast = renewed(engine, date(2031, 5, 31), -30)
    assert days_of(rows, DeadlineKind.EXPIRY) == []
    assert days_of(rows, DeadlineKind.RENEWAL_START) == [RENEWAL_START, date(2030, 12, 1)]
    assert days_of(rows, DeadlineKind.TERM_EVALUATION) == []
    assert forecast.renewal_days == -30
    assert (forecast.population.renewals_begun, forecast.population.renewals_awarded) == (2, 2)


def test_what_follows_from_an_assumed_award_says_so(engine: Engine) -> None:
    certified(engine, AWARDED.isoformat())
    rows, _ = renewed(engine, date(2031, 5, 31), -30)
    causes = {row.cause for row in rows if row.on < EXPIRES}
    assert causes == {"on_record"}
    assert {row.cause for row in rows if row.on > EXPIRES} == {"assumed"}


def test_a_renewal_after_the_expiry_leaves_a_gap(engine: Engine) -> None:
    certified(engine, AWARDED.isoformat())
    rows, _ = renewed(engine, date(2032, 1, 1), 40)
    again = add_years(add_days(EXPIRES, 40), 3)
    assert days_of(rows, DeadlineKind.EXPIRY) == [EXPIRES, again]


def test_yearly_evaluations_fall_due_and_are_done_on_their_day(engine: Engine) -> None:
    certified(engine, AWARDED.isoformat())
    rows, _ = renewed(engine, EXPIRES, 10)
    assert days_of(rows, DeadlineKind.EVALUATION) == [date(2026, 6, 1), date(2027, 6, 1)]


def test_a_renewal_that_begins_late_is_decided_as_much_later(engine: Engine) -> None:
    certified(engine, "2023-06-01")  # expires on 2026-06-01; the renewal should have begun
    rows, forecast = renewed(engine, date(2026, 9, 1), -30)
    late = TODAY - date(2025, 12, 1)
    assert forecast.population.renewals_begun == 1
    assert days_of(rows, DeadlineKind.EXPIRY) == [date(2026, 6, 1)]
    decided = date(2026, 5, 2) + late
    _, before = renewed(engine, decided - timedelta(days=1), -30)
    _, on = renewed(engine, decided, -30)
    assert before.population.renewals_awarded == 0
    assert on.population.renewals_awarded == 1


def test_a_renewal_that_runs_is_decided_on_its_day(engine: Engine) -> None:
    estate = certified(engine, "2023-06-01")
    engine.do(EvaluateTerm(estate=estate, on=date(2026, 1, 5)))
    rows, forecast = renewed(engine, date(2027, 1, 1), -20)
    assert (forecast.population.renewals_begun, forecast.population.renewals_awarded) == (0, 1)
    assert days_of(rows, DeadlineKind.EXPIRY) == []


def test_a_renewal_that_should_have_ended_by_now_is_left_as_it_is(engine: Engine) -> None:
    estate = certified(engine, "2022-06-01")
    engine.do(EvaluateTerm(estate=estate, on=date(2025, 1, 5)))
    _, forecast = renewed(engine, date(2030, 1, 1), 20)
    assert forecast.population.renewals_awarded == 0


def test_a_certificate_that_lapsed_before_today_is_not_renewed(engine: Engine) -> None:
    certified(engine, "2015-06-01")
    rows, forecast = renewed(engine, date(2030, 1, 1), -30)
    assert rows == []
    assert forecast.population.renewals_begun == 0


def test_a_group_has_no_trajectory_and_lapses(engine: Engine) -> None:
    command = RegisterGroup(name="Alle terreinen van Weert", municipalities=("Weert",))
    state(engine, engine.do(command).estate, FactKind.AWARD, AWARDED.isoformat())
    forecast = engine.simulate(EXPIRES, assume=RENEWALS, renewal_days=-30, groups=True)
    assert days_of(list(forecast), DeadlineKind.EXPIRY) == [EXPIRES]
    assert forecast.population.renewals_awarded == 0


def test_the_median_of_the_store_is_an_observed_number_of_days(engine: Engine) -> None:
    for number, days in enumerate((-60, -30, 5, 10, 100, 200)):
        renewal = add_days(date(2019, 6, 1), days)
        certified(engine, "2016-06-01", renewal.isoformat(), name=f"Terrein {number}")
    assert renewed(engine, TODAY, None)[1].renewal_days == 5


def test_dates_known_in_part_and_missing_certificates_are_no_observations(engine: Engine) -> None:
    for number in range(4):
        certified(engine, "2016-06-01", "2019-06-11", name=f"Terrein {number}")
    certified(engine, "2016-06-01", "2019", name="Alleen een jaar")
    certified(engine, "2016", "2019-06-11", name="Begin alleen een jaar")
    certified(engine, "2012-06-01", "2024-06-11", name="Niets ertussen bekend")
    with pytest.raises(TooFewRenewals) as refused:
        engine.simulate(TODAY, assume=RENEWALS)
    assert (refused.value.found, refused.value.needed) == (4, 5)
    assert "--renewal-days" in refused.value.message("nl")


def test_invented_histories_can_be_renewed_for_ten_years(opened: Opened) -> None:
    engine, _ = opened("invented")
    rows, forecast = renewed(engine, add_years(engine.today(), 10), None)
    assert forecast.renewal_days is not None
    assert forecast.population.renewals_awarded > forecast.population.estates // 2
    seen = [(row.estate_id, row.kind, row.ordinal, row.on) for row in rows]
    assert len(seen) == len(set(seen))
