"""How does the standing of projections look? One line each; one alone with all that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.moments import instant
from kvob_workflow.cli.screens.rebuilding import STATUSES, draw_unfinished
from kvob_workflow.cli.screens.table import GAP, Column, Row, Section, cell, draw_table
from kvob_workflow.followers import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.followers import Counted, EventAt, ProjectionStatus, Skipped
    from kvob_workflow.followers.status import Lacking, LastRebuild
    from kvob_workflow.store.rebuilding import Rebuild

_STYLES: Final = {
    Standing.CURRENT: "green",
    Standing.UNUSED: "dim",
    Standing.LAGGING: "yellow",
    Standing.BUILDING: "yellow",
    Standing.BEHIND: "bold red",
    Standing.FAILING: "yellow",
    Standing.STALLED: "bold red",
}
# Kind, position, rows, time: in this order they make room in a narrow terminal.
_LESS_DEAR: Final = (1, 3, 6, 5)
_ADVICE: Final = Text(
    "Bijzonderheden: 'kvob projection status {0}'. Opnieuw: 'kvob projection retry {0}'.",
    "Details: 'kvob projection status {0}'. Again: 'kvob projection retry {0}'.",
)
_SKIP: Final = Text(
    "Opnieuw: 'kvob projection retry {0}'. Overslaan: 'kvob projection skip {0} --reason …'.",
    "Again: 'kvob projection retry {0}'. Step over it: 'kvob projection skip {0} --reason …'.",
)


def draw_all(screen: Screen, found: Sequence[ProjectionStatus], unfinished: Rebuild | None) -> None:
    """Every projection and follower, what stopped some of them, and a rebuild that is not done."""
    columns = [
        Column(screen.choose("Naam", "Name"), fixed=True),
        Column(screen.choose("Soort", "Kind"), fixed=True),
        Column(screen.choose("Stand", "Standing"), fixed=True),
        Column(screen.choose("Positie", "Position"), fixed=True, right=True),
        Column(screen.choose("Achter", "Lag"), fixed=True, right=True),
        Column(screen.choose("Tijd", "Time"), fixed=True, right=True),
        Column(screen.choose("Rijen", "Rows"), fixed=True, right=True),
    ]
    rows = [_row(screen, one) for one in found]
    left = _fitting(screen, columns, rows)
    kept = [[row[number] for number in left] for row in rows]
    draw_table(screen, [columns[number] for number in left], [Section(None, [*kept])])
    wrong = [one for one in found if one.error or one.lacking]
    if wrong:
        screen.line()
        for one in wrong:
            screen.line(f"{one.name}: {one.error or _lacking(screen, one.lacking[0])}")
        name = wrong[0].name if len(wrong) == 1 else screen.choose("NAAM", "NAME")
        screen.line(screen.words(_ADVICE).format(name), "dim")
    if unfinished is not None:
        screen.line()
        draw_unfinished(screen, unfinished, max(one.position for one in found))


def draw_one(screen: Screen, one: ProjectionStatus) -> None:
    """All that is known of one."""
    screen.heading(f"{one.name}: {_standing(screen, one)}")
    age = _age(screen, one.lag_seconds)
    behind = _number(screen, one.lag) + (f", {age}" if age and one.lag.number else "")
    rebuilt = one.last_rebuild
    facts = [
        (screen.choose("Soort", "Kind"), screen.words(one.kind.words)),
        (screen.choose("Positie", "Position"), str(one.position)),
        (screen.choose("Achter", "Lag"), behind),
        (screen.choose("Rijen", "Rows"), "" if one.rows is None else _number(screen, one.rows)),
        (
            screen.choose("Laatste opbouw", "Last rebuild"),
            "" if rebuilt is None else _rebuilt(screen, rebuilt),
        ),
        (screen.choose("Fout", "Error"), one.error or ""),
        (
            screen.choose("Gebeurtenis", "Event"),
            "" if one.event is None else _event(screen, one.event),
        ),
        (screen.choose("Volgende poging", "Next attempt"), instant(one.next_attempt_at)),
    ]
    for name, value in facts:
        if value:
            screen.line(f"{name}: {value}")
    for lacking in one.lacking:
        screen.line(_lacking(screen, lacking))
    if one.behind > len(one.lacking):
        screen.line(screen.choose(f"({one.behind} in totaal)", f"({one.behind} in all)"))
    if one.event is not None:
        screen.line(screen.words(_SKIP).format(one.name), "dim")
    draw_skipped(screen, one.skipped)


def draw_skipped(screen: Screen, skipped: Sequence[Skipped]) -> None:
    """What somebody told an effect to step over."""
    for one in skipped:
        said = f"{instant(one.at)} {one.by}: {one.reason} ({one.error})"
        event = _event(screen, one.event)
        screen.line(screen.choose(f"Overgeslagen: {event}", f"Skipped: {event}"))
        screen.line(f"  {said}", "dim")


def _row(screen: Screen, one: ProjectionStatus) -> Row:
    return [
        cell(one.name),
        cell(screen.words(one.kind.words), "dim"),
        cell(_standing(screen, one), _STYLES[one.standing]),
        cell(str(one.position)),
        cell(_number(screen, one.lag) if one.lag.number else ""),
        cell(_age(screen, one.lag_seconds)),
        cell("" if one.rows is None else _number(screen, one.rows)),
    ]


def _fitting(screen: Screen, columns: Sequence[Column], rows: Sequence[Row]) -> list[int]:
    """The columns that fit beside each other without breaking a word, dearest last to go."""
    widths = [
        max([cell_len(column.title), *(cell_len(row[number].plain) for row in rows)])
        for number, column in enumerate(columns)
    ]
    left = list(range(len(columns)))
    for number in _LESS_DEAR:
        if screen.width is None or sum(widths[one] + GAP for one in left) - GAP <= screen.width:
            break
        left.remove(number)
    return left


def _standing(screen: Screen, one: ProjectionStatus) -> str:
    if one.standing is not Standing.BEHIND:
        return screen.words(one.standing.words)
    lacking = phrases.estates(screen, one.behind)
    return screen.choose(f"mist {lacking}", f"lacks {lacking}")


def _lacking(screen: Screen, one: Lacking) -> str:
    return screen.choose(
        f"Mist terrein {one.estate}: {one.error}", f"Lacks estate {one.estate}: {one.error}"
    )


def _rebuilt(screen: Screen, one: LastRebuild) -> str:
    at = instant(one.ended_at or one.started_at)
    return f"{one.number}, {at}, {screen.words(STATUSES[one.status])}"


def _number(screen: Screen, counted: Counted) -> str:
    more = "" if counted.exact else "+"
    return phrases.number(screen, counted.number) + more


def _age(screen: Screen, seconds: float | None) -> str:
    """A time in its largest unit; a day has no fixed length, but here 24 hours will do."""
    if seconds is None:
        return ""
    whole = int(seconds)
    units = ((86_400, "d"), (3_600, screen.choose("u", "h")), (60, "min"))
    for length, unit in units:
        if whole >= length:
            return f"{whole // length} {unit}"
    return f"{whole} s"


def _event(screen: Screen, event: EventAt) -> str:
    return screen.choose(
        f"{event.position}, terrein {event.estate}, nummer {event.version}, {event.topic}",
        f"{event.position}, estate {event.estate}, number {event.version}, {event.topic}",
    )
