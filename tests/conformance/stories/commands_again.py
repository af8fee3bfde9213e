"""What becomes of a command that comes twice? Ids repeated, reused, malformed; joint acts too."""

from __future__ import annotations

from datetime import date

from kvob_domain.ids import EstateId
from kvob_workflow import Actor, ChangeScope, PersonId, RequestAudit, StartTrajectory
from kvob_workflow.demo import story as invented
from tests.conformance.about import every_list, every_question
from tests.conformance.world import TODAY, World

ON = date(2026, 3, 3)


def story(world: World) -> None:
    """Several estates in one act, and every way to use a command's id."""
    first, second = (_before_audit(world, name) for name in ("Noord", "Zuid"))
    unready = world.register("Oost")
    act = RequestAudit(estate=first, also=(second,), on=ON, body="Kiwa")
    world.tries(RequestAudit(estate=first, also=(unready,), on=ON), command_id="joint")
    world.tries(RequestAudit(estate=first, also=(first,), on=ON))
    world.tries(RequestAudit(estate=first, also=(EstateId("9" * 32),), on=ON))
    world.do(act, dry_run=True)
    world.do(act, command_id="joint")
    world.do(act, command_id="joint")
    world.reopen()
    world.do(act, command_id="joint")
    world.tries(act, Actor(PersonId("p-somebody-else")), command_id="joint")
    world.tries(RequestAudit(estate=second, also=(first,), on=ON), command_id="joint")
    scope = ChangeScope(estate=unready, on=TODAY, scope="Kade")
    for key in ("", " ", "x" * 201, "ok\n", "ok\0", "é" * 90, "%s :name", "joint "):
        world.tries(scope, command_id=key)
    world.tries(StartTrajectory(estate=unready, on=date(2027, 1, 1)), command_id="refused")
    world.tries(StartTrajectory(estate=unready, on=TODAY), command_id="refused")
    for estate in (first, second, unready):
        every_question(world, estate)
    every_list(world)


def _before_audit(world: World, name: str) -> EstateId:
    estate = world.register(name)
    for step in invented(estate):
        if step.command.command == "request_audit":
            break
        world.tries(step.command, step.actor)
    return estate
