"""What falls due until a day? Every estate stepped from due day to due day, one after another.

The store is only read. Memory holds a few hundred histories at a time, however many estates there
are and however far ahead the last day lies. Why states are stepped and no copy of the store is
run: `domain/decisions/0016-simulation-steps-states.md`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kvob_domain.estate.certificates import last_ending
from kvob_domain.estate.deadlines import deadlines
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import EstateKind
from kvob_domain.estate_names import normal_name
from kvob_domain.ids import EstateId
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.terms import add_years
from kvob_workflow.simulation.assumption import Assumption, days_to_renew
from kvob_workflow.simulation.errors import UntilTooEarly, UntilTooFar
from kvob_workflow.simulation.foreseen import Foreseen
from kvob_workflow.simulation.renewing import Renewing
from kvob_workflow.simulation.stepping import Course

MOST_YEARS: Final = 50

Histories = Callable[[], Iterable[tuple[EstateId, list[Recorded]]]]
"""Gives every estate with its events, each time it is called."""


@dataclass(slots=True)
class Population:
    """What was simulated; complete once the forecast is exhausted.

    `undated` estates hold a certificate of which nobody knows the end: nothing can be foreseen
    of it. `without_deadlines` counts them too, beside those that nothing is due for.
    """

    estates: int = 0
    undated: int = 0
    without_deadlines: int = 0
    renewals_begun: int = 0
    renewals_awarded: int = 0


class Forecast(Iterator[Foreseen]):
    """What falls due, estate by estate, each in order of days. It can be gone through once.

    `renewal_days` are the days from the expiry to the decision of a renewal that are assumed;
    None where nobody acts.
    """

    def __init__(
        self,
        rows: Iterator[Foreseen],
        today: date,
        until: date,
        assume: Assumption,
        renewal_days: int | None,
        population: Population,
    ) -> None:
        """Go through `rows`, which fill in `population` on their way."""
        self._rows = rows
        self.today: Final = today
        self.until: Final = until
        self.assume: Final = assume
        self.renewal_days: Final = renewal_days
        self.population: Final = population

    def __next__(self) -> Foreseen:
        return next(self._rows)


def simulate(
    histories: Histories,
    book: SchemeBook,
    today: date,
    until: date,
    *,
    assume: Assumption = Assumption.NOBODY_ACTS,
    renewal_days: int | None = None,
    municipality: str | None = None,
    groups: bool = False,
) -> Forecast:
    """What falls due from `today` to `until`, both inclusive, with what is owed by today.

    Raises:
        UntilTooEarly, UntilTooFar: `until` lies before today, or over 50 years ahead.
        TooFewRenewals: a median was asked for, and the store has too few renewals.
        RenewalDaysUnasked, RenewalDaysOutOfRange: `renewal_days` does not fit.
    """
    latest = add_years(today, MOST_YEARS)
    if until < today:
        raise UntilTooEarly(until, today)
    if until > latest:
        raise UntilTooFar(until, latest, MOST_YEARS)
    measured = () if renewal_days is not None else _lazily(histories)
    days = days_to_renew(assume, renewal_days, measured)
    population = Population()
    asked = _Asked(book, today, until, days, population)
    place = None if municipality is None else normal_name(municipality)
    rows = _rows(histories, asked, place, groups=groups)
    return Forecast(rows, today, until, assume, days, population)


@dataclass(frozen=True, slots=True)
class _Asked:
    book: SchemeBook
    today: date
    until: date
    days: int | None
    population: Population


def _lazily(histories: Histories) -> Iterator[tuple[EstateId, list[Recorded]]]:
    yield from histories()


def _rows(
    histories: Histories, asked: _Asked, place: str | None, *, groups: bool
) -> Iterator[Foreseen]:
    for estate, history in histories():
        course = Course(estate, history, asked.book)
        if _is_asked(course.state, place, groups=groups):
            _count(course.state, asked)
            yield from _stepped(course, asked)


def _is_asked(estate: Estate, place: str | None, *, groups: bool) -> bool:
    if estate.kind is not EstateKind.ESTATE and not groups:
        return False
    return place is None or place in map(normal_name, estate.municipalities)


def _count(estate: Estate, asked: _Asked) -> None:
    population = asked.population
    population.estates += 1
    population.undated += bool(estate.certificates) and last_ending(estate.certificates) is None
    population.without_deadlines += not deadlines(estate, asked.book)


def _stepped(course: Course, asked: _Asked) -> Iterator[Foreseen]:
    """One estate from due day to due day; a day's notices come before what people do on it."""
    if asked.days is None:
        yield from _untouched(course, asked)
        return
    day = asked.today
    due = course.owed_by(day)
    yield from course.announce(due, day)
    people = Renewing(course, asked.days, day)
    people.act(due, day)
    while (coming := _next_day(course, asked.until, people.award_on)) is not None:
        day = max(day, coming)
        due = course.owed_by(day)
        yield from course.announce(due, day)
        people.act(due, day)
    asked.population.renewals_begun += people.begun
    asked.population.renewals_awarded += people.awarded


def _untouched(course: Course, asked: _Asked) -> Iterator[Foreseen]:
    day = asked.today
    while (coming := _next_day(course, asked.until, None)) is not None:
        day = max(day, coming)
        yield from course.announce(course.owed_by(day), day)


def _next_day(course: Course, until: date, award_on: date | None) -> date | None:
    """The next day on which something falls due or is done; None where that is after `until`."""
    owed = course.owed_by(until)
    days = [one.due_on for one in owed[:1]]
    if award_on is not None and award_on <= until:
        days.append(award_on)
    return min(days, default=None)
