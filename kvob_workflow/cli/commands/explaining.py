"""Which command says why a view shows what it shows? `kvob explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk


@entrance(
    "explain",
    Text("Waarom een overzicht toont wat het toont", "Why a view shows what it shows"),
    Section.LOOK,
    about=Text(
        "De gebeurtenissen waardoor een veld is wat het vandaag is, en de regel erachter. Zonder "
        "VELD: alle velden met hun waarde. 'due.reminder:2' en 'measures.m1' noemen een regel.",
        "The events that made a field what it is today, and the rule behind it. Without FIELD: "
        "every field with its value. 'due.reminder:2' and 'measures.m1' name a row.",
    ),
)
def explain(desk: Desk, estate: str, field: str | None = None) -> None:
    """One field with its causes, or all fields."""
    from kvob_workflow.cli.screens.explaining import draw_explanation, draw_fields

    engine = desk.reading_engine
    found = engine.find(estate)
    if field is None:
        values = engine.fields(found)
        desk.give(values, lambda screen: draw_fields(screen, values))
        return
    explanation = engine.explain(found, field)
    desk.give(explanation, lambda screen: draw_explanation(screen, explanation))
