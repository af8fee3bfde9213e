"""What does a cell say as text? What the CSV of the same sheet would hold, whatever the language.

Days are ISO days; whole numbers have no decimals; true and false are the importer's own words for
them; a text stays as it is, so that zeros in front stay too.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

Cell = int | float | str | bool | time | date | datetime | timedelta

_EXACT = 1e15  # above it a spreadsheet keeps no unit digits


def cell_text(cell: Cell) -> str:
    """The text of a cell; empty for an empty one."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < _EXACT:
            return str(int(cell))
        return format(cell, ".15g")  # the digits that a spreadsheet shows
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
