"""What do the figures say? A query, and the rows of each figure with their numbers.

Figures are of what is known now; `day` says up to when. What each counts: `figures`. The rows come
from `counting`, which asks the tables.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from kvob_projections import counting
from kvob_projections.assessments import ASSESSMENTS
from kvob_projections.counted import Counted, FigureRow
from kvob_projections.cycles import CYCLES
from kvob_projections.figures import FIGURES, Figure, FigureCode
from kvob_projections.paging import Reader
from kvob_projections.passages import PASSAGES
from kvob_projections.statistics_query import StatisticsQuery, settled
from kvob_projections.terms_held import TERMS
from kvob_projections.unmatched import Unmatched, unmatched
from kvob_projections.view import View

STATISTIC_VIEWS: Final[tuple[View, ...]] = (PASSAGES, CYCLES, TERMS, ASSESSMENTS)
"""The tables that the figures count; followed, so that no command waits for them."""


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """One figure: what it counts, its rows, and what was left out of all of them, by reason."""

    figure: Figure
    rows: tuple[FigureRow, ...]
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures that were asked, with the days and the filters that they are of.

    `cut` says that a later last day was asked than `day`: what lies after that is not counted.
    `unmatched` are the filters that fit nothing on whatever day.
    """

    day: date
    since: date | None
    until: date
    ahead: date
    figures: tuple[FigureAnswer, ...]
    municipality: str | None = None
    body: str | None = None
    edition: str | None = None
    cut: bool = False
    unmatched: tuple[Unmatched, ...] = ()


_WORKED_OUT: Final[Mapping[FigureCode, Callable[[Reader, StatisticsQuery], Counted]]] = {
    FigureCode.TIME_PER_STEP: counting.time_per_step,
    FigureCode.FIRST_CYCLE: counting.first_cycle,
    FigureCode.RENEWAL: counting.renewal,
    FigureCode.RENEWAL_DECIDED: counting.renewal_decided,
    FigureCode.AUDITS: counting.audits,
    FigureCode.DECISIONS: counting.decisions,
    FigureCode.COMING: counting.coming,
    FigureCode.FUNNEL: counting.funnel,
}


def read(reader: Reader, query: StatisticsQuery) -> Statistics:
    """The figures that the query asks for.

    Raises:
        Invalid: the query cannot be answered; see `settled`.
    """
    asked = settled(query)
    assert asked.day is not None
    assert asked.until is not None
    assert asked.ahead is not None
    found = tuple(_answers(reader, asked))
    return Statistics(
        asked.day,
        asked.since,
        asked.until,
        asked.ahead,
        found,
        municipality=asked.municipality,
        body=asked.body,
        edition=asked.edition,
        cut=query.until is not None and query.until > asked.until,
        unmatched=unmatched(reader, asked),
    )


def _answers(reader: Reader, query: StatisticsQuery) -> Iterator[FigureAnswer]:
    ended: Mapping[FigureCode, Counted] | None = None
    for text in dict.fromkeys(query.figures):
        code = FigureCode(text)
        work_out = _WORKED_OUT.get(code)
        if work_out is not None:
            counted = work_out(reader, query)
        else:
            ended = ended or counting.terms_ended(reader, query)  # one look at the table for all
            counted = ended[code]
        yield FigureAnswer(FIGURES[code], counted.rows, counted.left_out)
