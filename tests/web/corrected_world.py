"""An estate whose record was corrected and taken back, for the pages about the past."""

from __future__ import annotations

from datetime import date

from pydantic import JsonValue

from kvob_domain.estate.commands import Command
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.ids import EstateId
from kvob_domain.parties import Party, PartyRole
from kvob_domain.testing import DECIDER, GUIDE
from kvob_workflow import (
    DeclareIntent,
    RecordSurvey,
    RecordWalkRound,
    RegisterEstate,
    RenameEstate,
    Signatory,
    StartTrajectory,
)
from tests.web.conftest import WebWorld

HOSTILE = "<script>alert(1)</script>"
SURVEY, WALK_ROUND, RENAMED, CORRECTED, WITHDRAWN = 4, 5, 6, 7, 8
"""The numbers of the events."""


def corrected_estate(world: WebWorld) -> EstateId:
    """Registered, a survey of which the number was wrong, a walk-round that never was."""
    engine, clock = world.engine, world.clock
    clock.set_day(date(2026, 3, 2))
    registered = engine.do(
        RegisterEstate(name="De Hoek", municipalities=("Baarn",)), actor=GUIDE
    ).estate
    parties = tuple(Party(organisation=role.words.nl, role=role) for role in PartyRole)
    signed = tuple(Signatory(organisation=role.words.nl, role=role) for role in PartyRole)
    _do(world, StartTrajectory(estate=registered, on=date(2026, 3, 2), parties=parties))
    _do(world, DeclareIntent(estate=registered, on=date(2026, 3, 3), signatories=signed), 3)
    _do(world, RecordSurvey(estate=registered, on=date(2026, 4, 1), sent=100, returned=31), 9)
    light = RecordWalkRound(estate=registered, on=date(2026, 4, 2), light="day", observations=7)
    _do(world, light, 10)
    name = RenameEstate(estate=registered, on=date(2026, 4, 3), name="Hoek", reason=HOSTILE)
    _do(world, name, 11)
    clock.set_day(date(2026, 5, 1))
    says: dict[str, JsonValue] = {"returned": 61, "on": "2026-04-06"}
    fixed = Correct(
        estate=registered, on=date(2026, 5, 1), version=SURVEY, says=says, reason="Typfout"
    )
    gone = Correct(
        estate=registered,
        on=date(2026, 5, 1),
        version=WALK_ROUND,
        never_happened=True,
        reason="Ander terrein",
    )
    for correction in (fixed, gone):
        engine.do(correction, actor=DECIDER)
    clock.set_day(date(2026, 11, 29))
    return registered


def _do(world: WebWorld, command: Command, april: int = 1) -> None:
    """The command, recorded on this day of April."""
    world.clock.set_day(date(2026, 4, april))
    world.engine.do(command, actor=GUIDE)
