"""Are the columns of the board the pages of its steps, whichever way they are found?"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from kvob_domain.estate.state import Estate
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections import board, board_steps
from kvob_projections.board import BoardQuery
from kvob_projections.errors import DayNotGiven, PageOutOfRange
from kvob_projections.paging import Reader
from tests.postgres_server import Server
from tests.projections.both import filled, question, states
from tests.projections.desk import TODAY, Desk, estate, group
from tests.projections.samples import SOEST, zilverhoek

SOONEST = ("next_due_on",)


@pytest.fixture(scope="module")
def estates() -> list[Estate]:
    return states(17, 90)


@pytest.fixture(scope="module")
def both(postgres: Server, estates: list[Estate]) -> Iterator[tuple[Reader, Reader]]:
    """The two stores; the schema goes afterwards."""
    with filled(postgres.url("kvob_steps"), postgres.dsn, estates) as readers:
        yield readers
    with psycopg.connect(postgres.dsn, autocommit=True) as connection:
        connection.execute("DROP SCHEMA kvob_steps CASCADE")


@pytest.mark.parametrize(("few", "walked"), [(4_000, 1_500), (0, 1_500), (0, 12), (3, 0)])
def test_a_column_is_the_page_of_its_step_on_both_stores(
    both: tuple[Reader, Reader], few: int, walked: int
) -> None:
    chance = random.Random(f"{few} {walked}")
    for _ in range(40):
        day = date(2024, 1, 1) + timedelta(days=chance.randrange(1500))
        query = replace(question("board", day, chance), sort=SOONEST, limit=None, offset=0)
        per_step = chance.choice((0, 1, 3, 20))
        for reader in both:
            found = board_steps.columns(reader, query, per_step, few=few, walked=walked)
            for column in found:
                one = replace(query, step=column.step, limit=per_step)
                page = board.read(reader, one)
                assert (column.items, column.total) == (page.items, page.total), one


def test_the_counts_are_those_of_the_rows_on_both_stores(both: tuple[Reader, Reader]) -> None:
    chance = random.Random(4)
    for _ in range(40):
        day = date(2020, 1, 1) + timedelta(days=chance.randrange(3000))
        query = replace(question("board", day, chance), sort=(), limit=None, offset=0)
        for reader in both:
            rows = board.read(reader, query).items
            found = board_steps.counts(reader, query)
            steps = Counter(row.step for row in rows)
            assert {one.code: one.total for one in found.steps if one.total} == steps
            statuses = Counter(row.status for row in rows)
            assert {one.code: one.total for one in found.statuses if one.total} == statuses
            assert all(one.total_is_exact for one in (*found.steps, *found.statuses))


@pytest.mark.parametrize(
    "narrowed",
    [
        {"expires_from": date(2025, 1, 1)},
        {"expires_before": date(2028, 1, 1)},
        {"overdue": True},
        {"approvals": True},
        {"status": Status.VALID},
    ],
)
def test_every_filter_of_the_board_narrows_its_columns_and_counts(
    both: tuple[Reader, Reader], narrowed: dict[str, Any]
) -> None:
    query = BoardQuery(day=TODAY, **narrowed)
    for reader in both:
        rows = board.read(reader, query).items
        columns = board_steps.columns(reader, query, 50, few=0)
        assert sum(column.total for column in columns) == len(rows)
        assert {row.estate_id for one in columns for row in one.items} <= {
            row.estate_id for row in rows
        }
        counts = board_steps.counts(reader, query)
        assert sum(one.total for one in counts.steps) == len(rows)


def test_every_step_is_a_column_also_an_empty_one_and_groups_are_not_counted() -> None:
    desk = Desk.opened().given(SOEST, zilverhoek(()), group("Alle terreinen", "Soest"))
    columns = board_steps.columns(desk.read, BoardQuery(day=TODAY), 20)
    assert [column.step for column in columns] == list(Step)
    registered = columns[0]
    assert (registered.total, [row.kind for row in registered.items]) == (1, ["estate"])
    with_groups = board_steps.columns(desk.read, BoardQuery(day=TODAY, groups=True), 20)
    assert with_groups[0].total == 2


def test_a_query_for_one_step_has_one_column() -> None:
    desk = Desk.opened().given(estate("Noord", "Oss"), SOEST)
    (column,) = board_steps.columns(desk.read, BoardQuery(day=TODAY, step=Step.REGISTERED), 5)
    assert (column.step, column.total) == (Step.REGISTERED, 1)


def test_a_number_of_cards_below_zero_or_no_day_is_refused() -> None:
    desk = Desk.opened()
    with pytest.raises(PageOutOfRange):
        board_steps.columns(desk.read, BoardQuery(day=TODAY), -1)
    with pytest.raises(DayNotGiven):
        board_steps.counts(desk.read, BoardQuery())
