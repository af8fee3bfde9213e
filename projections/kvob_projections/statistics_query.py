"""What can be asked of the statistics? A period, filters, and which figures."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Final

from kvob_domain.errors import Invalid
from kvob_domain.mandates import Reach
from kvob_domain.terms import add_months
from kvob_projections.errors import DayNotGiven
from kvob_projections.estates import choice
from kvob_projections.figures import FIGURES, FigureCode

SILENT_DAYS: Final = 180
"""Without anything done for so long a cycle counts as silent. Source: a choice of this project."""
MOST_DAYS: Final = 36_600
_AHEAD_MONTHS: Final = 12


@dataclass(eq=False)
class PeriodInvalid(Invalid):
    """A period ends no earlier than it begins."""

    code: ClassVar[str] = "period-invalid"
    nl: ClassVar[str] = "De periode van {since} tot en met {until} is leeg. Kies een latere dag."
    en: ClassVar[str] = "The period from {since} to {until} is empty. Choose a later last day."
    since: date
    until: date


@dataclass(eq=False)
class PeriodAhead(Invalid):
    """A period begins no later than the day up to which things count."""

    code: ClassVar[str] = "period-ahead"
    nl: ClassVar[str] = (
        "De periode begint op {since}, en dagen na de peildag {day} tellen niet mee. Kies een "
        "eerdere eerste dag, of een latere peildag (--on)."
    )
    en: ClassVar[str] = (
        "The period begins on {since}, and days after the day asked, {day}, are not counted. "
        "Choose an earlier first day, or a later day asked (--on)."
    )
    since: date
    day: date


@dataclass(eq=False)
class AheadInvalid(Invalid):
    """The work to come ends no earlier than it begins."""

    code: ClassVar[str] = "ahead-invalid"
    nl: ClassVar[str] = (
        "Het komende werk begint na de peildag {day}; {ahead} ligt daarvoor. Kies een latere "
        "laatste dag (--ahead), of een eerdere peildag (--on)."
    )
    en: ClassVar[str] = (
        "The work to come begins after the day asked, {day}; {ahead} is before it. Choose a later "
        "last day (--ahead), or an earlier day asked (--on)."
    )
    ahead: date
    day: date


@dataclass(eq=False)
class SilentDaysOutOfRange(Invalid):
    """Silence is measured in a number of days that a person can mean."""

    code: ClassVar[str] = "silent-days-out-of-range"
    nl: ClassVar[str] = "{days} dagen stil kan niet; geef een getal van 1 tot en met {most}."
    en: ClassVar[str] = "{days} days of silence is not possible; give a number from 1 to {most}."
    days: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsQuery:
    """Which figures, of what.

    `day` is the civil day (Europe/Amsterdam) up to which things count; None means today. `since`
    and `until`, both inclusive, are the period; without `since` it has no beginning, without
    `until` it ends on `day`. `ahead` is the last day of the work to come: a year ahead where
    None. `municipality` is a whole name, `body` a whole name of a certification body, `edition`
    the id of a scheme edition: that under which the step was entered, the audit held, or the
    certificate awarded. `groups` adds groups and other areas. `silent_days`: for so long nothing
    was done. `figures` are codes; all where empty. `reach` leaves out what lies outside it today.
    """

    day: date | None = None
    since: date | None = None
    until: date | None = None
    ahead: date | None = None
    municipality: str | None = None
    body: str | None = None
    edition: str | None = None
    groups: bool = False
    silent_days: int = SILENT_DAYS
    figures: tuple[str, ...] = ()
    reach: Reach | None = None


def settled(query: StatisticsQuery) -> StatisticsQuery:
    """The query with its days and figures filled in.

    Raises:
        DayNotGiven: it names no day.
        PeriodInvalid, PeriodAhead: the period is empty, or lies after the day asked.
        AheadInvalid: the work to come ends before the day asked.
        ChoiceUnknown: there is no such figure.
        SilentDaysOutOfRange: nobody is silent for so long.
    """
    if query.day is None:
        raise DayNotGiven
    until = min(query.until or query.day, query.day)
    if query.since is not None and query.since > query.day:
        raise PeriodAhead(query.since, query.day)
    if query.since is not None and query.since > until:
        raise PeriodInvalid(query.since, until)
    if query.ahead is not None and query.ahead < query.day:
        raise AheadInvalid(query.ahead, query.day)
    if not 0 < query.silent_days <= MOST_DAYS:
        raise SilentDaysOutOfRange(query.silent_days, MOST_DAYS)
    asked = [str(choice("figure", one, FigureCode)) for one in query.figures]
    ahead = query.ahead or add_months(query.day, _AHEAD_MONTHS)
    return replace(query, until=until, ahead=ahead, figures=tuple(asked or map(str, FIGURES)))
