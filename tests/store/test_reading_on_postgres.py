"""Does a query written for SQLite run on PostgreSQL, and are its rows asked alike?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import closing

import psycopg
import pytest

from kvob_projections.view import Value
from kvob_workflow.limits import StoreLimits
from kvob_workflow.store.faults import StoreReadOnly
from kvob_workflow.store.postgres.address import parse_address
from kvob_workflow.store.postgres.connections import Connections
from kvob_workflow.store.postgres.reading import StoredRow, ask, translated


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("a = :day AND b > :day", "a = %(day)s AND b > %(day)s"),
        ("LIMIT:limit", "LIMIT%(limit)s"),
        ("x::text = :x", "x::text = %(x)s"),
        ("'a :b' || :b", "'a :b' || %(b)s"),
        ("'it''s :a' = :a", "'it''s :a' = %(a)s"),
        (r"E'it\'s :a' = :a", r"E'it\'s :a' = %(a)s"),
        ('":a" = :a', '":a" = %(a)s'),
        ("x LIKE '%a' AND 5 % 2 = :a", "x LIKE '%%a' AND 5 %% 2 = %(a)s"),
        ("1 -- :a %\n+ :a", "1 -- :a %%\n+ %(a)s"),
        ("/* :a\n */ :a", "/* :a\n */ %(a)s"),
        ("$x$ :a $x$ = :a", "$x$ :a $x$ = %(a)s"),
        ("s[1:2] = :a_1", "s[1:2] = %(a_1)s"),
    ],
)
def test_places_are_named_anew_outside_of_quotes_and_comments(asked: str, sent: str) -> None:
    assert translated(asked) == sent


@pytest.fixture
def connections(postgres_url: str) -> Iterator[Connections]:
    with closing(Connections(parse_address(postgres_url), StoreLimits())) as opened:
        yield opened


@pytest.mark.parametrize(
    ("sql", "parameters", "values"),
    [
        ("SELECT :a AS a", {"a": "tekst"}, ("tekst",)),
        ("SELECT 7 / 2 AS a", {}, (3,)),
        ("SELECT LOWER(:a) AS a", {"a": "ABC"}, ("abc",)),
        ("SELECT 1 AS a WHERE 'x' LIKE :a ESCAPE '!'", {"a": "%"}, (1,)),
        ("SELECT n FROM generate_series(1, 9) n LIMIT :a OFFSET :b", {"a": 1, "b": 8}, (9,)),
        ("SELECT n FROM generate_series(1, 9) n LIMIT :a", {"a": 2**63 - 1}, (1,)),
        ("SELECT 1 AS a WHERE :a IS NULL", {"a": None}, (1,)),
        ("SELECT 1 AS a WHERE CAST(5 AS bigint) > :a", {"a": 4, "unused": 1}, (1,)),
        ("SELECT CAST(:a AS bigint) AS a", {"a": 2**62}, (2**62,)),
    ],
)
def test_values_of_every_kind_go_in_and_come_out(
    connections: Connections, sql: str, parameters: Mapping[str, Value], values: tuple[object, ...]
) -> None:
    assert tuple(ask(connections, sql, parameters)[0]) == values


def test_a_row_is_asked_by_name_and_by_number(connections: Connections) -> None:
    (row,) = ask(connections, "SELECT 1 AS one, 'b' AS two, 3 AS one", {})
    assert (row["one"], row[1], row[-1], row[:2]) == (1, "b", 3, (1, "b"))
    assert (tuple(row), len(row), row.keys()) == ((1, "b", 3), 3, ["one", "two"])
    assert row == ask(connections, "SELECT 1 AS one, 'b' AS two, 3 AS one", {})[0]
    assert row != StoredRow((1, "b", 3), {"one": 0, "other": 1})
    with pytest.raises(IndexError, match="three"):
        row["three"]


def test_a_query_cannot_write(connections: Connections) -> None:
    with pytest.raises(StoreReadOnly):
        ask(connections, "CREATE TABLE t (a int)", {})


def test_one_query_is_asked_at_a_time(connections: Connections) -> None:
    for sql in ("SELECT 1; COMMIT", "SELECT ':a;'; /* ; */ COMMIT", "SELECT 1;;x"):
        with pytest.raises(psycopg.ProgrammingError, match="one statement"):
            ask(connections, sql, {})
    for sql in ("SELECT 1;", "SELECT 1 ; -- ; and no more", "SELECT length(';') /* ; */"):
        assert tuple(ask(connections, sql, {})[0]) == (1,)


def test_a_mistake_in_a_query_stays_the_caller_s(connections: Connections) -> None:
    with pytest.raises(psycopg.ProgrammingError, match="nowhere"):
        ask(connections, "SELECT a FROM nowhere", {})
    with pytest.raises(psycopg.ProgrammingError, match="day"):
        ask(connections, "SELECT :day", {})
    with pytest.raises(UnicodeEncodeError):
        ask(connections, "SELECT :a AS a", {"a": "\ud800"})
    with pytest.raises(psycopg.DataError):
        ask(connections, "SELECT 1 / :a", {"a": 0})
    assert math.isclose(ask(connections, "SELECT :a + 0.5 AS a", {"a": 1})[0]["a"], 1.5)
