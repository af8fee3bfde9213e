"""How does a list leave as a table for a spreadsheet? CSV and XLSX, with headings that people read.

Each list has a function that makes a `Table` of its rows, in a language (`lists`, `figures`);
`csv_bytes` and `xlsx_bytes` write any table. For programs there is the API; these files are for
people, so codes are words and flags are ja or yes.
"""

from kvob_workflow.exports.tables.errors import TablesNotInstalled, TableTooLong
from kvob_workflow.exports.tables.figures import statistics_table
from kvob_workflow.exports.tables.lists import (
    due_table,
    estates_table,
    measures_table,
    register_table,
)
from kvob_workflow.exports.tables.table import About, Column, Table
from kvob_workflow.exports.tables.writing import csv_bytes, xlsx_bytes

__all__ = [
    "About",
    "Column",
    "Table",
    "TableTooLong",
    "TablesNotInstalled",
    "csv_bytes",
    "due_table",
    "estates_table",
    "measures_table",
    "register_table",
    "statistics_table",
    "xlsx_bytes",
]
