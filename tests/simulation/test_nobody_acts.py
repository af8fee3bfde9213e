"""Does the simulation foresee what the register and the real alarm say, when nobody acts?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kvob_domain.estate.deadline_kinds import DeadlineKind, key_of
from kvob_domain.terms import add_years
from kvob_workflow import (
    BoardQuery,
    Engine,
    EstateId,
    FactKind,
    PartialDate,
    PastFact,
    Provenance,
    RecordPastFact,
    RegisterEstate,
    RegisterQuery,
    Status,
)
from kvob_workflow.simulation import Foreseen
from kvob_workflow.testing import SettableClock, engine_at

Opened = Callable[[str], tuple[Engine, SettableClock]]
Notice = tuple[str, str, int, date]

FAR = date(2040, 1, 1)


def noticed(engine: Engine) -> set[Notice]:
    """Every notice on record."""
    rows = engine.board(BoardQuery(groups=True)).items
    return {
        (row.estate_id, key.kind.value, key.ordinal, key.due_on)
        for row in rows
        for key in engine.state(EstateId(row.estate_id)).notices
    }


def told(row: Foreseen) -> Notice:
    """The notice that is foreseen."""
    key = key_of(row.kind, row.ordinal, row.on)
    return row.estate_id, key.kind.value, key.ordinal, key.due_on


def awarded(engine: Engine, on: str) -> EstateId:
    """An estate with a certificate."""
    estate = engine.do(RegisterEstate(name="De Hoek", municipalities=("Soest", "Baarn"))).estate
    fact = PastFact(
        kind=FactKind.AWARD,
        on=PartialDate.parse(on),
        body="Keurders bv",
        provenance=Provenance(source="https://example.org/"),
    )
    engine.do(RecordPastFact(estate=estate, fact=fact))
    return estate


@pytest.mark.parametrize("histories", ["sample", "invented"])
def test_the_expiries_foreseen_are_those_of_the_register(opened: Opened, histories: str) -> None:
    engine, _ = opened(histories)
    rows = engine.register(RegisterQuery(status=Status.VALID)).items
    registered = {(row.estate_id, row.expires_on) for row in rows}
    foreseen = [row for row in engine.simulate(FAR) if row.kind is DeadlineKind.EXPIRY]
    assert {(row.estate_id, row.on) for row in foreseen} == registered
    assert len(foreseen) == len(registered) > 0
    assert all(row.expires_on == row.on and row.cause == "on_record" for row in foreseen)


@pytest.mark.parametrize("histories", ["sample", "invented"])
def test_the_notices_foreseen_are_those_that_an_engine_swept_every_day_gives(
    opened: Opened, histories: str
) -> None:
    engine, clock = opened(histories)
    until = add_years(engine.today(), 4)
    foreseen = [told(row) for row in engine.simulate(until, groups=True)]
    assert len(foreseen) == len(set(foreseen)) > 0
    before = noticed(engine)
    day = engine.today()
    while day <= until:
        clock.set_day(day)
        assert engine.sweep().held == ()
        day += timedelta(days=1)
    assert noticed(engine) - before == set(foreseen)


def test_nothing_reaches_the_store(opened: Opened) -> None:
    engine, _ = opened("invented")
    before = engine.board(BoardQuery(groups=True)).items
    assert len(list(engine.simulate(FAR))) > 50
    assert engine.board(BoardQuery(groups=True)).items == before
    assert noticed(engine) == set()


def test_each_row_explains_itself() -> None:
    with engine_at("memory:", SettableClock(date(2025, 3, 1))) as engine:
        estate = awarded(engine, "2025-02-28")
        rows = list(engine.simulate(date(2028, 2, 28)))
    last = rows[-1]
    assert last == Foreseen(
        on=date(2028, 2, 28),
        kind=DeadlineKind.EXPIRY,
        ordinal=1,
        estate_id=estate,
        estate="De Hoek",
        municipality="Soest/Baarn",
        municipalities=("Soest", "Baarn"),
        body="Keurders bv",
        edition="kvo-4.0",
        expires_on=date(2028, 2, 28),
        estimated=False,
        cause="on_record",
        rule="expiry:computed",
        anchor_on=date(2025, 2, 28),
    )
    assert [row.on for row in rows] == sorted(row.on for row in rows)
    assert [row.kind.value for row in rows].count("reminder") == 3


def test_the_last_day_is_inclusive() -> None:
    with engine_at("memory:", SettableClock(date(2025, 3, 1))) as engine:
        awarded(engine, "2025-02-28")
        kinds = [row.kind for row in engine.simulate(date(2028, 2, 27))]
    assert DeadlineKind.EXPIRY not in kinds


def test_what_is_owed_by_now_is_foreseen_on_the_day_it_fell_due() -> None:
    clock = SettableClock(date(2025, 3, 1))
    with engine_at("memory:", clock) as engine:
        awarded(engine, "2025-02-28")
        clock.set_day(date(2026, 3, 20))
        assert [row.on for row in engine.simulate(date(2026, 3, 20))] == [date(2026, 2, 28)]
        engine.sweep()
        assert list(engine.simulate(date(2026, 3, 20))) == []


def test_a_partial_date_is_foreseen_as_estimated() -> None:
    with engine_at("memory:", SettableClock(date(2025, 3, 1))) as engine:
        awarded(engine, "2024-05")
        rows = list(engine.simulate(FAR))
    expiry = next(row for row in rows if row.kind is DeadlineKind.EXPIRY)
    assert (expiry.on, expiry.estimated) == (date(2027, 5, 31), True)
    assert min(row.on for row in rows if row.kind is DeadlineKind.REMINDER) == date(2026, 8, 1)


def test_estates_without_a_deadline_are_counted() -> None:
    with engine_at("memory:", SettableClock(date(2025, 3, 1))) as engine:
        awarded(engine, "")
        engine.do(RegisterEstate(name="De Kamp", municipalities=("Soest",)))
        forecast = engine.simulate(FAR)
        assert list(forecast) == []
    found = forecast.population
    assert (found.estates, found.undated, found.without_deadlines) == (2, 1, 2)
