"""How is a correction asked for, and which event is meant? By its class, the n-th of the story."""

from datetime import date
from typing import Any, Final

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.commands.oversight import ApproveAct
from kvob_domain.estate.events.base import Event
from kvob_domain.ids import PersonId
from kvob_domain.testing import Scenario
from tests.domain.asking import ESTATE

THEN: Final = date(2026, 11, 20)
CLERK: Final = Actor(PersonId("clerk-1"), "Kiwa", Role.OPERATOR)
OTHER_CLERK: Final = Actor(PersonId("clerk-2"), "Kiwa", Role.OPERATOR)


def saying(number: int, /, **says: Any) -> Correct:
    """The event of this number should have said this."""
    return Correct(estate=ESTATE, on=THEN, version=number, says=says, reason="typfout")


def never(number: int) -> Correct:
    """The event of this number never happened."""
    return Correct(estate=ESTATE, on=THEN, version=number, never_happened=True, reason="vergissing")


def approval(story: Scenario) -> ApproveAct:
    """The approval of what was proposed last."""
    return ApproveAct(estate=ESTATE, on=THEN, proposal=story.state.proposals[-1].id)


def version_of(story: Scenario, kind: type[Event], nth: int = 1) -> int:
    """The number of the n-th event of a kind."""
    found = [one.version for one in story.history if isinstance(one.event, kind)]
    return found[nth - 1]
