"""How does it look what a correction would change? A line for each thing that becomes otherwise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_workflow.cli.screens import phrases
from kvob_workflow.jsonable import jsonable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kvob_workflow import Outcome
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.engine.differing import Difference, RowDifference

_LONGEST = 60
"""Characters of a value; `--json` has it in full."""


def draw_preview(screen: Screen, outcome: Outcome) -> None:
    """What a correction would change, and where else its act is on record."""
    if outcome.preview is not None:
        _draw(screen, outcome.preview)
    if outcome.same_act_at:
        estates = ", ".join(outcome.same_act_at)
        screen.line(
            screen.choose(
                f"Dezelfde handeling staat ook bij: {estates}. Corrigeer haar daar zo nodig ook.",
                f"The same act is on record at: {estates}. Correct it there too where needed.",
            ),
            "bold",
        )


def _draw(screen: Screen, preview: Difference) -> None:
    if preview.is_empty:
        screen.line(
            screen.choose(
                "Stand, termijnen en overzichten blijven gelijk.",
                "State, deadlines and views stay the same.",
            )
        )
        return
    screen.line(screen.choose("Dit verandert:", "This changes:"), "bold")
    for line in _lines(screen, preview):
        screen.line(f"  {line}")


def _lines(screen: Screen, preview: Difference) -> Iterator[str]:
    for change in preview.fields:
        yield f"{change.field}: {_told(screen, change.before)} → {_told(screen, change.after)}"
    for codes, nl, en in (
        (preview.lacking, "ontbreekt voortaan", "missing from now on"),
        (preview.met, "ontbreekt niet meer", "no longer missing"),
    ):
        for code in codes:
            yield f"{screen.choose(nl, en)}: {screen.words(RequirementCode(code).words)}"
    for one in preview.certificates:
        name = f"{screen.choose('certificaat', 'certificate')} {one.number}"
        if one.before is None or one.after is None:
            gone = screen.choose("vervalt", "goes")
            come = screen.choose("komt erbij", "comes")
            yield f"{name}: {gone if one.after is None else come}"
        for change in one.fields:
            before, after = _told(screen, change.before), _told(screen, change.after)
            yield f"{name}, {change.field}: {before} → {after}"
    for due in preview.deadlines:
        kind = phrases.deadline(screen, due.kind)
        term = screen.choose("termijn", "deadline")
        before, after = _told(screen, due.before), _told(screen, due.after)
        yield f"{term} {kind} {due.ordinal}: {before} → {after}"
    yield from _rows(screen, preview.rows)


def _rows(screen: Screen, rows: Iterable[RowDifference]) -> Iterator[str]:
    for row in rows:
        key = " ".join(str(part) for part in row.key)
        name = f"{screen.choose('overzicht', 'view')} {row.view}{f' {key}' if key else ''}"
        if row.before is None or row.after is None:
            gone = screen.choose("regel vervalt", "row goes")
            come = screen.choose("regel komt erbij", "row comes")
            yield f"{name}: {gone if row.after is None else come}"
        else:
            yield f"{name}: {', '.join(_columns(screen, row.before, row.after))}"


def _columns(
    screen: Screen, before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[str]:
    for name, value in before.items():
        yield f"{name} {_told(screen, value)} → {_told(screen, after[name])}"


def _told(screen: Screen, value: object) -> str:
    if value is None:
        return "-"
    plain = jsonable(value, screen.language)
    text = plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
