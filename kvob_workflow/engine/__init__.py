"""How does it run? Commands in, events out, and the questions that hosts ask.

Read `engine`, then `commanding` (deciding and writing) and `reading` (the read models).
"""

from kvob_workflow.engine.engine import DEFAULT_STORE, Engine
from kvob_workflow.engine.facts import FactItem, FactOutcome, Remark
from kvob_workflow.engine.gap import GapUnconfirmed
from kvob_workflow.engine.history import HistoryEntry
from kvob_workflow.engine.hosting import Rung
from kvob_workflow.engine.migration import MigrationLine
from kvob_workflow.engine.outcome import Outcome
from kvob_workflow.engine.overview import CertificateLine, Overview
from kvob_workflow.engine.scheme_files import packaged_book
from kvob_workflow.engine.sweeping import Held, SweepReport

__all__ = [
    "DEFAULT_STORE",
    "CertificateLine",
    "Engine",
    "FactItem",
    "FactOutcome",
    "GapUnconfirmed",
    "Held",
    "HistoryEntry",
    "MigrationLine",
    "Outcome",
    "Overview",
    "Remark",
    "Rung",
    "SweepReport",
    "packaged_book",
]
