"""How does a history from elsewhere come in? CSV or a sheet, row by row, nothing lost unseen.

Read `run`, then `records` (where rows begin), `workbooks`, `rows` (what they state), `report`;
`uploads` is what a page asks.
"""

from kvob_workflow.importing.report import ImportReport, Notice, RejectedRow
from kvob_workflow.importing.run import Progress, import_file, import_rows
from kvob_workflow.importing.samples import sample_cases
from kvob_workflow.importing.uploads import (
    Upload,
    import_upload,
    rejected_rows_csv,
    rows_of_upload,
)

__all__ = [
    "ImportReport",
    "Notice",
    "Progress",
    "RejectedRow",
    "Upload",
    "import_file",
    "import_rows",
    "import_upload",
    "rejected_rows_csv",
    "rows_of_upload",
    "sample_cases",
]
