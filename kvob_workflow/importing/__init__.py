"""How does a history from elsewhere come in? A CSV file, row by row, nothing lost unseen.

Read `run`, then `records` (where rows begin), `rows` (what they state), `report`.
"""

from kvob_workflow.importing.report import ImportReport, Notice, RejectedRow
from kvob_workflow.importing.run import Progress, import_file, import_rows
from kvob_workflow.importing.samples import sample_cases

__all__ = [
    "ImportReport",
    "Notice",
    "Progress",
    "RejectedRow",
    "import_file",
    "import_rows",
    "sample_cases",
]
