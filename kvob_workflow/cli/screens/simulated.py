"""How does a forecast look? The work by month, municipality or body, then what expires first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.estate.deadlines import DeadlineKind
from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.simulation import Forecast, Foreseen, Workload
    from kvob_workflow.simulation.workload import Load

# Short, so that every kind fits beside the others; the legend has them in full.
_SHORT: Final[dict[DeadlineKind, Text]] = {
    DeadlineKind.REMINDER: Text("Her", "Rem"),
    DeadlineKind.EVALUATION: Text("Jaar", "Year"),
    DeadlineKind.TERM_EVALUATION: Text("Eind", "Term"),
    DeadlineKind.RENEWAL_START: Text("Start", "Start"),
    DeadlineKind.EXPIRY: Text("Verl", "Exp"),
    DeadlineKind.SUSPENSION_LIMIT: Text("Sch", "Susp"),
    DeadlineKind.CORRECTIVE_ACTION: Text("Tek", "Corr"),
    DeadlineKind.TARGET: Text("Str", "Targ"),
    DeadlineKind.RETENTION: Text("Bew", "Ret"),
}
_NOBODY: Final = Text("(niet bekend)", "(not known)")
_NOTHING: Final = Text("Er vervalt niets in deze tijd.", "Nothing falls due in this time.")
_TOP: Final = 5


def draw_forecast(screen: Screen, forecast: Forecast, load: Workload, by: str) -> None:
    """The forecast, counted by month, municipality or body."""
    screen.heading(_title(screen, forecast))
    if not load.total:
        screen.line(screen.words(_NOTHING))
    elif by == "municipality":
        _table(screen, screen.choose("Gemeente", "Municipality"), load.municipalities, load)
    elif by == "body":
        _table(screen, screen.choose("Instelling", "Body"), _named(screen, load), load)
    else:
        months = {f"{month:%Y-%m}": counts for month, counts in sorted(load.months.items())}
        _table(screen, screen.choose("Maand", "Month"), months, load)
        _top(screen, screen.choose("Meeste per gemeente", "Most by municipality"), load)
    _expiries(screen, load)
    _told(screen, forecast)


def _title(screen: Screen, forecast: Forecast) -> str:
    assumed = screen.words(forecast.assume.words)
    days = forecast.renewal_days
    if days is not None:
        number = phrases.count(screen, abs(days), Text("dag", "day"), Text("dagen", "days"))
        before = days < 0
        side = screen.choose("voor" if before else "na", "before" if before else "after")
        assumed += screen.choose(
            f" (besluit {number} {side} het verlopen)", f" (decided {number} {side} the expiry)"
        )
    return screen.choose(
        f"Van {forecast.today} t/m {forecast.until}; aanname: {assumed}",
        f"From {forecast.today} to {forecast.until}, if {assumed}",
    )


def _named(screen: Screen, load: Workload) -> dict[str, Load]:
    nobody = screen.words(_NOBODY)
    return {name or nobody: counts for name, counts in load.bodies.items()}


def _table(screen: Screen, title: str, counted: dict[str, Load], load: Workload) -> None:
    kinds = [kind for kind in DeadlineKind if load.total[kind]]
    columns = [
        Column(title, fixed=title == screen.choose("Maand", "Month")),
        *(Column(screen.words(_SHORT[kind]), fixed=True, right=True) for kind in kinds),
        Column(screen.choose("Totaal", "Total"), fixed=True, right=True),
    ]
    rows = [_row(name, counts, kinds) for name, counts in sorted(counted.items())]
    together = _row(screen.choose("Samen", "All"), load.total, kinds, "bold")
    draw_table(screen, columns, [Section(None, [*rows, together])])
    screen.line()
    legend = (f"{screen.words(_SHORT[kind])}: {screen.words(kind.words)}" for kind in kinds)
    screen.line(" · ".join(legend), "dim")


def _row(name: str, counts: Load, kinds: Iterable[DeadlineKind], style: str = "") -> Row:
    numbers = (str(counts[kind] or "") for kind in kinds)
    return [cell(text, style) for text in (name, *numbers, str(counts.total()))]


def _top(screen: Screen, heading: str, load: Workload) -> None:
    bodies = screen.choose("Meeste per certificatie-instelling", "Most by certification body")
    columns = [
        Column(""),
        Column(screen.choose("Termijnen", "Deadlines"), fixed=True, right=True),
        Column(screen.choose("Verlopen", "Expire"), fixed=True, right=True),
    ]
    screen.line()
    sections = [
        Section(heading, _most(load.municipalities)),
        Section(bodies, _most(_named(screen, load))),
    ]
    draw_table(screen, columns, sections)


def _most(counted: dict[str, Load]) -> list[Row]:
    most = sorted(counted.items(), key=lambda item: (-item[1].total(), item[0]))[:_TOP]
    return [
        [cell(name), cell(str(counts.total())), cell(str(counts[DeadlineKind.EXPIRY]))]
        for name, counts in most
    ]


def _expiries(screen: Screen, load: Workload) -> None:
    expiring = load.expiries
    if not expiring:
        return
    screen.line()
    every = load.total[DeadlineKind.EXPIRY]
    first = screen.choose(f"Verlopen ({every})", f"Expiring ({every})")
    columns = [
        Column(screen.choose("Dag", "Day"), fixed=True),
        Column(screen.choose("Terrein", "Estate")),
        Column(screen.choose("Instelling", "Body")),
    ]
    rows = [_expiry(row) for row in expiring]
    draw_table(screen, columns, [Section(first, rows)])
    if every > len(expiring):
        left = every - len(expiring)
        screen.line(screen.choose(f"En nog {left}; zie --csv.", f"And {left} more; see --csv."))
    phrases.notes(screen, rows)


def _expiry(row: Foreseen) -> Row:
    mark = f" {phrases.ESTIMATED}" if row.estimated else ""
    return [
        cell(f"{row.on}{mark}"),
        cell(f"{row.estate}, {row.municipality}"),
        cell(row.body or ""),
    ]


def _told(screen: Screen, forecast: Forecast) -> None:
    people = forecast.population
    screen.line()
    screen.line(f"{phrases.estates(screen, people.estates)}.", "bold")
    if people.without_deadlines:
        number, undated = people.without_deadlines, people.undated
        screen.line(
            screen.choose(
                f"Zonder termijn: {number}, waarvan {undated} met een certificaat waarvan niemand "
                "het einde weet.",
                f"Without a deadline: {number}, of which {undated} with a certificate of which "
                "nobody knows the end.",
            )
        )
    if people.renewals_begun or people.renewals_awarded:
        screen.line(
            screen.choose(
                f"Aangenomen: {people.renewals_begun} hercertificeringen begonnen, "
                f"{people.renewals_awarded} toegekend.",
                f"Assumed: {people.renewals_begun} renewals begun, "
                f"{people.renewals_awarded} awarded.",
            )
        )
