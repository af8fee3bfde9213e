"""What is otherwise at one moment than at another? Of one estate, and of many."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from pydantic import AwareDatetime, JsonValue

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_workflow.http.answers import Model
from kvob_workflow.http.models.estates import EstateLine
from kvob_workflow.http.models.explaining import plain
from kvob_workflow.http.models.history import HistoryLine, history_line
from kvob_workflow.http.persons import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.engine.differing import (
        CertificateChange,
        Difference,
        FieldChange,
        RowDifference,
    )
    from kvob_workflow.engine.history import HistoryEntry
    from kvob_workflow.engine.past import EstateDiff, MovedRow


class MomentLine(Model):
    """A civil day (None: today) as known at an instant (None: now)."""

    on: date | None
    known_at: AwareDatetime | None


class FieldChanged(Model):
    """A field of the estate that differs, before and after."""

    field: str
    before: JsonValue
    after: JsonValue


class CertificateChanged(Model):
    """The n-th certificate: which of its fields differ, or that it came or went."""

    number: int
    came: bool
    went: bool
    fields: tuple[FieldChanged, ...]


class DeadlineMoved(Model):
    """A deadline that came (`before` None), went (`after` None) or moved to another day."""

    kind: DeadlineKind
    ordinal: int
    before: date | None
    after: date | None


class RowChanged(Model):
    """A row of a view that came (`before` None), went (`after` None) or changed."""

    view: str
    key: tuple[JsonValue, ...]
    before: dict[str, JsonValue] | None
    after: dict[str, JsonValue] | None


class DifferenceLines(Model):
    """What is otherwise in the second of two states of an estate.

    `met` are requirements that are missing in the first only, `lacking` in the second only.
    """

    fields: tuple[FieldChanged, ...]
    met: tuple[RequirementCode, ...]
    lacking: tuple[RequirementCode, ...]
    certificates: tuple[CertificateChanged, ...]
    deadlines: tuple[DeadlineMoved, ...]
    rows: tuple[RowChanged, ...]


class EstateDifference(DifferenceLines):
    """What is otherwise at the second moment than at the first.

    `met` are requirements that are missing at the first only, `lacking` at the second only.
    `events` count at the second and not at the first, `undone` the other way round.
    """

    estate_id: str
    estate: str
    municipality: str
    first: MomentLine
    second: MomentLine
    events: tuple[HistoryLine, ...]
    undone: tuple[HistoryLine, ...]


class MovedLine(Model):
    """An estate that stands otherwise at the second moment than at the first.

    `before` or `after` is None where it was not there; `changed` names the fields that differ.
    Without `events` only time has passed: a certificate ran out.
    """

    estate_id: str
    estate: str
    municipality: str
    before: EstateLine | None
    after: EstateLine | None
    changed: tuple[str, ...]
    deadlines: tuple[DeadlineMoved, ...]
    events: tuple[HistoryLine, ...]
    undone: tuple[HistoryLine, ...]


def estate_difference(found: EstateDiff) -> EstateDifference:
    """The difference of one estate as an answer."""
    return EstateDifference(
        **dict(difference_lines(found.difference)),
        estate_id=found.estate_id,
        estate=found.estate,
        municipality=found.municipality,
        first=MomentLine.model_validate(found.a),
        second=MomentLine.model_validate(found.b),
        events=_lines(found.events),
        undone=_lines(found.undone),
    )


def difference_lines(between: Difference) -> DifferenceLines:
    """A difference of two states as a part of an answer."""
    return DifferenceLines(
        fields=tuple(_field(one) for one in between.fields),
        met=tuple(RequirementCode(code) for code in between.met),
        lacking=tuple(RequirementCode(code) for code in between.lacking),
        certificates=tuple(_certificate(one) for one in between.certificates),
        deadlines=tuple(DeadlineMoved.model_validate(one) for one in between.deadlines),
        rows=tuple(_row(one) for one in between.rows),
    )


def moved_line(found: MovedRow) -> MovedLine:
    """An estate that moved as a line of a list."""
    return MovedLine(
        estate_id=found.estate_id,
        estate=found.estate,
        municipality=found.municipality,
        before=None if found.before is None else EstateLine.model_validate(found.before),
        after=None if found.after is None else EstateLine.model_validate(found.after),
        changed=found.changed,
        deadlines=tuple(DeadlineMoved.model_validate(one) for one in found.deadlines),
        events=_lines(found.events),
        undone=_lines(found.undone),
    )


def _lines(entries: Sequence[HistoryEntry]) -> tuple[HistoryLine, ...]:
    return tuple(history_line(one) for one in entries)


def _field(change: FieldChange) -> FieldChanged:
    def shown(value: object) -> JsonValue:
        return cast("JsonValue", said(plain(value)))

    return FieldChanged(field=change.field, before=shown(change.before), after=shown(change.after))


def _certificate(change: CertificateChange) -> CertificateChanged:
    return CertificateChanged(
        number=change.number,
        came=change.before is None,
        went=change.after is None,
        fields=tuple(_field(one) for one in change.fields),
    )


def _row(change: RowDifference) -> RowChanged:
    return RowChanged(
        view=change.view, key=change.key, before=plain(change.before), after=plain(change.after)
    )
