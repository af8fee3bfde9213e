"""Can an estate live its whole life over HTTP, each step given by who may give it?

The story is that of the demonstration: registration, first certificate, and its renewal, with the
refusals that it must meet. Each person has the scopes of his role and no more, and says with
If-Match what he has seen.
"""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.commands import EstateCommand
from kvob_domain.estate.commands.certification import CloseFinding, PresentCertificate
from kvob_domain.ids import EstateId
from kvob_domain.mandates import scope_for, scopes_of
from kvob_domain.mandates.reach_by_role import reach_of
from kvob_workflow.demo import MUNICIPALITY, NAME, REGISTERED_BY, story, walk
from kvob_workflow.demo.people import AUDITOR, GUIDE
from kvob_workflow.demo.steps import DemoStep
from kvob_workflow.http.nouns import path_of
from kvob_workflow.testing import SettableClock, engine_at
from tests.cli.test_every_command_has_three_entrances import told
from tests.http.conftest import HttpWorld
from tests.http.contract import kept, refused


def at_the_desk(world: HttpWorld, actor: Actor) -> TestClient:
    """Somebody of the story, with what his role gives."""
    places = (MUNICIPALITY,) if actor.role is Role.GUIDE else ()
    reach = reach_of(actor.role, actor.organisation, places, ())
    return world.client(actor.role, actor.organisation, person=actor.person, reach=reach)


def test_an_estate_lives_from_registration_to_recertification(http_world: HttpWorld) -> None:
    http_world.clock.set_day(REGISTERED_BY)
    body: dict[str, Any] = {"name": NAME, "municipalities": [MUNICIPALITY], "on": "2020-09"}
    made = at_the_desk(http_world, GUIDE).post("/v1/estates", json=body)
    estate = EstateId(kept(made, 201)["estate"])
    assert made.headers["location"] == f"/v1/estates/{estate}"
    etag, refusals = made.headers["etag"], 0
    for step in story(estate):
        assert isinstance(step.command, EstateCommand)
        http_world.clock.set_day(step.command.on)
        body = step.command.model_dump(mode="json", exclude={"command", "estate"})
        path = f"/v1{path_of(type(step.command))}".replace("{estateId}", estate)
        client = at_the_desk(http_world, giver_of(step))
        answer = client.post(path, json=body, headers={"If-Match": etag})
        if step.refused_with is None:
            kept(answer, 201)
            etag = answer.headers["etag"]
        else:
            refused(answer, *refusal_of(step))
            refusals += 1
    assert refusals >= 2
    history = [told(one)[:3] for one in http_world.engine.history(estate)]
    assert history == walked_in_python()


def refusal_of(step: DemoStep) -> tuple[int, str]:
    """What the story must meet: the rule, or before it that the role has no such right."""
    assert step.refused_with is not None
    may = scope_for(type(step.command)) in scopes_of(step.actor.role)
    return (409, step.refused_with.code) if may else (403, "scope-missing")


def giver_of(step: DemoStep) -> Actor:
    """Who gives the command over HTTP, where Python asks for no rights.

    A finding is closed by who audits; the guide tells of the ceremony, which decides nothing.
    """
    match step.command:
        case CloseFinding():
            return AUDITOR
        case PresentCertificate():
            return GUIDE
        case _:
            return step.actor


def walked_in_python() -> list[tuple[object, ...]]:
    """What the same story leaves in a history when Python tells it: topics, days and details."""
    clock = SettableClock(REGISTERED_BY)
    with engine_at("memory:", clock) as engine:
        first, *_ = [one.outcome for one in walk(engine, clock.set_day)]
        assert first is not None
        return [told(one)[:3] for one in engine.history(first.estate)]
