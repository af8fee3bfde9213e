"""Does every list show exactly what lies within a reach? Random estates, random reaches."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvob_domain.estate.commands.identity import RegisterEstate, RegisterGroup
from kvob_domain.estate.commands.past import RecordPastFact
from kvob_domain.estate.commands.preparation import StartTrajectory
from kvob_domain.estate.values import FactKind, PastFact, Provenance
from kvob_domain.ids import EstateId
from kvob_domain.mandates import Bond, BondKind, Reach, bonds_of
from kvob_domain.partial_date import PartialDate
from kvob_domain.parties import Party, PartyRole
from kvob_projections.board import BoardQuery
from kvob_projections.deadlines import DueQuery
from kvob_projections.estates import EstateQuery
from kvob_projections.heat_map import HeatMapQuery
from kvob_projections.measures import MeasureQuery
from kvob_projections.register import RegisterQuery
from kvob_projections.stuck import StuckQuery
from kvob_projections.today_query import TodayQuery
from kvob_workflow import Engine
from kvob_workflow.testing import SettableClock, engine_at
from tests.mandates.sides import TODAY

PLACES: Final = ("Goes", "Súdwest-Fryslân", "'s-Gravenhage")
GUIDES: Final = (None, "PVO Één", "PVO twee")
BODIES: Final = (None, "Kiwa", "DASS")
PARKS: Final = (None, "Park BV")
PAST: Final = date(2025, 1, 1)
ESTATES: Final = 24
QUERIES: Final[dict[str, EstateQuery]] = {
    "board": BoardQuery(groups=True),
    "board before": BoardQuery(groups=True, day=PAST),
    "register": RegisterQuery(groups=True),
    "register before": RegisterQuery(groups=True, day=PAST),
    "due": DueQuery(groups=True, overdue=True),
    "due before": DueQuery(groups=True, day=PAST),
    "measures": MeasureQuery(groups=True),
}
BONDS: Final = sorted(
    {
        *(Bond.to(kind, one) for kind in BondKind for one in PLACES),
        *(Bond.to(BondKind.GUIDE, one) for one in GUIDES if one),
        *(Bond.to(BondKind.BODY, one) for one in BODIES if one),
        *(Bond.to(BondKind.PARK_MANAGER, one) for one in PARKS if one),
    }
)
REACHES: Final = st.builds(
    Reach,
    bonds=st.frozensets(st.sampled_from(BONDS), max_size=4),
    estates=st.frozensets(
        st.integers(1, ESTATES + 2).map(lambda number: EstateId(f"{number:032x}")), max_size=3
    ),
)


@pytest.fixture(scope="module")
def many() -> Iterator[Engine]:
    with engine_at("memory:", SettableClock(TODAY)) as engine:
        fill(engine)
        yield engine


def fill(engine: Engine) -> None:
    """Estates with many combinations of bonds: groups, awarded long ago, guided, or neither."""
    chance = random.Random(38)
    for number in range(ESTATES):
        places = tuple(chance.sample(PLACES, chance.choice((1, 1, 2))))
        kind = RegisterGroup if number % 8 == 7 else RegisterEstate
        estate = engine.do(kind(name=f"Terrein {number}", municipalities=places)).estate
        if kind is RegisterGroup:
            continue
        if chance.random() < 0.5:
            engine.do(_award(estate, chance))
            continue
        guide, body, park = chance.choice(GUIDES), chance.choice(BODIES), chance.choice(PARKS)
        if guide is not None:
            parties = [Party(organisation="G", role=PartyRole.MUNICIPALITY)]
            if park is not None:
                parties.append(Party(organisation=park, role=PartyRole.PARK_MANAGEMENT))
            start = StartTrajectory(
                estate=estate, on=PAST, parties=tuple(parties), guide=guide, body=body
            )
            engine.do(start)


def _award(estate: EstateId, chance: random.Random) -> RecordPastFact:
    fact = PastFact(
        kind=FactKind.AWARD,
        on=PartialDate.parse(f"{chance.choice((2023, 2024))}-0{chance.randint(1, 9)}-10"),
        body=chance.choice(BODIES),
        provenance=Provenance(source="een krant"),
    )
    return RecordPastFact(estate=estate, fact=fact)


def _within(engine: Engine, reach: Reach, rows: Sequence[Any]) -> tuple[Any, ...]:
    """The rows whose estate lies within reach, by its state: what no SQL is asked for."""

    def is_ours(estate: EstateId) -> bool:
        return reach.holds(estate, bonds_of(engine.state(estate)))

    return tuple(row for row in rows if is_ours(row.estate_id))


@pytest.mark.parametrize("name", QUERIES)
@settings(max_examples=12)
@given(reach=REACHES)
def test_a_list_with_a_reach_is_the_whole_list_without_what_lies_outside(
    many: Engine, name: str, reach: Reach
) -> None:
    ask: Callable[[EstateQuery], Any] = getattr(many, name.split()[0])
    query = QUERIES[name]
    page = ask(replace(query, reach=reach))
    expected = _within(many, reach, ask(query).items)
    assert page.items == expected
    assert page.total == len(expected)
    first = ask(replace(query, reach=reach, limit=2))
    assert (first.items, first.total) == (expected[:2], len(expected))


@settings(max_examples=12)
@given(reach=REACHES)
def test_figures_and_other_lists_count_what_lies_within_reach_alone(
    many: Engine, reach: Reach
) -> None:
    ours = many.within(reach, [EstateId(f"{one:032x}") for one in range(1, ESTATES + 3)])
    whole = many.due(DueQuery(until=date(2030, 12, 31)))
    wanted = HeatMapQuery(last=date(2030, 12, 1), first=TODAY.replace(day=1), reach=reach)
    expired = [row for row in whole.items if row.kind == "expiry" and row.estate_id in ours]
    assert many.heat_map(wanted).total == len(expired)
    later = StuckQuery(day=date(2035, 1, 1), groups=True)
    concerns = many.stuck(later).items
    mine = tuple(one for one in concerns if one.estate_id in ours)
    assert many.stuck(replace(later, reach=reach)).items == mine
    columns = many.board_columns(BoardQuery(groups=True))
    counts = many.board_counts(BoardQuery(groups=True, reach=reach))
    for column, whole_column in zip(
        many.board_columns(BoardQuery(groups=True, reach=reach), ESTATES), columns, strict=True
    ):
        assert column.items == tuple(row for row in whole_column.items if row.estate_id in ours)
    rows = many.board(BoardQuery(groups=True, reach=reach)).items
    assert sum(one.total for one in counts.steps) == len(rows)
    assert sum(one.total for one in counts.statuses) == len(rows)
    ahead = TodayQuery(day=date(2026, 12, 1), months=24, limit=ESTATES)
    ending = many.today_work(ahead).expiring
    assert ending is not None
    found_ending = many.today_work(replace(ahead, reach=reach)).expiring
    assert found_ending is not None
    assert found_ending.items == tuple(row for row in ending.items if row.estate_id in ours)
    a, b = many.moment("2024-01-01"), many.moment("2026-01-01")
    moved = many.moved(a, b, BoardQuery(groups=True)).items
    found = many.moved(a, b, BoardQuery(groups=True, reach=reach))
    assert found.items == tuple(row for row in moved if row.estate_id in ours)
    assert {one.recorded.estate for one in many.happened(0, 500, reach).events} <= ours
