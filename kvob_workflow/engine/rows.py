"""Which view rows change with a state? All of them when it was cold, else the difference."""

from collections.abc import Callable, Iterable
from operator import attrgetter

from kvob_domain.estate.deadlines import Deadline
from kvob_domain.estate.state import Estate
from kvob_domain.scheme.book import SchemeBook
from kvob_projections import ALL_VIEWS
from kvob_projections.deadlines import DEADLINES, rows_for
from kvob_projections.view import Row
from kvob_workflow.engine.hot import Hot, RowsByView
from kvob_workflow.store import RowChange

_READS: dict[str, tuple[Callable[[Estate], object], ...]] = {
    view.name: tuple(attrgetter(part) for part in view.reads) for view in ALL_VIEWS
}


def rows_of(estate: Estate, book: SchemeBook, before: Hot | None = None) -> RowsByView:
    """All view rows of an estate, by view name and key.

    Rows of `before` are taken over where the state that they depend on is still the same.
    """
    rows: RowsByView = {}
    for view in ALL_VIEWS:
        if before is not None and before.rows is not None and _same(view.name, before, estate):
            rows[view.name] = before.rows[view.name]
        else:
            rows[view.name] = {view.key_of(row): row for row in view.rows(estate, book)}
    return rows


def _same(view: str, before: Hot, after: Estate) -> bool:
    reads = _READS[view]
    return bool(reads) and all(part(before.state) is part(after) for part in reads)


def changes(estate: Estate, before: RowsByView | None, after: RowsByView) -> Iterable[RowChange]:
    """What the store must write so that its rows are `after`; `before` None means unknown."""
    for view in ALL_VIEWS:
        new = after[view.name]
        if before is None:
            yield RowChange(view, estate.id, replace_all=True, upserts=tuple(new.values()))
            continue
        old = before[view.name]
        if old is new:
            continue
        upserts, deletes = _difference(old, new)
        if upserts or deletes:
            yield RowChange(view, estate.id, upserts=upserts, deletes=deletes)


def _difference(
    old: dict[Row, Row], new: dict[Row, Row]
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    upserts = tuple(row for key, row in new.items() if old.get(key) != row)
    return upserts, tuple(key for key in old if key not in new)


def changes_by_notices(
    before: Estate, after: Estate, noted: tuple[Deadline, ...], book: SchemeBook
) -> Iterable[RowChange]:
    """What notices alone change: no row comes or goes, so nothing is replaced or deleted."""
    for view in ALL_VIEWS:
        reads = _READS[view.name]
        if view is DEADLINES:
            yield RowChange(view, after.id, upserts=rows_for(after, book, noted))
        elif not reads or not all(part(before) is part(after) for part in reads):
            yield RowChange(view, after.id, upserts=view.rows(after, book))


def all_rows(estate: Estate, book: SchemeBook) -> tuple[RowChange, ...]:
    """Every view row of an estate, replacing what the store has."""
    return tuple(
        RowChange(
            view,
            estate.id,
            replace_all=True,
            upserts=view.rows(estate, book),
            at_version=estate.version,
        )
        for view in ALL_VIEWS
    )


def first_rows(estate: Estate, book: SchemeBook) -> tuple[RowChange, ...]:
    """Every view row of an estate that the store does not know yet."""
    made = ((view, view.rows(estate, book)) for view in ALL_VIEWS)
    return tuple(RowChange(view, estate.id, upserts=rows) for view, rows in made if rows)
