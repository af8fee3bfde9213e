"""What follows the events? Status, catching up, queries, retry and skip, on every store."""

from __future__ import annotations

from tests.conformance.population import sample
from tests.conformance.world import World

ASKED = "SELECT estate_id, step FROM view_board ORDER BY estate_id"


def story(world: World) -> None:
    """Before, between and after the events of the sample."""
    world.ask("projection_status")
    sample(world)
    for name in (None, "board", "periods", "proofs", "cycles", "nobody"):
        world.ask("projection_status", name)
    world.ask("projection_status", exact=True)
    world.ask("follow")
    world.ask("statistics")
    world.ask("projection_status")
    world.register("De Volger")
    world.ask("follow")
    world.ask("projection_status", "cycles")
    world.ask("query", ASKED)
    world.ask("query", "SELECT count(*) AS n FROM view_board WHERE step = :step", {"step": "award"})
    world.ask("query", ASKED, limit=1)
    for name in ("board", "periods", "proofs", "cycles", "nobody"):
        world.ask("retry_projection", name)
        world.ask("skip_event", name, "omdat het moet")
