"""How is it told what a command led to? What happened, where the estate stands, what comes next."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from kvob_domain.estate.events.oversight import ActProposed
from kvob_domain.estate.events.words import EVENT_WORDS
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.details import said_of
from kvob_workflow.cli.screens.previewed import draw_preview

if TYPE_CHECKING:
    from kvob_domain.estate.commands import Command
    from kvob_workflow import Engine, Outcome
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.cli.screens.screen import Screen


def show_outcome(desk: Desk, engine: Engine, command: Command, outcome: Outcome) -> None:
    """The outcome as JSON or in words; hints for the person beside it."""
    desk.give(outcome, lambda screen: _draw(screen, engine, outcome))
    for warning in outcome.warnings:
        desk.say(warning.nl, warning.en)
    if outcome.dry_run:
        desk.say("Proefdraai: er is niets geschreven.", "Trial run: nothing was written.")
    if outcome.repeated:
        desk.say(
            "Deze opdracht was al uitgevoerd; dit is het eerste resultaat.",
            "This command was carried out before; this is its first result.",
        )
    for event in (recorded.event for recorded in outcome.events):
        if isinstance(event, ActProposed) and not outcome.dry_run:
            _ask_second_person(desk, engine, outcome, event.proposal)
    for behind in outcome.behind:
        desk.say(
            f"Het overzicht '{behind.view}' loopt achter; zie 'kvob doctor'.",
            f"The view '{behind.view}' is behind; see 'kvob doctor'.",
        )


def _ask_second_person(desk: Desk, engine: Engine, outcome: Outcome, proposal: str) -> None:
    estate = shlex.quote(engine.state(outcome.estate).name)
    call = f"kvob approve-act {estate} --proposal {proposal} --person …"
    desk.say(
        f"Een tweede persoon geeft akkoord met: {call}", f"A second person approves with: {call}"
    )


def _draw(screen: Screen, engine: Engine, outcome: Outcome) -> None:
    for one in (outcome, *outcome.others):
        _one(screen, engine, one)
    draw_preview(screen, outcome)


def _one(screen: Screen, engine: Engine, outcome: Outcome) -> None:
    if not outcome.events:
        screen.line(screen.choose("Dit stond er al.", "This was on record already."))
    for recorded in (*outcome.notices, *outcome.events):
        event = recorded.event
        details = event.model_dump(mode="json", exclude_none=True, exclude={"on"})
        said = said_of(event.TOPIC, details, screen.language)
        title = screen.words(EVENT_WORDS[type(event)])
        day = event.occurred.text
        screen.line(
            "  ".join(text for text in (day, f"{title}{': ' if said else ''}{said}") if text)
        )
    if not outcome.dry_run:
        _standing(screen, engine, outcome)


def _standing(screen: Screen, engine: Engine, outcome: Outcome) -> None:
    overview = engine.overview(outcome.estate)
    step = screen.words(overview.step.words)
    parts = [f"{overview.estate}, {overview.municipality}", step]
    codes = tuple(one.code.value for one in overview.missing)
    if codes:
        short = phrases.missing(screen, codes, most=3)
        parts.append(screen.choose(f"ontbreekt: {short}", f"missing: {short}"))
    parts.append(screen.choose(f"kenmerk {overview.estate_id}", f"id {overview.estate_id}"))
    screen.line(" · ".join(parts), "dim")
