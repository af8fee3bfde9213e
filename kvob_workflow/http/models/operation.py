"""What do the answers about the running of the service hold? Projections, rebuilds, health."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, ConfigDict, Field, JsonValue

from kvob_workflow.engine.health import Health
from kvob_workflow.followers.status import FollowerKind, Standing
from kvob_workflow.http.answers import Model
from kvob_workflow.http.models.words import Words


class CountedLine(Model):
    """A number; not exact where there were more than were counted."""

    number: int
    exact: bool


class EventPlace(Model):
    """An event: where it stands in all, of which estate, and what it is."""

    position: int
    estate: str
    version: int
    topic: str


class LackingLine(Model):
    """An estate that a projection has no right rows of, and why."""

    estate: str
    version: int
    error: str


class SkippedLine(Model):
    """An event that somebody told an effect to step over."""

    event: EventPlace
    error: str
    reason: str
    by: str
    at: AwareDatetime


class LastRebuildLine(Model):
    """The latest rebuild that a view was in."""

    number: int
    status: str
    started_at: AwareDatetime
    ended_at: AwareDatetime | None
    differences: int


class ProjectionLine(Model):
    """One projection or follower at one moment.

    Every event up to `position` is done; `lag` counts those after it, `lag_seconds` is how long
    ago the oldest of them was recorded. `lacking` are the first estates without right rows, of
    `behind` in all. `needs_somebody`: it does not go on, or not wholly, without a person.
    """

    name: str
    kind: FollowerKind
    standing: Standing
    needs_somebody: bool
    position: int
    lag: CountedLine
    lag_seconds: float | None
    error: str | None
    event: EventPlace | None
    next_attempt_at: AwareDatetime | None
    behind: int
    lacking: tuple[LackingLine, ...]
    rows: CountedLine | None
    last_rebuild: LastRebuildLine | None
    skipped: tuple[SkippedLine, ...]


class Skip(Model):
    """Why an effect steps over the event that it failed at; kept for good."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Annotated[str, Field(min_length=1, max_length=1000)]


class RowsBehindLine(Model):
    """A view that does not show the newest events of an estate, and why."""

    view: str
    estate: str
    error: str
    at_version: int


class RebuildLine(Model):
    """One rebuild: which views, how far it is, and how many rows were wrong."""

    number: int
    status: Literal["building", "live", "rolled-back", "cancelled"]
    views: tuple[str, ...]
    by: str
    started_at: AwareDatetime
    progressed_at: AwareDatetime
    ended_at: AwareDatetime | None
    filled: bool
    position: int
    events: int
    rows: int
    differences: int


class RowDifferenceLine(Model):
    """A row of a live view that was not the one that the events give.

    `found` and `right` hold the columns that differ, null where there is no such row. After the
    event with this `version` and topic the right row changed for the last time.
    """

    view: str
    estate: str
    key: tuple[JsonValue, ...]
    found: dict[str, JsonValue] | None
    right: dict[str, JsonValue] | None
    version: int | None
    topic: str | None


class RebuildRequest(Model):
    """Which views; without names those that this release cannot answer from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: Annotated[tuple[str, ...], Field(max_length=100)] = ()


class PlannedLine(Model):
    """What would happen to one view, and why; `statements` make its new table."""

    name: str
    reason: str
    schema_now: Annotated[int, Field(validation_alias="schema")]
    becomes: int
    compared: bool
    statements: tuple[str, ...]


class PlanModel(Model):
    """What a rebuild would do; nothing was done. `seconds` is an estimate."""

    views: tuple[PlannedLine, ...]
    events: int
    estates: int
    goes_on: bool
    seconds: float


class HealthLine(Model):
    """Something that a look found; `name` is a projection or follower, or empty."""

    code: str
    health: Health
    name: str
    text: Words


class HealthModel(Model):
    """How the service does: as the worst reason. `next_due_on` is the day of the next deadline."""

    health: Health
    reasons: tuple[HealthLine, ...]
    looked_at: AwareDatetime
    next_due_on: date | None = None
