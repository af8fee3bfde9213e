"""How does process mining read a store? As an XES log, or as an OCEL 2.0 log, in one stream.

Both hold codes and ids: no free text, and of persons the opaque id alone. The same store gives
the same bytes. Read next: `timeline`, which says what counts as the time of an event.
"""

from kvob_workflow.exports.ocel import ocel
from kvob_workflow.exports.timeline import Histories
from kvob_workflow.exports.xes import xes

__all__ = ["Histories", "ocel", "xes"]
