"""What lies within a reach? Every list and command with one, in hard spellings, now and before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from kvob_domain.ids import EstateId
from kvob_domain.mandates import EVERYWHERE, NOWHERE, Bond, BondKind, Reach
from kvob_projections.heat_map import HeatMapQuery
from kvob_projections.statistics_query import StatisticsQuery
from kvob_projections.stuck import StuckQuery
from kvob_workflow import CalendarQuery, RegisterEstate, RenameEstate
from tests.conformance.about import LISTS
from tests.conformance.population import MUNICIPALITIES, hard_names, invented
from tests.conformance.world import TODAY, World

KNOWN: Final = datetime(2025, 1, 1, tzinfo=UTC)
REACHES: Final = (
    NOWHERE,
    EVERYWHERE,
    Reach(bonds=frozenset({Bond.to(BondKind.MUNICIPALITY, "SUDWEST-FRYSLAN")})),
    Reach(bonds=frozenset(Bond.to(BondKind.UNGUIDED_IN, one) for one in MUNICIPALITIES[1:])),
    Reach(bonds=frozenset({Bond.to(BondKind.GUIDE, "stichting veilig voorbeeld")})),
    Reach(bonds=frozenset({Bond.to(BondKind.BODY, "'; DROP TABLE view_bonds --")})),
)


def story(world: World) -> None:
    """Estates of several sides, asked with several reaches."""
    walked = invented(world)
    world.clock.set_day(TODAY)
    others = hard_names(world)
    named = Reach(estates=frozenset({walked, others[0], EstateId("e" * 32)}))
    for reach in (*REACHES, named):
        world.tell("within", sorted(world.engine.within(reach, [walked, *others])))
        for question, query in LISTS.items():
            world.ask(question, replace(query, reach=reach))
            world.ask(question, replace(query, reach=reach, day=date(2024, 1, 1), limit=3))
            world.ask(question, replace(query, reach=reach, known_at=KNOWN, limit=3))
        world.ask("heat_map", HeatMapQuery(last=date(2030, 1, 1), reach=reach))
        world.ask("statistics", StatisticsQuery(municipality="Nergens", reach=reach))
        world.ask("stuck", StuckQuery(day=date(2035, 1, 1), groups=True, reach=reach))
        world.ask("calendar", CalendarQuery(groups=True, reach=reach, language="en"))
        world.ask("find", "De Zilverhoek", reach)
        moments = world.engine.moment("2022-01-01"), world.engine.moment("2026-01-01")
        world.ask("moved", *moments, replace(LISTS["board"], reach=reach, limit=3))
        found = world.engine.happened(0, 500, reach).events
        world.tell("happened", [(one.recorded.estate, one.recorded.version) for one in found])
        _commands(world, walked, reach)
    for day in (None, date(2024, 1, 1), date(2019, 1, 1)):
        world.ask("board_row", walked, day)
    world.ask("within", named, [])
    world.ask("happened", -1, 10)
    world.ask("happened", 0, 0)
    world.telling.methods.add("last_position")
    world.tell("last_position", world.rank(world.engine.last_position()))


def _commands(world: World, estate: EstateId, reach: Reach) -> None:
    version = world.engine.state(estate).version
    rename = RenameEstate(estate=estate, on=TODAY, name="Ander", reason="Wens")
    world.ask("do", rename, reach=reach, expected_version=version, dry_run=True)
    world.ask("do", rename, reach=reach, expected_version=version - 1)
    new = RegisterEstate(name="Nieuw", municipalities=MUNICIPALITIES[:2])
    world.ask("do", new, reach=reach, dry_run=True)
