"""The same rows on SQLite and on PostgreSQL, and random questions to ask of both."""

from __future__ import annotations

import random
from collections.abc import Callable, Generator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import psycopg

from benchmarks.past_histories import PLACES, histories
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import Progress
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections import (
    ALL_VIEWS,
    FOLLOWED_VIEWS,
    board,
    deadlines,
    heat_map,
    measures,
    register,
)
from kvob_projections.board import BoardQuery
from kvob_projections.deadlines import DueQuery
from kvob_projections.dialect import in_postgres
from kvob_projections.heat_map import HeatMapQuery
from kvob_projections.measures import MeasureQuery
from kvob_projections.paging import Page, Reader
from kvob_projections.register import RegisterQuery
from kvob_projections.view import Value
from kvob_workflow.limits import StoreLimits
from kvob_workflow.store.postgres.address import parse_address
from kvob_workflow.store.postgres.connections import Connections
from kvob_workflow.store.postgres.reading import StoredRow, ask
from tests.projections import cycle
from tests.projections.desk import Desk, book, estate, fact
from tests.projections.samples import AALSMEER, BAARN, ENDED_ONLY, SOEST, UNDATED, zilverhoek

_AWARD: Final = "2024-06-03"
ODD: Final = (
    estate("100%_Echt! (o'Hara)", "Bergen|Noord", fact("award", _AWARD, level="ÉCHT Niveau")),
    estate("Straße Ωμέγα 🏭", "'s-Hertogenbosch", fact("award", _AWARD, level="écht niveau")),
    estate("zwart  WIT", "Œuvre", fact("award", _AWARD, level="Écht NIVEAU")),
    estate("Ÿ\\n:dag", "A:b", fact("expiry", "2020")),
)
_TEXTS: Final = (
    *("terrein 1", "oss", "2", "%", "_", "!", "o'hara", "strasse", "🏭", "ωμέγα", "\\", ":dag"),
    *("œuvre", "ZWART wit", "' OR 1=1 --", "\0", "\ud800", "ÿ"),
)
_LEVELS: Final = ("basis samenwerken", "ÉCHT niveau", "écht niveau", "écht NIVEAU", "\0", "%")
_PLACES: Final = (*PLACES, "SOEST", "Nergens", "Bergen|Noord", "'s-hertogenbosch", "aalsmeer", "%")
_OWNERS: Final = ("gemeente", "Gemeente", "OV Écht", "%", "\0")
_SHARED: Final[dict[str, tuple[object, ...]]] = {
    "text": _TEXTS,
    "municipality": _PLACES,
    "groups": (True,),
}
_DAYS_AHEAD: Final = tuple(timedelta(days) for days in (-400, 0, 1, 90, 4000))


@dataclass(frozen=True, slots=True)
class Model:
    """A read model: its query, how it is read, what can be sorted by and chosen from."""

    query: Callable[..., Any]
    read: Callable[[Reader, Any], Page[Any]]
    sorts: tuple[str, ...]
    choices: Mapping[str, tuple[object, ...]]
    until: str = ""


_DUE_SORTS: Final = ("due_on", "kind", "ordinal", "moot_on", "anchor_on", "rule", "level")
MODELS: Final[dict[str, Model]] = {
    "board": Model(
        BoardQuery,
        board.read,
        (
            *("step", "step_since", "cycle", "edition", "status", "level", "valid_from", "kind"),
            *("expires_on", "next_due_on", "measures_done", "measures_total", "positive_advice"),
            *("approvals", "version"),
        ),
        {
            "step": tuple(Step),
            "status": tuple(Status),
            "level": _LEVELS,
            "missing": tuple(RequirementCode),
            "overdue": (True,),
            "expires_from": (date(2016, 6, 3), date(2026, 1, 1)),
            "expires_before": (date(2019, 1, 1), date(2027, 6, 3)),
            "approvals": (True,),
        },
        "due_before",
    ),
    "register": Model(
        RegisterQuery,
        register.read,
        (
            *("kind", "status", "level", "valid_from", "expires_on", "last_valid_day"),
            *("certificate_number", "estimated", "body", "version"),
        ),
        {"status": tuple(Status), "level": _LEVELS},
        "due_before",
    ),
    "due": Model(
        DueQuery,
        deadlines.read,
        (*_DUE_SORTS, "edition"),
        {"kind": tuple(DeadlineKind), "overdue": (True,)},
        "until",
    ),
    "measures": Model(
        MeasureQuery,
        measures.read,
        ("measure", "owner", "owner_role", "tag", "progress", "due_on", "cycle", "version"),
        {"owner": _OWNERS, "progress": tuple(Progress), "overdue_only": (True,)},
    ),
}


def states(seed: int, count: int = 60) -> list[Estate]:
    """Estates of troubled histories, real ones, and some with odd names and levels."""
    troubled = histories(random.Random(seed), count, 14)
    known = (SOEST, BAARN, AALSMEER, UNDATED, ENDED_ONLY, *ODD, zilverhoek(cycle.RENEWED))
    return [fold(of, history) for of, history in troubled.items()] + [one.fold() for one in known]


def question(model: str, day: date, chance: random.Random) -> Any:
    """A query with random filters, sorts and page."""
    of = MODELS[model]
    given: dict[str, Any] = {"day": day}
    for name, values in {**_SHARED, **of.choices}.items():
        if chance.random() < 0.2:
            given[name] = chance.choice(values)
    if of.until and chance.random() < 0.3:
        given[of.until] = day + chance.choice(_DAYS_AHEAD)
    if chance.random() < 0.7:
        fields = (*of.sorts, "estate", "municipality", "estate_id")
        given["sort"] = tuple(
            chance.choice(("", "-")) + name for name in chance.sample(fields, chance.choice((1, 2)))
        )
    if chance.random() < 0.6:
        given["limit"] = chance.randrange(0, 9)
    if chance.random() < 0.4:
        given["offset"] = chance.randrange(0, 12)
    return of.query(**given)


def months(day: date, chance: random.Random) -> HeatMapQuery:
    """A heat map with random filters."""
    place = chance.choice((None, *_PLACES))
    kind = chance.choice(tuple(DeadlineKind))
    return HeatMapQuery(day=day, kind=kind, municipality=place, groups=chance.random() < 0.5)


def heat(reader: Reader, query: HeatMapQuery) -> object:
    """What the heat map answers."""
    return heat_map.read(reader, query)


@contextmanager
def filled(url: str, dsn: str, estates: list[Estate]) -> Generator[tuple[Reader, Reader]]:
    """A reader of SQLite and one of PostgreSQL over the same rows."""
    desk = Desk.opened().holds(*estates)
    address = parse_address(url)
    with psycopg.connect(dsn, autocommit=True) as maker:
        maker.execute(f"CREATE SCHEMA {address.schema}".encode())
        maker.execute(f"SET search_path = {address.schema}".encode())
        for view in (*ALL_VIEWS, *FOLLOWED_VIEWS):
            for statement in (*map(in_postgres, view.ddl), *view.on_postgres):
                maker.execute(statement.encode())
            with maker.cursor().copy(f"COPY {view.table} FROM STDIN".encode()) as copy:
                for state in estates:
                    for row in view.rows(state, book()):
                        copy.write_row(row)
    with closing(desk.connection), closing(Connections(address, StoreLimits())) as connections:

        def read(sql: str, parameters: Mapping[str, Value]) -> list[StoredRow]:
            return ask(connections, sql, parameters)

        yield desk.read, read
