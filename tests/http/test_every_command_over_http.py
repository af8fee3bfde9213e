"""Does a command over HTTP record what the same command records in Python? All of them do.

The test walks the closed union of commands: one without a path, or with an entrance that records
something else, fails it. The other entrances: `tests.cli.test_every_command_has_three_entrances`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from fastapi.testclient import TestClient

from kvob_domain.estate.commands import ALL_COMMANDS, Command, name_of
from kvob_domain.mandates import Scope
from kvob_workflow import Engine, EstateId
from kvob_workflow.http.nouns import NOUNS, path_of
from kvob_workflow.testing import SettableClock
from tests.cli.command_examples import BY_NAME
from tests.cli.test_every_command_has_three_entrances import prepared, told
from tests.cli.walked_so_far import Given, counting
from tests.http.conftest import TODAY, HttpWorld


class Both(NamedTuple):
    """Two stores with the same past: one is asked over HTTP, the other in Python."""

    http: HttpWorld
    python: Engine
    examples: dict[str, Given]


@pytest.fixture(scope="module")
def both() -> Iterator[Both]:
    ids = [counting()]
    clock = SettableClock(TODAY)
    with (
        Engine.open("memory:", new_id=lambda: next(ids[0]), clock=clock) as there,
        Engine.open("memory:", new_id=lambda: next(ids[0]), clock=clock) as here,
    ):
        examples = prepared(there, ids)
        assert prepared(here, ids) == examples
        ids[0] = counting(1_000_000)
        yield Both(HttpWorld(there, clock), here, examples)


def client_of(world: HttpWorld, given: Given) -> TestClient:
    """Who gives the command, with every scope."""
    who = given.actor
    return world.client(who.role, who.organisation, person=who.person, scopes=Scope)


def body_of(given: Given) -> dict[str, object]:
    """The fields of the command that its path does not hold."""
    return {name: one for name, one in given.fields.items() if name not in ("command", "estate")}


@pytest.mark.parametrize("command", ALL_COMMANDS, ids=name_of)
def test_every_command_records_over_http_what_it_records_in_python(
    command: type[Command], both: Both
) -> None:
    assert name_of(command) in BY_NAME, "write an example of the new command"
    example = both.examples[name_of(command)]
    engine, client = both.http.engine, client_of(both.http, example)
    path = f"/v1{path_of(command)}".replace("{estateId}", example.fields["estate"])
    headers = {"If-Match": "*"} if "{estateId}" in path_of(command) else {}

    before = engine.happened(0, 10_000).looked_to
    tried = client.post(f"{path}?dryRun=true", json=body_of(example), headers=headers)
    assert (tried.status_code, tried.json()["dry_run"]) == (200, True), tried.json()
    assert engine.happened(0, 10_000).looked_to == before, "a trial wrote something"

    answer = client.post(path, json=body_of(example), headers=headers)
    assert answer.status_code == 201, answer.json()
    given = answer.json()
    example = Given(example.actor, {**example.fields, "estate": given["estate"]})
    both.python.do(example.command, actor=example.actor)
    estate = EstateId(given["estate"])
    found = [told(entry) for entry in engine.history(estate)]
    assert found == [told(entry) for entry in both.python.history(estate)]
    assert given["version"] == engine.state(estate).version
    assert answer.headers["etag"] == f'"{given["version"]}"'
    assert {one["origin"] for one in given["events"]} == {"http"}
    assert client.get(answer.headers["location"]).status_code == 200

    if "{estateId}" in path_of(command):
        listed = client.get(path).json()["items"]
        recorded = {(one["version"], one["topic"]) for one in listed}
        assert recorded & {(one["version"], one["topic"]) for one in given["events"]}
        assert len(recorded) < len(found), "what other commands recorded stands here too"


def test_every_command_has_a_noun_of_its_own() -> None:
    assert set(NOUNS) == set(ALL_COMMANDS)
    assert len(set(NOUNS.values())) == len(NOUNS)
    for noun in NOUNS.values():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*s", noun), noun
