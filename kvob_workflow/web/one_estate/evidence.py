"""How far is the evidence of the running cycle? The survey against its threshold, the figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kvob_domain.estate.ground import terms_under
from kvob_domain.estate.requirement_checks import response_rate

if TYPE_CHECKING:
    from datetime import date

    from kvob_domain.estate.state import Estate
    from kvob_domain.estate.values import Figures
    from kvob_domain.scheme.book import SchemeBook
    from kvob_workflow.engine.overview import Change, Overview


@dataclass(frozen=True, slots=True)
class Response:
    """The response to a survey in percent; `threshold` None where no source gives one."""

    on: date
    sent: int
    returned: int
    percent: Decimal
    threshold: Decimal | None
    holder: str
    source: str

    @property
    def is_enough(self) -> bool:
        """Whether it reaches the threshold; equal is enough."""
        threshold = self.threshold
        return threshold is None or Decimal(self.returned) * 100 >= threshold * self.sent


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure over the years of `years_of`; None where a year has none."""

    figure: str
    values: tuple[int | Decimal | None, ...]
    change: Change | None


def response_of(state: Estate, book: SchemeBook) -> Response | None:
    """The response to the survey of the running cycle; None where none was closed."""
    survey = state.dossier.survey
    if survey is None:
        return None
    ruling = terms_under(book, state.edition).survey_response_percent
    return Response(
        survey.on,
        survey.sent,
        survey.returned,
        response_rate(survey),
        None if ruling is None else ruling.value,
        "" if ruling is None else ruling.holder,
        "" if ruling is None else ruling.source,
    )


def figure_lines(figures: tuple[Figures, ...], overview: Overview) -> tuple[FigureLine, ...]:
    """The figures that any year has, a line for each."""
    changes = {one.figure: one for one in overview.changes}
    lines = (
        FigureLine(name, tuple(getattr(year, name) for year in figures), changes.get(name))
        for name in ("burglaries", "incidents", "damage_eur", "safety_feeling")
    )
    return tuple(line for line in lines if any(value is not None for value in line.values))
