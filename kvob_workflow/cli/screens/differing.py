"""How does a comparison of two moments look? What is otherwise, then the events that made it so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.history import title
from kvob_workflow.cli.screens.moments import known
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table, lines
from kvob_workflow.jsonable import jsonable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text as Styled

    from kvob_projections.paging import Page
    from kvob_workflow import HistoryEntry
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.engine.differing import DeadlineChange
    from kvob_workflow.engine.moments import Moment
    from kvob_workflow.engine.past import EstateDiff, MovedRow

_SAME: Final = Text("Er is niets veranderd.", "Nothing has changed.")
_NONE_MOVED: Final = Text("Er is geen terrein verschoven.", "No estate has moved.")
_LONGEST: Final = 80


def draw_diff(screen: Screen, found: EstateDiff) -> None:
    """One estate at two moments."""
    screen.heading(f"{found.estate}, {found.municipality}")
    screen.line(f"A  {_moment(screen, found.a)}")
    screen.line(f"B  {_moment(screen, found.b)}")
    screen.line()
    differ = found.difference
    rows: list[Row] = [
        [cell(one.field), *_sides(screen, one.before, one.after)] for one in differ.fields
    ]
    for codes, told in (
        (differ.met, screen.choose("niet meer nodig", "no longer missing")),
        (differ.lacking, screen.choose("ontbreekt", "missing")),
    ):
        for code in codes:
            words = screen.words(RequirementCode(code).words)
            rows.append([cell(words), cell(""), cell(told)])
    for held in differ.certificates:
        name = screen.choose(f"certificaat {held.number}", f"certificate {held.number}")
        if not held.fields:
            rows.append([cell(name), *_sides(screen, held.before, held.after)])
        for one in held.fields:
            rows.append([cell(f"{name}, {one.field}"), *_sides(screen, one.before, one.after)])
    for due in differ.deadlines:
        kind = phrases.deadline(screen, due.kind)
        rows.append([cell(kind), *_sides(screen, due.before, due.after)])
    if rows:
        what = Column(screen.choose("Wat", "What"))
        draw_table(screen, [what, Column("A"), Column("B")], [Section(None, rows)])
    else:
        screen.line(screen.words(_SAME))
    _events(screen, screen.choose("Door", "By"), found.events)
    _events(screen, screen.choose("Telt in B niet meer", "No longer counts in B"), found.undone)


def draw_moved(screen: Screen, page: Page[MovedRow], a: Moment, b: Moment) -> None:
    """The estates that moved between two moments."""
    screen.heading(
        screen.choose(
            f"Verschoven tussen {_moment(screen, a)} en {_moment(screen, b)}",
            f"Moved between {_moment(screen, a)} and {_moment(screen, b)}",
        )
    )
    if not page.items:
        screen.line(screen.words(_NONE_MOVED))
        return
    columns = [
        Column(screen.choose("Terrein", "Estate")),
        Column(screen.choose("Wat", "What")),
        Column(screen.choose("Door", "By")),
    ]
    draw_table(screen, columns, [Section(None, [_row(screen, item) for item in page.items])])
    more = "" if page.total_is_exact else "+"
    screen.line()
    told = phrases.estates(screen, len(page.items))
    of = screen.choose(f"{told} van {page.total}{more}.", f"{told} of {page.total}{more}.")
    screen.line(of, "bold")


def _row(screen: Screen, item: MovedRow) -> Row:
    told = [
        *(cell(text) for text in _moves(screen, item)),
        *(cell(_due(screen, one), "dim") for one in item.deadlines),
    ]
    events = [cell(_event(screen, one)) for one in item.events]
    events += [cell(f"- {_event(screen, one)}", "dim") for one in item.undone]
    if not events:
        events = [cell(screen.choose("(tijd verstreken)", "(time has passed)"), "dim")]
    name = lines(cell(item.estate), cell(item.municipality, "dim"))
    return [name, lines(*told), lines(*events)]


def _moves(screen: Screen, item: MovedRow) -> list[str]:
    before, after = item.before, item.after
    if before is None or after is None:
        row = after or before
        word = screen.choose("erbij", "new") if after else screen.choose("weg", "gone")
        return [f"{word}: {screen.words(Step(row.step).words)}"] if row else []
    told: list[str] = []
    if before.step != after.step:
        steps = [screen.words(Step(row.step).words) for row in (before, after)]
        told.append(" → ".join(steps))
    if before.status != after.status:
        statuses = [screen.words(Status(row.status).words) for row in (before, after)]
        told.append(" → ".join(statuses))
    others = [name for name in item.changed if name not in ("step", "status", "next_due_on")]
    return [*told, *others]


def _due(screen: Screen, change: DeadlineChange) -> str:
    days = f"{change.before or '-'} → {change.after or '-'}"
    return f"{phrases.deadline(screen, change.kind)} {days}"


def _events(screen: Screen, heading: str, events: Sequence[HistoryEntry]) -> None:
    if events:
        screen.line()
        screen.line(heading, "bold")
        for one in events:
            screen.line(_event(screen, one))


def _event(screen: Screen, entry: HistoryEntry) -> str:
    number = screen.choose("versie", "version")
    return f"{entry.on or '?'} {title(screen, entry)} ({number} {entry.version})"


def _moment(screen: Screen, moment: Moment) -> str:
    day = screen.choose("vandaag", "today") if moment.on is None else str(moment.on)
    return f"{day}, {known(screen, moment.known_at)}"


def _sides(screen: Screen, before: object, after: object) -> tuple[Styled, Styled]:
    return cell(_text(screen, before)), cell(_text(screen, after))


def _text(screen: Screen, value: object) -> str:
    if value in (None, [], ""):
        return "-"
    plain = jsonable(value, screen.language)
    text = plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
