"""How does a store move house, and how is it backed up? Copied row by row, or page by page.

`copy_store` copies between a file and a server, both ways, and goes on where it was stopped;
`compare_stores` only compares; `back_up` copies a file while others write. Read next: `copying`
(the order of work), `tables` (what is copied), `faults` (what is refused).
"""

from kvob_workflow.moving.backup import Backup, back_up
from kvob_workflow.moving.comparing import TableCheck
from kvob_workflow.moving.copying import CopyReport, compare_stores, copy_store

__all__ = ["Backup", "CopyReport", "TableCheck", "back_up", "compare_stores", "copy_store"]
