"""Where does one estate stand? Its row of the board, found by its key: the cheapest question."""

from datetime import date
from typing import Final

from kvob_domain.ids import EstateId
from kvob_projections.board import LISTING, BoardRow, row_of
from kvob_projections.paging import Reader

_COLUMNS: Final = ", ".join(f"{sql} AS {name}" for name, sql in LISTING.columns.items())
_SQL: Final = f"SELECT {_COLUMNS} FROM {LISTING.tables} WHERE b.estate_id = :estate"


def read_one(reader: Reader, estate: EstateId, day: date) -> BoardRow | None:
    """The row of an estate or group on a day; None where there is none."""
    for record in reader(_SQL, {"estate": estate, "day": day.isoformat()}):
        return row_of(record)
    return None
