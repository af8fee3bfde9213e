"""Can every command be given in Python, as JSON and with options, with the same events?

The test walks the closed union of commands: one without an example, without an entrance, or
with an entrance that records something else fails it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, cast

import pytest

from kvob_domain.estate.commands import ALL_COMMANDS, Command, name_of
from kvob_workflow import Actor, Engine, EstateId, HistoryEntry
from tests.cli.command_examples import BY_NAME, EXAMPLES, in_corner
from tests.cli.walked_so_far import Given, counting, prepare


class Called(Protocol):
    """What one call of `kvob` gave."""

    code: int
    out: str
    err: str


Kvob = Callable[..., Called]


def recorded(url: str, estate: str) -> list[tuple[object, ...]]:
    """What the history of the estate holds, without the instant and the entrance."""
    with Engine.open(url) as engine:
        return [told(entry) for entry in engine.history(EstateId(estate))]


def prepared(engine: Engine, ids: list[Iterator[str]]) -> dict[str, Given]:
    """The example of every command, each brought in a corner of one store to where it is legal."""
    examples: dict[str, Given] = {}
    for number, (before, example) in enumerate(EXAMPLES, start=1):
        ids[0] = counting(number * 1000 + 1)
        for one in before:
            moved = in_corner(one, number)
            engine.do(moved.command, actor=moved.actor)
        examples[example.name] = in_corner(example, number)
    return examples


def told(entry: HistoryEntry) -> tuple[object, ...]:
    """An event as far as it must not depend on the entrance."""
    return (entry.topic, entry.on, entry.details, entry.by, entry.role, entry.organisation)


def as_actor(actor: Actor) -> list[str]:
    """The options that say who acts."""
    assert actor.organisation is not None
    return ["--person", actor.person, "--organisation", actor.organisation, "--role", actor.role]


def listed(value: object) -> list[object]:
    """The items of a list; anything else as the only one."""
    return cast("list[object]", value) if isinstance(value, list) else [value]


def as_options(example: Given) -> list[str]:
    """The command with options: lists repeated, objects as JSON text."""
    words: list[str] = [example.name.replace("_", "-")]
    for field, value in example.fields.items():
        # "--role" says who acts; the role of the succeeding party has an option of its own.
        flag = "--party-role" if field == "role" else f"--{field.replace('_', '-')}"
        if field != "command":
            for item in listed(value):
                words += [flag, json.dumps(item) if isinstance(item, dict) else str(item)]
    return words


@pytest.mark.parametrize("command", ALL_COMMANDS, ids=name_of)
def test_every_command_records_the_same_through_python_json_and_options(
    command: type[Command], tmp_path: Path, call: Kvob
) -> None:
    assert name_of(command) in BY_NAME, "write an example of the new command"
    before, example = BY_NAME[name_of(command)]
    urls = {name: f"sqlite:///{tmp_path / name}.db" for name in ("python", "json", "options")}
    for url in urls.values():
        prepare(url, before)

    with Engine.open(urls["python"]) as engine:
        engine.do(example.command, actor=example.actor)
    who = as_actor(example.actor)
    as_json = call("do", "--store", urls["json"], *who, stdin=json.dumps(example.fields))
    assert (as_json.code, as_json.err) == (0, as_json.err)
    with_options = call(*as_options(example), "--store", urls["options"], *who)
    assert with_options.code == 0, with_options.err

    estate = example.fields["estate"]
    expected = recorded(urls["python"], estate)
    assert recorded(urls["json"], estate) == expected
    assert recorded(urls["options"], estate) == expected
    assert len(expected) > sum(one.fields.get("estate") == estate for one in before)


@pytest.mark.parametrize("command", ALL_COMMANDS, ids=name_of)
def test_every_command_reads_its_fields_from_standard_input(
    command: type[Command], tmp_path: Path, call: Kvob
) -> None:
    before, example = BY_NAME[name_of(command)]
    url = f"sqlite:///{tmp_path / 'stdin'}.db"
    prepare(url, before)
    fields = {key: value for key, value in example.fields.items() if key != "command"}
    kebab = example.name.replace("_", "-")
    done = call(
        kebab, "-", "--store", url, *as_actor(example.actor), "--json", stdin=json.dumps(fields)
    )
    assert done.code == 0, done.err
    outcome = json.loads(done.out)
    assert outcome["estate"] == example.fields["estate"]
    assert [event["via"] for event in outcome["events"]] == ["cli"] * len(outcome["events"])


def test_every_command_records_the_same_on_postgresql_as_json(
    postgres_url: str, call: Kvob
) -> None:
    ids = [counting()]
    with (
        Engine.open("memory:", new_id=lambda: next(ids[0])) as expected,
        Engine.open(postgres_url, new_id=lambda: next(ids[0])) as there,
    ):
        examples = prepared(expected, ids)
        assert prepared(there, ids) == examples
        for example in examples.values():
            who = as_actor(example.actor)
            text = json.dumps(example.fields)
            done = call("do", "--store", postgres_url, *who, stdin=text)
            assert (done.code, done.err) == (0, done.err)
            expected.do(example.command, actor=example.actor)
            estate = EstateId(example.fields["estate"])
            found = [told(entry) for entry in there.history(estate)]
            assert found == [told(entry) for entry in expected.history(estate)]
