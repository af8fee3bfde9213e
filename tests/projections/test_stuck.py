"""Is the list of what is stuck that of a plain model, on both stores, sorted and in pages?"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import EstateKind
from kvob_domain.estate_names import normal_name
from kvob_domain.ids import EstateId
from kvob_projections import stuck
from kvob_projections.concern_kinds import OPERATIONS, ConcernFamily, ConcernKind
from kvob_projections.concerns import concerns_of
from kvob_projections.paging import Reader
from kvob_projections.stuck import FamilyAndKind, StuckQuery
from tests.postgres_server import Server
from tests.projections.both import filled, states
from tests.projections.desk import Desk, book, day
from tests.projections.samples import SOEST

_FILTERS: dict[str, tuple[object, ...]] = {
    "kind": tuple(kind for kind in ConcernKind if kind not in OPERATIONS),
    "family": tuple(ConcernFamily),
    "municipality": ("Soest", "oss", "Nergens"),
    "groups": (True,),
    "silent_days": (1, 1000),
}


@pytest.fixture(scope="module")
def estates() -> list[Estate]:
    return states(43, 90)


@pytest.fixture(scope="module")
def both(postgres: Server, estates: list[Estate]) -> Iterator[tuple[Reader, Reader]]:
    """The two stores; the schema goes afterwards."""
    with filled(postgres.url("kvob_stuck"), postgres.dsn, estates) as readers:
        yield readers
    with psycopg.connect(postgres.dsn, autocommit=True) as connection:
        connection.execute("DROP SCHEMA kvob_stuck CASCADE")


def naive(estates: list[Estate], query: StuckQuery) -> set[tuple[str, str, str]]:
    """What is stuck, estate by estate: (estate, kind, detail)."""
    assert query.day is not None
    found: set[tuple[str, str, str]] = set()
    for one in estates:
        places = map(normal_name, one.municipalities)
        if query.municipality is not None and normal_name(query.municipality) not in places:
            continue
        for concern in concerns_of(one, book()):
            is_shown = query.groups or one.kind is EstateKind.ESTATE
            if not is_shown and concern.kind is not ConcernKind.EMPTY_GROUP:
                continue
            if query.kind not in (None, concern.kind):
                continue
            if query.family not in (None, concern.kind.family):
                continue
            days = query.silent_days if concern.kind is ConcernKind.SILENT else 0
            since = date.fromisoformat(concern.since) if concern.since else date.min
            until = date.fromisoformat(concern.until) if concern.until else date.max
            if since + timedelta(days=days) <= query.day < until:
                found.add((one.id, concern.kind.value, concern.detail))
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_the_list_is_that_of_the_plain_model_on_both_stores(
    both: tuple[Reader, Reader], estates: list[Estate], seed: int
) -> None:
    chance = random.Random(seed)
    seen = 0
    for _ in range(60):
        given: dict[str, Any] = {"day": date(2008, 1, 1) + timedelta(days=chance.randrange(9000))}
        for name, values in _FILTERS.items():
            if chance.random() < 0.3:
                given[name] = chance.choice(values)
        query = StuckQuery(**given)
        try:
            stuck.kinds_of(query)
        except FamilyAndKind:
            continue
        sqlite, postgres = (stuck.read(reader, query) for reader in both)
        told = {(row.estate_id, row.kind.value, row.detail) for row in sqlite.items}
        assert told == naive(estates, query), query
        assert len(told) == len(sqlite.items) == sqlite.total
        assert postgres == sqlite, query
        sort = chance.choice(("since", "-since", "estate", "-municipality", "kind", "estate_id"))
        page = replace(query, sort=(sort,), limit=7, offset=chance.randrange(9))
        assert stuck.read(both[1], page) == stuck.read(both[0], page), page
        seen += len(told)
    assert seen > 500


def test_a_group_that_is_not_there_is_told(desk: Desk) -> None:
    lost = EstateId("f" * 32)
    member = SOEST.fold()
    member.groups = (lost,)
    desk.holds(member)
    query = StuckQuery(day=day("2027-01-01"), kind=ConcernKind.GROUP_GONE)
    (row,) = stuck.read(desk.read, query).items
    assert (row.estate_id, row.detail) == (member.id, lost)
    member.remarks = frozenset({(f"stuck:group_gone:{lost}", "", "weet ik", "kvob stuck")})
    assert stuck.read(Desk.opened().holds(member).read, query).items == ()


def test_the_list_comes_in_the_order_of_an_index(desk: Desk) -> None:
    asked = stuck.select(StuckQuery(day=day("2027-01-01"), limit=50))
    plan = desk.connection.execute("EXPLAIN QUERY PLAN " + asked.sql, asked.parameters)
    found = [line for *_, line in plan]
    assert found[0].startswith("SEARCH c USING INDEX view_concerns_since (counted=?")
    assert not [line for line in found if "TEMP B-TREE FOR ORDER BY" in line]
