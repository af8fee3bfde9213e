"""How does what is stuck look? Each with its command below it, whole, to be pasted."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.irregularities import IrregularityKind
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.words import Text
from kvob_projections.concern_kinds import ConcernKind
from kvob_workflow.addresses import shown
from kvob_workflow.cli.screens import phrases
from kvob_workflow.setting_names import PROJECTIONS
from kvob_workflow.settings import read_settings

if TYPE_CHECKING:
    from kvob_projections.paging import Page
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.engine.stuck import StuckRow

_EMPTY: Final = Text("Er zit niets vast.", "Nothing is stuck.")
_ADVICE: Final = Text(
    "Kijk op een latere dag (--on), of met minder dagen stilte (--silent-days 90).",
    "Look on a later day (--on), or with fewer days of silence (--silent-days 90).",
)


def draw_stuck(
    screen: Screen, page: Page[StuckRow], store: str, projections: str | None = None
) -> None:
    """The page; `store` and `projections` are those that the call worked with."""
    if not page.items:
        if page.total:
            screen.line(_none_here(screen, page))
        else:
            phrases.nothing(screen, _EMPTY, _ADVICE)
        return
    at = _address(store)
    told: dict[tuple[ConcernKind, Text], None] = {}
    for item in page.items:
        screen.line(_title(screen, item), "bold")
        screen.whole(f"    {screen.words(item.command)}{at}")
        if item.warning is not None:
            screen.line(f"    {screen.words(item.warning)}", "yellow")
        told[item.kind, item.explanation] = None
    screen.line()
    for kind, explanation in told:
        screen.line(f"{screen.words(kind.words)}: {screen.words(explanation)}", "dim")
    for advice in dict.fromkeys(_general(item) for item in page.items):
        screen.line(f"- {screen.words(advice)}", "dim")
    _host(screen, page, projections)
    screen.line()
    screen.line(_footer(screen, page), "bold")


def _footer(screen: Screen, page: Page[StuckRow]) -> str:
    """How many of how many, and how to see more where there is more."""
    until, total = page.offset + len(page.items), _total(screen, page)
    here = phrases.number(screen, len(page.items))
    shown = screen.choose(f"{here} van {total}", f"{here} of {total}")
    if page.total_is_exact and until >= page.total:
        return f"{shown}."
    return screen.choose(
        f"{shown}; verder met --offset {until}.", f"{shown}; more with --offset {until}."
    )


def _none_here(screen: Screen, page: Page[StuckRow]) -> str:
    """A page beside the list, or of no rows: not an empty list."""
    total = _total(screen, page)
    more = "--offset" if page.limit else "--limit"
    return screen.choose(
        f"Geen regels op deze pagina ({total} in totaal); kies een andere {more}.",
        f"No entries on this page ({total} in all); choose another {more}.",
    )


def _total(screen: Screen, page: Page[StuckRow]) -> str:
    return f"{phrases.number(screen, page.total)}{'' if page.total_is_exact else '+'}"


def _host(screen: Screen, page: Page[StuckRow], projections: str | None) -> None:
    """Where followers of the host stand in the list: what their commands need, to be pasted."""
    if projections is not None and any(PROJECTIONS.variable in one.advice.en for one in page.items):
        screen.whole(f"    {PROJECTIONS.variable}={shlex.quote(projections)}", "dim")


def _general(item: StuckRow) -> Text:
    """The advice for all of a kind: with a word where the id of one estate stands."""
    estate = item.estate_id or ""
    if not estate:
        return item.advice
    return Text(item.advice.nl.replace(estate, "TERREIN"), item.advice.en.replace(estate, "ESTATE"))


def _title(screen: Screen, item: StuckRow) -> str:
    what = screen.words(item.kind.words)
    detail = _detail(screen, item)
    where = f"{item.estate}, {item.municipality}" if item.estate else item.estate_id or ""
    since = screen.choose(f"sinds {item.since}", f"since {item.since}") if item.since else ""
    return " · ".join(part for part in (f"{what}{detail}", where, since) if part)


def _detail(screen: Screen, item: StuckRow) -> str:
    code = item.detail.partition(":")[0]
    if item.kind in (ConcernKind.DEADLINE_OVERDUE, ConcernKind.NOTICE_HELD):
        return f" ({screen.words(DeadlineKind(code).words)})"
    if item.kind is ConcernKind.IRREGULARITY:
        return f" ({screen.words(IrregularityKind(code).words)})"
    if item.kind is ConcernKind.NO_OWNER:
        return f" ({screen.words(RequirementCode(code).words)})"
    told = (
        ConcernKind.MEASURE_OVERDUE,
        ConcernKind.APPROVAL_WAITS,
        ConcernKind.ROWS_BEHIND,
        ConcernKind.PARKED,
        ConcernKind.UNDELIVERED,
        ConcernKind.FOLLOWER_FAILS,
    )
    return f" ({item.detail})" if item.kind in told else ""


def _address(store: str) -> str:
    """The option that names the store, where the pasted command would not find it by itself."""
    if store == read_settings().store:
        return ""
    return f" --store {shlex.quote(shown(store))}"
