"""Which command finds what is stuck? `kvob stuck`: each with the command that repairs it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, cast

from kvob_domain.words import Text
from kvob_workflow.cli.commands.lists import sort_fields
from kvob_workflow.cli.entrance import Entrance, Section
from kvob_workflow.cli.exit_codes import ExitCode
from kvob_workflow.cli.option_choices import chosen, codes
from kvob_workflow.cli.options import Option
from kvob_workflow.cli.words import OPTION_WORDS

if TYPE_CHECKING:
    from kvob_projections.stuck import StuckQuery
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.cli.entrance import Values

_USUAL_LIMIT: Final = 50


def _options() -> tuple[Option, ...]:
    from kvob_projections.concern_kinds import ConcernFamily, ConcernKind

    words = OPTION_WORDS
    families, kinds = codes(ConcernFamily), codes(ConcernKind)
    return (
        Option("on", "day", words["on"], ("--on",)),
        Option("family", "text", words["family"], ("--family",), choices=families),
        Option("kind", "text", words["stuck:kind"], ("--kind",), choices=kinds),
        Option("silent_days", "number", words["silent_days"], ("--silent-days",)),
        Option("municipality", "text", words["municipality"], ("--municipality",)),
        Option("text", "text", words["text"], ("--text",)),
        Option("groups", "flag", words["groups"], ("--groups",)),
        Option("sort", "texts", words["sort"], ("--sort",), hyphen=True),
        Option("limit", "number", words["stuck:limit"], ("--limit",)),
        Option("offset", "number", words["offset"], ("--offset",)),
    )


def _handle(desk: Desk, values: Values) -> ExitCode:
    from kvob_workflow.cli.screens.stuck import draw_stuck

    query = _query(values)
    page = desk.reading_engine.stuck(query)
    desk.give(
        {
            "total": page.total,
            "total_is_exact": page.total_is_exact,
            "offset": page.offset,
            "items": page.items,
        },
        lambda screen: draw_stuck(screen, page, desk.settings.store, desk.settings.projections),
    )
    return ExitCode.ROWS_REJECTED if page.total else ExitCode.OK


def _query(values: Values) -> StuckQuery:
    from kvob_projections.concern_kinds import ConcernFamily, ConcernKind
    from kvob_projections.statistics_query import SILENT_DAYS
    from kvob_projections.stuck import StuckQuery

    def text(name: str) -> str | None:
        return None if values.get(name) is None else str(values[name])

    def number(name: str, usual: int) -> int:
        given = values.get(name)
        return given if isinstance(given, int) else usual

    on = values.get("on")
    sort = cast("tuple[str, ...]", values.get("sort", ()))  # what such an option gives
    family, kind = text("family"), text("kind")
    return StuckQuery(
        day=on if isinstance(on, date) else None,
        family=None if family is None else chosen("--family", family, ConcernFamily),
        kind=None if kind is None else chosen("--kind", kind, ConcernKind),
        silent_days=number("silent_days", SILENT_DAYS),
        text=text("text"),
        municipality=text("municipality"),
        groups=bool(values.get("groups")),
        sort=sort_fields(sort),
        limit=number("limit", _USUAL_LIMIT),
        offset=number("offset", 0),
    )


stuck = Entrance(
    ("stuck",),
    Text("Wat vastzit, met de opdracht die het herstelt", "What is stuck, and what repairs it"),
    Section.LOOK,
    _handle,
    _options,
    Text(
        "Over tijd, stil, tegenstrijdig of verweesd, het langst geleden eerst. Elke opdracht is "
        "een gewone opdracht: zij wordt vastgelegd met reden, en --dry-run toont wat zij doet. "
        "Niets herstelt vanzelf. Eindigt met 0 als er niets vastzit en met 7 als er iets vastzit.",
        "Overdue, silent, contradictory or orphaned, the longest first. Each command is an "
        "ordinary one: it is recorded with its reason, and --dry-run shows what it does. Nothing "
        "is repaired by itself. Ends with 0 when nothing is stuck, and with 7 when something is.",
    ),
)
