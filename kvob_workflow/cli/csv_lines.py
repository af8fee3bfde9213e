"""How does a row become a line of CSV that a spreadsheet reads and does not run?"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# A spreadsheet takes a text that begins so for a formula, and runs it.
_FORMULA: Final = tuple("=+-@\t\r\n")


def csv_line(values: Iterable[object]) -> str:
    """One line, with its end; nothing for None, true and false for flags."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(map(_cell, values))
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
