"""What every list shares: text, municipality, pages, a settled order, and clear refusals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kvob_domain.errors import Invalid
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections import board, deadlines, measures, register
from kvob_projections.board import BoardQuery
from kvob_projections.deadlines import DueQuery
from kvob_projections.errors import (
    ChoiceUnknown,
    DayNotGiven,
    PageOutOfRange,
    SortUnknown,
    TextTooLong,
)
from kvob_projections.estates import LONGEST
from kvob_projections.measures import MeasureQuery
from kvob_projections.register import RegisterQuery
from tests.projections import cycle
from tests.projections.desk import Desk, day, estate
from tests.projections.samples import AALSMEER, SOEST, UNDATED, zilverhoek

DAY = day("2022-01-01")
ODD = estate("100%_Echt! (o'Hara)", "Bergen|Noord")


def found(desk: Desk, **filters: Any) -> list[str]:
    """The names on the board."""
    return [row.estate for row in desk.board(BoardQuery(day=DAY, **filters))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("grachten", ["De Soestdijkse Grachten"]),
        ("GRACHTEN soest", ["De Soestdijkse Grachten"]),
        ("sóëst", ["De Soestdijkse Grachten"]),
        ("almelo", ["Zuidhoek"]),
        ("uithoorn", ["Groenpark"]),
        ("grachten uithoorn", []),
        ("100%_", ["100%_Echt! (o'Hara)"]),
        ("!", ["100%_Echt! (o'Hara)"]),
        ("o\u2019hara", ["100%_Echt! (o'Hara)"]),
        ("%", ["100%_Echt! (o'Hara)"]),
        ("_", ["100%_Echt! (o'Hara)"]),
        ("' OR 1=1 --", []),
        ("\ud800", []),
        ("\0", []),
    ],
)
def test_every_word_of_a_text_must_occur(desk: Desk, text: str, names: list[str]) -> None:
    assert found(desk.given(SOEST, UNDATED, AALSMEER, ODD), text=text) == names


def test_an_empty_text_finds_everything(desk: Desk) -> None:
    assert len(found(desk.given(SOEST, UNDATED), text=" ")) == 2


@pytest.mark.parametrize(
    ("municipality", "names"),
    [
        ("Aalsmeer", ["Groenpark"]),
        ("UITHOORN", ["Groenpark"]),
        ("Aalsmeer/Uithoorn", []),
        ("Aals", []),
        ("Älmelo", ["Zuidhoek"]),
        ("almelo", ["Zuidhoek"]),
        ("%", []),
    ],
)
def test_a_municipality_is_a_whole_name_of_any_of_the_estate_s(
    desk: Desk, municipality: str, names: list[str]
) -> None:
    assert found(desk.given(SOEST, UNDATED, AALSMEER), municipality=municipality) == names


def test_the_longest_search_there_is_can_be_answered(desk: Desk) -> None:
    assert found(desk.given(SOEST), text="\ufdfa" * LONGEST, municipality="\ufdfa" * LONGEST) == []


TEN = tuple(estate(f"Terrein {number:02}", "Soest") for number in (7, 3, 9, 1, 0, 5, 8, 2, 6, 4))


def test_pages_together_are_the_whole_list(desk: Desk) -> None:
    desk.given(*TEN)
    pages = [
        board.read(desk.read, BoardQuery(day=DAY, limit=4, offset=offset)) for offset in (0, 4, 8)
    ]
    names = [row.estate for page in pages for row in page.items]
    assert names == [f"Terrein {number:02}" for number in range(10)]
    assert [(page.total, page.total_is_exact) for page in pages] == [(10, True)] * 3
    assert [len(page.items) for page in pages] == [4, 4, 2]


@pytest.mark.parametrize(
    ("limit", "offset", "items"),
    [(None, 0, 10), (None, 7, 3), (None, 10, 0), (0, 0, 0), (10, 0, 10), (3, 99, 0)],
)
def test_a_page_knows_how_long_the_list_is(
    desk: Desk, limit: int | None, offset: int, items: int
) -> None:
    page = board.read(desk.given(*TEN).read, BoardQuery(day=DAY, limit=limit, offset=offset))
    assert (len(page.items), page.total, page.total_is_exact) == (items, 10, True)
    assert (page.limit, page.offset) == (limit, offset)


def test_a_list_is_counted_only_where_its_rows_do_not_tell(desk: Desk) -> None:
    desk.given(*TEN)
    board.read(desk.read, BoardQuery(day=DAY, limit=11))
    assert len(desk.asked) == 1
    board.read(desk.read, BoardQuery(day=DAY, limit=10))
    assert len(desk.asked) == 3


def test_a_count_is_exact_up_to_ten_thousand(desk: Desk) -> None:
    one = estate("Een", "Soest").fold()
    many = "INSERT INTO view_board SELECT"
    columns = ", ".join(name for name in board.BOARD.columns if name != "estate_id")
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)"
    desk.holds(one)
    desk.connection.execute(f"{numbers} {many} i, {columns} FROM view_board, n")
    page = board.read(desk.read, BoardQuery(day=DAY, limit=5))
    assert (page.total, page.total_is_exact) == (10_000, True)
    desk.connection.execute(f"{many} 'one more', {columns} FROM view_board LIMIT 1")
    page = board.read(desk.read, BoardQuery(day=DAY, limit=5))
    assert (page.total, page.total_is_exact) == (10_000, False)


@pytest.mark.parametrize("sort", ["step", "-step", "municipality", "-expires_on", "next_due_on"])
def test_equal_rows_come_in_one_order_whatever_the_page(desk: Desk, sort: str) -> None:
    desk.given(*TEN)
    whole = [row.estate_id for row in desk.board(BoardQuery(day=DAY, sort=(sort,)))]
    ones = [
        row.estate_id
        for offset in range(10)
        for row in desk.board(BoardQuery(day=DAY, sort=(sort,), limit=1, offset=offset))
    ]
    assert ones == whole == sorted(whole)


@pytest.mark.parametrize(
    ("select", "query"),
    [
        (board.select, BoardQuery(day=DAY)),
        (register.select, RegisterQuery(day=DAY)),
        (deadlines.select, DueQuery(day=DAY)),
        (measures.select, MeasureQuery(day=DAY)),
    ],
)
class TestWhatCannotBeAnswered:
    """Refusals of a malformed query, alike for each list."""

    def test_a_field_that_is_not_there_to_sort_by(self, select: Any, query: Any) -> None:
        with pytest.raises(SortUnknown, match=r"Choose from: .*estate") as refused:
            select(replace(query, sort=("estate; DROP TABLE view_board",)))
        assert "Kies uit" in refused.value.message("nl")

    def test_a_list_without_a_day(self, select: Any, query: Any) -> None:
        with pytest.raises(DayNotGiven):
            select(replace(query, day=None))

    @pytest.mark.parametrize("page", [{"limit": -1}, {"offset": -1}, {"offset": 2**63}])
    def test_a_page_that_does_not_exist(self, select: Any, query: Any, page: Any) -> None:
        with pytest.raises(PageOutOfRange):
            select(replace(query, **page))

    @pytest.mark.parametrize("field", ["text", "municipality"])
    def test_a_text_that_is_longer_than_any_name(self, select: Any, query: Any, field: str) -> None:
        with pytest.raises(TextTooLong, match=field):
            select(replace(query, **{field: "x" * (LONGEST + 1)}))


@pytest.mark.parametrize(
    "query",
    [
        BoardQuery(day=DAY, step="inventori"),  # type: ignore[arg-type]
        BoardQuery(day=DAY, status="geldig"),  # type: ignore[arg-type]
        BoardQuery(day=DAY, missing="%"),  # type: ignore[arg-type]
    ],
)
def test_a_code_that_does_not_exist_is_refused_with_those_that_do(query: BoardQuery) -> None:
    with pytest.raises(ChoiceUnknown) as refused:
        board.select(query)
    assert isinstance(refused.value, Invalid)
    assert len(refused.value.known) > 5


@pytest.mark.parametrize("level", ["\ud800", "\0", "' OR 1=1 --"])
def test_a_level_that_no_table_can_hold_is_found_nowhere(desk: Desk, level: str) -> None:
    desk.given(SOEST)
    assert found(desk, level=level) == []
    assert desk.register(RegisterQuery(day=DAY, level=level)) == ()
    assert desk.measures(MeasureQuery(day=DAY, owner=level)) == ()


def test_a_code_may_come_as_plain_text(desk: Desk) -> None:
    plain: Any = "inventory"
    desk.given(zilverhoek(cycle.INVENTORY), SOEST)
    assert found(desk, step=plain) == found(desk, step=Step.INVENTORY) == ["De Zilverhoek"]
