"""What can be asked? One method per question; a query without a day means today."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from kvob_domain.estate.as_of import state_at
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_domain.mandates import Reach
from kvob_projections import board, deadlines, heat_map, measures, register
from kvob_projections.board import BoardQuery, BoardRow
from kvob_projections.board_row import read_one
from kvob_projections.deadlines import DueQuery, DueRow
from kvob_projections.estates import EstateQuery
from kvob_projections.heat_map import HeatMap, HeatMapQuery
from kvob_projections.measures import MeasureQuery, MeasureRow
from kvob_projections.paging import Page, Reader, part_of
from kvob_projections.past import ASK_BOARD, ASK_DUE, ASK_MEASURES, ASK_REGISTER
from kvob_projections.periods import shadowed
from kvob_projections.register import RegisterQuery, RegisterRow
from kvob_workflow.calendars import CalendarQuery, feed
from kvob_workflow.engine.as_of import catch_up, pair_of
from kvob_workflow.engine.errors import EstateNotFound
from kvob_workflow.engine.history import HistoryEntry, history_of
from kvob_workflow.engine.moments import Moment, NotThereThen, check_known
from kvob_workflow.engine.names import find_estate
from kvob_workflow.engine.overview import Overview, overview_of
from kvob_workflow.engine.past import Past
from kvob_workflow.engine.states import all_states, streams_within
from kvob_workflow.simulation import Assumption, Forecast, simulate

Query = TypeVar("Query", bound=EstateQuery)
Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Reading(Past):
    """The questions of an engine."""

    def find(self, text: str, reach: Reach | None = None) -> EstateId:
        """The estate that `text` names: an id, "Name", or "Name, Municipality".

        Case, accents and spacing make no difference; an earlier name leads to its estate. With
        `reach` names of estates outside it are not there.

        Raises:
            EstateNotFound: when there is none.
            EstateNameAmbiguous: when the name fits several estates.
        """
        return find_estate(self._store, text, reach)

    def state(
        self, estate: EstateId, on: date | None = None, known_at: datetime | None = None
    ) -> Estate:
        """The state of an estate, folded from its events; all of them without a moment.

        `on` is a civil day in the Netherlands, at its end; `known_at` an aware instant.

        Raises:
            EstateNotFound: when there is none.
            NotThereThen: when it was not there at that moment, or not known.
            KnownInFuture: `known_at` lies ahead.
        """
        if on is not None or known_at is not None:
            return self._state_at(estate, on, known_at)[0]
        state = fold(estate, self._store.stream(estate))
        if not state.exists:
            raise EstateNotFound(estate)
        return state

    def overview(
        self, estate: EstateId, on: date | None = None, known_at: datetime | None = None
    ) -> Overview:
        """How an estate stands, on a civil day in the Netherlands (today where None).

        Steps and evidence are those at the end of that day; certificates are all that are known,
        now or at `known_at` (aware).

        Raises:
            EstateNotFound: when there is none.
            NotThereThen: when it was not there at that moment, or not known.
            KnownInFuture: `known_at` lies ahead.
        """
        day = on or self.today()
        if not self._is_past(day, known_at):
            return overview_of(self.state(estate), self.book, day)
        then, history = self._state_at(estate, day, known_at)
        known = state_at(estate, history, None, known_at)
        overview = overview_of(then, self.book, day, certificates=known.certificates)
        return replace(overview, known_at=known_at)

    def history(
        self,
        estate: EstateId,
        on: date | None = None,
        known_at: datetime | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[HistoryEntry, ...]:
        """Everything that has happened to an estate, in the order in which it happened.

        With `on` by the end of that day; with `known_at` (aware) as it was known then. `limit`
        and `offset` give a page of it, which is all that a long history is worked out for.

        Raises:
            EstateNotFound: when there is none.
            NotThereThen: when nothing of it was known.
            KnownInFuture: `known_at` lies ahead.
            PageOutOfRange: `limit` or `offset` is no number of rows.
        """
        part = part_of(limit, offset)
        check_known(known_at, self._clock.now())
        history = self._stream_of(estate)
        return history_of(self._store, estate, history, on, known_at, part)

    def board(self, query: BoardQuery | None = None) -> Page[BoardRow]:
        """Where the estates stand.

        Raises:
            Invalid: when the query cannot be answered.
        """
        asked = self._on_a_day(query or BoardQuery())
        if self._is_past(asked.day, asked.known_at):
            return self._past(ASK_BOARD, board.row_of, asked)
        today = self.today()
        at_hand = self._board_index.page(asked, today) if asked.day == today else None
        return at_hand or self._listed(board.read, asked)

    def board_row(
        self, estate: EstateId, on: date | None = None, known_at: datetime | None = None
    ) -> BoardRow:
        """Where one estate or group stands, as the board says: one row, found by its key.

        Raises:
            EstateNotFound: when there is none.
            NotThereThen: when it was not there at that moment, or not known.
            KnownInFuture: `known_at` lies ahead.
        """
        day = on or self.today()
        is_now = on is None and known_at is None
        if not is_now and self._is_past(day, known_at):
            catch_up(self._store, self.book)
            pair = pair_of(day, known_at)
            found = self._read_rows(lambda reader: read_one(shadowed(reader, pair), estate, day))
        else:
            found = self._read_rows(lambda reader: read_one(reader, estate, day))
        if found is None:
            self._stream_of(estate)  # raises where there is no such estate at all
            raise NotThereThen(estate, str(Moment(on, known_at)))
        return found

    def warm(self) -> int:
        """Make the index of today's board now; how many bytes it takes, 0 where there is none.

        The first question about a board of over 20,000 estates makes it in the background; until
        it is there the store answers, in tenths of a second at a million. It takes the extra
        `scale` and half a minute of one core a million estates.
        """
        return self._board_index.nbytes if self._board_index.warm(self.today()) else 0

    def register(self, query: RegisterQuery | None = None) -> Page[RegisterRow]:
        """The certificates on a day, past or future; estates without one are absent.

        Raises:
            Invalid: when the query cannot be answered.
        """
        asked = self._on_a_day(query or RegisterQuery())
        if self._is_past(asked.day, asked.known_at):
            return self._past(ASK_REGISTER, register.row_of, asked)
        return self._listed(register.read, asked)

    def due(self, query: DueQuery | None = None) -> Page[DueRow]:
        """What falls due from a day on, as the deadlines were open at the end of it.

        Raises:
            Invalid: when the query cannot be answered.
        """
        asked = self._on_a_day(query or DueQuery())
        if self._is_past(asked.day, asked.known_at):
            return self._past(ASK_DUE, deadlines.row_of, asked)
        return self._listed(deadlines.read, asked)

    def measures(self, query: MeasureQuery | None = None) -> Page[MeasureRow]:
        """The measures of the running plans.

        Raises:
            Invalid: when the query cannot be answered.
        """
        asked = self._on_a_day(query or MeasureQuery())
        if self._is_past(asked.day, asked.known_at):
            return self._past(ASK_MEASURES, measures.row_of, asked)
        return self._listed(measures.read, asked)

    def heat_map(self, query: HeatMapQuery | None = None) -> HeatMap:
        """How many deadlines are open, by municipality and month.

        Raises:
            Invalid: when the query cannot be answered.
        """
        asked = query or HeatMapQuery()
        day = asked.day or self.today()
        asked = replace(asked, day=day)
        if not self._is_past(day, asked.known_at):
            return self._listed(heat_map.read, asked)
        catch_up(self._store, self.book)
        pair = pair_of(day, asked.known_at)
        return self._read_rows(lambda reader: heat_map.read(shadowed(reader, pair), asked))

    def simulate(
        self,
        until: date,
        *,
        assume: Assumption = Assumption.NOBODY_ACTS,
        renewal_days: int | None = None,
        municipality: str | None = None,
        groups: bool = False,
        reach: Reach | None = None,
    ) -> Forecast:
        """What falls due from today to `until`, both inclusive; nothing is written.

        `renewal_days` are counted from the expiry to the decision of a renewal; without them the
        median of this store is taken, where renewals are assumed. `groups` adds groups and other
        areas. `reach` leaves out what lies outside it today, also from the median. The answer is
        worked out while it is gone through.

        Raises:
            Invalid: when the question cannot be answered; see `kvob_workflow.simulation.errors`.
        """
        return simulate(
            lambda: streams_within(self._store, reach),
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
        return self._read_rows(lambda reader: read(reader, query))

    def _on_a_day(self, query: Query) -> Query:
        return query if query.day is not None else replace(query, day=self.today())
