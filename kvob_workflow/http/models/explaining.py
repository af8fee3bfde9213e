"""Why does a view say what it says? The events behind a field, and the rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from kvob_workflow.http.answers import Model
from kvob_workflow.http.models.history import HistoryLine, history_line
from kvob_workflow.http.models.words import Words
from kvob_workflow.jsonable import jsonable

if TYPE_CHECKING:
    from kvob_workflow.engine.explaining import Explanation, FieldValue


class FieldLine(Model):
    """A field of a view by its address, with its value."""

    address: str
    value: JsonValue


class CauseLine(Model):
    """One event behind a value.

    `changed`: at this event the field got another value, `value`. `needed`: without it the value
    would be another one.
    """

    event: HistoryLine
    changed: bool
    value: JsonValue
    needed: bool
    corrected_by: tuple[int, ...]
    corrects: int | None


class RuleLine(Model):
    """A rule behind a value; `holder` is the edition or policy that says so, `source` where.

    Both are empty where no scheme value was applied.
    """

    rule: str
    says: Words
    holder: str
    source: str


class FieldExplanation(Model):
    """Why one field shows its value on a day.

    `causes` stand in the order in which things happened, corrections after what they correct.
    """

    estate_id: str
    estate: str
    municipality: str
    on: date
    address: str
    value: JsonValue
    causes: tuple[CauseLine, ...]
    rules: tuple[RuleLine, ...]


def plain(value: object) -> Any:
    """A value of a view as JSON."""
    return jsonable(value, "en")


def field_line(field: FieldValue) -> FieldLine:
    """A field as a line of a list."""
    return FieldLine(address=field.address, value=plain(field.value))


def explanation_of(found: Explanation) -> FieldExplanation:
    """An explanation as an answer."""
    causes = tuple(
        CauseLine(
            event=history_line(one.event),
            changed=one.changed,
            value=plain(one.value),
            needed=one.needed,
            corrected_by=one.corrected_by,
            corrects=one.corrects,
        )
        for one in found.causes
    )
    return FieldExplanation(
        estate_id=found.estate_id,
        estate=found.estate,
        municipality=found.municipality,
        on=found.on,
        address=found.address,
        value=plain(found.value),
        causes=causes,
        rules=tuple(RuleLine.model_validate(one) for one in found.rules),
    )
