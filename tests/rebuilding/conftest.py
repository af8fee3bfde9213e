"""Which stores are rebuilt in the tests? Each kind, with estates that have an award each."""

from __future__ import annotations

# pyright: reportPrivateUsage=false
import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from kvob_projections import ALL_VIEWS
from kvob_workflow import (
    Engine,
    EstateId,
    EstateKind,
    FactItem,
    FactKind,
    PartialDate,
    PastFact,
    Provenance,
)
from kvob_workflow.engine.rebuilding.running import RebuildProgress
from kvob_workflow.store.postgres.address import parse_address

if TYPE_CHECKING:
    from pathlib import Path

PLACE = "Voorbeeldstad"
ESTATES = 12

Sql = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(params=["memory", "file", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store of each kind."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return "memory:" if request.param == "memory" else f"sqlite:///{tmp_path}/kvob.db"


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """An engine on each kind of store, with estates."""
    with Engine.open(url) as opened:
        awarded(opened)
        yield opened


def awarded(engine: Engine, estates: int = ESTATES, prefix: str = "Terrein") -> None:
    """So many estates with an award each."""
    engine.take_facts([_award(f"{prefix} {number}") for number in range(estates)])


def _award(name: str) -> FactItem:
    fact = PastFact(
        kind=FactKind.AWARD,
        on=PartialDate.parse("2025-03-01"),
        provenance=Provenance(source="https://voorbeeld.nl/bericht"),
    )
    return FactItem(name, (PLACE,), EstateKind.ESTATE, fact)


def tables(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every live view table, sorted."""
    return {
        view.name: sorted(
            (tuple(row) for row in engine._store.read(f"SELECT * FROM {view.table}", {})), key=repr
        )
        for view in ALL_VIEWS
    }


def _fetched(connection: Any, sql: str) -> list[tuple[Any, ...]]:
    return list(connection.execute(sql).fetchall())


@contextmanager
def sql_on(engine: Engine, url: str) -> Generator[Sql]:
    """Runs SQL beside kvob, as somebody else with the file or the schema would."""
    if url == "memory:":
        connections: Any = getattr(engine._store, "_connections")  # noqa: B009
        with connections.write() as writer:
            yield partial(_fetched, writer)
    elif url.startswith("sqlite"):
        path = url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path)) as connection, connection:
            yield partial(_fetched, connection)
    else:
        address = parse_address(url)
        options = f"-c search_path={address.schema}"
        with psycopg.connect(address.conninfo, options=options) as opened:

            def run(sql: str) -> list[tuple[Any, ...]]:
                cursor = opened.execute(sql.encode())
                return cursor.fetchall() if cursor.description else []

            yield run


def spoil(
    engine: Engine, url: str, estate: EstateId, topic: str = "kvob.estate:unheard-of.v1"
) -> None:
    """Gives the first event of an estate a topic that this release does not know."""
    with sql_on(engine, url) as sql:
        if url.startswith("postgresql"):
            sql("ALTER TABLE stored_events DISABLE TRIGGER stored_events_never_change")
        else:
            sql("DROP TRIGGER stored_events_never_change")
        where = f"originator_id = '{estate}' AND originator_version = 1"
        sql(f"UPDATE stored_events SET topic = 'kvob.estate:unheard-of.v1' WHERE {where}")


class Stop(Exception):
    """Stands for whatever ends a program in the middle."""


def broken_off(engine: Engine, *names: str, after: int = 1, chunk: int = 5) -> None:
    """A rebuild that ends after so many chunks."""
    told: list[RebuildProgress] = []

    def stop(progress: RebuildProgress) -> None:
        told.append(progress)
        if len(told) >= after:
            raise Stop

    with pytest.raises(Stop):
        engine.rebuild(*names, chunk=chunk, progress=stop)
