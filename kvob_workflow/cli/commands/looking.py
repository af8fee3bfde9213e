"""Which commands only look? The board, the register, what is due, measures, one estate."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from kvob_domain.words import Text
from kvob_workflow.cli.commands.lists import Reading, listing
from kvob_workflow.cli.entrance import Section, entrance

if TYPE_CHECKING:
    from kvob_projections.board import BoardQuery
    from kvob_projections.deadlines import DueQuery
    from kvob_projections.measures import MeasureQuery
    from kvob_projections.paging import Page
    from kvob_projections.register import RegisterQuery
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.cli.screens.screen import Screen


def _board_query() -> type[BoardQuery]:
    from kvob_projections.board import BoardQuery

    return BoardQuery


def _draw_board(screen: Screen, page: Page[Any], query: BoardQuery) -> None:
    from kvob_workflow.cli.screens.board import draw_board

    draw_board(screen, page, query)


board = listing(
    "board",
    Text("Het bord: waar elk terrein staat", "The board: where every estate stands"),
    Reading(_board_query, lambda engine, query: engine.board(query), _draw_board),
)


def _register_query() -> type[RegisterQuery]:
    from kvob_projections.register import RegisterQuery

    return RegisterQuery


def _draw_register(screen: Screen, page: Page[Any], query: RegisterQuery) -> None:
    from kvob_workflow.cli.screens.register import draw_register

    draw_register(screen, page, query)


register = listing(
    "register",
    Text("Het register: wie op een dag een certificaat heeft", "The register of certificates"),
    Reading(_register_query, lambda engine, query: engine.register(query), _draw_register),
    about=Text(
        "Terreinen waarvan op die dag geen certificaat bekend is, staan er niet in.",
        "Estates without any certificate known on that day are absent.",
    ),
)


def _due_query() -> type[DueQuery]:
    from kvob_projections.deadlines import DueQuery

    return DueQuery


def _draw_due(screen: Screen, page: Page[Any], query: DueQuery) -> None:
    from kvob_workflow.cli.screens.due import draw_due

    draw_due(screen, page, query)


due = listing(
    "due",
    Text("De agenda: wat wanneer moet of vervalt", "The diary: what falls due, and why"),
    Reading(_due_query, lambda engine, query: engine.due(query), _draw_due),
)


def _measure_query() -> type[MeasureQuery]:
    from kvob_projections.measures import MeasureQuery

    return MeasureQuery


def _draw_measures(screen: Screen, page: Page[Any], query: MeasureQuery) -> None:
    from kvob_workflow.cli.screens.measures import draw_measures

    draw_measures(screen, page, query)


measures = listing(
    "measures",
    Text("De maatregelen van de lopende plannen", "The measures of the running plans"),
    Reading(_measure_query, lambda engine, query: engine.measures(query), _draw_measures),
)


@entrance(
    "estate",
    Text("Alles over één terrein, en wat nu kan", "Everything about one estate"),
    Section.LOOK,
)
def estate(desk: Desk, estate: str, *, on: date | None = None, known_at: str | None = None) -> None:
    """How an estate stands."""
    from kvob_workflow.cli.screens.estate import draw_estate
    from kvob_workflow.cli.screens.names import names_for

    engine = desk.reading_engine
    known = None if known_at is None else engine.instant(known_at)
    overview = engine.overview(engine.find(estate), on, known)
    desk.give(
        overview,
        lambda screen: draw_estate(screen, overview, names_for(desk, engine, overview.estate_id)),
    )


@entrance(
    "history",
    Text("Wat er met een terrein gebeurd is", "What has happened to an estate"),
    Section.LOOK,
)
def history(
    desk: Desk, estate: str, *, on: date | None = None, known_at: str | None = None
) -> None:
    """Everything that has happened, in the order in which it did."""
    from kvob_workflow.cli.screens.history import draw_history
    from kvob_workflow.cli.screens.names import names_for

    engine = desk.reading_engine
    found = engine.find(estate)
    known = None if known_at is None else engine.instant(known_at)
    entries = engine.history(found, on, known)

    def draw(screen: Screen) -> None:
        from kvob_workflow.cli.screens.moments import told_moments

        told_moments(screen, on, known, engine.today())
        names = names_for(desk, engine, found)
        draw_history(screen, engine.state(found, None, known), entries, names)

    desk.give(entries, draw)
