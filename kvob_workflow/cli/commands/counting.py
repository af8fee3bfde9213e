"""Which command counts? `kvob statistics`: durations, renewals, work per body, the funnel."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.csv_lines import csv_line
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.option_choices import chosen
from kvob_workflow.cli.output_files import STANDARD_OUTPUT, write_whole
from kvob_workflow.cli.usage import UsageInvalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvob_projections.figures import FigureCode
    from kvob_projections.statistics import Statistics
    from kvob_projections.statistics_query import StatisticsQuery
    from kvob_workflow.cli.desk import Desk

_TWO_OUTPUTS: Final = Text(
    "--json en --csv - willen beide op de uitvoer. Geef --csv een bestand.",
    "--json and --csv - both want the output. Give --csv a file.",
)
_COLUMNS: Final = (
    *("figure", "key", "month", "n", "of", "share", "median", "p25", "p75", "p90"),
    *("minimum", "maximum", "part", "number"),
)
_DAYS: Final = ("median", "p25", "p75", "p90", "minimum", "maximum")


@entrance(
    "statistics",
    Text("Cijfers: doorlooptijden, hercertificeringen, werk", "Figures: durations, renewals, work"),
    Section.LOOK,
    about=Text(
        "Elk cijfer zegt hoeveel er geteld zijn (n) en wat er niet meetelt. "
        "'kvob statistics --explain' vertelt wat elk telt. Cijfers gaan over wat nu bekend is.",
        "Each figure says how many were counted (n) and what was left out. "
        "'kvob statistics --explain' tells what each counts. Figures are of what is known now.",
    ),
)
def statistics(
    desk: Desk,
    figures: tuple[str, ...] = (),
    *,
    on: date | None = None,
    since: date | None = None,
    until: date | None = None,
    ahead: date | None = None,
    municipality: str | None = None,
    body: str | None = None,
    edition: str | None = None,
    groups: bool = False,
    silent_days: int | None = None,
    explain: bool = False,
    csv: str | None = None,
    yes: bool = False,
) -> None:
    """The figures, or what they count."""
    from kvob_projections.figures import FigureCode
    from kvob_projections.statistics_query import SILENT_DAYS, StatisticsQuery

    codes = tuple(chosen("FIGURE", one, FigureCode) for one in figures)
    if explain:
        _explain(desk, codes)
        return
    query = StatisticsQuery(
        day=on,
        since=since,
        until=until,
        ahead=ahead,
        municipality=municipality,
        body=body,
        edition=edition,
        groups=groups,
        silent_days=SILENT_DAYS if silent_days is None else silent_days,
        figures=tuple(map(str, codes)),
    )
    _count(desk, query, csv, replace=yes)


def _explain(desk: Desk, codes: tuple[FigureCode, ...]) -> None:
    from kvob_projections.figures import FIGURES
    from kvob_workflow.cli.screens.statistics import draw_definitions

    told = tuple(FIGURES[code] for code in codes or FIGURES)
    desk.give(told, lambda screen: draw_definitions(screen, told))


def _count(desk: Desk, query: StatisticsQuery, csv: str | None, *, replace: bool) -> None:
    from kvob_workflow.cli.screens.statistics import cautions, draw_statistics

    if desk.as_json and csv == STANDARD_OUTPUT:
        raise UsageInvalid(_TWO_OUTPUTS, "kvob statistics")
    found = desk.reading_engine.statistics(query)
    if csv == STANDARD_OUTPUT:
        for caution in cautions(found):
            desk.say(caution.nl, caution.en)
        sys.stdout.writelines(_lines(found))
        return
    if csv is not None:
        write_whole(csv, (line.encode() for line in _lines(found)), replace=replace)
    desk.give(found, lambda screen: draw_statistics(screen, found))


def _lines(found: Statistics) -> Iterator[str]:
    """A line for each row, and one for each of its parts and of what was left out."""
    yield csv_line(_COLUMNS)
    for answer in found.figures:
        code = answer.figure.code.value
        for row in answer.rows:
            days = [getattr(row.days, name, None) for name in _DAYS]
            begin = (code, row.key, row.month)
            yield csv_line((*begin, row.n, row.of, row.share, *days, None, None))
            for part, number in row.parts.items():
                yield csv_line((*begin, *[None] * 9, part, number))
            for reason, number in row.left_out.items():
                yield csv_line((*begin, *[None] * 9, f"left out: {reason}", number))
        for reason, number in answer.left_out.items():
            yield csv_line((code, "", None, *[None] * 9, f"left out: {reason}", number))
