"""Why does a field say what it says? The events that made it so, and the rule behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_workflow.engine.explaining import FieldAmbiguous, FieldUnknown
from kvob_workflow.web.rendering import page
from kvob_workflow.web.telling.fields import (
    VIEWS,
    label_in,
    parts_of,
    row_title,
    rows_of,
    value_in,
)
from kvob_workflow.web.telling.lines import line_of
from kvob_workflow.web.telling.names import names_for
from kvob_workflow.web.telling.saying import Teller

if TYPE_CHECKING:
    from fastapi import Response

    from kvob_workflow.engine.explaining import Cause, Explanation
    from kvob_workflow.web.asking import Ask
    from kvob_workflow.web.telling.lines import Line

_MOST: Final = 20


def explained(ask: Ask, field: str) -> Response:
    """The explanation of a field, or without one the list of fields to choose from."""
    teller = Teller(ask.language, names_for(ask, ask.estate))
    found, refusal = _explanation(ask, field) if field else (None, None)
    rows = rows_of(ask.desk.fields(ask.estate), teller)
    context: dict[str, object] = {}
    if found is not None:
        teller.names.learn(one.event.details for one in found.causes)
        context = _told(found, teller)
    return page(
        ask,
        "history_explained.html",
        status=404 if refusal else 200,
        about=ask.desk.overview(ask.estate),
        views={view: [row for row in rows if row.view == view] for view in VIEWS},
        view_words=VIEWS,
        field=field,
        found=found,
        refusal=refusal,
        **context,
    )


def _explanation(
    ask: Ask, field: str
) -> tuple[Explanation | None, FieldUnknown | FieldAmbiguous | None]:
    try:
        return ask.desk.explain(ask.estate, field), None
    except (FieldUnknown, FieldAmbiguous) as error:
        return None, error


def _told(found: Explanation, teller: Teller) -> dict[str, object]:
    view, row, name = parts_of(found.address)
    causes = _worth_showing(found.causes)
    lines: list[tuple[Cause, Line, str]] = []
    for one in reversed(causes):
        became = value_in(one.value, name, teller) if one.changed else ""
        lines.append((one, line_of(one.event, teller), became))
    return {
        "label": label_in(name, teller.language),
        "place": VIEWS[view].of(teller.language) if view in VIEWS else view,
        "row": row_title(row, teller.language),
        "value": value_in(found.value, name, teller),
        "lines": lines,
        "left_out": len(found.causes) - len(causes),
    }


def _worth_showing(causes: tuple[Cause, ...]) -> list[Cause]:
    """What is needed or corrected, and the newest of the other changes."""
    spare = [one for one in causes if not _is_telling(one)]
    left_out = {id(one) for one in spare[: max(len(spare) - _MOST, 0)]}
    return [one for one in causes if id(one) not in left_out]


def _is_telling(cause: Cause) -> bool:
    return cause.needed or cause.corrects is not None or bool(cause.corrected_by)
