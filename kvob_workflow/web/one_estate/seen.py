"""How does the estate of a request stand at its moment; and if it was not there yet, since when?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvob_domain.mandates import Scope
from kvob_domain.partial_date import PartialDate
from kvob_workflow.clock import civil_day
from kvob_workflow.engine.moments import NotThereThen
from kvob_workflow.web.rendering import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from fastapi import Response

    from kvob_domain.estate.state import Estate
    from kvob_workflow.engine.overview import Overview
    from kvob_workflow.web.asking import Ask


@dataclass(frozen=True, slots=True)
class Seen:
    """An estate at the moment that is asked about."""

    overview: Overview
    state: Estate


def with_estate(ask: Ask, show: Callable[[Seen], Response]) -> Response:
    """The page of the estate in the path; one that says since when it is there, if it was not."""
    try:
        seen = Seen(
            ask.desk.overview(ask.estate, ask.on, ask.known_at),
            ask.desk.state(ask.estate, ask.on, ask.known_at),
        )
    except NotThereThen:
        return _not_there(ask)
    return show(seen)


def _not_there(ask: Ask) -> Response:
    """The answer for a moment at which nothing was known of it.

    Raises:
        OutOfReach: it is none of who looks.
    """
    now = ask.desk.state(ask.estate)
    first, known_since = _since(ask)
    return page(
        ask,
        "estate_not_there.html",
        status=404,
        name=now.name,
        first=first,
        known_since=known_since,
    )


def _since(ask: Ask) -> tuple[date | None, date | None]:
    """The first day that anything is known of, and the day on which that was recorded."""
    if not ask.may(Scope.HISTORY_READ):
        return None, None
    entries = ask.desk.history(ask.estate)
    days = [day for one in entries if (day := PartialDate.parse(one.on).latest) is not None]
    return min(days, default=None), min(civil_day(one.recorded_at) for one in entries)
