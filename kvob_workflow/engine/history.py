"""What has happened to an estate? Its stream as entries, in the order in which things happened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from kvob_domain.estate.corrected import (
    effective,
    happened_by,
    instead_of,
    known_by,
    latest_corrections,
)
from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.identity import EstateRegistered, GroupJoined, MembersLinked
from kvob_domain.estate.events.words import EVENT_WORDS
from kvob_domain.estate.order import in_order
from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import EstateId
from kvob_domain.words import Text
from kvob_workflow.engine.moments import Moment, NotThereThen
from kvob_workflow.store import EventStore

_WHOLE: Final = slice(None)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One event for people.

    `on` is the day it happened as written ("2019-10", or "" where unknown), `recorded_at` the
    UTC instant of recording. `via` names the group whose event it is, None for the estate's own.
    `corrects` is the version of the event that this one corrects. `corrected_by` is the version of
    the correction that holds: `on` and `details` are then what it says now, `said_first` is what it
    said when it was recorded, with its day. Withdrawn, it never happened, and says what it said.
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
    corrected_by: int | None = None
    corrects: int | None = None
    said_first: Mapping[str, object] | None = None
    withdrawn: bool = False


def history_of(
    store: EventStore,
    estate: EstateId,
    own: Sequence[Recorded],
    on: date | None = None,
    known_at: datetime | None = None,
    part: slice = _WHOLE,
) -> tuple[HistoryEntry, ...]:
    """The history of an estate, with the facts of the groups that it belongs to; `part` of it.

    `own` are its events. With `known_at` as it was known then: what was recorded later is absent.
    With `on` only what had happened by the end of that day. A thousand events are not folded: that
    takes longer than reading them.

    Raises:
        NotThereThen: nothing of it was known.
    """
    known = own if known_at is None else known_by(own, known_at)
    told = effective(known)
    if not told:
        raise NotThereThen(estate, str(Moment(None, known_at)))
    merged: list[Recorded] = list(known)
    groups: dict[EstateId, str] = {}
    for group in _groups_of(told):
        stream = store.stream(group)
        for recorded in stream if known_at is None else known_by(stream, known_at):
            if isinstance(recorded.event, EstateRegistered):
                groups[group] = recorded.event.name
            elif not isinstance(recorded.event, MembersLinked):
                merged.append(recorded)
    return _entries(merged, groups, on, part)


def _groups_of(told: Sequence[Recorded]) -> list[EstateId]:
    """The groups that an estate belongs to, as its state has them."""
    joined = in_order([one for one in told if isinstance(one.event, GroupJoined)])
    return [one.event.group for one in joined if isinstance(one.event, GroupJoined)]


def _entries(
    known: Sequence[Recorded], groups: Mapping[EstateId, str], on: date | None, part: slice
) -> tuple[HistoryEntry, ...]:
    said = latest_corrections(known)
    first = {(one.estate, one.version): one for one in known}
    # A withdrawn event keeps its place, so that everybody sees what was taken back.
    gone = [first[key] for key, correction in said.items() if instead_of(correction) is None]
    ordered: Iterable[Recorded] = in_order([*effective(known), *gone])
    if on is not None:
        ordered = happened_by(ordered, on)
    entries: list[HistoryEntry] = []
    for recorded in list(ordered)[part]:
        key = (recorded.estate, recorded.version)
        told = entry(recorded, groups.get(recorded.estate))
        correction = said.get(key)
        if correction is not None:
            was = first[key]
            is_gone = instead_of(correction) is None
            told = replace(
                told,
                recorded_at=was.at,
                corrected_by=correction.version,
                said_first=None if is_gone else {"on": was.event.occurred.text, **_says(was.event)},
                withdrawn=is_gone,
            )
        entries.append(told)
    return tuple(entries)


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
        details=_says(event),
        via=via,
        corrects=event.version if isinstance(event, EventCorrected) else None,
    )


def _says(event: AnyEvent) -> Mapping[str, object]:
    says: Mapping[str, object] = event.model_dump(mode="json", exclude_none=True, exclude={"on"})
    return says
