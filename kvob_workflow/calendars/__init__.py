"""How do deadlines get into somebody's diary? As an iCalendar feed (RFC 5545 and 7986).

Read `query` (what can be asked), `entries` (what becomes an entry) and `feed` (how it is written).
The package `icalendar` comes with the extra `ical` and is loaded when a feed is written.
"""

from kvob_workflow.calendars.feed import feed
from kvob_workflow.calendars.query import CalendarQuery

__all__ = ["CalendarQuery", "feed"]
