"""Who wakes the engine? An alarm clock that rings at an interval and owns no deadline.

Read `alarm`, then `timer` (the only module that knows APScheduler; loaded by `Alarm.start`).
Why it is so: domain/decisions/0014.
"""

from kvob_workflow.alarm.alarm import Alarm
from kvob_workflow.alarm.errors import AlarmClosed, AlarmForked, AlarmIntervalInvalid
from kvob_workflow.alarm.status import AlarmStatus
from kvob_workflow.alarm.waking import DEFAULT_INTERVAL, LONGEST_INTERVAL, SHORTEST_INTERVAL

__all__ = [
    "DEFAULT_INTERVAL",
    "LONGEST_INTERVAL",
    "SHORTEST_INTERVAL",
    "Alarm",
    "AlarmClosed",
    "AlarmForked",
    "AlarmIntervalInvalid",
    "AlarmStatus",
]
