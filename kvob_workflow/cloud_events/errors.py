"""What can go wrong with events that go out?

Invalid
├── SourceInvalid      the name of this system in events is no URI
├── EventTypeUnknown   no event has this type
└── PositionInvalid    a stream cannot go on from there
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Invalid


@dataclass(eq=False)
class SourceInvalid(Invalid):
    """Every event names the system that it comes from."""

    code: ClassVar[str] = "source-invalid"
    nl: ClassVar[str] = (
        "'{source}' kan geen bron van gebeurtenissen zijn. Geef een URI, liefst "
        "urn:nld:oin:<OIN van 20 cijfers>:systeem:<naam>; zet KVOB_SOURCE."
    )
    en: ClassVar[str] = (
        "'{source}' cannot be the source of events. Give a URI, preferably "
        "urn:nld:oin:<OIN of 20 digits>:systeem:<name>; set KVOB_SOURCE."
    )
    source: str


@dataclass(eq=False)
class EventTypeUnknown(Invalid):
    """A filter names an event that does not exist, and would let nothing through."""

    code: ClassVar[str] = "event-type-unknown"
    nl: ClassVar[str] = "Er is geen gebeurtenis '{type}'. Bekijk ze met 'kvob events list'."
    en: ClassVar[str] = "There is no event '{type}'. See them with 'kvob events list'."
    type: str


@dataclass(eq=False)
class PositionInvalid(Invalid):
    """A position is a whole number from 0, and that of an event that is there."""

    code: ClassVar[str] = "position-invalid"
    nl: ClassVar[str] = (
        "Er is geen gebeurtenis op positie '{position}'. Geef het 'id' van de laatste die is "
        "ontvangen, of 0 voor alles: ook als er een oudere reservekopie is teruggezet."
    )
    en: ClassVar[str] = (
        "There is no event at position '{position}'. Give the 'id' of the last one that was "
        "received, or 0 for everything: also when an older backup was put back."
    )
    position: str
