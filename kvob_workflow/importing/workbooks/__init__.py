"""How is a workbook read as if it were CSV? XLSX and ODS, one sheet, its rows by their numbers.

A workbook can be a trap: a small file that unpacks without end, one cell at the far corner of a
sheet, a text that a million cells repeat. So its parts are unpacked within bounds (`unpacking`),
the sheet is measured before anything lays it out (`measuring`), and only what was measured is
given to python-calamine (`sheets`). Read next: `sheets`.
"""

from kvob_workflow.importing.workbooks.sheets import Sheet, read_sheet
from kvob_workflow.importing.workbooks.unpacking import LARGEST_FILE, is_workbook

__all__ = ["LARGEST_FILE", "Sheet", "is_workbook", "read_sheet"]
