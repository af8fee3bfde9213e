"""Who looked at what? An optional log of every question, without a person's id in clear.

    from kvob_workflow.access import AccessLog, looking
    engine = Engine.open(url, access_log=AccessLog("access.jsonl"))
    with looking(actor):              # where one engine answers many people
        engine.overview(estate)

A question that cannot be logged is not answered. Read next: `log`, then `watching`.
"""

from kvob_workflow.access.entries import Entry, Listed, entries
from kvob_workflow.access.errors import (
    AccessKeyMissing,
    AccessKeyUnusable,
    AccessLogUnreadable,
    AccessLogUnwritable,
)
from kvob_workflow.access.log import AccessLog
from kvob_workflow.access.watching import looking, watch

__all__ = [
    "AccessKeyMissing",
    "AccessKeyUnusable",
    "AccessLog",
    "AccessLogUnreadable",
    "AccessLogUnwritable",
    "Entry",
    "Listed",
    "entries",
    "looking",
    "watch",
]
