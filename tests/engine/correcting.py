"""What do the tests of corrections give? A correction, and a fact that a source states."""

from datetime import date
from typing import Any

from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.events.base import Event
from kvob_workflow import (
    Actor,
    Engine,
    EstateId,
    EstateKind,
    FactKind,
    PartialDate,
    PastFact,
    PersonId,
    Provenance,
)
from kvob_workflow.engine import FactItem

ON = date(2026, 11, 23)


CLERK = Actor(PersonId("clerk-1"))


PLACE = "Voorbeeldstad"


def number_of(engine: Engine, estate: EstateId, kind: type[Event]) -> int:
    """The number of the last event of a kind."""
    topic = kind.TOPIC
    return max(one.version for one in engine.history(estate) if one.topic == topic)


def correct(estate: EstateId, number: int, **says: Any) -> Correct:
    """The event should have said this; without fields, it never happened."""
    return Correct(
        estate=estate,
        on=ON,
        version=number,
        says=says or None,
        never_happened=not says,
        reason="typfout",
    )


def said(
    kind: str, on: str, source: str = "https://a.example/", level: str | None = None
) -> FactItem:
    """What a source says of an estate called Noord."""
    fact = PastFact(
        kind=FactKind(kind),
        on=PartialDate.parse(on),
        level=level,
        provenance=Provenance(source=source),
    )
    return FactItem("Noord", (PLACE,), EstateKind.ESTATE, fact)
