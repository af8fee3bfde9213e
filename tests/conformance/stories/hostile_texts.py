"""What do texts do that no database likes? Zeros, halves of characters, length, quotes, places.

Given as every text that somebody can send: in commands, in questions, as ids and filters.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from pydantic import ValidationError

from kvob_domain.estate.commands import command_adapter
from kvob_domain.estate.events.oversight import ErasureBasis
from kvob_domain.ids import EstateId
from kvob_projections.heat_map import HeatMapQuery
from kvob_workflow import CalendarQuery, PersonDetails
from kvob_workflow.testing import GUIDE
from tests.cli.walked_so_far import MEASURES
from tests.conformance.about import LISTS, every_list, every_question
from tests.conformance.world import TODAY, World

_TEXTS: Final = (
    "a\0b",
    "half \ud800",
    "'; DROP TABLE stored_events --",
    "%s :name $1 ?1 {x}",
    "back\\slash \\x00 \\u0000",
    "tab\tline\nreturn\r",
    "x" * 5000,
    "e\u0301 \u212b \ufb01",
    "\U0001f3ed \u2028 \ufeff",
)


def story(world: World) -> None:
    """An estate about which everything hostile is said, and questions in the same words."""
    for number, text in enumerate(_TEXTS):
        estate = world.register(f"Terrein {number}")
        for fields in _said(estate, text):
            _give(world, fields)
        every_question(world, estate)
        _asked(world, text)
    world.engine.make_keys()
    for text in _TEXTS:
        _about_persons(world, text)
    world.telling.methods |= {"make_keys", "persons"}
    every_list(world)
    known = world.clock.now()
    for day in (TODAY, TODAY + timedelta(days=1)):
        world.clock.set_day(day)
        for name, query in LISTS.items():
            world.ask(name, replace(query, day=date(2026, 6, 1), known_at=known))
        world.ask("parked")
        world.register(f"Morgen {day}")


def _said(estate: EstateId, text: str) -> list[dict[str, Any]]:
    """Commands with the text wherever a text can be."""
    fact = {"kind": "award", "on": "2025", "level": text, "body": text, "parties": [text]}
    source = {"source": text}
    given: list[dict[str, Any]] = [
        {"command": "register_estate", "name": text, "municipalities": ["Goes"]},
        {"command": "register_estate", "name": "Nieuw", "municipalities": [text]},
        {"command": "rename_estate", "on": "2026-01-01", "name": text, "reason": text},
        {"command": "change_scope", "on": "2026-01-01", "scope": text},
        {"command": "start_trajectory", "on": "2026-01-01", "guide": text, "body": text},
        {"command": "record_past_fact", "fact": {**fact, "provenance": source}},
        {
            "command": "record_remark",
            "subject": text,
            "text": text,
            "on": "2025",
            "provenance": source,
        },
        {
            "command": "adopt_plan",
            "on": "2026-02-01",
            "goals": [{"id": "g1", "text": text, "target": text}],
            "measures": [{**one, "text": text, "owner": text} for one in MEASURES],
        },
        {"command": "withdraw_certificate", "on": "2026-01-01", "reason": text},
        {"command": "give_notice", "on": "2026-01-01", "kind": "expiry", "estate": text},
    ]
    registers = "register_estate"
    return [one if one["command"] == registers else {"estate": estate, **one} for one in given]


def _give(world: World, fields: dict[str, Any]) -> None:
    try:
        command = command_adapter().validate_python(fields)
    except ValidationError as error:
        world.tell(f"no command: {fields!r}", error.error_count())
        return
    world.ask("do", command, actor=GUIDE, source=str(fields.get("reason")), trace="t")
    world.ask("do", command, actor=GUIDE, command_id=str(fields.get("reason")))


def _asked(world: World, text: str) -> None:
    for question in ("state", "overview", "history", "fields", "names"):
        world.ask(question, EstateId(text))
    world.ask("find", text)
    world.ask("find", f"Terrein 1, {text}")
    for name, query in LISTS.items():
        for field in ("text", "municipality", "level", "owner", "status", "kind", "sort"):
            # A file keeps the zero of a level, and looks for the sign that a server has instead.
            if hasattr(query, field) and (field, text) != ("level", "a\0b"):
                value: Any = (text,) if field == "sort" else text
                world.ask(name, replace(query, **{field: value}))
    world.ask("heat_map", HeatMapQuery(municipality=text))
    world.ask("calendar", CalendarQuery(municipality=text, organisation=text))
    world.ask("calendar", CalendarQuery(estate=EstateId(text)))
    world.ask("take_facts", [])


def _about_persons(world: World, text: str) -> None:
    world.ask("export_person", text)
    world.ask("propose_erasure", text, ErasureBasis.UNLAWFUL)
    world.ask("erase", [text])
    world.ask_of("persons.find", world.engine.persons.find, text)
    world.ask_of("persons.show", world.engine.persons.show, text)
    details = PersonDetails(text, email=f"{text}@voorbeeld.nl", organisation=text)
    world.ask_of("persons.add", world.engine.persons.add, details, person=text[:20])
