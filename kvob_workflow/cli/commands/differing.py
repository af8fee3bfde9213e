"""Which command compares two moments? `kvob diff`, for one estate or for all that moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.option_choices import chosen
from kvob_workflow.cli.usage import UsageInvalid

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk

_TWO = Text(
    "Geef twee momenten: DAG, of DAG@BEKEND, of now; voor één terrein: TERREIN MOMENT MOMENT.",
    "Give two moments: DAY, or DAY@KNOWN, or now; for one estate: ESTATE MOMENT MOMENT.",
)


@entrance(
    "diff",
    Text("Wat er tussen twee momenten veranderd is", "What changed between two moments"),
    Section.LOOK,
    about=Text(
        "'kvob diff TERREIN 2021-06-30 now' voor één terrein; 'kvob diff 2021-06-30 now' noemt "
        "alle terreinen die verschoven, en door welke gebeurtenissen. Een moment is een dag, zoals "
        "nu bekend, of DAG@BEKEND: 2021-06-30@2021-07-05 is die dag zoals bekend aan het einde van "
        "5 juli.",
        "'kvob diff ESTATE 2021-06-30 now' for one estate; 'kvob diff 2021-06-30 now' lists all "
        "estates that moved, and by which events. A moment is a day, as known now, or DAY@KNOWN: "
        "2021-06-30@2021-07-05 is that day as known at the end of 5 July.",
    ),
)
def diff(
    desk: Desk,
    estate: str,
    first: str,
    second: str | None = None,
    *,
    step: str | None = None,
    status: str | None = None,
    municipality: str | None = None,
    groups: bool = False,
    limit: int | None = None,
    offset: int | None = None,
) -> None:
    """One estate at two moments, or all that moved."""
    from kvob_domain.lifecycle.certificate import Status
    from kvob_domain.lifecycle.trajectory import Step
    from kvob_projections.board import BoardQuery
    from kvob_workflow.cli.screens.differing import draw_moved

    engine = desk.reading_engine
    if second is not None:
        if step or status or municipality or groups or limit is not None or offset is not None:
            raise UsageInvalid(_TWO, "kvob diff")
        _one(desk, estate, first, second)
        return
    a, b = engine.moment(estate), engine.moment(first)
    query = BoardQuery(
        step=None if step is None else chosen("--step", step, Step),
        status=None if status is None else chosen("--status", status, Status),
        municipality=municipality,
        groups=groups,
        limit=100 if limit is None else limit,
        offset=offset or 0,
    )
    page = engine.moved(a, b, query)
    desk.give(
        {"total": page.total, "total_is_exact": page.total_is_exact, "items": page.items},
        lambda screen: draw_moved(screen, page, a, b),
    )


def _one(desk: Desk, estate: str, first: str, second: str) -> None:
    from kvob_workflow.cli.screens.differing import draw_diff

    engine = desk.reading_engine
    moments = engine.moment(first), engine.moment(second)
    found = engine.diff(engine.find(estate), *moments)
    desk.give(found, lambda screen: draw_diff(screen, found))
