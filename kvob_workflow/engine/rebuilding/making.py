"""What do the events of some estates give? Rows for all views, and what the live rows had wrong.

    making = Making(views, book, store)
    made = making.made(store.snapshot(span, live), compared)

A function of the snapshot alone, so that it can run in any process: see `pooled`. An estate whose
events cannot be read keeps the live rows that it has, and falls behind by name.
"""

from __future__ import annotations

from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from kvob_domain.estate.evolve import fold
from kvob_domain.ids import EstateId
from kvob_projections import ALL_VIEWS
from kvob_workflow.engine.rebuilding.comparing import described, pairs
from kvob_workflow.errors import EventUnreadable, UnknownTopic
from kvob_workflow.followers.rows import Unfoldable, checked_rows
from kvob_workflow.store import Behind
from kvob_workflow.store.rebuilding import MOST_DIFFERENCES, Made, RowDifference

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.scheme.book import SchemeBook
    from kvob_projections.view import Row, View
    from kvob_workflow.store.rebuild_keeping import RebuildKeeping
    from kvob_workflow.store.rebuilding import Snapshot, StoredEvent

_ESTATE = itemgetter(0)


class Making:
    """Makes rows of these views, with this scheme data."""

    def __init__(self, views: Sequence[View], book: SchemeBook, store: RebuildKeeping) -> None:
        """`store` says how an event is read, and how a row comes back from it."""
        self.views = views
        # As their follower does: a host's view may give rows of any kind, and of any estate.
        self._rows = {
            view.name: view.rows if view in ALL_VIEWS else partial(checked_rows, view)
            for view in views
        }
        self._book = book
        self._recorded = store.recorded
        self._as_kept = store.as_kept

    def made(
        self,
        snapshot: Snapshot,
        compared: Collection[str] = (),
        most: int = MOST_DIFFERENCES,
    ) -> Made:
        """The rows of every estate of the snapshot.

        Live rows of `compared` views are compared; `most` of the differences are described.
        """
        chunk = _Chunk(self.views, snapshot)
        for estate, stored in groupby(snapshot.events, key=_ESTATE):
            self._add(chunk, EstateId(estate), list(stored), compared, most)
        for view in self.views:
            if view.name in compared:
                for estate, rows in chunk.live[view.name].items():  # nothing happened to these
                    self._compare(chunk, view, EstateId(estate), rows, (), (), most)
        return Made(
            chunk.estates,
            len(snapshot.events),
            chunk.rows,
            chunk.behind,
            chunk.differences,
            chunk.differing,
        )

    def _add(
        self,
        chunk: _Chunk,
        estate: EstateId,
        stored: Sequence[StoredEvent],
        compared: Collection[str],
        most: int,
    ) -> None:
        chunk.estates.append(estate)
        last = stored[-1][1]
        try:
            history = list(map(self._recorded, stored))
        except (EventUnreadable, UnknownTopic) as error:
            for view in self.views:
                chunk.fall_behind(Behind(view.name, estate, str(error), last))
            return
        state = fold(estate, history)
        for view in self.views:
            try:
                rows = self._rows[view.name](state, self._book)
            except Unfoldable as error:
                chunk.fall_behind(Behind(view.name, estate, str(error), last))
                continue
            except Exception as error:  # whatever the events of this estate are, it is named
                told = f"{type(error).__name__}: {error}"
                chunk.fall_behind(Behind(view.name, estate, told, last))
                continue
            chunk.rows[view.name] += rows
            if view.name in compared:
                found = chunk.live[view.name].pop(estate, ())
                self._compare(chunk, view, estate, found, rows, history, most)

    def _compare(
        self,
        chunk: _Chunk,
        view: View,
        estate: EstateId,
        found: Sequence[Row],
        right: Sequence[Row],
        history: Sequence[Recorded],
        most: int,
    ) -> None:
        for pair in pairs(view, found, right, self._as_kept):
            chunk.differing += 1
            if len(chunk.differences) < most:
                chunk.differences.append(described(view, estate, pair, history, self._book))


class _Chunk:
    """What is made so far. Live rows are taken away once they are looked at."""

    def __init__(self, views: Sequence[View], snapshot: Snapshot) -> None:
        self.estates: list[EstateId] = []
        self.rows: dict[str, list[Row]] = {view.name: [] for view in views}
        self.behind: list[Behind] = []
        self.differences: list[RowDifference] = []
        self.differing = 0
        self.live: dict[str, dict[str, list[Row]]] = {}
        for name, rows in snapshot.live.items():
            by_estate = self.live[name] = {}
            for row in rows:
                by_estate.setdefault(str(row[0]), []).append(row)

    def fall_behind(self, mark: Behind) -> None:
        """Keeps what the live table has of an estate, and says that it is not the newest."""
        self.behind.append(mark)
        self.rows[mark.view] += self.live.get(mark.view, {}).pop(mark.estate, ())
