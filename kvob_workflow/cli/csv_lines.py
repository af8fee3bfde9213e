"""How does a row become a line of CSV that a spreadsheet reads and does not run?"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kvob_workflow.exports.cells import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable


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
    return harmless(str(value))
