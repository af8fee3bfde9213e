"""Where are events, guards and inline view rows kept? `open_store` and the port.

Read next: `port` (what a store promises), `opening` (addresses), `faults` (why it can fail).
"""

from kvob_workflow.store.delivery import (
    Delivery,
    DeliveryItem,
    DeliveryKeeping,
    DeliveryStatus,
)
from kvob_workflow.store.opening import open_store, parse_url
from kvob_workflow.store.persons import Erasure, ErasureStatus, PersonRow, Scrubbed
from kvob_workflow.store.port import (
    SCHEME_MARK,
    Append,
    Behind,
    CommandRecord,
    Diagnosis,
    EventStore,
    NameClaim,
    Receipt,
    RowChange,
)

__all__ = [
    "SCHEME_MARK",
    "Append",
    "Behind",
    "CommandRecord",
    "Delivery",
    "DeliveryItem",
    "DeliveryKeeping",
    "DeliveryStatus",
    "Diagnosis",
    "Erasure",
    "ErasureStatus",
    "EventStore",
    "NameClaim",
    "PersonRow",
    "Receipt",
    "RowChange",
    "Scrubbed",
    "open_store",
    "parse_url",
]
