"""How are the columns of a large board filled? Read page by page, so that memory stays bounded.

What changes meanwhile is taken in afterwards, by whoever keeps the index; see `keeping`.
"""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy

from kvob_projections.board_columns import BoardColumns, columns_after, names_after
from kvob_workflow.board_index.columns import Columns, short_ids, values_of
from kvob_workflow.board_index.orders import Order
from kvob_workflow.board_index.refusal import NotIndexable
from kvob_workflow.board_index.words import WordList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from kvob_projections.statement import Statement
    from kvob_workflow.store import EventStore
    from kvob_workflow.store.port import FoundRow

_SEARCH: Final = BoardColumns._fields.index("search")
_AT_ONCE: Final = 2_000
_NAMES_AT_ONCE: Final = 10_000


class SortedTexts:
    """Many texts in order, end to end in one."""

    def __init__(self) -> None:
        """No text yet."""
        self._letters = bytearray()
        self._ends = array("q")

    def append(self, text: bytes) -> None:
        """The next one."""
        self._letters += text
        self._ends.append(len(self._letters))

    def __len__(self) -> int:
        """How many there are."""
        return len(self._ends)

    def __getitem__(self, number: int, /) -> bytes:
        """One of them."""
        begin = self._ends[number - 1] if number else 0
        return bytes(self._letters[begin : self._ends[number]])

    @property
    def nbytes(self) -> int:
        """How much memory they take."""
        return len(self._letters) + len(self._ends) * self._ends.itemsize


class SortedIds:
    """The ids of the beginning, which are in order."""

    def __init__(self, ids: NDArray[numpy.bytes_]) -> None:
        """Each has 16 bytes."""
        self._ids = ids

    def __len__(self) -> int:
        """How many there are."""
        return len(self._ids)

    def __getitem__(self, number: int, /) -> bytes:
        """One of them."""
        return bytes(self._ids[number]).ljust(16, b"\0")

    @property
    def nbytes(self) -> int:
        """They are counted with the columns."""
        return 0


def build(store: EventStore, day: date, most: int, go_on: Callable[[], None]) -> Columns:
    """The columns of the board on a day; `go_on` is called between pages.

    Raises:
        NotIndexable: a row does not fit, or there are more than `most`.
    """
    columns, words = Columns(), WordList()
    pages = [values_of((), columns.codes)]
    ids: list[bytes] = []
    last = ""
    while True:
        rows = [tuple(row) for row in _read(store, columns_after(last, _AT_ONCE, day))]
        if not rows:
            break
        pages.append(values_of(rows, columns.codes))
        words.add([row[_SEARCH] for row in rows])
        ids.append(_short([row[0] for row in rows], last))
        last = rows[-1][0]
        if len(pages) * _AT_ONCE > most + _AT_ONCE:
            raise NotIndexable(f"more than {most} estates")
        go_on()
        if len(rows) < _AT_ONCE:
            break
    for name in tuple(pages[0]):
        columns.arrays[name] = numpy.concatenate([page.pop(name) for page in pages])
    columns.id_bytes = numpy.frombuffer(b"".join(ids), dtype="S16")
    columns.shown = numpy.ones(len(columns.id_bytes), dtype=numpy.bool_)
    order = Order(SortedIds(columns.id_bytes))
    columns.arrays["id"] = numpy.arange(len(columns.shown), dtype=numpy.int32) * order.step
    names = _names(store, columns, go_on)
    columns.settle(names, order, words.done())
    columns.words.remember_letters(go_on)
    return columns


def _read(store: EventStore, statement: Statement) -> Sequence[FoundRow]:
    return store.read(statement.sql, statement.parameters)


def _short(estates: Sequence[str], last: str) -> bytes:
    """Ids in half their length; in order, each once.

    Raises:
        NotIndexable: they are not.
    """
    if any(one >= other for one, other in pairwise((last, *estates))):
        raise NotIndexable("two rows of one estate")
    return short_ids(estates)


def _names(store: EventStore, columns: Columns, go_on: Callable[[], None]) -> Order:
    """Number the names, which the store has in order already."""
    texts = SortedTexts()
    places = numpy.zeros(len(columns.shown), dtype=numpy.int32)
    name, estate = "", ""
    while True:
        found = [tuple(row) for row in _read(store, names_after(name, estate, _NAMES_AT_ONCE))]
        ranks: list[int] = []
        for folded, _ in found:
            if folded != name or not len(texts):
                texts.append(folded.encode())
                name = folded
            ranks.append(len(texts) - 1)
        wanted = numpy.frombuffer(short_ids([one for _, one in found]), dtype="S16")
        at = numpy.searchsorted(columns.id_bytes, wanted)
        # An estate that came meanwhile is taken in with what else happened.
        known = at < len(places)
        known[known] = columns.id_bytes[at[known]] == wanted[known]
        places[at[known]] = numpy.array(ranks, dtype=numpy.int32)[known]
        go_on()
        if len(found) < _NAMES_AT_ONCE:
            break
        estate = found[-1][1]
    order = Order(texts)
    columns.arrays["name"] = places * numpy.int32(order.step)
    return order
