"""Which command looks ahead? `kvob simulate`: what falls due until a day, under an assumption."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.csv_lines import csv_line
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.option_choices import chosen
from kvob_workflow.cli.output_files import STANDARD_OUTPUT, write_whole
from kvob_workflow.cli.usage import UsageInvalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.simulation import Forecast, Foreseen, Workload
    from kvob_workflow.simulation.workload import Load

_NO_DAY: Final = Text(
    "Zeg met --until tot en met welke dag.", "Say with --until up to and with which day."
)
_TWO_OUTPUTS: Final = Text(
    "--json en --csv - willen beide op de uitvoer. Geef --csv een bestand.",
    "--json and --csv - both want the output. Give --csv a file.",
)
_COLUMNS: Final = (
    *("on", "kind", "ordinal", "estate_id", "estate", "municipality", "body", "edition"),
    *("expires_on", "estimated", "cause", "rule", "anchor_on"),
)


class By(StrEnum):
    """What the workload is counted by."""

    MONTH = "month"
    MUNICIPALITY = "municipality"
    BODY = "body"


@entrance(
    "simulate",
    Text("Wat er vervalt tot een dag, bij een aanname", "What falls due until a day"),
    Section.LOOK,
    about=Text(
        "Laat de echte regels op een virtuele klok lopen; in de opslag verandert niets. Telt per "
        "maand, gemeente en certificatie-instelling; --csv geeft elke termijn, terrein na terrein.",
        "Runs the real rules on a virtual clock; nothing in the store changes. Counts by month, "
        "municipality and certification body; --csv gives every deadline, estate after estate.",
    ),
)
def simulate(
    desk: Desk,
    *,
    until: date | None = None,
    assume: str | None = None,
    renewal_days: int | None = None,
    municipality: str | None = None,
    groups: bool = False,
    by: str | None = None,
    csv: str | None = None,
    yes: bool = False,
) -> None:
    """The forecast, summed up or as rows."""
    from kvob_workflow.cli.screens.simulated import draw_forecast
    from kvob_workflow.simulation import Assumption, Workload

    if until is None:
        raise UsageInvalid(_NO_DAY, "kvob simulate")
    if desk.as_json and csv == STANDARD_OUTPUT:
        raise UsageInvalid(_TWO_OUTPUTS, "kvob simulate")
    counted_by = By.MONTH if by is None else chosen("--by", by, By)
    assumed = Assumption.NOBODY_ACTS if assume is None else chosen("--assume", assume, Assumption)
    forecast = desk.reading_engine.simulate(
        until,
        assume=assumed,
        renewal_days=renewal_days,
        municipality=municipality,
        groups=groups,
    )
    load = Workload()
    _write(csv, load.counting(forecast), replace=yes)
    if csv != STANDARD_OUTPUT:
        document = _document(forecast, load)
        desk.give(document, lambda screen: draw_forecast(screen, forecast, load, counted_by.value))


def _write(path: str | None, rows: Iterator[Foreseen], *, replace: bool) -> None:
    if path is None:
        for _ in rows:
            pass
    elif path == STANDARD_OUTPUT:
        sys.stdout.writelines(_lines(rows))
    else:
        write_whole(path, (line.encode() for line in _lines(rows)), replace=replace)


def _lines(rows: Iterable[Foreseen]) -> Iterator[str]:
    yield csv_line(_COLUMNS)
    for row in rows:
        yield csv_line(getattr(row, name) for name in _COLUMNS)


def _document(forecast: Forecast, load: Workload) -> dict[str, object]:
    return {
        "today": forecast.today,
        "until": forecast.until,
        "assume": forecast.assume,
        "renewal_days": forecast.renewal_days,
        "population": forecast.population,
        **_counts(load.total),
        "months": [
            {"month": f"{month:%Y-%m}", **_counts(counts)}
            for month, counts in sorted(load.months.items())
        ],
        "municipalities": [
            {"municipality": name, **_counts(counts)}
            for name, counts in sorted(load.municipalities.items())
        ],
        "bodies": [
            {"body": name, **_counts(counts)}
            for name, counts in sorted(load.bodies.items(), key=lambda item: item[0] or "")
        ],
        "first_expiries": load.expiries,
    }


def _counts(load: Load) -> dict[str, object]:
    kinds = {kind.value: load[kind] for kind in sorted(load)}
    return {"total": load.total(), "kinds": kinds}
