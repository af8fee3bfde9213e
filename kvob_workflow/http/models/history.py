"""What has happened? An event as people read it, and the same for ever under one address."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pydantic import AwareDatetime, JsonValue

from kvob_domain.actor import Role
from kvob_workflow.http.answers import Model
from kvob_workflow.http.models.words import Words
from kvob_workflow.http.persons import said

if TYPE_CHECKING:
    from kvob_workflow.engine.history import HistoryEntry


class HistoryLine(Model):
    """One event.

    `on` is the day it happened as exactly as it is known ("2019-10", "" where unknown),
    `recorded_at` the UTC instant of recording. `by` is the id of a person, or `hidden`. `via`
    names the group whose event it is. `corrected_by` is the version of the correction that holds:
    `on` and `details` are what it says now, `said_first` is what it said when it was recorded.
    `withdrawn`: it never happened, and says what it said.
    """

    estate_id: str
    version: int
    on: str
    recorded_at: AwareDatetime
    topic: str
    title: Words
    by: str | None
    role: Role
    organisation: str | None
    origin: str
    command_id: str | None
    correlation: str | None
    source: str | None
    details: dict[str, JsonValue]
    via: str | None
    corrected_by: int | None
    corrects: int | None
    said_first: dict[str, JsonValue] | None
    withdrawn: bool


class RecordedEvent(HistoryLine):
    """One event for ever: nothing under this address changes but what a correction adds.

    `leaf` is where it stands in the proof log (from 0); None where it is not in there yet, and for
    who has no right to read proofs.
    """

    leaf: int | None


def history_line(entry: HistoryEntry) -> HistoryLine:
    """An event as a part of an answer."""
    first = None if entry.said_first is None else said(entry.said_first)
    return HistoryLine(
        estate_id=entry.estate_id,
        version=entry.version,
        on=entry.on,
        recorded_at=entry.recorded_at,
        topic=entry.topic,
        title=Words.model_validate(entry.title),
        by=entry.by,
        role=Role(entry.role),
        organisation=entry.organisation,
        origin=entry.origin,
        command_id=entry.command_id,
        correlation=entry.correlation,
        source=entry.source,
        details=cast("dict[str, JsonValue]", said(entry.details)),
        via=entry.via,
        corrected_by=entry.corrected_by,
        corrects=entry.corrects,
        said_first=cast("dict[str, JsonValue] | None", first),
        withdrawn=entry.withdrawn,
    )
