"""What follows if nothing, or only what is assumed, happens? The deadlines on a virtual clock.

Read `forecast` (what is asked and answered), `stepping` (one estate from day to day), `assumption`
(what people are assumed to do) and `workload` (how much falls due, summed up).
"""

from kvob_workflow.simulation.assumption import Assumption
from kvob_workflow.simulation.forecast import Forecast, Population, simulate
from kvob_workflow.simulation.foreseen import Foreseen
from kvob_workflow.simulation.workload import Workload, sum_up

__all__ = [
    "Assumption",
    "Forecast",
    "Foreseen",
    "Population",
    "Workload",
    "simulate",
    "sum_up",
]
