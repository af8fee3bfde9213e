"""Is a rebuild the same? Rows, differences with their causes, refusals, roll-backs, one estate."""

from __future__ import annotations

from dataclasses import replace

from kvob_projections import ALL_VIEWS
from kvob_workflow.engine.rebuilding.reports import RebuildReport
from tests.conformance.population import invented, sample
from tests.conformance.world import World


def story(world: World) -> None:
    """All views, some, one estate; compared, rolled back, cleared, refused."""
    sample(world)
    estate = invented(world)
    _report(world, "compare_views")
    _report(world, "rebuild")
    _report(world, "rebuild", "board", "measures")
    world.ask("rebuild", "bord")
    world.ask("rebuild", resume=True)
    world.ask("cancel_rebuild")
    world.ask("undo_rebuild")
    world.register("Later")
    _rows(world)
    _report(world, "compare_views", "deadlines")
    _report(world, "rebuild_estate", estate)
    _report(world, "rebuild_estate", estate, "register")
    world.ask("rebuild_estate", "nobody")
    _plan(world)
    world.ask("rebuilds")
    world.ask("rebuild_differences")
    world.ask("clear_rebuilds")
    world.ask("clear_rebuilds")
    world.ask("undo_rebuild")
    world.tell("views", [view.name for view in world.engine.views()])
    world.telling.methods |= {"views", "plan_rebuild", "rebuild", "rebuild_estate", "compare_views"}


def _report(world: World, method: str, *arguments: str) -> None:
    """A report, but for the seconds that it took."""
    found: RebuildReport = getattr(world.engine, method)(*arguments)
    world.tell(method, replace(found, seconds=0.0))


def _plan(world: World) -> None:
    """A plan, but for the SQL of the store."""
    plan = world.engine.plan_rebuild("board")
    views = tuple(replace(view, statements=()) for view in plan.views)
    world.tell("plan_rebuild", replace(plan, views=views))


def _rows(world: World) -> None:
    """Every row of every view."""
    for view in ALL_VIEWS:
        columns = ", ".join(view.columns)
        found = world.store.read(f"SELECT {columns} FROM {view.table}", {})
        world.tell(view.name, sorted(map(repr, map(list, found))))
