"""Which rows of a live view are not those that the events give, and which event is behind each?

Found and right rows are laid side by side by their keys. A right row that stands under another
key, and nothing else, is one difference: see `RowDifference`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_domain.estate.evolve import fold
from kvob_workflow.store.rebuilding import RowDifference

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.ids import EstateId
    from kvob_domain.scheme.book import SchemeBook
    from kvob_projections.view import Row, Value, View

Pair = tuple["Row | None", "Row | None"]
"""A row as it was found and as it should be; one of them may be missing."""


def pairs(
    view: View, found: Sequence[Row], right: Sequence[Row], as_kept: Callable[[Row], Row]
) -> list[Pair]:
    """The rows of one estate that differ, by key."""
    if len(found) == len(right) == 1 and found[0] == right[0]:
        return []
    theirs, ours = _by_key(view, found), _by_key(view, right)
    if theirs == ours:
        return []
    ours = _by_key(view, [as_kept(row) for row in right])
    keys = sorted(theirs.keys() | ours.keys(), key=repr)
    differing = [
        (theirs.get(key), ours.get(key)) for key in keys if theirs.get(key) != ours.get(key)
    ]
    return _with_moved(view, differing)


def described(
    view: View, estate: EstateId, pair: Pair, history: Sequence[Recorded], book: SchemeBook
) -> RowDifference:
    """A difference as it is told, with the event behind the right row."""
    found, right = pair
    row = right if right is not None else found or ()
    key = view.key_of(row)
    version, topic = _cause(view, key, right, history, book)
    both = found is not None and right is not None
    told = [
        number
        for number in range(len(view.columns))
        if not both or (found or ())[number] != (right or ())[number]
    ]
    return RowDifference(
        view.name, estate, key, _named(view, found, told), _named(view, right, told), version, topic
    )


def _by_key(view: View, rows: Sequence[Row]) -> dict[Row, Row]:
    return {view.key_of(row): row for row in rows}


def _with_moved(view: View, differing: list[Pair]) -> list[Pair]:
    """Joins a row too much and a missing row that are the same but for their keys."""
    keyed = len(view.key)
    extra = [found for found, right in differing if found is not None and right is None]
    joined: list[Pair] = []
    for found, right in differing:
        if found is None and right is not None:
            twin = next((one for one in extra if one[keyed:] == right[keyed:]), None)
            if twin is not None:
                extra.remove(twin)
            joined.append((twin, right))
        elif right is not None:
            joined.append((found, right))
    return [*joined, *((row, None) for row in extra)]


def _named(view: View, row: Row | None, told: Sequence[int]) -> Mapping[str, Value] | None:
    return None if row is None else {view.columns[number]: row[number] for number in told}


def _cause(
    view: View, key: Row, right: Row | None, history: Sequence[Recorded], book: SchemeBook
) -> tuple[int | None, str | None]:
    """The event after which the row with this key became what it is, or went for good."""
    for count in range(len(history) - 1, -1, -1):
        if _row_after(view, key, history[:count], book) != right:
            return history[count].version, history[count].event.TOPIC
    return None, None


def _row_after(view: View, key: Row, history: Sequence[Recorded], book: SchemeBook) -> Row | None:
    if not history:
        return None
    try:
        rows = view.rows(fold(history[0].estate, history), book)
    except (ValueError, ArithmeticError):  # the rows of an earlier state need not be possible
        return None
    return _by_key(view, rows).get(key)
