"""What can be asked of one estate, and of all lists at once? What a story asks after each step."""

from __future__ import annotations

from typing import Final

from kvob_domain.ids import EstateId
from kvob_projections.board import BoardQuery
from kvob_projections.deadlines import DueQuery
from kvob_projections.measures import MeasureQuery
from kvob_projections.register import RegisterQuery
from kvob_workflow import CalendarQuery
from tests.conformance.world import World

LISTS: Final = {
    "board": BoardQuery(groups=True),
    "register": RegisterQuery(groups=True),
    "due": DueQuery(groups=True),
    "measures": MeasureQuery(groups=True),
}


def every_question(world: World, estate: EstateId) -> None:
    """Everything that an engine says about one estate now."""
    for question in ("state", "overview", "history", "fields", "names"):
        world.ask(question, estate)
    for field in ("board.step", "status", "due.reminder:1", "measures.m1"):
        world.ask("explain", estate, field)
    world.ask("calendar", CalendarQuery(estate=estate, language="en"))


def every_list(world: World) -> None:
    """Every row of every list, today."""
    for question, query in LISTS.items():
        world.ask(question, query)
    world.ask("heat_map")
    world.ask("next_due_on")
    world.ask("behind")
