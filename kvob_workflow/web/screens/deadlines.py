"""What falls due when? A list, the heat map of municipalities and months, and one month."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.mandates import Scope
from kvob_domain.terms import add_months
from kvob_projections.deadlines import DueQuery, DueRow
from kvob_projections.heat_map import HeatMap, HeatMapQuery
from kvob_workflow.calendars.query import CalendarQuery
from kvob_workflow.web.asked_for import (
    PAGE,
    choice_in,
    day_in,
    is_on,
    month_in,
    number_in,
    text_in,
)
from kvob_workflow.web.one_estate.due import how_computed
from kvob_workflow.web.pictures.columns import Column, columns
from kvob_workflow.web.pictures.heat import heat_of
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens
from kvob_workflow.web.subscriptions import LASTS, sealed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fastapi import Response

    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("deadlines")
_MONTHS: Final = 12
_WAVE: Final = 42
"""Months of the picture: fourteen quarters, a term of three years and a little more."""
_MOST_IN_A_MONTH: Final = 500
_WEEK: Final = Calendar()


@SCREENS.get("/deadlines", scope=Scope.ESTATES_READ)
def deadlines(ask: Ask) -> Response:
    """What falls due, the nearest first; what is overdue comes before."""
    first, until = day_in(ask, "from"), day_in(ask, "until")
    kind = choice_in(ask, "kind", DeadlineKind)
    is_asked = any(name in ask.query for name in ("from", "until", "kind", "municipality", "text"))
    query = DueQuery(
        day=first or ask.day,
        known_at=ask.known_at,
        until=until,
        overdue=first is None and (is_on(ask, "overdue") or not is_asked),
        kind=kind,
        municipality=text_in(ask, "municipality"),
        text=text_in(ask, "text"),
        groups=is_on(ask, "groups"),
        limit=PAGE,
        offset=number_in(ask, "offset", 0),
    )
    return page(
        ask,
        "deadlines.html",
        found=ask.desk.due(query),
        query=query,
        kinds=tuple(DeadlineKind),
        how=partial(how_computed, language=ask.language),
    )


@SCREENS.get("/heat-map", scope=Scope.STATISTICS_READ)
def heat_map(ask: Ask) -> Response:
    """Open deadlines counted by municipality and month, and the wave of the years ahead."""
    kind = choice_in(ask, "kind", DeadlineKind) or DeadlineKind.EXPIRY
    first = month_in(ask, "first") or ask.day.replace(day=1)
    place = text_in(ask, "municipality")
    shared = HeatMapQuery(day=ask.day, known_at=ask.known_at, kind=kind, municipality=place)
    found = ask.desk.heat_map(_from(shared, first, _MONTHS))
    quarter = ask.day.replace(day=1, month=(ask.day.month - 1) // 3 * 3 + 1)
    wave = ask.desk.heat_map(_from(shared, quarter, _WAVE))
    return page(
        ask,
        "heat_map.html",
        found=found,
        wave=columns(
            tuple(_quarters(wave, ask.t("K", "Q"))),
            ask.t("Termijnen per kwartaal", "Deadlines by quarter"),
            ask.language,
        ),
        shade=heat_of(count for row in found.rows for count in row.counts).css,
        kind=kind,
        kinds=tuple(DeadlineKind),
        municipality=place,
        first=first,
        earlier=add_months(first, -_MONTHS),
        later=add_months(first, _MONTHS),
        end_of=_end_of,
    )


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One square of the month."""

    day: date
    is_of_month: bool
    due: tuple[DueRow, ...]


@SCREENS.get("/calendar", scope=Scope.ESTATES_READ)
def calendar(ask: Ask) -> Response:
    """One month with what falls due in it, as a table and as a list."""
    month = month_in(ask, "month") or ask.day.replace(day=1)
    last = _end_of(month)
    query = DueQuery(
        day=max(month, ask.day) if last >= ask.day else month,
        known_at=ask.known_at,
        until=last,
        overdue=month <= ask.day <= last,
        kind=choice_in(ask, "kind", DeadlineKind),
        municipality=text_in(ask, "municipality"),
        limit=_MOST_IN_A_MONTH,
    )
    found = ask.desk.due(query)
    rows = [one for one in found.items if one.due_on >= month]
    return page(
        ask,
        "calendar.html",
        weeks=tuple(_weeks(month, rows)),
        rows=rows,
        is_whole=found.total_is_exact and found.total <= _MOST_IN_A_MONTH,
        month=month,
        kinds=tuple(DeadlineKind),
        query=query,
        earlier=add_months(month, -1),
        later=add_months(month, 1),
    )


def _quarters(wave: HeatMap, letter: str) -> Iterator[Column]:
    for at in range(0, len(wave.months), 3):
        month = wave.months[at]
        label, year = f"{letter}{month.month // 3 + 1}", str(month.year)
        yield Column(label, sum(wave.counts[at : at + 3]), year)


@SCREENS.post("/calendar", scope=Scope.ESTATES_READ)
def subscribe(ask: Ask) -> Response:
    """An address for a diary, with the choice that stands in the address of the page."""
    kind = choice_in(ask, "kind", DeadlineKind)
    query = CalendarQuery(
        municipality=text_in(ask, "municipality"),
        kinds=() if kind is None else (kind,),
        language=ask.language,
    )
    token = sealed(ask.pages.keys, ask.desk.mandate, query, ask.today)
    url = ask.request.url
    return page(
        ask,
        "subscription.html",
        address=f"{url.scheme}://{url.netloc}{ask.links.base}/calendar/{token}.ics",
        until=ask.today + LASTS,
        query=query,
        is_kept=ask.pages.keys.are_kept,
    )


def _weeks(month: date, rows: Iterable[DueRow]) -> Iterator[tuple[CalendarDay, ...]]:
    due: defaultdict[date, list[DueRow]] = defaultdict(list)
    for one in rows:
        due[one.due_on].append(one)
    for week in _WEEK.monthdatescalendar(month.year, month.month):
        yield tuple(CalendarDay(day, day.month == month.month, tuple(due[day])) for day in week)


def _end_of(month: date) -> date:
    return add_months(month, 1) - timedelta(days=1)


def _from(query: HeatMapQuery, first: date, months: int) -> HeatMapQuery:
    return replace(query, first=first, last=add_months(first, months - 1))
