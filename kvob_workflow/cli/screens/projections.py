"""How does the standing of projections look? One line each; one alone with all that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table
from kvob_workflow.clock import AMSTERDAM
from kvob_workflow.followers import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.followers import Counted, EventAt, ProjectionStatus, Skipped

_STYLES: Final = {
    Standing.CURRENT: "green",
    Standing.UNUSED: "dim",
    Standing.LAGGING: "yellow",
    Standing.BUILDING: "yellow",
    Standing.BEHIND: "bold red",
    Standing.FAILING: "yellow",
    Standing.STALLED: "bold red",
}
_ADVICE: Final = Text(
    "Bijzonderheden: 'kvob projection status NAAM'. Opnieuw: 'kvob projection retry NAAM'.",
    "Details: 'kvob projection status NAME'. Again: 'kvob projection retry NAME'.",
)
_SKIP: Final = Text(
    "Opnieuw: 'kvob projection retry {0}'. Overslaan: 'kvob projection skip {0} --reason …'.",
    "Again: 'kvob projection retry {0}'. Step over it: 'kvob projection skip {0} --reason …'.",
)


def draw_all(screen: Screen, found: Sequence[ProjectionStatus]) -> None:
    """Every projection and follower."""
    columns = [
        Column(screen.choose("Naam", "Name")),
        Column(screen.choose("Soort", "Kind")),
        Column(screen.choose("Stand", "Standing")),
        Column(screen.choose("Positie", "Position"), right=True),
        Column(screen.choose("Achter", "Lag"), right=True),
        Column(screen.choose("Sinds", "For"), right=True),
        Column(screen.choose("Rijen", "Rows"), right=True),
        Column(screen.choose("Mist", "Lacks"), right=True),
        Column(screen.choose("Laatste opbouw", "Last rebuild")),
        Column(screen.choose("Fout", "Error")),
    ]
    draw_table(screen, columns, [Section(None, [_row(screen, one) for one in found])])
    if any(one.needs_somebody or one.error for one in found):
        screen.line()
        screen.line(screen.words(_ADVICE), "dim")


def draw_one(screen: Screen, one: ProjectionStatus) -> None:
    """All that is known of one."""
    screen.heading(f"{one.name}: {screen.words(one.standing.words)}")
    behind = _number(one.lag) + (f", {_age(one.lag_seconds)}" if one.lag_seconds else "")
    rebuilt = one.last_rebuild
    facts = [
        (screen.choose("Soort", "Kind"), screen.words(one.kind.words)),
        (screen.choose("Positie", "Position"), str(one.position)),
        (screen.choose("Achter", "Lag"), behind),
        (screen.choose("Rijen", "Rows"), "" if one.rows is None else _number(one.rows)),
        (
            screen.choose("Laatste opbouw", "Last rebuild"),
            "" if rebuilt is None else f"{rebuilt.number}, {_local(rebuilt.started_at)}",
        ),
        (screen.choose("Fout", "Error"), one.error or ""),
        (
            screen.choose("Gebeurtenis", "Event"),
            "" if one.event is None else _event(screen, one.event),
        ),
        (screen.choose("Volgende poging", "Next attempt"), _local(one.next_attempt_at)),
    ]
    for name, value in facts:
        if value:
            screen.line(f"{name}: {value}")
    for lacking in one.lacking:
        screen.line(
            screen.choose(
                f"Mist terrein {lacking.estate}: {lacking.error}",
                f"Lacks estate {lacking.estate}: {lacking.error}",
            )
        )
    if one.behind > len(one.lacking):
        screen.line(screen.choose(f"({one.behind} in totaal)", f"({one.behind} in all)"))
    if one.event is not None:
        screen.line(screen.words(_SKIP).format(one.name), "dim")
    draw_skipped(screen, one.skipped)


def draw_skipped(screen: Screen, skipped: Sequence[Skipped]) -> None:
    """What somebody told an effect to step over."""
    for one in skipped:
        said = f"{_local(one.at)} {one.by}: {one.reason} ({one.error})"
        event = _event(screen, one.event)
        screen.line(screen.choose(f"Overgeslagen: {event}", f"Skipped: {event}"))
        screen.line(f"  {said}", "dim")


def _row(screen: Screen, one: ProjectionStatus) -> Row:
    rebuilt = one.last_rebuild
    return [
        cell(one.name),
        cell(screen.words(one.kind.words), "dim"),
        cell(screen.words(one.standing.words), _STYLES[one.standing]),
        cell(str(one.position)),
        cell(_number(one.lag) if one.lag.number else ""),
        cell(_age(one.lag_seconds)),
        cell("" if one.rows is None else _number(one.rows)),
        cell(str(one.behind) if one.behind else "", "bold red"),
        cell("" if rebuilt is None else _local(rebuilt.ended_at or rebuilt.started_at)),
        cell(one.error or "", "dim"),
    ]


def _number(counted: Counted) -> str:
    return f"{counted.number}" if counted.exact else f"{counted.number}+"


def _age(seconds: float | None) -> str:
    """A time as its two largest units; a day has no fixed length, but here 24 hours will do."""
    if seconds is None:
        return ""
    whole = int(seconds)
    for unit, length in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if whole >= length:
            return f"{whole // length} {unit}"
    return f"{whole} s"


def _event(screen: Screen, event: EventAt) -> str:
    return screen.choose(
        f"{event.position}, terrein {event.estate}, nummer {event.version}, {event.topic}",
        f"{event.position}, estate {event.estate}, number {event.version}, {event.topic}",
    )


def _local(instant: datetime | None) -> str:
    return "" if instant is None else f"{instant.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"
