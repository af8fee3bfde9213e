"""What does who oversees many estates get? Figures, what is stuck, when deadlines cluster."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_projections.concern_kinds import ConcernFamily, ConcernKind
from kvob_projections.figures import FigureCode
from kvob_workflow.http.answers import Model
from kvob_workflow.http.models.words import Words
from kvob_workflow.simulation import Assumption

if TYPE_CHECKING:
    from kvob_workflow.simulation import Forecast, Workload


class FigureDefinition(Model):
    """What a figure is called, what its numbers are in, and what exactly it counts."""

    code: FigureCode
    name: Words
    unit: Words
    definition: Words


class DaysSpread(Model):
    """Some numbers of days: how many, their median, percentiles and ends."""

    n: int
    median: float
    p25: int
    p75: int
    p90: int
    minimum: int
    maximum: int


class FigureLine(Model):
    """One line of a figure. `key` is a step, a body or "" for the whole; `month` is YYYY-MM.

    `n` is how many were counted, `of` the denominator of `share`. `parts` says how `n` or what is
    beside it is made up, by code; `left_out` what could not be counted, by reason.
    """

    key: str
    n: int
    of: int | None
    share: float | None
    days: DaysSpread | None
    month: str | None
    parts: Mapping[str, int]
    left_out: Mapping[str, int]


class FigureAnswer(Model):
    """One figure: what it counts, its lines, and what was left out of all of them."""

    figure: FigureDefinition
    rows: tuple[FigureLine, ...]
    left_out: Mapping[str, int]


class UnmatchedFilter(Model):
    """A filter that fits nothing in the whole store, with the closest names that there are."""

    filter: str
    value: str
    known: tuple[str, ...]
    more: bool


class StatisticsAnswer(Model):
    """The figures that were asked, with the days and the filters that they are of.

    `cut` says that a later last day was asked than `day`: what lies after that is not counted.
    """

    day: date
    since: date | None
    until: date
    ahead: date
    municipality: str | None
    body: str | None
    edition: str | None
    cut: bool
    unmatched: tuple[UnmatchedFilter, ...]
    figures: tuple[FigureAnswer, ...]


class StuckLine(Model):
    """One thing that is stuck, since when, and the command line that repairs it or moves it on.

    `estate_id` is None where it is not about one estate.
    """

    kind: ConcernKind
    family: ConcernFamily
    explanation: Words
    estate_id: str | None
    estate: str
    municipality: str
    since: date | None
    detail: str
    command: Words
    advice: Words
    warning: Words | None


class HeatLine(Model):
    """A municipality: its number of deadlines in each month of the map, and together."""

    municipality: str
    counts: tuple[int, ...]
    total: int


class HeatMapAnswer(Model):
    """Open deadlines of one kind by municipality and month (its first day), without gaps.

    An estate in several municipalities counts in each of them, once in `counts` and `total`.
    """

    kind: DeadlineKind
    months: tuple[date, ...]
    rows: tuple[HeatLine, ...]
    counts: tuple[int, ...]
    total: int


class LoadLine(Model):
    """What falls due of each kind: in a month (its first day), at a municipality or a body."""

    key: str
    kinds: Mapping[DeadlineKind, int]


class ForeseenLine(Model):
    """A certificate that expires; `cause`: by what is on record, or by an assumed renewal."""

    on: date
    estate_id: str
    estate: str
    municipality: str
    body: str | None
    edition: str | None
    estimated: bool
    cause: str
    rule: str
    anchor_on: date


class PopulationLine(Model):
    """What was simulated; of `undated` certificates nobody knows the end."""

    estates: int
    undated: int
    without_deadlines: int
    renewals_begun: int
    renewals_awarded: int


class Simulation(Model):
    """What falls due from today to the last day, both inclusive, under an assumption.

    An estate in several municipalities counts in each of them. The body "" is not known.
    `expiries` are the first that expire.
    """

    today: date
    until: date
    assume: Assumption
    renewal_days: int | None
    population: PopulationLine
    total: Mapping[DeadlineKind, int]
    months: tuple[LoadLine, ...]
    municipalities: tuple[LoadLine, ...]
    bodies: tuple[LoadLine, ...]
    expiries: tuple[ForeseenLine, ...]


def simulation_of(forecast: Forecast, load: Workload) -> Simulation:
    """A forecast that was gone through, summed up."""
    return Simulation(
        today=forecast.today,
        until=forecast.until,
        assume=forecast.assume,
        renewal_days=forecast.renewal_days,
        population=PopulationLine.model_validate(forecast.population),
        total=load.total,
        months=_loads({month.isoformat(): kinds for month, kinds in load.months.items()}),
        municipalities=_loads(load.municipalities),
        bodies=_loads({body or "": kinds for body, kinds in load.bodies.items()}),
        expiries=tuple(ForeseenLine.model_validate(one) for one in load.expiries),
    )


def _loads(found: Mapping[str, Mapping[DeadlineKind, int]]) -> tuple[LoadLine, ...]:
    return tuple(LoadLine(key=key, kinds=found[key]) for key in sorted(found))
