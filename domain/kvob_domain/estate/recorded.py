"""What is kept with an event? Who recorded it, when, through which entrance, for which command."""

from datetime import datetime
from typing import NamedTuple

from kvob_domain.estate.events import AnyEvent
from kvob_domain.ids import EstateId, PersonId


class Recorded(NamedTuple):
    """An event in its envelope. `version` counts from 1 within the estate; `at` is aware UTC.

    `via` is the entrance, `command` the command id, `correlation` is shared by the events of one
    act over several estates, `causation` names what made the command, `trace` is a W3C trace
    context, `source` the file or system it came from.
    """

    estate: EstateId
    version: int
    event: AnyEvent
    at: datetime
    by: PersonId | None = None
    role: str = "operator"
    org: str | None = None
    via: str = "python"
    command: str | None = None
    correlation: str | None = None
    causation: str | None = None
    trace: str | None = None
    source: str | None = None
