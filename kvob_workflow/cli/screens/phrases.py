"""How do the screens say a status, a deadline, a count? The same words on every screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvob_domain.estate.deadlines import DeadlineKind
from kvob_domain.estate.deadlines.explained import explained
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.terms import last_valid_day
from kvob_domain.words import Text
from kvob_workflow.cli.screens.table import cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.text import Text as Styled

    from kvob_domain.estate.deadlines import Deadline
    from kvob_domain.words import Language
    from kvob_projections.deadlines import DueRow
    from kvob_projections.paging import Page
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.cli.screens.table import Row

ESTIMATED: Final = "±"
DERIVED: Final = "*"

VALID_UNTIL: Final = Text("Geldig t/m {}", "Valid to {}")
SUSPENDED_UNTIL: Final = Text("Geschorst, t/m {}", "Suspended, to {}")
EXPIRED_ON: Final = Text("Verlopen per {}", "Expired on {}")
ADVICE_ONLY: Final = Text("Positief advies, toekenning onbekend", "Positive advice, award unknown")

_STYLES: Final[dict[Status, str]] = {
    Status.VALID: "green",
    Status.SUSPENDED: "yellow",
    Status.WITHDRAWN: "red",
    Status.EXPIRED: "",
    Status.UNKNOWN: "dim",
    Status.NONE: "dim",
}

_NOTES: Final = {
    ESTIMATED: Text(
        "± datum geschat: de bron noemt geen hele dag, of niet het begin van de geldigheid",
        "± date estimated: the source gives no full day, or not the start of validity",
    ),
    DERIVED: Text(
        "* niveau afgeleid van de ladder, niet door de bron genoemd",
        "* level derived from the ladder, not stated by the source",
    ),
}
_LAST_RECORD: Final = Text(
    "Verlopen: volgens de laatste gegevens hier; een latere hercertificering kan ontbreken",
    "Expired: according to the last record here; a later renewal may be missing",
)


def certificate(screen: Screen, status: str, expires_on: date | None, estimated: bool) -> Styled:
    """The status with the last valid day, or the day since which it has expired."""
    known = Status(status)
    mark = f"\N{NO-BREAK SPACE}{ESTIMATED}" if estimated and expires_on else ""
    style = _STYLES[known]
    if known is Status.NONE:
        return cell()
    if expires_on is None:
        return cell(screen.words(known.words), style)
    if known is Status.EXPIRED:
        return cell(screen.words(EXPIRED_ON).format(expires_on) + mark, style)
    last = last_valid_day(expires_on)
    if known is Status.VALID:
        return cell(screen.words(VALID_UNTIL).format(last) + mark, style)
    if known is Status.SUSPENDED:
        return cell(screen.words(SUSPENDED_UNTIL).format(last) + mark, style)
    return cell(screen.words(known.words), style)


def level(name: str | None, derived: bool) -> Styled:
    """The level, marked where nobody stated it."""
    return cell(f"{name}{DERIVED if derived else ''}" if name else "")


def missing(screen: Screen, codes: tuple[str, ...], most: int = 1) -> str:
    """The first that is missing and how many more, or all of them."""
    words = [screen.words(RequirementCode(code).words) for code in codes]
    if len(words) <= most:
        return ", ".join(words)
    return f"{', '.join(words[:most])} (+{len(words) - most})"


def deadline(screen: Screen, kind: str) -> str:
    """The kind of a deadline."""
    return screen.words(DeadlineKind(kind).words)


def why(screen: Screen, one: Deadline | DueRow) -> str:
    """How the day of a deadline was computed; that it is estimated is told by a mark."""
    return screen.words(
        explained(
            DeadlineKind(one.kind),
            one.rule,
            one.anchor_on,
            one.computed_on,
            one.due_on,
            False,
            " ".join(one.reason.split()),
            one.holder,
        )
    )


def number(screen: Screen, value: int) -> str:
    """A whole number with its thousands apart, as the language does that."""
    return grouped(value, screen.language)


def grouped(value: int, language: Language) -> str:
    """The same for what is said beside the data."""
    return f"{value:,}".replace(",", "." if language == "nl" else ",")


def count(screen: Screen, number: int, one: Text, many: Text) -> str:
    """So many of something."""
    return f"{number} {screen.words(one if number == 1 else many)}"


def estates(screen: Screen, number: int) -> str:
    """So many estates."""
    return count(screen, number, Text("terrein", "estate"), Text("terreinen", "estates"))


def footer(screen: Screen, page: Page[Any], told: str, day: date) -> None:
    """What is shown, of how much, for which day."""
    shown = len(page.items)
    on = screen.choose(f"op {day}", f"on {day}")
    more = "" if page.total_is_exact else "+"
    of = (
        ""
        if shown == page.total
        else screen.choose(f" (van {page.total}{more})", f" (of {page.total}{more})")
    )
    screen.line()
    screen.line(f"{told} {on}{of}.", "bold")


def notes(screen: Screen, rows: Iterable[Row], *, expired: bool = False) -> None:
    """What the marks in the rows mean; only those that stand there."""
    told = "".join(cell.plain for row in rows for cell in row)
    for mark, note in _NOTES.items():
        if mark in told:
            screen.line(screen.words(note), "dim")
    if expired:
        screen.line(screen.words(_LAST_RECORD), "dim")


def nothing(screen: Screen, told: Text, advice: Text) -> None:
    """An empty answer, and what to try."""
    screen.line(screen.words(told))
    screen.line(screen.words(advice), "dim")


def is_filtered(query: object, but: tuple[str, ...] = ()) -> bool:
    """Whether a query asks for less than everything."""
    unfiltered = {"day", "sort", "groups", "limit", "until", *but}
    names = [name for name in dir(query) if not name.startswith("_") and name not in unfiltered]
    return any(getattr(query, name) not in (None, False, 0, ()) for name in names)
