"""Does every read model show on PostgreSQL exactly what it shows on SQLite?"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import psycopg
import pytest

from kvob_projections import pending
from kvob_projections.paging import Reader
from tests.postgres_server import Server
from tests.projections.both import MODELS, filled, heat, months, question, states

Both = tuple[Reader, Reader]
FIRST = date(2008, 1, 1)


@pytest.fixture(scope="module")
def both(postgres: Server) -> Iterator[Both]:
    """The two stores; the schema goes afterwards."""
    with filled(postgres.url("kvob_agree"), postgres.dsn, states(18)) as readers:
        yield readers
    with psycopg.connect(postgres.dsn, autocommit=True) as connection:
        connection.execute("DROP SCHEMA kvob_agree CASCADE")


def days(chance: random.Random) -> date:
    return FIRST + timedelta(days=chance.randrange(9000))


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("seed", [1, 2])
def test_random_questions_get_equal_pages(both: Both, model: str, seed: int) -> None:
    chance = random.Random(f"{model} {seed}")
    sqlite, postgres = both
    filled_pages = 0
    for _ in range(250):
        query = question(model, days(chance), chance)
        page = MODELS[model].read(sqlite, query)
        assert MODELS[model].read(postgres, query) == page, query
        filled_pages += bool(page.items)
    assert filled_pages > 50


@pytest.mark.parametrize("model", MODELS)
def test_every_field_sorts_alike_in_both_directions(both: Both, model: str) -> None:
    sqlite, postgres = both
    of = MODELS[model]
    for name in (*of.sorts, "estate", "municipality", "estate_id"):
        for sort in (name, f"-{name}"):
            query = of.query(day=date(2020, 6, 1), groups=True, sort=(sort,))
            assert of.read(postgres, query) == of.read(sqlite, query), sort


def test_the_levels_differ_in_ascii_case_alone(both: Both) -> None:
    of = MODELS["register"]
    for reader in both:
        found = {
            level: of.read(reader, of.query(day=date(2024, 7, 1), level=level)).total
            for level in ("écht NIVEAU", "ÉCHT niveau", "écht niveau")
        }
        assert found == {"écht NIVEAU": 1, "ÉCHT niveau": 2, "écht niveau": 1}


def test_the_heat_maps_are_equal(both: Both) -> None:
    chance = random.Random(3)
    sqlite, postgres = both
    for _ in range(60):
        query = months(days(chance), chance)
        assert heat(postgres, query) == heat(sqlite, query), query


def test_the_notices_that_wait_come_in_one_order(both: Both) -> None:
    sqlite, postgres = both
    for today in (date(2015, 1, 1), date(2024, 1, 1), date(2040, 1, 1)):
        after = None
        assert pending.next_due(postgres, today) == pending.next_due(sqlite, today)
        while found := pending.pending(sqlite, today, after, 3):
            assert pending.pending(postgres, today, after, 3) == found
            assert pending.is_pending(postgres, found[0].estate, today)
            after = found[-1]
        assert pending.pending(postgres, today, after, 3) == ()


def test_a_page_without_a_limit_can_begin_late(both: Both) -> None:
    of = MODELS["board"]
    whole = of.query(day=date(2020, 6, 1), groups=True)
    late = replace(whole, offset=7)
    sqlite, postgres = both
    assert of.read(postgres, late) == of.read(sqlite, late)
