"""How is a correction filled in? The event as it reads now; what differs is what it should say.

The fields are those of the event's own model. A row keeps what no input can hold, such as a sealed
name, by the number that it had in the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast

from pydantic import BaseModel, ValidationError

from kvob_domain.estate.events import ALL_EVENTS
from kvob_workflow.web.forms.fields import Field, Kind, fields_of
from kvob_workflow.web.forms.filled import ROW_WAS, Filled, joined
from kvob_workflow.web.forms.problems import problems_in
from kvob_workflow.web.forms.reading import read
from kvob_workflow.web.forms.writing import typed_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvob_domain.ids import EstateId
    from kvob_workflow.engine.history import HistoryEntry
    from kvob_workflow.web.forms.problems import FieldProblem
    from kvob_workflow.web.forms.reading import Reading

PREFIX: Final = "says"
_BY_TOPIC: Final[Mapping[str, type[BaseModel]]] = {one.TOPIC: one for one in ALL_EVENTS}


def fields_of_event(entry: HistoryEntry) -> tuple[Field, ...]:
    """The fields of an event that a form can change."""
    model = _BY_TOPIC[entry.topic]
    return tuple(one for one in fields_of(model) if one.kind is not Kind.CLOSED)


def as_it_reads(entry: HistoryEntry) -> Filled:
    """The inputs of an event, as it says now."""
    said = _said(entry)
    return Filled.of(typed_in(fields_of_event(entry), said, PREFIX, numbered=True))


def restated(
    entry: HistoryEntry, filled: Filled, find: Callable[[str], EstateId]
) -> tuple[dict[str, object], tuple[FieldProblem, ...]]:
    """What the event should have said otherwise, as RFC 7396 has it, and what is wrong with it."""
    fields, said = fields_of_event(entry), _said(entry)
    before = read(fields, as_it_reads(entry), find, PREFIX)
    after = read(fields, filled, find, PREFIX)
    _keep_what_is_closed(fields, said, filled, after)
    _keep_what_is_closed(fields, said, as_it_reads(entry), before)
    says = _changed(before.body, after.body)
    whole = _merged(said, says)
    try:
        _BY_TOPIC[entry.topic].model_validate(whole)
    except ValidationError as error:
        return says, problems_in("", fields, after, error.errors(include_url=False))
    return says, problems_in("", fields, after, ())


def _said(entry: HistoryEntry) -> dict[str, object]:
    own = "on" in _BY_TOPIC[entry.topic].model_fields
    return {**entry.details, **({"on": entry.on} if own else {})}


def _keep_what_is_closed(
    fields: tuple[Field, ...], said: Mapping[str, object], filled: Filled, reading: Reading
) -> None:
    """Put back into the rows of a list what the form does not show of them."""
    for one in fields:
        rows, were = reading.body.get(one.name), said.get(one.name)
        if one.kind is not Kind.ROWS or one.is_single or not isinstance(rows, list):
            continue
        if not isinstance(were, list | tuple):
            continue
        records = cast("list[dict[str, object]]", rows)
        originals = cast("list[Mapping[str, object]]", list(cast("list[object]", were)))
        for number, record in enumerate(records):
            was = filled.text(joined(reading.places[one.name, number], ROW_WAS))
            if was.isdecimal() and len(was) < 6 and int(was) < len(originals):
                for key, value in originals[int(was)].items():
                    if isinstance(value, Mapping):
                        record.setdefault(key, cast("object", value))


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object]:
    """What is otherwise: objects by their fields, lists as a whole, what is gone as null."""
    says: dict[str, object] = {}
    for name in [*before, *(one for one in after if one not in before)]:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            inner = cast("Mapping[str, object]", old), cast("Mapping[str, object]", new)
            says[name] = _changed(*inner)
        else:
            says[name] = new
    return says


def _merged(said: Mapping[str, object], says: Mapping[str, object]) -> dict[str, object]:
    whole = dict(said)
    for name, value in says.items():
        now = whole.get(name)
        if value is None:
            whole.pop(name, None)
        elif isinstance(value, Mapping) and isinstance(now, Mapping):
            whole[name] = _merged(
                cast("Mapping[str, object]", now), cast("Mapping[str, object]", value)
            )
        else:
            whole[name] = value
    return whole
