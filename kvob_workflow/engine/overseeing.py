"""What can be asked of all estates together? Statistics.

What is asked stands in followed views; they are brought up to the newest event first, so that no
answer is stale. On a large store the first question builds them.
"""

from dataclasses import replace

from kvob_projections import statistics
from kvob_projections.statistics import STATISTIC_VIEWS, Statistics
from kvob_projections.statistics_query import StatisticsQuery
from kvob_workflow.engine.followed import catch_up_views
from kvob_workflow.engine.reading import Reading


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
        statistics.settled(asked)  # refused before anything is built
        catch_up_views(self._store, self.book, STATISTIC_VIEWS, clock=self._clock)
        return self._listed(statistics.read, asked)
