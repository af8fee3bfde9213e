"""What do the lists answer? Every sort, every filter, pages, and questions that are refused."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

from kvob_domain.actor import Role
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.values import Progress
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections.board import BoardQuery
from kvob_projections.concern_kinds import ConcernFamily, ConcernKind
from kvob_projections.deadlines import DueQuery
from kvob_projections.estates import EstateQuery
from kvob_projections.heat_map import HeatMapQuery
from kvob_projections.measures import MeasureQuery
from kvob_projections.register import RegisterQuery
from kvob_projections.statistics_query import StatisticsQuery
from kvob_projections.stuck import StuckQuery
from kvob_projections.today_query import TodayQuery, TodaySection
from tests.conformance.population import HARD_NAMES, MUNICIPALITIES, hard_names, invented, sample
from tests.conformance.world import TODAY, World

_DAYS: Final = (None, date(2012, 6, 1), date(2031, 1, 1))
_SHARED: Final[dict[str, tuple[object, ...]]] = {
    "text": ("hoek", "ijssel", "EEN", "_", "%", "!", "'", "\\", "zuid west", "\0", "é", "ß", "Ω"),
    "municipality": (*MUNICIPALITIES, "Voorbeeldstad", "voorbeeldstad", "x"),
    "groups": (True,),
    "limit": (1, 7, 2**40),
    "offset": (3, 2**40),
}
_OWN: Final[dict[str, dict[str, tuple[object, ...]]]] = {
    "board": {
        "step": tuple(Step),
        "status": tuple(Status),
        "level": ("Basis Samenwerken", "basis samenwerken", "%"),
        "due_before": (date(2027, 1, 1),),
        "overdue": (True,),
        "expires_from": (date(2027, 1, 1),),
        "expires_before": (date(2027, 1, 1), date(2013, 1, 1)),
        "approvals": (True,),
        "missing": tuple(RequirementCode),
    },
    "register": {
        "status": tuple(Status),
        "level": ("Basis Samenwerken", "Continu Samenwerken"),
        "due_before": (date(2027, 1, 1), date(1999, 1, 1)),
    },
    "due": {
        "until": (date(2027, 1, 1), date(2040, 1, 1)),
        "overdue": (True,),
        "kind": tuple(DeadlineKind),
    },
    "measures": {
        "owner": ("gemeente Voorbeeldstad", "GEMEENTE voorbeeldstad", "x"),
        "progress": tuple(Progress),
        "overdue_only": (True,),
    },
}
_SORTS: Final[dict[str, tuple[str, ...]]] = {
    "board": (
        *("estate", "municipality", "estate_id", "kind", "step", "step_since", "cycle"),
        *("edition", "status", "level", "valid_from", "expires_on", "next_due_on"),
        *("measures_done", "measures_total", "positive_advice", "approvals", "version"),
    ),
    "register": (
        *("estate", "municipality", "estate_id", "kind", "status", "level", "valid_from"),
        *("expires_on", "last_valid_day", "certificate_number", "estimated", "body", "version"),
    ),
    "due": (
        *("due_on", "estate", "municipality", "estate_id", "kind", "ordinal", "moot_on"),
        *("anchor_on", "rule", "level", "edition"),
    ),
    "measures": (
        *("estate", "municipality", "estate_id", "measure", "owner", "owner_role", "tag"),
        *("progress", "due_on", "cycle", "version"),
    ),
}
_QUERIES: Final[dict[str, EstateQuery]] = {
    "board": BoardQuery(),
    "register": RegisterQuery(),
    "due": DueQuery(),
    "measures": MeasureQuery(),
}
_FIGURES_OF: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"groups": True, "silent_days": 30},
    {"day": date(2019, 6, 1)},
    {"since": date(2015, 1, 1), "until": date(2021, 12, 31)},
    {"ahead": date(2040, 1, 1), "figures": ("coming",)},
    {"municipality": "Voorbeeldstad"},
    {"municipality": MUNICIPALITIES[3]},
    {"body": "kiwa nederland", "figures": ("audits", "decisions")},
    {"edition": "kvo-3.1"},
    {"since": date(2030, 1, 1)},
    {"figures": ("x",)},
)
_STUCK_OF: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"groups": True, "limit": 7, "offset": 3},
    {"day": date(2019, 6, 1)},
    {"silent_days": 3000},
    {"family": ConcernFamily.ORPHANED, "municipality": "voorbeeldstad"},
    {"text": "een"},
    {"text": "'"},
    {"family": "x"},
    {"silent_days": 0},
    {"sort": ("x",)},
    {"limit": -1},
)
_TODAY_OF: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"day": date(2019, 6, 1), "months": 120},
    {"day": date(2027, 2, 1), "limit": 2, "municipality": "voorbeeldstad"},
    *({"day": date(2027, 2, 1), "role": role, "limit": 50} for role in Role),
    *({"sections": (section,), "limit": 0} for section in TodaySection),
    {"months": 0},
    {"limit": -1},
    {"municipality": "x" * 201},
)
_COLUMNS_OF: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"groups": True, "day": date(2031, 1, 1)},
    {"day": date(2012, 6, 1)},
    {"text": "een", "status": Status.VALID},
    {"municipality": "voorbeeldstad", "missing": RequirementCode.SURVEY},
    {"step": Step.EVALUATION, "sort": ("-estate",)},
    {"due_before": date(2027, 1, 1), "level": "Basis Samenwerken"},
    {"sort": ("nothing",)},
    {"status": "x"},
)
_REFUSED: Final[tuple[dict[str, Any], ...]] = (
    {"sort": ("nothing",)},
    {"sort": ("estate; DROP TABLE stored_events",)},
    {"text": "x" * 201},
    {"municipality": "x" * 201},
    {"limit": -1},
    {"offset": -1},
    {"status": "unknown", "progress": "unknown", "kind": "unknown"},
)


def story(world: World) -> None:
    """Lists over some hundred estates, now and on other days."""
    sample(world)
    invented(world)
    invented(world, "Eenhoorn Noord", late=40)
    world.clock.set_day(TODAY)
    hard_names(world)
    world.ask("sweep", confirm=True)
    world.engine.warm()  # not told: only memory has no index of the board
    world.telling.methods.add("warm")
    for list_name, usual in _QUERIES.items():
        for query in _asked(list_name, usual):
            world.ask(list_name, query)
    for kind in DeadlineKind:
        world.ask("heat_map", HeatMapQuery(kind=kind, last=date(2030, 1, 1), groups=True))
    world.ask("heat_map", HeatMapQuery(municipality=MUNICIPALITIES[0]))
    world.ask("heat_map", HeatMapQuery(first=date(2026, 1, 1), last=date(2020, 1, 1)))
    _overseen(world)
    for name in (*HARD_NAMES, "de zilverhoek, VOORBEELDSTAD", "nergens", "", "eenhoorn"):
        world.ask("find", name)


def _overseen(world: World) -> None:
    """The figures and what is stuck, under every filter."""
    for narrowed in _FIGURES_OF:
        world.ask("statistics", StatisticsQuery(**narrowed))
    for looked_for in _STUCK_OF:
        world.ask("stuck", StuckQuery(**looked_for))
    for kind in ConcernKind:
        world.ask("stuck", StuckQuery(kind=kind, groups=True))
    for today in _TODAY_OF:
        world.ask("today_work", TodayQuery(**today))
    for narrowed in _COLUMNS_OF:
        world.ask("board_counts", BoardQuery(**narrowed))
        world.ask("board_columns", BoardQuery(**narrowed), 3)
    world.ask("board_columns", BoardQuery(), -1)
    for sort in ("since", "estate", "municipality", "estate_id", "kind"):
        for sign in ("", "-"):
            world.ask("stuck", StuckQuery(sort=(sign + sort,), groups=True, limit=40))


def _asked(list_name: str, usual: EstateQuery) -> Iterator[EstateQuery]:
    yield from (replace(usual, day=day) for day in _DAYS)
    filters = {**_SHARED, **_OWN[list_name]}
    for name, values in filters.items():
        yield from (_with(usual, {name: value}) for value in values)
    for sort in _SORTS[list_name]:
        yield from (replace(usual, groups=True, sort=(sign + sort,)) for sign in ("", "-"))
    for wrong in _REFUSED:
        known = {name: value for name, value in wrong.items() if hasattr(usual, name)}
        if known:
            yield _with(usual, known)
    yield from _at_random(usual, filters, _SORTS[list_name])


def _at_random(
    usual: EstateQuery, filters: dict[str, tuple[object, ...]], sorts: tuple[str, ...]
) -> Iterator[EstateQuery]:
    """Some filters together, sorted by two fields, on some day."""
    dice = random.Random(20261123)
    for _ in range(40):
        chosen = {name: dice.choice(filters[name]) for name in dice.sample(sorted(filters), 2)}
        order = tuple(dice.choice(("", "-")) + sort for sort in dice.sample(sorts, 2))
        yield _with(usual, {"groups": True, **chosen, "sort": order, "day": dice.choice(_DAYS)})


def _with(usual: EstateQuery, changed: dict[str, Any]) -> EstateQuery:
    return replace(usual, **changed)
