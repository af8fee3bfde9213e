"""How do other systems read a store? Process mining, the register of estates, a case system.

XES and OCEL 2.0 for process mining, `ibis` for the national register of estates, `zgw` for case
systems of municipalities. All hold codes and ids: no free text, and of persons the opaque id at
most. The same store gives the same bytes. `tables` are the lists for people and their
spreadsheets. Read next: `timeline`, which says what counts as the time of an event.
"""

from kvob_workflow.exports.ocel import ocel
from kvob_workflow.exports.timeline import Histories
from kvob_workflow.exports.xes import xes

__all__ = ["Histories", "ocel", "xes"]
