"""What is otherwise at one moment than at another? With one estate, and over all of them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, cast

from kvob_domain.estate.values import FactKind
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.mandates import Scope
from kvob_domain.partial_date import PartialDate
from kvob_projections.board import BoardQuery
from kvob_workflow.engine.moments import NotThereThen
from kvob_workflow.web.asked_for import choice_in, number_in, text_in
from kvob_workflow.web.histories.causes import causes_of
from kvob_workflow.web.histories.moments import (
    a_month_before,
    a_year_before,
    in_plain_words,
    two_moments,
)
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens
from kvob_workflow.web.telling.differing import diff_rows
from kvob_workflow.web.telling.moving import moved_line
from kvob_workflow.web.telling.names import names_for
from kvob_workflow.web.telling.saying import Teller

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from fastapi import Response

    from kvob_workflow.engine.history import HistoryEntry
    from kvob_workflow.engine.overview import Overview
    from kvob_workflow.web.asking import Ask
    from kvob_workflow.web.histories.moments import TwoMoments

SCREENS: Final = Screens("differences")
_SIZE: Final = 25
_AWARDS: Final = frozenset({FactKind.AWARD.value, FactKind.RECERTIFICATION.value})


@SCREENS.get("/estates/{estate}/differences", scope=Scope.HISTORY_READ)
def estate_differences(ask: Ask) -> Response:
    """What is otherwise with one estate, and by which events."""
    about = ask.desk.overview(ask.estate, ask.on, ask.known_at)
    every = ask.desk.history(ask.estate)
    asked = two_moments(ask, a_year_before(ask.day))
    names = names_for(ask, ask.estate)
    names.learn(one.details for one in every)
    found = _compared(ask, asked, Teller(ask.language, names), len(every))
    return page(
        ask,
        "differences_estate.html",
        status=400 if asked.errors else 200,
        about=about,
        asked=asked,
        presets=_presets(ask, about, every),
        **found,
    )


@SCREENS.get("/differences", scope=Scope.HISTORY_READ)
def differences(ask: Ask) -> Response:
    """Which estates moved; over the last thirty days where the address says nothing else."""
    asked = two_moments(ask, a_month_before(ask.day))
    query = BoardQuery(
        municipality=text_in(ask, "municipality"),
        step=choice_in(ask, "step", Step),
        status=choice_in(ask, "status", Status),
        limit=_SIZE,
        offset=number_in(ask, "offset", 0),
    )
    found = None
    if asked.a is not None and asked.b is not None:
        found = ask.desk.moved(asked.a, asked.b, query)
    teller = Teller(ask.language)
    return page(
        ask,
        "differences.html",
        status=400 if asked.errors else 200,
        asked=asked,
        words=_in_words(ask, asked),
        query=query,
        found=found,
        lines=[] if found is None else [moved_line(one, teller) for one in found.items],
        size=_SIZE,
        steps=tuple(Step),
        statuses=tuple(Status),
    )


def _compared(ask: Ask, asked: TwoMoments, teller: Teller, events: int) -> dict[str, object]:
    nothing: dict[str, object] = {"found": None, "groups": [], "words": {}, "was_there": True}
    if asked.a is None or asked.b is None:
        return nothing
    try:
        found = ask.desk.diff(ask.estate, asked.a, asked.b)
    except NotThereThen:
        return {**nothing, "was_there": False, "words": _in_words(ask, asked)}
    rows = diff_rows(found.difference, teller)
    return {
        "found": found,
        "groups": [(group, list(of)) for group, of in groupby(rows, lambda row: row.place.group)],
        "causes": causes_of(ask, found, teller, events),
        "words": _in_words(ask, asked),
        "was_there": True,
    }


def _in_words(ask: Ask, asked: TwoMoments) -> dict[str, str]:
    moments = {"from": asked.a, "to": asked.b}
    return {
        name: in_plain_words(one, ask.today, ask.language)
        for name, one in moments.items()
        if one is not None
    }


def _presets(ask: Ask, about: Overview, every: Sequence[HistoryEntry]) -> list[tuple[str, date]]:
    """Moments to compare today with: a label and the day."""
    found = [(ask.t("een jaar geleden", "a year ago"), a_year_before(ask.today))]
    awards = [day for one in every if (day := _awarded_on(one)) is not None]
    if awards:
        found.append((ask.t("de laatste toekenning", "the last award"), max(awards)))
    if about.step_since is not None:
        found.append((ask.t("het begin van deze stap", "the start of this step"), about.step_since))
    return [(label, day) for label, day in found if day < ask.today]


def _awarded_on(entry: HistoryEntry) -> date | None:
    """The day of an award that holds; None for another event."""
    if entry.withdrawn:
        return None
    fact = cast("Mapping[str, object]", entry.details.get("fact") or {})
    is_fact = fact.get("kind") in _AWARDS
    is_award = entry.topic.startswith("kvob.estate:certificate-awarded.")
    return PartialDate.parse(entry.on).latest if is_fact or is_award else None
