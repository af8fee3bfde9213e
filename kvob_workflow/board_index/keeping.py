"""When may the index answer? When it shows every event, every repair, and today.

It is made in the background when a large board is first asked for, and brought up to date by the
next question. Whatever it cannot answer surely is left to the store. Read next: `picking`.
"""

from __future__ import annotations

import importlib.util
import logging
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_projections import board
from kvob_projections.board_columns import BoardColumns, columns_of, more_than, shown_of
from kvob_projections.bonds import is_bounded
from kvob_projections.paging import page_of
from kvob_workflow.board_index.refusal import NotIndexable, Outgrown
from kvob_workflow.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kvob_projections.board import BoardQuery, BoardRow
    from kvob_projections.paging import Page
    from kvob_workflow.board_index.columns import Columns
    from kvob_workflow.store import EventStore
    from kvob_workflow.store.periods import RowState, Touched

logger: Final = logging.getLogger("kvob_workflow.board_index")

_MOST_ROWS: Final = 1_000
_MOST_TOUCHED: Final = 2_000
_AT_ONCE: Final = 500
_PORTIONS: Final = 50
_TRIES: Final = 3
# A board does not become large by fewer events.
_LOOK_AGAIN_AFTER: Final = 5_000
_CLOSE_SECONDS: Final = 10.0
# At most a third of the time goes into making it.
_REST: Final = 2


@dataclass(frozen=True, slots=True)
class BoardIndexing:
    """For which boards there is an index: of more than `above` estates, of at most `most`.

    An estate takes some 150 bytes of memory.
    """

    above: int = 20_000
    most: int = 4_000_000


class _Stopped(Exception):
    """The engine was closed."""


@dataclass(slots=True)
class _Index:
    """The columns, and what they show."""

    columns: Columns
    day: date
    position: int
    remade: int


class BoardIndex:
    """The index of the board of one open store. Any thread may ask it."""

    def __init__(self, store: EventStore, indexing: BoardIndexing | None) -> None:
        """Make nothing yet; None: never."""
        self._store = store
        self._indexing = indexing
        self._index: _Index | None = None
        self._asking = threading.Lock()
        self._making = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._small_up_to = -1
        self._not_before = 0.0
        if indexing is not None and importlib.util.find_spec("numpy") is None:
            self._indexing = None

    @property
    def nbytes(self) -> int:
        """How much memory the index takes; 0 while there is none."""
        with self._asking:
            return 0 if self._index is None else self._index.columns.nbytes

    def page(self, query: BoardQuery, day: date) -> Page[BoardRow] | None:
        """The page that the store would answer; None when the store must.

        Raises:
            Invalid: the query cannot be answered.
        """
        limit = query.limit
        if self._indexing is None or limit is None or limit > _MOST_ROWS:
            return None
        if is_bounded(query.reach):  # it has no bonds; the few rows of a reach are found fast
            return None
        board.select(query)  # refuses what the store's statement would not take
        for _ in range(_TRIES):
            state = self._store.row_state()
            found = self._picked(query, limit, day, state)
            if found is None:
                self._make_later(day, state)
                return None
            page = self._read(query, limit, day, state, *found)
            if page is not None:
                return page
        return None  # others write to these very estates all the time

    def warm(self, day: date) -> bool:
        """Make the index for a day now, if the board is large; whether it is there."""
        if self._indexing is None:
            return False
        with self._making:
            state = self._store.row_state()
            with self._asking:
                if self._is_current(day, state) is not None:
                    return True
            if not self._is_large(state):
                return False
            return self._make(day)

    def keep(self, day: date) -> None:
        """On a new day make the index anew in the background, where somebody asked for one."""
        index = self._index
        if index is not None and index.day != day:
            self._make_later(day, self._store.row_state())

    def close(self) -> None:
        """Stop making it, and let it go."""
        self._stop.set()
        thread = self._thread
        if thread is not None and thread.is_alive():
            thread.join(_CLOSE_SECONDS)
        self._index = None

    def _picked(
        self, query: BoardQuery, limit: int, day: date, state: RowState
    ) -> tuple[list[str], list[int], int] | None:
        """Ids and versions of the estates on the page, and how many there are in all."""
        with self._asking:
            try:
                index = self._is_current(day, state)
                if index is None:
                    return None
                from kvob_workflow.board_index.picking import pick  # hosts of few estates do not

                found = pick(index.columns, query, limit)
                versions = index.columns.arrays["version"].take(found.places).tolist()
                return [index.columns.estate_at(one) for one in found.places], versions, found.total
            except BaseException:
                self._index = None  # half taken in, it would answer wrongly
                raise

    def _read(
        self,
        query: BoardQuery,
        limit: int,
        day: date,
        state: RowState,
        estates: list[str],
        versions: list[int],
        total: int,
    ) -> Page[BoardRow] | None:
        """The rows of these estates; None when one of them changed meanwhile."""
        rows: dict[str, BoardRow] = {}
        if estates:
            shown = shown_of(estates, day)
            for record in self._store.read(shown.sql, shown.parameters):
                rows[record["estate_id"]] = board.row_of(record)
        found = [rows.get(estate) for estate in estates]
        items = tuple(row for row in found if row is not None)
        if [row.version for row in items] != versions:
            return None
        if self._store.row_state().remade != state.remade:
            return None
        return page_of(items, lambda: total, (limit, query.offset))

    def _is_current(self, day: date, state: RowState) -> _Index | None:
        """The index, brought up to date; None when there is none that can be."""
        index = self._index
        if index is None or (index.day, index.remade) != (day, state.remade):
            return None
        try:
            if not self._caught_up(index, state.position):
                return None
        except NotIndexable as error:
            logger.info("The index of the board is made anew: %s", error)
            self._index = None
            return None
        return index

    def _caught_up(self, index: _Index, position: int) -> bool:
        if position <= index.position:
            return True
        touched = self._store.touched_after(index.position, _MOST_TOUCHED + 1)
        if len(touched) > _MOST_TOUCHED:
            return False
        self._take_in(index, touched)
        return True

    def _take_in(self, index: _Index, touched: Sequence[Touched]) -> None:
        estates: list[str] = list(dict.fromkeys(one.estate for one in touched))
        for begin in range(0, len(estates), _AT_ONCE):
            some = estates[begin : begin + _AT_ONCE]
            asked = columns_of(some, index.day)
            rows = self._store.read(asked.sql, asked.parameters)
            index.columns.take(some, [BoardColumns(*row) for row in rows])
        if touched:
            index.position = touched[-1].position

    def _make_later(self, day: date, state: RowState) -> None:
        """Make the index in the background, unless somebody does already."""
        with self._asking:
            thread = self._thread
            if (thread is not None and thread.is_alive()) or self._stop.is_set():
                return
            if time.monotonic() < self._not_before or not self._is_large(state):
                return
            self._thread = threading.Thread(
                target=self._make_alone, args=(day,), name="kvob-board-index", daemon=True
            )
            self._thread.start()

    def _is_large(self, state: RowState) -> bool:
        if self._indexing is None or state.position < self._small_up_to:
            return False
        asked = more_than(self._indexing.above)
        if self._store.read(asked.sql, asked.parameters):
            return True
        self._small_up_to = state.position + min(_LOOK_AGAIN_AFTER, self._indexing.above)
        return False

    def _make_alone(self, day: date) -> None:
        try:
            with self._making:
                self._make(day)
        except StoreUnavailable as error:
            if not self._stop.is_set():  # the next question tries again
                logger.warning("The index of the board could not be made: %s", error)

    def _make(self, day: date) -> bool:
        indexing = self._indexing
        if indexing is None:
            return False
        from kvob_workflow.board_index.building import build

        with self._asking:
            self._index = None  # of no use any more: two at once would take twice the memory
        begun = time.monotonic()
        try:
            state = self._store.row_state()
            columns = build(self._store, day, indexing.most, self._go_on)
            return self._is_live(_Index(columns, day, state.position, state.remade))
        except _Stopped:
            return False
        except Outgrown as error:
            logger.info("More was written than an index takes in while it is made: %s", error)
        except NotIndexable as error:
            logger.warning("This board gets no index, and is answered as before: %s", error)
            self._indexing = None
        finally:
            # A store that is filled without a pause would have it made again and again.
            now = time.monotonic()
            self._not_before = now + _REST * (now - begun)
        return False

    def _is_live(self, index: _Index) -> bool:
        """Take in what happened while the index was made, and give it to those who ask."""
        for _ in range(_PORTIONS):
            touched = self._store.touched_after(index.position, _MOST_TOUCHED)
            self._take_in(index, touched)
            self._go_on()
            if len(touched) < _MOST_TOUCHED:
                with self._asking:
                    self._index = index  # of other rows than now it answers nothing
                return self._store.row_state().remade == index.remade
        raise Outgrown("events come faster than they are taken in")

    def _go_on(self) -> None:
        if self._stop.is_set():
            raise _Stopped
