"""What can have happened? The closed union of events, split by subject.

A released event is never renamed or removed: a new version gets a new topic and an upcast.
"""

from typing import get_args

from kvob_domain.estate.events.base import DatedEvent, Event
from kvob_domain.estate.events.certification import CertificationEvent
from kvob_domain.estate.events.corrections import CorrectionEvent
from kvob_domain.estate.events.deadlines import DeadlineEvent
from kvob_domain.estate.events.documents import DocumentEvent
from kvob_domain.estate.events.identity import IdentityEvent
from kvob_domain.estate.events.oversight import OversightEvent
from kvob_domain.estate.events.past import PastEvent
from kvob_domain.estate.events.preparation import PreparationEvent
from kvob_domain.estate.events.standing import StandingEvent

AnyEvent = (
    IdentityEvent
    | PreparationEvent
    | CertificationEvent
    | StandingEvent
    | OversightEvent
    | DeadlineEvent
    | PastEvent
    | CorrectionEvent
    | DocumentEvent
)

ALL_EVENTS: tuple[type[AnyEvent], ...] = get_args(AnyEvent)

__all__ = [
    "ALL_EVENTS",
    "AnyEvent",
    "CertificationEvent",
    "CorrectionEvent",
    "DatedEvent",
    "DeadlineEvent",
    "DocumentEvent",
    "Event",
    "IdentityEvent",
    "OversightEvent",
    "PastEvent",
    "PreparationEvent",
    "StandingEvent",
]
