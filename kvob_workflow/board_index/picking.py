"""Which estates are on a page? Filters compare whole columns; then the page's part is sorted.

A page of 50 among a million is found by partition: only what can be on it is compared further.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy

from kvob_domain.estate.values import EstateKind
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections.estates import folded, lowered, places_text
from kvob_workflow.board_index.codes import NULL
from kvob_workflow.board_index.columns import CODED, DUE_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kvob_projections.board import BoardQuery
    from kvob_workflow.board_index.columns import Columns

    Places = NDArray[numpy.intp]
    Marks = NDArray[numpy.bool_]
    Key = Callable[[Places], NDArray[numpy.int32]]

_NO_ESTATES: Final = (EstateKind.GROUP.value, EstateKind.OTHER_AREA.value)
_COLUMN_OF: Final = {
    "estate": "name",
    "estate_id": "id",
    "municipality": "places",
    "next_due_on": "next_due",
}
"""Fields to sort by that are kept under another name."""
_FEW: Final = 4_096
_SAMPLE: Final = 4_096
_ASIDE: Final = 128  # four times the usual error of a place in the sample


class Picked(NamedTuple):
    """Which estates are on the page, in order, and how many there are in all."""

    places: list[int]
    total: int


def pick(columns: Columns, query: BoardQuery, limit: int) -> Picked:
    """The page of a query that the store's own statement takes too."""
    marks = _marks(columns, query)
    total = int(numpy.count_nonzero(marks))
    begin, end = min(query.offset, total), min(query.offset + limit, total)
    if begin == end:
        return Picked([], total)
    keys = _keys(columns, query.sort or ("estate",))
    found = _part(numpy.flatnonzero(marks), keys, begin, end)
    return Picked(found.tolist(), total)


def _marks(columns: Columns, query: BoardQuery) -> Marks:
    count = columns.count
    marks = columns.shown[:count]
    if not query.groups:
        marks = marks & _coded(columns, "kind", lambda kind: kind not in _NO_ESTATES)
    if query.municipality is not None:
        place = places_text((folded("municipality", query.municipality),))
        marks = marks & _coded(columns, "places", lambda text: place in text)
    if query.step is not None:
        marks = marks & (columns.arrays["step"][:count] == list(Step).index(Step(query.step)))
    if query.status is not None:
        status = list(Status).index(Status(query.status))
        marks = marks & (columns.arrays["status"][:count] == status)
    if query.level is not None:
        level = lowered("level", query.level)
        marks = marks & _coded(
            columns, "level", lambda text: text.encode().lower().decode() == level
        )
    if query.missing is not None:
        code = f'"{query.missing}"'
        marks = marks & _coded(columns, "missing", lambda text: code in text)
    if query.approvals:
        marks = marks & (columns.arrays["approvals"][:count] > 0)
    marks = _on_days(columns, query, marks)
    words = folded("text", query.text or "").split()
    return marks & columns.words.holding(words, count) if words else marks


def _on_days(columns: Columns, query: BoardQuery, marks: Marks) -> Marks:
    """Those of the marked whose days are as asked."""
    count = columns.count
    if query.due_before is not None:
        before = query.due_before.toordinal() * DUE_KINDS
        marks = marks & (columns.arrays["next_due"][:count] < before)
    if query.overdue:
        marks = marks & (columns.arrays["overdue"][:count] == 1)
    expires = columns.arrays["expires_on"][:count]
    if query.expires_from is not None:
        marks = marks & (expires >= query.expires_from.toordinal()) & (expires != NULL)
    if query.expires_before is not None:
        marks = marks & (expires < query.expires_before.toordinal())
    return marks


def _coded(columns: Columns, name: str, fits: Callable[[str], bool]) -> Marks:
    """Where the text of a column fits."""
    column: NDArray[Any] = columns.arrays[name][: columns.count]
    which = columns.codes[name].which(fits)
    codes = numpy.flatnonzero(which)
    if len(codes) == 1:
        fitting: Marks = column == codes[0]
        return fitting
    if len(codes) == len(which):
        return numpy.ones(len(column), dtype=numpy.bool_)
    return which.take(column)


def _keys(columns: Columns, sort: Sequence[str]) -> list[Key]:
    """What to compare by, the most important first; the id settles what is left open."""
    fields: dict[str, bool] = {}
    for asked in sort:
        fields.setdefault(asked.removeprefix("-"), asked.startswith("-"))
    fields.setdefault("estate_id", False)
    return [_key(columns, _COLUMN_OF.get(name, name), back) for name, back in fields.items()]


def _key(columns: Columns, name: str, backwards: bool) -> Key:
    column: NDArray[Any] = columns.arrays[name]
    if name in CODED:  # the few texts are turned round, not the many numbers
        ranks = _turned(columns.codes[name].ranks) if backwards else columns.codes[name].ranks
        return lambda places: ranks.take(column.take(places))

    def key(places: Places) -> NDArray[numpy.int32]:
        values = column.take(places).astype(numpy.int32, copy=False)
        return _turned(values) if backwards else values

    return key


def _turned(values: NDArray[numpy.int32]) -> NDArray[numpy.int32]:
    """The other way round, but unknown values stand last in both directions."""
    return numpy.where(values == NULL, NULL, -values)


def _those(places: Places, marks: Marks) -> Places:
    """The marked ones; twice as fast as `places[marks]`."""
    return places.take(numpy.flatnonzero(marks))


def _nearby(values: NDArray[numpy.int32], begin: int, end: int) -> tuple[int, int, int] | None:
    """Two values between which the page lies, and how many are below the first; by a sample.

    None when that leaves more than half, or when the sample misleads.
    """
    sample = numpy.sort(values[:: max(1, len(values) // _SAMPLE)])
    of_each = len(sample) / len(values)
    first = int(begin * of_each) - _ASIDE
    last = int(end * of_each) + _ASIDE
    low = int(sample[first]) if first >= 0 else int(values.min())
    high = int(sample[last]) if last < len(sample) else int(values.max())
    before = int(numpy.count_nonzero(values < low))
    up_to = int(numpy.count_nonzero(values <= high))
    if before > begin or up_to < end:
        return None
    return (low, high, before) if low == high or up_to - before <= len(values) // 2 else None


def _part(places: Places, keys: Sequence[Key], begin: int, end: int) -> Places:
    """Those that stand from `begin` to `end` in the order of the keys."""
    if not keys:
        return places[begin:end]
    if len(places) <= _FEW:
        order = numpy.lexsort([key(places) for key in reversed(keys)])
        return places[order[begin:end]]
    first = keys[0](places)
    nearby = _nearby(first, begin, end)
    if nearby is not None:
        low, high, before = nearby
        some = _those(places, first == low if low == high else (first >= low) & (first <= high))
        return _part(some, keys[low == high :], begin - before, end - before)
    parted = numpy.partition(first, (begin, end - 1))
    low, high = parted[begin], parted[end - 1]
    before = int(numpy.count_nonzero(first < low))
    if low == high:
        return _part(_those(places, first == low), keys[1:], begin - before, end - before)
    lowest = _those(places, first == low)
    between = _those(places, (first > low) & (first < high))
    highest = _those(places, first == high)
    left = end - before - len(lowest) - len(between)
    return numpy.concatenate(
        (
            _part(lowest, keys[1:], begin - before, len(lowest)),
            _part(between, keys, 0, len(between)),
            _part(highest, keys[1:], 0, left),
        )
    )
