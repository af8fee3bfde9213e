"""Which commands show deadlines over time? `kvob heat-map` by month, `kvob calendar` as a feed."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Entrance, Section, entrance
from kvob_workflow.cli.option_choices import chosen, codes
from kvob_workflow.cli.options import Option
from kvob_workflow.cli.output_files import STANDARD_OUTPUT, write_whole
from kvob_workflow.cli.words import OPTION_WORDS

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.cli.entrance import Values
    from kvob_workflow.cli.screens.screen import Screen

_WRITTEN: Final = Text("Geschreven", "Written")


def _heat_map_options() -> tuple[Option, ...]:
    words = OPTION_WORDS
    kinds = codes(DeadlineKind)
    return (
        Option("on", "day", words["on"], ("--on",)),
        Option("known_at", "text", words["known_at"], ("--known-at",)),
        Option("kind", "text", words["heat-map:kind"], ("--kind",), choices=kinds),
        Option("from_month", "text", words["from_month"], ("--from",)),
        Option("until_month", "text", words["until_month"], ("--until",)),
        Option("municipality", "text", words["municipality"], ("--municipality",)),
        Option("groups", "flag", words["groups"], ("--groups",)),
    )


def _heat_map(desk: Desk, values: Values) -> None:
    from kvob_projections.heat_map import HeatMapQuery
    from kvob_workflow.cli.screens.heat_map import draw_heat_map
    from kvob_workflow.cli.screens.moments import told_moments

    kind, place = values.get("kind"), values.get("municipality")
    on, known_at = values.get("on"), values.get("known_at")
    engine = desk.reading_engine
    query = HeatMapQuery(
        day=on if isinstance(on, date) else None,
        known_at=None if known_at is None else engine.instant(str(known_at)),
        kind=DeadlineKind.EXPIRY if kind is None else chosen("--kind", str(kind), DeadlineKind),
        first=_month(values.get("from_month")),
        last=_month(values.get("until_month")),
        municipality=None if place is None else str(place),
        groups=bool(values.get("groups")),
    )
    found = engine.heat_map(query)

    def draw(screen: Screen) -> None:
        told_moments(screen, query.day, query.known_at, engine.today())
        draw_heat_map(screen, found)

    desk.give(found, draw)


def _month(text: object) -> date | None:
    from kvob_domain.partial_date import PartialDate

    return None if text is None else PartialDate.parse(str(text)).earliest


heat_map = Entrance(
    ("heat-map",),
    Text("Termijnen per gemeente en maand", "Deadlines by municipality and month"),
    Section.LOOK,
    _heat_map,
    _heat_map_options,
)


@entrance(
    "calendar",
    Text("Termijnen als agenda (iCalendar)", "Deadlines as a calendar (iCalendar)"),
    Section.LOOK,
    about=Text(
        "Voor een agenda die zich erop abonneert. Een termijn houdt zijn plaats als de dag "
        "verschuift; wat gedaan is, staat er als vervallen afspraak. Vraagt het extra 'ical'.",
        "For a diary that subscribes to it. A deadline stays the same entry when its day moves; "
        "what is done stands there as cancelled. Takes the extra 'ical'.",
    ),
)
def calendar(
    desk: Desk,
    *,
    estate: str | None = None,
    municipality: str | None = None,
    party: str | None = None,
    kind: str | None = None,
    groups: bool = False,
    output: str | None = None,
    yes: bool = False,
) -> None:
    """The feed, on the output or in a file."""
    from kvob_workflow.calendars import CalendarQuery

    engine = desk.reading_engine
    feed = engine.calendar(
        CalendarQuery(
            estate=None if estate is None else engine.find(estate),
            municipality=municipality,
            organisation=party,
            kinds=() if kind is None else (chosen("--kind", kind, DeadlineKind),),
            groups=groups,
            language=desk.language,
        )
    )
    if output is not None and output != STANDARD_OUTPUT:
        write_whole(output, (feed,), replace=yes)
        written = f"{desk.words(_WRITTEN)}: {output}"
        desk.give({"output": output}, lambda screen: screen.line(written))
    elif desk.as_json:
        desk.give({"calendar": feed.decode()}, lambda screen: None)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(feed)
