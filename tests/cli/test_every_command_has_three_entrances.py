"""Can every command be given in Python, as JSON and with options, with the same events?

The test walks the closed union of commands: one without an example, without an entrance, or
with an entrance that records something else fails it.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

import pytest

from kvob_domain.estate.commands import ALL_COMMANDS, Command, command_adapter, name_of
from kvob_workflow import Actor, Engine, EstateId, HistoryEntry, PersonId, Role


class Called(Protocol):
    """What one call of `kvob` gave."""

    code: int
    out: str
    err: str


Kvob = Callable[..., Called]

# The ids that a counting engine gives out, in the order of the preparation.
ESTATE, OTHER, GROUP = (f"{number:032x}" for number in (1, 2, 3))
NEW = "f" * 32

GUIDE = Actor(PersonId("p-guide"), "Begeleiders bv", Role.GUIDE)
AUDITOR = Actor(PersonId("p-auditor"), "Keurders bv", Role.AUDITOR)
DECIDER = Actor(PersonId("p-decider"), "Keurders bv", Role.DECIDER)
SECOND = Actor(PersonId("p-second"), "Keurders bv", Role.DECIDER)

PARTIES = [
    {"organisation": "Ondernemersvereniging", "role": "entrepreneurs"},
    {"organisation": "Gemeente", "role": "municipality"},
    {"organisation": "Politie", "role": "police"},
    {"organisation": "Veiligheidsregio", "role": "fire_brigade"},
]
MEASURES = [
    {
        "id": f"m{number}",
        "text": f"Maatregel {number}",
        "owner": "Gemeente",
        "owner_role": "municipality",
        "tag": "safe",
        "progress": "planned" if number == 1 else "done",
    }
    for number in range(1, 6)
]


@dataclass(frozen=True)
class Given:
    """A command as JSON, and who gives it."""

    actor: Actor
    fields: dict[str, Any]

    @property
    def name(self) -> str:
        """The name of the command."""
        return str(self.fields["command"])

    @property
    def command(self) -> Command:
        """The same as a Python object."""
        return command_adapter().validate_python(self.fields)


def given(actor: Actor, command: str, estate: str | None = ESTATE, **fields: Any) -> Given:
    """A command about the estate, unless another is named."""
    about = {"estate": estate} if estate else {}
    return Given(actor, {"command": command, **about, **fields})


REGISTERED = [
    given(GUIDE, "register_estate", None, name="De Hoek", municipalities=["Voorbeeldstad"]),
    given(GUIDE, "register_estate", None, name="De Punt", municipalities=["Voorbeeldstad"]),
    given(GUIDE, "register_group", None, name="Alle", municipalities=["Voorbeeldstad"]),
]


def about(estate: str, commands: list[Given]) -> list[Given]:
    """The same commands about another estate."""
    return [Given(one.actor, {**one.fields, "estate": estate}) for one in commands]


STARTED = [
    given(GUIDE, "start_trajectory", on="2021-01-04", parties=PARTIES, body="Keur A"),
    given(GUIDE, "declare_intent", on="2021-01-11", signatories=PARTIES),
]
EVIDENCE = [
    given(GUIDE, "record_survey", on="2021-02-01", sent=100, returned=40),
    given(GUIDE, "record_walk_round", on="2021-02-02", light="day", observations=3),
    given(GUIDE, "record_walk_round", on="2021-02-03", light="dark", observations=5),
    given(GUIDE, "record_figures", on="2021-02-04", figures={"year": 2020, "burglaries": 9}),
]
ANALYSED = [given(GUIDE, "adopt_analysis", on="2021-02-10")]
PLAN = given(
    GUIDE,
    "adopt_plan",
    on="2021-03-01",
    goals=[{"id": "g1", "text": "Minder inbraken", "target": "-20 %"}],
    measures=MEASURES,
)
COVENANT = given(
    GUIDE,
    "sign_covenant",
    on="2021-04-01",
    signatories=PARTIES,
    witnesses=[{"organisation": "Verzekeraar", "role": "other"}],
    agreements=[{"subject": "lighting", "party": "Gemeente", "amount_eur": "1250.50"}],
)
AUDIT = given(
    GUIDE,
    "record_audit",
    on="2021-05-03",
    auditor="p-auditor",
    outcome="positive",
    findings=[{"id": "f1", "severity": "minor", "text": "Lamp stuk"}],
)
CLOSED = given(GUIDE, "close_finding", on="2021-05-10", finding="f1", note="Hersteld")
AWARD = given(
    DECIDER,
    "award_certificate",
    on="2021-06-01",
    level="Basis Samenwerken",
    last_valid_day="2024-05-31",
)
SUSPENSION = given(DECIDER, "suspend_certificate", on="2022-01-10", reason="Geen overleg meer")

AT_KICKOFF = [*REGISTERED, *STARTED]
AT_PLAN = [*AT_KICKOFF, *EVIDENCE, *ANALYSED]
AT_COVENANT = [*AT_PLAN, PLAN]
AT_AWARD = [*AT_COVENANT, COVENANT]
AUDITED = [*AT_AWARD, AUDIT]
READY = [*AUDITED, CLOSED]
AWARDED = [*READY, AWARD]
PROPOSED = [*AWARDED, SUSPENSION]
# A certificate that outlives whoever runs this test, so that its deadlines can be moved.
STANDING = [
    *REGISTERED,
    given(
        GUIDE,
        "record_past_fact",
        fact={
            "kind": "award",
            "on": "2021-06-01",
            "last_valid_day": "2090-05-31",
            "provenance": {"source": "https://example.org/a"},
        },
    ),
]
MIGRATION = given(GUIDE, "migrate_edition", on="2021-02-05", edition="kvo-2008-v2", reason="Proef")

EXAMPLES: list[tuple[list[Given], Given]] = [
    (
        REGISTERED,
        given(
            GUIDE,
            "register_estate",
            NEW,
            name="De Rand",
            municipalities=["Voorbeeldstad", "Buurstad"],
            on="2019-05",
            scope="Tussen spoor en kanaal",
        ),
    ),
    (
        REGISTERED,
        given(GUIDE, "register_group", NEW, name="Oost", municipalities=["Buurstad"], on="2019"),
    ),
    (REGISTERED, given(GUIDE, "link_members", GROUP, on="2021-01-05", members=[ESTATE, OTHER])),
    (REGISTERED, given(GUIDE, "rename_estate", on="2021-01-05", name="De Bocht", reason="Wens")),
    (REGISTERED, given(GUIDE, "change_scope", on="2021-01-05", scope="Ook de kade")),
    (
        AT_KICKOFF,
        given(
            GUIDE,
            "succeed_party",
            on="2021-01-20",
            former="Gemeente",
            successor="Nieuwe gemeente",
            role="municipality",
        ),
    ),
    (AT_KICKOFF, given(GUIDE, "transfer_estate", on="2021-01-20", to_body="Keur B")),
    (
        REGISTERED,
        given(
            GUIDE,
            "start_trajectory",
            on="2021-01-04",
            parties=PARTIES,
            guide="Begeleiders bv",
            edition="kvo-3.1",
        ),
    ),
    (
        [*REGISTERED, given(GUIDE, "start_trajectory", on="2021-01-04")],
        given(GUIDE, "declare_intent", on="2021-01-11", signatories=PARTIES),
    ),
    (AT_KICKOFF, EVIDENCE[0]),
    (AT_KICKOFF, EVIDENCE[2]),
    (
        AT_KICKOFF,
        given(
            GUIDE,
            "record_figures",
            on="2021-02-04",
            figures={"year": 2020, "incidents": 12, "damage_eur": 9000, "safety_feeling": "6.5"},
        ),
    ),
    ([*AT_KICKOFF, *EVIDENCE], ANALYSED[0]),
    (AT_PLAN, PLAN),
    (
        AT_COVENANT,
        given(
            GUIDE, "update_measure", on="2021-03-09", measure="m1", progress="done", owner="Park"
        ),
    ),
    (AT_COVENANT, given(GUIDE, "end_trajectory", on="2021-03-09", reason="by_choice")),
    (
        [*AT_COVENANT, *about(OTHER, AT_COVENANT[len(REGISTERED) :])],
        Given(GUIDE, {**COVENANT.fields, "also": [OTHER]}),
    ),
    (AT_AWARD, given(GUIDE, "request_audit", on="2021-04-05", body="Keur A")),
    (AT_AWARD, AUDIT),
    (AUDITED, CLOSED),
    (READY, AWARD),
    (READY, given(DECIDER, "refuse_award", on="2021-06-01", reason="Te weinig overleg")),
    (AWARDED, given(GUIDE, "present_certificate", on="2021-06-20", by="burgemeester")),
    (
        AWARDED,
        given(GUIDE, "evaluate_year", on="2022-06-01", figures={"year": 2021}, note="Goed jaar"),
    ),
    (
        AWARDED,
        given(GUIDE, "evaluate_term", on="2024-01-10", figures={"year": 2023, "burglaries": 4}),
    ),
    (AWARDED, SUSPENSION),
    (
        [*PROPOSED, given(SECOND, "approve_act", on="2022-01-11", proposal="act-14")],
        given(DECIDER, "restore_certificate", on="2022-02-01", reason="Overleg hervat"),
    ),
    (AWARDED, given(DECIDER, "withdraw_certificate", on="2022-01-10", reason="Fraude")),
    (
        AT_KICKOFF,
        given(
            GUIDE, "waive_requirement", on="2021-01-20", requirement="walk_round_dark", reason="Dag"
        ),
    ),
    (PROPOSED, given(SECOND, "approve_act", on="2022-01-11", proposal="act-14")),
    (
        PROPOSED,
        given(SECOND, "decline_act", on="2022-01-11", proposal="act-14", reason="Te streng"),
    ),
    (AT_KICKOFF, MIGRATION),
    (
        [*AT_KICKOFF, MIGRATION],
        given(GUIDE, "revert_migration", on="2021-02-06", reason="Toch niet"),
    ),
    (
        STANDING,
        given(GUIDE, "give_notice", on="2022-06-01", kind="evaluation", ordinal=1),
    ),
    (
        STANDING,
        given(
            GUIDE,
            "extend_deadline",
            on="2022-05-02",
            kind="evaluation",
            ordinal=2,
            due_on="2089-01-01",
            reason="Verhuizing",
        ),
    ),
    (
        STANDING,
        given(
            GUIDE,
            "replan_deadline",
            on="2022-05-02",
            kind="reminder",
            ordinal=1,
            due_on="2089-09-15",
            reason="Vakantie",
        ),
    ),
    (
        STANDING,
        given(
            DECIDER,
            "waive_deadline",
            on="2022-05-02",
            kind="term_evaluation",
            ordinal=69,
            reason="Klein terrein",
        ),
    ),
    (
        REGISTERED,
        given(
            GUIDE,
            "record_past_fact",
            fact={
                "kind": "award",
                "on": "2015-06",
                "level": "Basis Samenwerken",
                "parties": ["Gemeente", "Politie"],
                "cycle": 1,
                "provenance": {"source": "https://example.org/a", "basis": "stated"},
            },
        ),
    ),
    (
        REGISTERED,
        given(
            GUIDE,
            "record_remark",
            subject="winkels",
            on="2015",
            text="Ook de winkels deden mee",
            provenance={"source": "https://example.org/b"},
        ),
    ),
    (
        AT_KICKOFF,
        given(
            GUIDE,
            "register_document",
            on="2021-01-20",
            title="Verslag",
            sha256="ab" * 32,
            size_bytes=2048,
            media_type="application/pdf",
            address="https://example.org/verslag.pdf",
            about=1,
            requirement="walk_round_day",
        ),
    ),
]
EXAMPLES.append(
    (
        AT_PLAN,
        given(GUIDE, "correct", on="2021-02-20", version=4, says={"sent": 120}, reason="Telfout"),
    )
)
BY_NAME = {example.name: (before, example) for before, example in EXAMPLES}


def counting(first: int = 1) -> Iterator[str]:
    """Ids in order, so that every preparation gives the same ones."""
    return (f"{number:032x}" for number in itertools.count(first))


def in_corner(one: Given, number: int) -> Given:
    """The same command about estates and places of its own, so that a store holds all examples.

    Ids then count from `number` times 1000 and 1.
    """
    text = json.dumps(one.fields)
    for id, offset in ((ESTATE, 1), (OTHER, 2), (GROUP, 3), (NEW, 999)):
        text = text.replace(f'"{id}"', f'"{number * 1000 + offset:032x}"')
    return Given(one.actor, json.loads(text.replace("Voorbeeldstad", f"Voorbeeldstad {number}")))


def prepare(url: str, before: Iterable[Given]) -> None:
    """Bring a new store to where the command is legal."""
    ids = counting()
    with Engine.open(url, new_id=lambda: next(ids), synchronous="NORMAL") as engine:
        for one in before:
            engine.do(one.command, actor=one.actor)


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
