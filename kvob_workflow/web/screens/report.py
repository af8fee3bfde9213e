"""How is it going over the years? The figures of many estates, each with what exactly it counts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.mandates import Scope
from kvob_projections.figure_words import FILTERS, part_words
from kvob_projections.figures import FigureCode
from kvob_projections.statistics_query import SILENT_DAYS, StatisticsQuery
from kvob_workflow.web.asked_for import day_in, is_on, number_in, text_in
from kvob_workflow.web.dates import day_of
from kvob_workflow.web.pictures.bars import Count, bars
from kvob_workflow.web.pictures.columns import Column, by_month, by_year, columns
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import Response
    from markupsafe import Markup

    from kvob_projections.statistics import FigureAnswer
    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("report")

MEASURED: Final = (
    FigureCode.TIME_PER_STEP,
    FigureCode.FIRST_CYCLE,
    FigureCode.RENEWAL,
    FigureCode.RENEWAL_DECIDED,
)
MONTHLY: Final = (FigureCode.AUDITS, FigureCode.DECISIONS, FigureCode.COMING)
SHARES: Final = tuple(
    code for code in FigureCode if code not in (*MEASURED, *MONTHLY, FigureCode.FUNNEL)
)
FEW: Final = 5
"""With fewer than these a share says little: one estate more or less changes it."""
_MOST_MONTHS: Final = 13


@SCREENS.get("/report", scope=Scope.STATISTICS_READ)
def report(ask: Ask) -> Response:
    """The figures of a period, by what is known now."""
    query = StatisticsQuery(
        day=ask.day,
        since=day_in(ask, "since"),
        until=day_in(ask, "until"),
        ahead=day_in(ask, "ahead"),
        municipality=text_in(ask, "municipality"),
        body=text_in(ask, "body"),
        edition=text_in(ask, "edition"),
        silent_days=number_in(ask, "silent_days", SILENT_DAYS),
        groups=is_on(ask, "groups"),
    )
    found = ask.desk.statistics(query)
    answers = {one.figure.code: one for one in found.figures}
    return page(
        ask,
        "report.html",
        found=found,
        query=query,
        funnel=answers[FigureCode.FUNNEL],
        funnel_picture=_funnel(ask, answers[FigureCode.FUNNEL]),
        measured=[answers[code] for code in MEASURED],
        shares=[answers[code] for code in SHARES],
        monthly=[(answers[code], _months(ask, answers[code])) for code in MONTHLY],
        parts=partial(_parts, ask),
        filters=FILTERS,
        few=FEW,
        is_few=any(0 < row.n < FEW for one in found.figures for row in one.rows),
    )


def _parts(ask: Ask, parts: Mapping[str, int]) -> str:
    """What a number is made up of, or what was left out of it."""
    return ", ".join(
        f"{number} {part_words(name, number).of(ask.language)}" for name, number in parts.items()
    )


def _funnel(ask: Ask, answer: FigureAnswer) -> Markup:
    counts = [
        Count(
            Step(row.key).words.of(ask.language),
            row.n,
            ask.links.to("/estates", q=f"stap:{row.key}"),
        )
        for row in answer.rows
    ]
    return bars(counts, answer.figure.name.of(ask.language), ask.language, name="funnel")


def _months(ask: Ask, answer: FigureAnswer) -> Markup | None:
    """All bodies together by month; None where there is nothing."""
    totals: dict[str, int] = {}
    for row in answer.rows:
        if row.month is not None:
            totals[row.month] = totals.get(row.month, 0) + row.n
    if not totals:
        return None
    return columns(
        _columns(totals, ask),
        answer.figure.name.of(ask.language),
        ask.language,
        name=answer.figure.code.value,
    )


def _columns(totals: Mapping[str, int], ask: Ask) -> Sequence[Column]:
    """By month, and by year where there are too many months to draw."""
    first, last = min(totals), max(totals)
    span = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) + 1
    if span <= _MOST_MONTHS:
        return by_month({day_of(f"{month}-01"): n for month, n in totals.items()}, ask.language)
    years: dict[int, int] = {}
    for month, n in totals.items():
        years[int(month[:4])] = years.get(int(month[:4]), 0) + n
    return by_year(years)
