"""Which view rows change with a state? All of them when it was cold, else the difference."""

from collections.abc import Iterable

from kvob_domain.estate.state import Estate
from kvob_domain.scheme.book import SchemeBook
from kvob_projections import ALL_VIEWS
from kvob_workflow.engine.hot import RowsByView
from kvob_workflow.store import RowChange


def rows_of(estate: Estate, book: SchemeBook) -> RowsByView:
    """All view rows of an estate, by view name and key."""
    return {
        view.name: {view.key_of(row): row for row in view.rows(estate, book)} for view in ALL_VIEWS
    }


def changes(estate: Estate, before: RowsByView | None, after: RowsByView) -> Iterable[RowChange]:
    """What the store must write so that its rows are `after`; `before` None means unknown."""
    for view in ALL_VIEWS:
        new = after[view.name]
        if before is None:
            yield RowChange(view, estate.id, replace_all=True, upserts=tuple(new.values()))
            continue
        old = before[view.name]
        upserts = tuple(row for key, row in new.items() if old.get(key) != row)
        deletes = tuple(key for key in old if key not in new)
        if upserts or deletes:
            yield RowChange(view, estate.id, upserts=upserts, deletes=deletes)


def all_rows(estate: Estate, book: SchemeBook) -> tuple[RowChange, ...]:
    """Every view row of an estate, replacing what the store has."""
    return tuple(changes(estate, None, rows_of(estate, book)))
