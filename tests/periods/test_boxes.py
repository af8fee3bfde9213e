"""Does PostgreSQL's index find exactly the rectangles that hold two moments, and is it used?"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date

import psycopg
import pytest

from kvob_projections import ALL_VIEWS
from kvob_projections.board import BOARD
from kvob_projections.boxes import BoxFinder, differing, period_ddl
from kvob_projections.deadlines import DEADLINES
from kvob_projections.dialect import in_postgres
from kvob_projections.finding import Narrow, alive
from kvob_projections.periods import ALIVE, Pair, table_of
from kvob_projections.places import GROUP
from kvob_projections.rectangles import ALWAYS, FOREVER, NO_END
from kvob_projections.view import Value, View
from kvob_workflow.limits import StoreLimits
from kvob_workflow.store.postgres.address import parse_address
from kvob_workflow.store.postgres.connections import Connections
from kvob_workflow.store.postgres.reading import StoredRow, ask
from tests.postgres_server import Server

_COUNT = 4000
_DAYS = (ALWAYS, 1, 700_000, 735_000, 735_001, 740_000, 3_652_059)
# Before 1970, now, and from 2112 on, where boxes no longer tell microseconds apart.
_INSTANTS = (-10, 0, 10**15, 10**15 + 1, 2**52 - 3, 2**52 - 2, 2**52, 2**54 + 1, 2**54 + 2)


def _instant(chance: random.Random) -> int:
    return chance.choice((*_INSTANTS, chance.randrange(2 * 10**15)))


def _day(chance: random.Random) -> int:
    return chance.choice((*_DAYS, chance.randrange(715_000, 745_000)))


def _row(view: View, number: int, chance: random.Random) -> tuple[object, ...]:
    """A rectangle with random bounds; what it shows does not matter."""
    days = sorted({_day(chance), _day(chance), NO_END})[:2]
    known = sorted({_instant(chance), _instant(chance), FOREVER})[:2]
    if chance.random() < 0.4:
        days[1], known[1] = NO_END, FOREVER
    days[1] = max(days[1], days[0] + 1)
    known[1] = max(known[1], known[0] + 1)
    first = chance.randrange(9) + GROUP * (chance.random() < 0.1)
    second = chance.randrange(1, 6) if view is BOARD else max(_day(chance), 1)
    rank = f"{date.fromordinal(second)} {number:05}"  # of the deadlines it begins with the day
    place = chance.choice(("|oss|", "|soest|", "|oss|soest|"))
    return (number, *(0 for _ in view.columns), rank, first, second, place, *days, *known)


@pytest.fixture(scope="module")
def connections(postgres: Server) -> Iterator[Connections]:
    """Tables with random rectangles of the board and of the deadlines."""
    address, chance = parse_address(postgres.url("kvob_boxes")), random.Random(18)
    with psycopg.connect(address.conninfo, autocommit=True) as maker:
        maker.execute("CREATE SCHEMA kvob_boxes; SET search_path = kvob_boxes")
        for view in ALL_VIEWS:
            maker.execute(in_postgres(view.ddl[0]).encode())
        for statement in period_ddl():
            maker.execute(statement.encode())
        for view in (BOARD, DEADLINES):
            with maker.cursor().copy(f"COPY {table_of(view)} FROM STDIN".encode()) as copy:
                for number in range(1, _COUNT + 1):
                    copy.write_row(_row(view, number, chance))
        maker.execute("VACUUM ANALYZE period_board, period_deadlines")
        with closing(Connections(address, StoreLimits())) as opened:
            yield opened
        maker.execute("DROP SCHEMA kvob_boxes CASCADE")


def _pair(chance: random.Random) -> Pair:
    return Pair(_day(chance), chance.choice((FOREVER - 1, _instant(chance))))


def _between(chance: random.Random, view: View, day: int) -> tuple[int, int] | None:
    values = [chance.randrange(1, 7), chance.randrange(1, 7)]
    if view is DEADLINES:  # with what is overdue, without it, within days
        values = [chance.choice((1, day, _day(chance))), chance.choice((day, NO_END))]
    low, high = sorted(max(value, 1) for value in values)
    return chance.choice((None, (low, high), (low, low)))


@pytest.mark.parametrize("days_read", [20_000, 1])
@pytest.mark.parametrize("view", [BOARD, DEADLINES], ids=lambda view: view.name)
def test_a_search_by_box_finds_what_the_bounds_hold(
    connections: Connections, view: View, days_read: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kvob_projections.boxes.DAYS_READ", days_read)
    chance, found = random.Random(view.name), 0

    def read(sql: str, parameters: Mapping[str, Value]) -> list[StoredRow]:
        return ask(connections, sql, parameters)

    for _ in range(150):
        pair = _pair(chance)
        first = chance.choice((None, (0, GROUP - 1), (3, 3)))
        narrow = Narrow(
            first, _between(chance, view, pair.seen_on), chance.choice((None, None, "oss"))
        )
        finder = BoxFinder(read, pair, view, narrow)
        holds = [ALIVE]
        for name, bounds in (("first", narrow.first), ("second", narrow.second)):
            holds += [f"{name} BETWEEN {bounds[0]} AND {bounds[1]}"] if bounds else []
        if narrow.place:
            holds.append("lies_in LIKE '%|oss|%'")
        sql = f"SELECT id FROM {table_of(view)} WHERE {' AND '.join(holds)}"
        expected = sorted(row["id"] for row in read(sql, pair.parameters))
        assert sorted(finder.numbers(_COUNT)) == expected, (pair, narrow)
        found += len(expected)
    assert found > _COUNT


def test_a_search_for_what_differs_misses_none(connections: Connections) -> None:
    chance, found = random.Random(5), 0
    for _ in range(100):
        a, b = _pair(chance), _pair(chance)
        pairs: dict[str, Value] = {}
        for side, pair in (("a", a), ("b", b)):
            pairs |= {f"{name}_{side}": value for name, value in pair.parameters.items()}
        groups = chance.random() < 0.5
        sql, more = differing(a, b, groups)
        numbers = {row["id"] for row in ask(connections, sql, {**pairs, **more, "few": 10**6})}
        holds = f"({alive('one', 'a')}) <> ({alive('one', 'b')})"
        holds += "" if groups else f" AND first < {GROUP}"
        rows = ask(connections, f"SELECT id FROM period_board one WHERE {holds}", pairs)
        assert numbers == {row["id"] for row in rows}, (a, b)
        found += len(numbers)
    assert found > _COUNT


@pytest.mark.parametrize("view", [BOARD, DEADLINES], ids=lambda view: view.name)
def test_the_index_over_boxes_is_used(connections: Connections, view: View) -> None:
    plans: list[str] = []

    def read(sql: str, parameters: Mapping[str, Value]) -> list[StoredRow]:
        plans.extend(row[0] for row in ask(connections, f"EXPLAIN {sql}", parameters))
        return []

    BoxFinder(read, Pair(740_000, 10**15), view, Narrow((3, 3))).numbers(2001)
    assert f" {table_of(view)}_box " in "\n".join(plans), plans
