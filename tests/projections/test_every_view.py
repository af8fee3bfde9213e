"""What holds for every read model: pure rows, plain values, keys, and no scan row by row."""

from __future__ import annotations

import pytest

from kvob_domain.estate.state import Estate
from kvob_projections import ALL_VIEWS, FOLLOWED_VIEWS, board, deadlines, measures, register
from kvob_projections.board import BoardQuery
from kvob_projections.deadlines import DueQuery
from kvob_projections.measures import MeasureQuery
from kvob_projections.register import RegisterQuery
from kvob_projections.statement import Statement
from kvob_projections.view import View
from tests.projections import cycle
from tests.projections.desk import Desk, book, day
from tests.projections.samples import AALSMEER, BAARN, ENDED_ONLY, SOEST, UNDATED, zilverhoek

HISTORIES = (SOEST, BAARN, UNDATED, AALSMEER, ENDED_ONLY)
STAGES = (cycle.KICKOFF, cycle.COVENANT, cycle.AUDITED, cycle.CERTIFIED, cycle.RENEWED)
EVERY_VIEW = pytest.mark.parametrize(
    "view", (*ALL_VIEWS, *FOLLOWED_VIEWS), ids=lambda view: view.name
)
DAY = day("2022-01-01")


@pytest.fixture(scope="module")
def states() -> list[Estate]:
    """Estates of many kinds."""
    return [history.fold() for history in (*HISTORIES, *map(zilverhoek, STAGES))]


def test_the_names_of_the_views_are_the_nouns_on_the_desk() -> None:
    assert [view.name for view in ALL_VIEWS] == [
        "board",
        "register",
        "deadlines",
        "measures",
        "bonds",
    ]


@EVERY_VIEW
def test_the_same_state_gives_the_same_rows(view: View, states: list[Estate]) -> None:
    for state in states:
        assert view.rows(state, book()) == view.rows(state, book())


def test_an_estate_of_which_nothing_is_known_fits_the_tables(desk: Desk) -> None:
    assert len(desk.holds(Estate(SOEST.id)).board(BoardQuery(day=DAY))) == 1


@EVERY_VIEW
def test_the_table_has_the_columns_that_the_view_names(view: View, desk: Desk) -> None:
    found = desk.connection.execute(f"SELECT name FROM pragma_table_info('{view.table}')")
    assert tuple(name for (name,) in found) == view.columns
    keys = desk.connection.execute(
        f"SELECT name FROM pragma_table_info('{view.table}') WHERE pk > 0 ORDER BY pk"
    )
    assert tuple(name for (name,) in keys) == view.key == view.columns[: len(view.key)]
    assert view.key[0] == "estate_id"


@EVERY_VIEW
def test_every_row_has_a_key_of_its_own(view: View, states: list[Estate]) -> None:
    for state in states:
        rows = view.rows(state, book())
        assert len({view.key_of(row) for row in rows}) == len(rows)
        assert {row[0] for row in rows} <= {state.id}


@EVERY_VIEW
def test_values_are_plain_so_that_the_driver_converts_nothing(
    view: View, states: list[Estate]
) -> None:
    values = [value for state in states for row in view.rows(state, book()) for value in row]
    assert values
    assert {type(value) for value in values} <= {str, int, type(None)}


@pytest.mark.parametrize("asked", ["2019-10-10", "2024-06-03", "2031-01-01"])
def test_asking_for_another_day_changes_no_table(desk: Desk, asked: str) -> None:
    desk.given(*HISTORIES)
    before = list(desk.connection.iterdump())
    desk.board(BoardQuery(day=day(asked)))
    desk.register(RegisterQuery(day=day(asked)))
    desk.due(DueQuery(day=day(asked), overdue=True))
    assert list(desk.connection.iterdump()) == before


def plan(desk: Desk, statement: Statement) -> list[str]:
    """How SQLite means to answer: one line per table."""
    asked = desk.connection.execute("EXPLAIN QUERY PLAN " + statement.sql, statement.parameters)
    return [line for *_, line in asked]


@pytest.mark.parametrize(
    ("statement", "steps"),
    [
        (
            board.select(BoardQuery(day=DAY, limit=50)),
            [
                "SCAN b USING INDEX view_board_estate_folded_estate_id_kind_step_places",
                "SEARCH r USING INDEX sqlite_autoindex_view_register_1 (estate_id=?)",
                "CORRELATED SCALAR SUBQUERY",
                "SEARCH d USING COVERING INDEX sqlite_autoindex_view_deadlines_1"
                " (estate_id=? AND due_on>?)",
            ],
        ),
        (
            register.select(RegisterQuery(day=DAY, limit=50)),
            [
                "SCAN b USING INDEX view_board_estate_folded_estate_id_kind_step_places",
                "SEARCH r USING INDEX sqlite_autoindex_view_register_1 (estate_id=?)",
            ],
        ),
        (
            deadlines.select(DueQuery(day=DAY, until=day("2022-04-01"), limit=50)),
            [
                "SEARCH d USING INDEX view_deadlines_due_on (due_on>? AND due_on<?)",
                "SEARCH b USING INDEX sqlite_autoindex_view_board_1 (estate_id=?)",
                "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY",
            ],
        ),
    ],
)
def test_the_default_lists_follow_an_index_into_every_table(
    desk: Desk, statement: Statement, steps: list[str]
) -> None:
    found = plan(desk, statement)
    assert len(found) == len(steps)
    assert all(line.startswith(step) for line, step in zip(found, steps, strict=True))


@pytest.mark.parametrize(
    "statement",
    [
        board.select(BoardQuery(day=DAY, sort=("next_due_on",), due_before=DAY, text="x")),
        board.count(BoardQuery(day=DAY)),
        register.select(RegisterQuery(day=DAY, sort=("status",))),
        register.count(RegisterQuery(day=DAY)),
        deadlines.select(DueQuery(day=DAY, overdue=True, municipality="x")),
        measures.select(MeasureQuery(day=DAY, overdue_only=True)),
    ],
)
def test_no_list_scans_a_second_table_for_every_row(desk: Desk, statement: Statement) -> None:
    scans = [line for line in plan(desk, statement) if line.startswith(("SCAN b", "SCAN r"))]
    scans += [line for line in plan(desk, statement) if line.startswith(("SCAN d", "SCAN m"))]
    assert len(scans) <= 1
