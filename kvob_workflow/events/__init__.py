"""Which events are there, in which form, and is everything that was released still readable?

    from kvob_workflow.events import catalogue, schema_of

`catalogue` tells what hosts ask: words, causes, releases, personal data. `schema_of` gives the
JSON Schema of a stored event, `check` compares the classes of today with every released form. No
store is opened. Read next: `catalogue`, `checking`.
"""

from kvob_workflow.events.catalogue import (
    EventEntry,
    PersonalField,
    TopicUnknown,
    all_bundled,
    bundled,
    catalogue,
    entry_of,
    schema_of,
)
from kvob_workflow.events.checking import Checked, Report, check
from kvob_workflow.events.compatibility import Verdict
from kvob_workflow.events.flaws import Flaw, Flawed

__all__ = [
    "Checked",
    "EventEntry",
    "Flaw",
    "Flawed",
    "PersonalField",
    "Report",
    "TopicUnknown",
    "Verdict",
    "all_bundled",
    "bundled",
    "catalogue",
    "check",
    "entry_of",
    "schema_of",
]
