"""What can be asked of all estates together? Statistics, and what is stuck.

What is asked stands in followed views; they are brought up to the newest event first, so that no
answer is stale. On a large store the first question builds them.
"""

from dataclasses import replace
from typing import Final

from kvob_projections import statistics
from kvob_projections.concerns import CONCERNS
from kvob_projections.paging import Page
from kvob_projections.statistics import STATISTIC_VIEWS, Statistics
from kvob_projections.statistics_query import StatisticsQuery, settled
from kvob_projections.stuck import StuckQuery, select
from kvob_workflow.engine import stuck
from kvob_workflow.engine.followed import catch_up_views
from kvob_workflow.engine.reading import Reading
from kvob_workflow.engine.stuck import StuckRow

# Together, so that each estate is folded once for all of them.
_OURS: Final = (*STATISTIC_VIEWS, CONCERNS)


class Overseeing(Reading):
    """The questions of who oversees many estates."""

    def statistics(self, query: StatisticsQuery | None = None) -> Statistics:
        """The figures, each with its definition; see `kvob_projections.figures`.

        They are of what is known now, also where the query names an earlier day.

        Raises:
            Invalid: when the query cannot be answered.
            ProjectionNotKept: the figures lack the newest events, and here one can only read.
        """
        asked = query or StatisticsQuery()
        asked = asked if asked.day is not None else replace(asked, day=self.today())
        settled(asked)  # refused before anything is built
        catch_up_views(self._store, self.book, _OURS, clock=self._clock)
        return self._listed(statistics.read, asked)

    def stuck(self, query: StuckQuery | None = None) -> Page[StuckRow]:
        """What is overdue, silent, contradictory or orphaned, each with the command to repair it.

        Nothing is repaired by itself. It is of what is known now, also where the query names
        another day.

        Raises:
            Invalid: when the query cannot be answered.
            ProjectionNotKept: the list lacks the newest events, and here one can only read.
        """
        asked = query or StuckQuery()
        asked = asked if asked.day is not None else replace(asked, day=self.today())
        select(asked)  # refused before anything is built
        catch_up_views(self._store, self.book, _OURS, clock=self._clock)
        now = self._clock.now()
        return self._read_rows(lambda reader: stuck.read(self._store, reader, asked, now))
