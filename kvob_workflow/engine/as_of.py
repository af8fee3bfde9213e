"""How did the board stand on another day? Histories folded up to that day, asked like today's.

The rows go into tables in memory, so that filters, sorting and paging are the very same query.
Certificates keep what is known now; steps and evidence are those of the day.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date

from kvob_domain.estate.evolve import fold, fold_ordered
from kvob_domain.estate.order import in_order
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_domain.scheme.book import SchemeBook
from kvob_projections import ALL_VIEWS, board
from kvob_projections.board import BoardQuery, BoardRow
from kvob_projections.paging import Page
from kvob_projections.register import REGISTER
from kvob_projections.view import Row, Value, View
from kvob_workflow.engine.states import all_streams
from kvob_workflow.store import EventStore


def state_on(estate: EstateId, history: Sequence[Recorded], day: date) -> Estate:
    """The state as it stood at the end of `day`, from what is known now."""
    return fold_ordered(estate, _until(in_order(history), day))


def board_as_of(
    store: EventStore, book: SchemeBook, query: BoardQuery, day: date
) -> Page[BoardRow]:
    """The board as it stood at the end of `day`."""
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.row_factory = sqlite3.Row
        for view in ALL_VIEWS:
            for statement in view.ddl:
                memory.execute(statement)
        for estate, history in all_streams(store):
            _fill(memory, estate, history, day, book)

        def read(sql: str, parameters: Mapping[str, Value]) -> list[sqlite3.Row]:
            return memory.execute(sql, parameters).fetchall()

        return board.read(read, query)


def _fill(
    memory: sqlite3.Connection,
    estate: EstateId,
    history: Sequence[Recorded],
    day: date,
    book: SchemeBook,
) -> None:
    then = state_on(estate, history, day)
    # Registration has no place in time: an estate is on the board from its first event on.
    if not then.exists or (then.version <= 1 and len(history) > 1):
        return
    now = fold(estate, history)
    for view in ALL_VIEWS:
        _insert(memory, view, view.rows(now if view is REGISTER else then, book))


def _insert(memory: sqlite3.Connection, view: View, rows: Sequence[Row]) -> None:
    places = ", ".join("?" for _ in view.columns)
    memory.executemany(f"INSERT INTO {view.table} VALUES ({places})", rows)


def _until(ordered: Iterable[Recorded], day: date) -> Iterator[Recorded]:
    """The events up to a day; an undated one goes with the dated one before it."""
    for recorded in ordered:
        earliest = recorded.event.occurred.earliest
        if earliest is not None and earliest > day:
            return
        yield recorded
