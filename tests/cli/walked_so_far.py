"""What happened before a command? An estate at each step of its way, as commands to give."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kvob_domain.estate.commands import Command, command_adapter
from kvob_workflow import Actor, Engine, PersonId, Role

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


def counting(first: int = 1) -> Iterator[str]:
    """Ids in order, so that every preparation gives the same ones."""
    return (f"{number:032x}" for number in itertools.count(first))


def prepare(url: str, before: Iterable[Given]) -> None:
    """Bring a new store to where the command is legal."""
    ids = counting()
    with Engine.open(url, new_id=lambda: next(ids), synchronous="NORMAL") as engine:
        for one in before:
            engine.do(one.command, actor=one.actor)
