"""Why can no calendar be written?

KvobError (kvob_domain.errors)
└── Unavailable
    └── CalendarsNotInstalled    the extra that writes iCalendar is not installed
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Unavailable


@dataclass(eq=False)
class CalendarsNotInstalled(Unavailable):
    """The package icalendar is missing."""

    code: ClassVar[str] = "calendars-not-installed"
    nl: ClassVar[str] = (
        "Agenda's schrijven vraagt het pakket icalendar. Installeer het met "
        "pip install 'kvob_workflow[ical]' en herhaal de opdracht."
    )
    en: ClassVar[str] = (
        "Writing calendars takes the package icalendar. Install it with "
        "pip install 'kvob_workflow[ical]' and repeat the command."
    )
