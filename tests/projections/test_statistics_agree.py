"""Do the figures agree with a plain model, on SQLite and on PostgreSQL, over random histories?"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

import psycopg
import pytest

from kvob_domain.estate.state import Estate
from kvob_domain.estate_names import normal_name
from kvob_projections import ALL_VIEWS, statistics
from kvob_projections.figures import FigureCode
from kvob_projections.paging import Reader
from kvob_projections.statistics import Statistics
from kvob_projections.statistics_query import StatisticsQuery, settled
from kvob_workflow import Engine
from kvob_workflow.engine.states import all_streams
from kvob_workflow.importing import import_file, sample_cases
from kvob_workflow.simulation.assumption import renewal_days
from kvob_workflow.store import open_store
from kvob_workflow.testing import SettableClock
from tests.postgres_server import Server
from tests.projections.both import filled, states
from tests.projections.naive_figures import WAYS, Naive, naive

_MEASURED: Final = ("time_per_step", "first_cycle", "renewal", "renewal_decided")
_MONTHLY: Final = ("audits", "decisions", "coming")
_FILTERS: Final[dict[str, tuple[object, ...]]] = {
    "municipality": ("Soest", "oss", "Nergens", "%"),
    "edition": ("kvo-4.0", "kvo-b-2.0", "kvo-3.1"),
    "body": ("Kiwa", "", "Kiwi"),
    "groups": (True,),
    "silent_days": (1, 1000, 36_600),
}


@pytest.fixture(scope="module")
def estates() -> list[Estate]:
    return states(41, 120)


@pytest.fixture(scope="module")
def both(postgres: Server, estates: list[Estate]) -> Iterator[tuple[Reader, Reader]]:
    """The two stores; the schema goes afterwards."""
    with filled(postgres.url("kvob_figures"), postgres.dsn, estates) as readers:
        yield readers
    with psycopg.connect(postgres.dsn, autocommit=True) as connection:
        connection.execute("DROP SCHEMA kvob_figures CASCADE")


def question(chance: random.Random) -> StatisticsQuery:
    day = date(2008, 1, 1) + timedelta(days=chance.randrange(9000))
    given: dict[str, Any] = {"day": day}
    if chance.random() < 0.5:
        given["since"] = day - timedelta(days=chance.randrange(4000))
    if chance.random() < 0.3:
        given["until"] = given.get("since", day) + timedelta(days=chance.randrange(3000))
    if chance.random() < 0.3:
        given["ahead"] = day + timedelta(days=chance.randrange(2000))
    for name, values in _FILTERS.items():
        if chance.random() < 0.25:
            given[name] = chance.choice(values)
    return StatisticsQuery(**given)


def plain(found: Statistics) -> Naive:
    """What was answered, in the form of the plain model."""
    answers = {answer.figure.code.value: answer for answer in found.figures}
    days: dict[str, dict[str, tuple[object, ...]]] = {}
    left_out: dict[str, dict[str, dict[str, int]]] = {}
    for code in _MEASURED:
        for row in answers[code].rows:
            if row.days is not None:
                one = row.days
                told = (one.n, one.median, one.p25, one.p75, one.p90, one.minimum, one.maximum)
                days.setdefault(code, {})[row.key] = told
            if row.left_out:
                left_out.setdefault(code, {})[row.key] = dict(row.left_out)
    months = {
        code: {(normal_name(row.key), row.month or ""): row.n for row in answers[code].rows}
        for code in _MONTHLY
        if answers[code].rows
    }
    ways = {code: (answers[code].rows[0].n, answers[code].rows[0].of or 0) for code in WAYS}
    funnel = [(row.key, row.n, dict(row.parts)) for row in answers["funnel"].rows]
    return Naive(days, left_out, ways, months, funnel)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_figure_is_that_of_the_plain_model_on_both_stores(
    both: tuple[Reader, Reader], estates: list[Estate], seed: int
) -> None:
    chance = random.Random(seed)
    seen = 0
    for _ in range(25):
        query = question(chance)
        expected = naive(estates, settled(query))
        sqlite, postgres = (statistics.read(reader, query) for reader in both)
        for part in Naive._fields:
            assert getattr(plain(sqlite), part) == getattr(expected, part), (query, part)
        assert postgres == sqlite, query
        seen += sum(n for n, _ in expected.ways.values()) + len(expected.days)
    assert seen > 150


def test_what_cannot_be_counted_is_as_much_on_both_stores(both: tuple[Reader, Reader]) -> None:
    everything = StatisticsQuery(day=date(2040, 1, 1), groups=True)
    sqlite, postgres = (statistics.read(reader, everything) for reader in both)
    assert sqlite == postgres
    assert any(answer.left_out for answer in sqlite.figures)
    assert len(sqlite.figures) == len(FigureCode)


def test_the_simulation_measures_renewals_alike() -> None:
    """Where nothing was withdrawn or ended, `renewal_decided` is what the simulation assumes."""
    store = open_store("memory:", ALL_VIEWS)
    with Engine(store, clock=SettableClock(date(2026, 11, 23))) as engine:
        with sample_cases() as path:
            import_file(engine, path)
        query = StatisticsQuery(groups=True, figures=("renewal_decided",))
        row = engine.statistics(query).figures[0].rows[0]
        assert row.n == len(list(renewal_days(all_streams(store))))
