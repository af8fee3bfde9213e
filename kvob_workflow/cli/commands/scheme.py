"""Which commands are about the scheme's editions? List, show, and migrate running cycles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from kvob_domain.errors import Invalid
from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from kvob_domain.scheme.book import SchemeBook
    from kvob_workflow.cli.desk import Desk


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One edition, or the practice policy, which is never in force by itself."""

    id: str
    title: Text
    in_force_from: str | None
    in_force_until: str | None
    in_force_today: bool
    values: int


@dataclass(eq=False)
class MigrationUnclear(Invalid):
    """A migration goes to an edition, or back; never both, never neither."""

    code: ClassVar[str] = "migration-unclear"
    nl: ClassVar[str] = "Geef --to SCHEMAVERSIE of --revert, een van de twee."
    en: ClassVar[str] = "Give --to EDITION or --revert, one of the two."


@dataclass(eq=False)
class ReasonMissing(Invalid):
    """Whoever changes the rules of running cycles says why."""

    code: ClassVar[str] = "reason-missing"
    nl: ClassVar[str] = "Geef met --reason de reden; zij komt in de geschiedenis van elk terrein."
    en: ClassVar[str] = "Give the reason with --reason; it enters the history of every estate."


@entrance("scheme list", Text("De schemaversies", "The editions of the scheme"), Section.KEEP)
def list_(desk: Desk) -> None:
    """Every edition in order, and the practice policy."""
    from kvob_workflow.cli.screens.scheme import draw_editions
    from kvob_workflow.clock import SystemClock, civil_day
    from kvob_workflow.engine import packaged_book

    book = packaged_book()
    lines = edition_lines(book, civil_day(SystemClock().now()))
    desk.give(lines, lambda screen: draw_editions(screen, lines))


def edition_lines(book: SchemeBook, today: date) -> tuple[EditionLine, ...]:
    """The editions with the days they are in force."""
    holding = book.in_force_on(today)
    editions = tuple(
        EditionLine(
            id=edition.id,
            title=edition.title,
            in_force_from=edition.in_force_from.value.text,
            in_force_until=edition.in_force_until.value.text if edition.in_force_until else None,
            in_force_today=edition is holding,
            values=len(list(edition.terms.known())),
        )
        for edition in book.editions
    )
    policy = book.policy
    count = len(list(policy.terms.known()))
    return (*editions, EditionLine(policy.id, policy.title, None, None, False, count))


@entrance(
    "scheme show",
    Text("Wat een schemaversie vraagt, met bron", "What an edition asks, with its sources"),
    Section.KEEP,
)
def show(desk: Desk, edition: str) -> None:
    """Every value that holds under an edition, with the page or document that says so."""
    from kvob_workflow.cli.screens.scheme import draw_terms
    from kvob_workflow.engine import packaged_book

    book = packaged_book()
    if edition == book.policy.id:
        shown, terms = book.policy.title, book.policy.terms.held_by(edition)
    else:
        shown, terms = book.edition(edition).title, book.terms(edition)
    known = tuple(terms.known())
    document = {"id": edition, "title": shown, "terms": dict(known)}
    desk.give(document, lambda screen: draw_terms(screen, edition, shown, known))


@entrance(
    "scheme migrate",
    Text("Lopende cycli naar een andere schemaversie", "Running cycles to another edition"),
    Section.KEEP,
    about=Text(
        "Toont per terrein wat er bij komt en wat vervalt; met --apply wordt het uitgevoerd.",
        "Shows for each estate what opens and what closes; with --apply it is carried out.",
    ),
)
def migrate(
    desk: Desk,
    *,
    to: str | None = None,
    revert: bool = False,
    reason: str | None = None,
    municipality: str | None = None,
    on: date | None = None,
    apply: bool = False,
    dry_run: bool = False,
) -> ExitCode:
    """The report, and with `apply` the migration itself; exit code 3 when one is refused."""
    from kvob_workflow.cli.screens.scheme import draw_migration

    if revert == (to is not None):
        raise MigrationUnclear
    applies = apply and not dry_run
    if applies and not reason:
        raise ReasonMissing
    lines = desk.reading_engine.migrate(
        to, reason=reason or "-", on=on, municipality=municipality, dry_run=not applies
    )
    desk.give(lines, lambda screen: draw_migration(screen, lines, applied=applies))
    return ExitCode.REJECTED if any(line.refusal for line in lines) else ExitCode.OK
