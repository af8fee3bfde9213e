"""What may be asked of many estates under a mandate? Lists, figures and events, within reach.

The reach is part of each query, before anything is counted: a total tells of nobody else's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kvob_domain.mandates import Scope
from kvob_projections.board import BoardQuery
from kvob_projections.deadlines import DueQuery
from kvob_projections.heat_map import HeatMapQuery
from kvob_projections.measures import MeasureQuery
from kvob_projections.register import RegisterQuery
from kvob_projections.statistics_query import StatisticsQuery
from kvob_projections.stuck import StuckQuery
from kvob_projections.today_query import TodayQuery
from kvob_workflow.calendars import CalendarQuery
from kvob_workflow.engine.glancing import PER_STEP
from kvob_workflow.engine.mandated.under import Under
from kvob_workflow.simulation import Assumption

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.ids import EstateId
    from kvob_projections.board import BoardRow
    from kvob_projections.board_steps import BoardColumn, BoardCounts
    from kvob_projections.deadlines import DueRow
    from kvob_projections.heat_map import HeatMap
    from kvob_projections.measures import MeasureRow
    from kvob_projections.paging import Page
    from kvob_projections.register import RegisterRow
    from kvob_projections.statistics import Statistics
    from kvob_workflow.engine.moments import Moment
    from kvob_workflow.engine.past import MovedRow
    from kvob_workflow.engine.reaching import Stretch
    from kvob_workflow.engine.stuck import StuckRow
    from kvob_workflow.engine.today_rows import TodayWork
    from kvob_workflow.simulation import Forecast


class Listing(Under):
    """The questions of somebody about all estates within reach."""

    def board(self, query: BoardQuery | None = None) -> Page[BoardRow]:
        """Where the estates stand; as `Engine.board`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.ESTATES_READ) as engine:
            return engine.board(replace(query or BoardQuery(), reach=self.mandate.reach))

    def register(self, query: RegisterQuery | None = None) -> Page[RegisterRow]:
        """The certificates on a day; as `Engine.register`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.REGISTER_READ) as engine:
            return engine.register(replace(query or RegisterQuery(), reach=self.mandate.reach))

    def due(self, query: DueQuery | None = None) -> Page[DueRow]:
        """What falls due; as `Engine.due`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.ESTATES_READ) as engine:
            return engine.due(replace(query or DueQuery(), reach=self.mandate.reach))

    def measures(self, query: MeasureQuery | None = None) -> Page[MeasureRow]:
        """The measures of the running plans; as `Engine.measures`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.ESTATES_READ) as engine:
            return engine.measures(replace(query or MeasureQuery(), reach=self.mandate.reach))

    def stuck(self, query: StuckQuery | None = None) -> Page[StuckRow]:
        """What is overdue, silent, contradictory or orphaned; as `Engine.stuck`.

        How the program itself does is told where the reach holds everything.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.ESTATES_READ) as engine:
            return engine.stuck(replace(query or StuckQuery(), reach=self.mandate.reach))

    def heat_map(self, query: HeatMapQuery | None = None) -> HeatMap:
        """How many deadlines are open, by municipality and month; as `Engine.heat_map`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.STATISTICS_READ) as engine:
            return engine.heat_map(replace(query or HeatMapQuery(), reach=self.mandate.reach))

    def today_work(self, query: TodayQuery | None = None) -> TodayWork:
        """What there is to do today; as `Engine.today_work`, asked by the person of the mandate.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.ESTATES_READ) as engine:
            asked = replace(
                query or TodayQuery(), reach=self.mandate.reach, person=self.mandate.actor.person
            )
            return self._shown(engine.today_work(asked))

    def board_counts(self, query: BoardQuery | None = None) -> BoardCounts:
        """How many estates the board has, by step and status; as `Engine.board_counts`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.ESTATES_READ) as engine:
            return engine.board_counts(replace(query or BoardQuery(), reach=self.mandate.reach))

    def board_columns(
        self, query: BoardQuery | None = None, per_step: int = PER_STEP
    ) -> tuple[BoardColumn, ...]:
        """Each step of the board with its first estates; as `Engine.board_columns`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.ESTATES_READ) as engine:
            asked = replace(query or BoardQuery(), reach=self.mandate.reach)
            return engine.board_columns(asked, per_step)

    def statistics(self, query: StatisticsQuery | None = None) -> Statistics:
        """The figures; as `Engine.statistics`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.STATISTICS_READ) as engine:
            return engine.statistics(replace(query or StatisticsQuery(), reach=self.mandate.reach))

    def moved(self, a: Moment, b: Moment, query: BoardQuery | None = None) -> Page[MovedRow]:
        """Which estates stand otherwise at `b` than at `a`; as `Engine.moved`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.HISTORY_READ) as engine:
            asked = replace(query or BoardQuery(), reach=self.mandate.reach)
            return self._shown(engine.moved(a, b, asked))

    def calendar(self, query: CalendarQuery | None = None) -> bytes:
        """Deadlines as an iCalendar feed; as `Engine.calendar`.

        Raises:
            ScopeMissing, OutOfReach: the mandate does not give it.
        """
        with self._under(Scope.ESTATES_READ) as engine:
            asked = query or CalendarQuery()
            if asked.estate is not None:
                self._demand(asked.estate)
            return engine.calendar(replace(asked, reach=self.mandate.reach))

    def simulate(
        self,
        until: date,
        *,
        assume: Assumption = Assumption.NOBODY_ACTS,
        renewal_days: int | None = None,
        municipality: str | None = None,
        groups: bool = False,
    ) -> Forecast:
        """What falls due from today to `until`; as `Engine.simulate`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.ESTATES_READ) as engine:
            return engine.simulate(
                until,
                assume=assume,
                renewal_days=renewal_days,
                municipality=municipality,
                groups=groups,
                reach=self.mandate.reach,
            )

    def histories(
        self, estate: EstateId | None = None, municipality: str | None = None
    ) -> Iterator[tuple[EstateId, list[Recorded]]]:
        """Estates in order of id, each with its events; as `Engine.histories`.

        Raises:
            ScopeMissing, OutOfReach: the mandate does not give it.
        """
        with self._under(Scope.HISTORY_READ) as engine:
            if estate is not None:
                self._demand(estate)
            found = engine.histories(estate, municipality, self.mandate.reach)
        return ((one, self._shown(events)) for one, events in found)

    def last_position(self) -> int:
        """The position of the newest event of all; as `Engine.last_position`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.HISTORY_READ) as engine:
            return engine.last_position()

    def happened(self, after: int, limit: int) -> Stretch:
        """What was recorded after a position; as `Engine.happened`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.HISTORY_READ) as engine:
            return self._shown(engine.happened(after, limit, self.mandate.reach))

    def wait_for_events(self, after: int, timeout: float) -> bool:
        """Wait until there is an event after a position, of any estate.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.HISTORY_READ) as engine:
            return engine.wait_for_events(after, timeout)
