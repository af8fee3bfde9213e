"""Which commands are timed? One estate from registration to its first certificate."""

from collections.abc import Iterator
from datetime import date

from kvob_domain.actor import Actor
from kvob_domain.estate.commands import Command
from kvob_domain.ids import EstateId
from kvob_domain.partial_date import PartialDate
from kvob_workflow import RegisterEstate
from kvob_workflow.demo import story
from kvob_workflow.demo.people import GUIDE

TIMED = frozenset(
    {
        "start_trajectory",
        "declare_intent",
        "record_walk_round",
        "record_survey",
        "record_figures",
        "adopt_analysis",
        "adopt_plan",
        "update_measure",
        "request_audit",
        "sign_covenant",
        "record_audit",
        "close_finding",
        "award_certificate",
    }
)
LAST_DAY = date(2021, 6, 3)


def registration(number: int) -> RegisterEstate:
    """The command that enters the estate with this number."""
    return RegisterEstate(
        name=f"Terrein {number}",
        municipalities=("Voorbeeldstad",),
        on=PartialDate.parse("2020-09"),
    )


def first_certificate(estate: EstateId) -> Iterator[tuple[Command, Actor]]:
    """The commands from the kickoff to the award that the rules let through: 22 of them."""
    for step in story(estate):
        on = getattr(step.command, "on", LAST_DAY)
        if step.refused_with is None and on <= LAST_DAY and step.command.command in TIMED:
            yield step.command, step.actor


__all__ = ["GUIDE", "first_certificate", "registration"]
