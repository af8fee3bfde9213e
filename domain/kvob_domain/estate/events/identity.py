"""What has happened to what an estate is?"""

from typing import ClassVar

from pydantic import Field

from kvob_domain.estate.events.base import DatedEvent, Event
from kvob_domain.estate.values import EstateKind
from kvob_domain.ids import EstateIdField
from kvob_domain.partial_date import PartialDate
from kvob_domain.parties import PartyRole


class EstateRegistered(Event):
    """The estate, or the group, was entered."""

    TOPIC: ClassVar[str] = "kvob.estate:estate-registered.v1"
    kind: EstateKind
    name: str
    municipalities: tuple[str, ...]
    on: PartialDate
    scope: str | None = None

    @property
    def occurred(self) -> PartialDate:
        """The first day it existed, if known."""
        return self.on


class MembersLinked(DatedEvent):
    """A group was said to consist of these estates."""

    TOPIC: ClassVar[str] = "kvob.estate:members-linked.v1"
    members: tuple[EstateIdField, ...]


class GroupJoined(DatedEvent):
    """The estate was linked to a group, whose facts show on it."""

    TOPIC: ClassVar[str] = "kvob.estate:group-joined.v1"
    group: EstateIdField


class EstateRenamed(DatedEvent):
    """The estate got another name."""

    TOPIC: ClassVar[str] = "kvob.estate:estate-renamed.v1"
    name: str
    reason: str | None = None


class ScopeChanged(DatedEvent):
    """The area that the mark covers changed."""

    TOPIC: ClassVar[str] = "kvob.estate:scope-changed.v1"
    scope: str
    reason: str | None = None


class PartySucceeded(DatedEvent):
    """A party took the place of another."""

    TOPIC: ClassVar[str] = "kvob.estate:party-succeeded.v1"
    former: str
    successor: str = Field(min_length=1, max_length=200)
    role: PartyRole


class EstateTransferred(DatedEvent):
    """Another certification body took over."""

    TOPIC: ClassVar[str] = "kvob.estate:estate-transferred.v1"
    from_body: str | None = None
    to_body: str
    reason: str | None = None


IdentityEvent = (
    EstateRegistered
    | MembersLinked
    | GroupJoined
    | EstateRenamed
    | ScopeChanged
    | PartySucceeded
    | EstateTransferred
)
