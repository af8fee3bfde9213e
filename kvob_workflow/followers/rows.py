"""Which rows does a followed view have of an estate, and do they fit its table?

A host's view may be wrong in any way: whatever it does costs it the rows of that estate alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kvob_domain.estate.state import Estate
    from kvob_domain.scheme.book import SchemeBook
    from kvob_projections.view import Row, View

_STORABLE: Final = frozenset({str, int, float, type(None)})


class Unfoldable(Exception):
    """An estate has no state or no rows; `version` is that of the event at fault or the last."""

    def __init__(self, error: Exception, version: int) -> None:
        """Because of another error."""
        super().__init__(f"{type(error).__name__}: {error}")
        self.version = version


def checked_rows(view: View, estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
    """The rows of a view, after a look at what a server would take and a file would not.

    Raises:
        Unfoldable: the view failed, or a row does not fit.
    """
    try:
        rows = tuple(view.rows(estate, book))
        for row in rows:
            _check(view, estate, row)
    except Exception as error:  # a host's own code may raise anything; the estate is named
        raise Unfoldable(error, estate.version) from error
    return rows


def _check(view: View, estate: Estate, row: Row) -> None:
    if len(row) != len(view.columns):
        raise ValueError(f"{len(row)} values for {len(view.columns)} columns")
    if row[0] != estate.id:
        raise ValueError("a row of another estate")
    strange = [type(value).__name__ for value in row if type(value) not in _STORABLE]
    if strange:
        raise TypeError(f"a value of type {strange[0]}; use str, int, float or None")
