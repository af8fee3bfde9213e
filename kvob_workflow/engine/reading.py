"""What can be asked? One method per question; a query without a day means today."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from kvob_domain.estate.evolve import fold
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_projections import board, deadlines, heat_map, measures, register
from kvob_projections.board import BoardQuery, BoardRow
from kvob_projections.deadlines import DueQuery, DueRow
from kvob_projections.estates import EstateQuery
from kvob_projections.heat_map import HeatMap, HeatMapQuery
from kvob_projections.measures import MeasureQuery, MeasureRow
from kvob_projections.paging import Page, Reader
from kvob_projections.register import RegisterQuery, RegisterRow
from kvob_workflow.calendars import CalendarQuery, feed
from kvob_workflow.engine.as_of import board_as_of, state_on
from kvob_workflow.engine.core import Core
from kvob_workflow.engine.errors import EstateNotFound, ViewUnreadable
from kvob_workflow.engine.history import HistoryEntry, history_of
from kvob_workflow.engine.names import find_estate
from kvob_workflow.engine.overview import Overview, overview_of
from kvob_workflow.engine.states import all_states, all_streams
from kvob_workflow.simulation import Assumption, Forecast, simulate

Query = TypeVar("Query", bound=EstateQuery)
Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Reading(Core):
    """The questions of an engine."""

    def find(self, text: str) -> EstateId:
        """The estate that `text` names: an id, "Name", or "Name, Municipality".

        Case, accents and spacing make no difference; an earlier name leads to its estate.

        Raises:
            EstateNotFound: when there is none.
            EstateNameAmbiguous: when the name fits several estates.
        """
        return find_estate(self._store, text)

    def state(self, estate: EstateId) -> Estate:
        """The state of an estate, folded from its events.

        Raises:
            EstateNotFound: when there is none.
        """
        state = fold(estate, self._store.stream(estate))
        if not state.exists:
            raise EstateNotFound(estate)
        return state

    def overview(self, estate: EstateId, on: date | None = None) -> Overview:
        """How an estate stands, on a civil day in the Netherlands (today where None).

        Steps and evidence are those at the end of that day; certificates are as known now.

        Raises:
            EstateNotFound: when there is none.
        """
        now = self.state(estate)
        day = on or self.today()
        if day >= self.today():
            return overview_of(now, self.book, day)
        then = state_on(estate, self._store.stream(estate), day)
        return overview_of(then, self.book, day, certificates=now.certificates)

    def history(self, estate: EstateId) -> tuple[HistoryEntry, ...]:
        """Everything that has happened to an estate, in the order in which it happened.

        Raises:
            EstateNotFound: when there is none.
        """
        return history_of(self._store, self.state(estate))

    def board(self, query: BoardQuery | None = None) -> Page[BoardRow]:
        """Where the estates stand. For a day before today every history is folded up to it.

        Raises:
            Invalid: when the query cannot be answered.
        """
        asked = self._on_a_day(query or BoardQuery())
        if asked.day is not None and asked.day < self.today():
            return board_as_of(self._store, self.book, asked, asked.day)
        return self._listed(board.read, asked)

    def register(self, query: RegisterQuery | None = None) -> Page[RegisterRow]:
        """The certificates on a day, past or future; estates without one are absent.

        Raises:
            Invalid: when the query cannot be answered.
        """
        return self._listed(register.read, self._on_a_day(query or RegisterQuery()))

    def due(self, query: DueQuery | None = None) -> Page[DueRow]:
        """What falls due from a day on, as the deadlines are open now.

        Raises:
            Invalid: when the query cannot be answered.
        """
        return self._listed(deadlines.read, self._on_a_day(query or DueQuery()))

    def measures(self, query: MeasureQuery | None = None) -> Page[MeasureRow]:
        """The measures of the running plans.

        Raises:
            Invalid: when the query cannot be answered.
        """
        return self._listed(measures.read, self._on_a_day(query or MeasureQuery()))

    def heat_map(self, query: HeatMapQuery | None = None) -> HeatMap:
        """How many deadlines are open, by municipality and month.

        Raises:
            Invalid: when the query cannot be answered.
        """
        asked = query or HeatMapQuery()
        day = asked.day or self.today()
        return self._listed(heat_map.read, replace(asked, day=day))

    def simulate(
        self,
        until: date,
        *,
        assume: Assumption = Assumption.NOBODY_ACTS,
        renewal_days: int | None = None,
        municipality: str | None = None,
        groups: bool = False,
    ) -> Forecast:
        """What falls due from today to `until`, both inclusive; nothing is written.

        `renewal_days` are counted from the expiry to the decision of a renewal; without them the
        median of this store is taken, where renewals are assumed. `groups` adds groups and other
        areas. The answer is worked out while it is gone through.

        Raises:
            Invalid: when the question cannot be answered; see `kvob_workflow.simulation.errors`.
        """
        return simulate(
            lambda: all_streams(self._store),
            self.book,
            self.today(),
            until,
            assume=assume,
            renewal_days=renewal_days,
            municipality=municipality,
            groups=groups,
        )

    def calendar(self, query: CalendarQuery | None = None) -> bytes:
        """Deadlines as an iCalendar feed (RFC 5545), in UTF-8; takes the extra `ical`.

        Raises:
            EstateNotFound: when the query names an estate that is not there.
            CalendarsNotInstalled: without the extra.
        """
        asked = query or CalendarQuery()
        one = asked.estate
        estates = all_states(self._store) if one is None else iter((self.state(one),))
        return feed(estates, self.book, asked)

    def _listed(self, read: Callable[[Reader, Asked], Answer], query: Asked) -> Answer:
        try:
            return read(self._store.read, query)
        except UnicodeEncodeError:  # of the query, not of a row
            raise
        except ValueError as error:
            raise ViewUnreadable(str(error)) from error

    def _on_a_day(self, query: Query) -> Query:
        return query if query.day is not None else replace(query, day=self.today())
