"""What does somebody look at first? Today's work, and the board step by step.

An answer is remembered until the next event, so that many people may look.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections import board_steps
from kvob_projections.board import BoardQuery, BoardRow, select
from kvob_projections.board_steps import BoardColumn, BoardCounts, Tally, steps_asked
from kvob_projections.concerns import CONCERNS
from kvob_projections.paging import Page, Reader
from kvob_projections.statistics import STATISTIC_VIEWS
from kvob_projections.today_query import TodayQuery, check
from kvob_workflow.engine import today
from kvob_workflow.engine.followed import catch_up_views
from kvob_workflow.engine.reading import Reading
from kvob_workflow.engine.today import Sources
from kvob_workflow.engine.today_rows import TodayWork

Ask = Callable[[BoardQuery], Page[BoardRow]]
# Together, so that each estate is folded once for all of them.
_OURS: Final = (*STATISTIC_VIEWS, CONCERNS)
_SOONEST: Final = ("next_due_on",)
PER_STEP: Final = 20
"""Cards of a step, where nobody says how many."""


class _NotAtHand(Exception):
    """The index of the board has no answer."""


class Glancing(Reading):
    """The questions of the first screens."""

    def today_work(self, query: TodayQuery | None = None) -> TodayWork:
        """What there is to do: certificates that expire, audits with gaps, late measures, and more.

        It is of what is known now, also where the query names another day.

        Raises:
            Invalid: when the query cannot be answered.
            ProjectionNotKept: the list lacks the newest events, and here one can only read.
        """
        asked = query or TodayQuery()
        asked = asked if asked.day is not None else replace(asked, day=self.today())
        check(asked)

        def work_out() -> TodayWork:
            catch_up_views(self._store, self.book, _OURS, clock=self._clock)
            return self._read_rows(lambda reader: today.read(self._sources(reader), asked))

        return self._remembered.answer(asked, self._store.row_state(), work_out)

    def board_counts(self, query: BoardQuery | None = None) -> BoardCounts:
        """How many estates the board has, by step and by status; of a page it counts them all.

        Raises:
            Invalid: when the query cannot be answered.
        """
        asked = replace(self._on_a_day(query or BoardQuery()), sort=(), limit=0, offset=0)
        select(asked)  # refused before anything is counted
        if self._is_past(asked.day, asked.known_at):
            return _counted(asked, self.board)
        return self._remembered.answer(
            ("counts", asked), self._store.row_state(), lambda: self._counts(asked)
        )

    def board_columns(
        self, query: BoardQuery | None = None, per_step: int = PER_STEP
    ) -> tuple[BoardColumn, ...]:
        """Each step of the board with how many estates stand there, and the first of them.

        Those whose next deadline comes first are in front, unless the query sorts otherwise; its
        own page counts for nothing.

        Raises:
            Invalid: when the query cannot be answered.
        """
        asked = self._on_a_day(query or BoardQuery())
        asked = replace(asked, sort=asked.sort or _SOONEST, limit=per_step, offset=0)
        select(asked)  # refused before anything is counted
        if self._is_past(asked.day, asked.known_at):
            return _columns(asked, self.board)
        return self._remembered.answer(
            ("columns", asked), self._store.row_state(), lambda: self._columns(asked, per_step)
        )

    def _counts(self, asked: BoardQuery) -> BoardCounts:
        try:
            return _counted(asked, self._indexed)
        except _NotAtHand:
            return self._listed(board_steps.counts, asked)

    def _columns(self, asked: BoardQuery, per_step: int) -> tuple[BoardColumn, ...]:
        try:
            return _columns(asked, self._indexed)
        except _NotAtHand:
            if asked.sort != _SOONEST:
                return _columns(asked, self.board)
            return self._listed(
                lambda reader, query: board_steps.columns(reader, query, per_step), asked
            )

    def _indexed(self, asked: BoardQuery) -> Page[BoardRow]:
        """A page from the index of a large board.

        Raises:
            _NotAtHand: the store must answer.
        """
        today = self.today()
        page = self._board_index.page(asked, today) if asked.day == today else None
        if page is None:
            raise _NotAtHand
        return page

    def _sources(self, reader: Reader) -> Sources:
        return Sources(reader, self._store.streams, self._at_hand, self.book)

    def _at_hand(self, estate: EstateId) -> Estate | None:
        hot = self._hot.get(estate)
        return None if hot is None else hot.state


def _counted(asked: BoardQuery, page: Ask) -> BoardCounts:
    """The counts as pages of the board, which the past and the index have."""
    steps = tuple(
        _tally(one, page(replace(asked, step=one)) if asked.step in (None, one) else None)
        for one in Step
    )
    statuses = tuple(
        _tally(one, page(replace(asked, status=one)) if asked.status in (None, one) else None)
        for one in Status
    )
    return BoardCounts(steps, statuses)


def _tally(code: Step | Status, page: Page[BoardRow] | None) -> Tally:
    if page is None:
        return Tally(code.value, 0, total_is_exact=True)
    return Tally(code.value, page.total, page.total_is_exact)


def _columns(asked: BoardQuery, page: Ask) -> tuple[BoardColumn, ...]:
    """The columns as pages of the board, which the past and the index have."""
    pages = {step: page(replace(asked, step=step)) for step in steps_asked(asked)}
    return tuple(
        BoardColumn(step, page.total, page.total_is_exact, page.items)
        for step, page in pages.items()
    )
