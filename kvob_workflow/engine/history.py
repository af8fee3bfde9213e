"""What has happened to an estate? Its stream as entries, in the order in which things happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kvob_domain.estate.events.identity import EstateRegistered, MembersLinked
from kvob_domain.estate.events.words import EVENT_WORDS
from kvob_domain.estate.order import in_order
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_domain.words import Text
from kvob_workflow.store import EventStore


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One event for people.

    `on` is the day it happened as written ("2019-10", or "" where unknown), `recorded_at` the
    UTC instant of recording. `via` names the group whose event it is, None for the estate's own.
    """

    estate_id: EstateId
    version: int
    on: str
    recorded_at: datetime
    topic: str
    title: Text
    by: str | None
    role: str
    organisation: str | None
    origin: str
    command_id: str | None
    correlation: str | None
    source: str | None
    details: Mapping[str, object]
    via: str | None


def history_of(store: EventStore, estate: Estate) -> tuple[HistoryEntry, ...]:
    """The history of an estate, with the facts of the groups that it belongs to."""
    groups: dict[EstateId, str] = {}
    merged: list[Recorded] = list(store.stream(estate.id))
    for group in estate.groups:
        for recorded in store.stream(group):
            if isinstance(recorded.event, EstateRegistered):
                groups[group] = recorded.event.name
            elif not isinstance(recorded.event, MembersLinked):
                merged.append(recorded)
    return tuple(entry(recorded, groups.get(recorded.estate)) for recorded in in_order(merged))


def entry(recorded: Recorded, via: str | None = None) -> HistoryEntry:
    """One event as an entry."""
    event = recorded.event
    return HistoryEntry(
        estate_id=recorded.estate,
        version=recorded.version,
        on=event.occurred.text,
        recorded_at=recorded.at,
        topic=event.TOPIC,
        title=EVENT_WORDS[type(event)],
        by=recorded.by,
        role=recorded.role,
        organisation=recorded.org,
        origin=recorded.via,
        command_id=recorded.command,
        correlation=recorded.correlation,
        source=recorded.source,
        details=event.model_dump(mode="json", exclude_none=True, exclude={"on"}),
        via=via,
    )
