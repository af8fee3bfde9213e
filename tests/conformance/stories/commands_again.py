"""What becomes of a command that comes twice? Ids repeated, reused, malformed; joint acts too."""

from __future__ import annotations

from datetime import date

from kvob_domain.estate.values import Progress
from kvob_domain.ids import EstateId
from kvob_workflow import (
    Actor,
    ChangeScope,
    PersonId,
    RequestAudit,
    StartTrajectory,
    UpdateMeasure,
)
from kvob_workflow.demo import story as invented
from kvob_workflow.testing import GUIDE
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
    _together(world, first, unready)
    for key in ("", " ", "x" * 201, "ok\n", "ok\0", "é" * 90, "%s :name", "joint "):
        world.tries(scope, command_id=key)
    world.tries(StartTrajectory(estate=unready, on=date(2027, 1, 1)), command_id="refused")
    world.tries(StartTrajectory(estate=unready, on=TODAY), command_id="refused")
    for estate in (first, second, unready):
        every_question(world, estate)
    every_list(world)


def _together(world: World, ready: EstateId, unready: EstateId) -> None:
    """Several commands in one transaction: refused as a whole, done, repeated, and reused."""
    scopes = [ChangeScope(estate=ready, on=TODAY, scope=one) for one in ("Kade", "Kade en haven")]
    earlier = UpdateMeasure(
        estate=ready, on=date(2021, 4, 1), measure="m1", progress=Progress.DROPPED
    )
    row = (*scopes, earlier)
    for wrong in ([], [*scopes, ChangeScope(estate=unready, on=TODAY, scope="x")]):
        world.ask("do_all", wrong, actor=GUIDE)
    late = ChangeScope(estate=ready, on=date(2027, 1, 1), scope="Later")
    world.ask("do_all", [*row, late], actor=GUIDE, command_id="together")
    world.ask("preview", scopes[0], actor=GUIDE)
    world.ask("preview_all", row, actor=GUIDE)
    world.ask("do_all", row, actor=GUIDE, dry_run=True)
    for _ in range(2):
        world.ask("do_all", row, actor=GUIDE, command_id="together")
    world.ask("do_all", scopes, actor=GUIDE, command_id="together")
    world.ask("do_all", row, actor=GUIDE, expected_version=1)


def _before_audit(world: World, name: str) -> EstateId:
    estate = world.register(name)
    for step in invented(estate):
        if step.command.command == "request_audit":
            break
        world.tries(step.command, step.actor)
    return estate
