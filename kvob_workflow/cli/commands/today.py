"""Which command shows what there is to do? `kvob today`: the first screen, section by section."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, cast

from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Entrance, Section
from kvob_workflow.cli.exit_codes import ExitCode
from kvob_workflow.cli.option_choices import chosen, codes
from kvob_workflow.cli.options import Option
from kvob_workflow.cli.words import OPTION_WORDS

if TYPE_CHECKING:
    from kvob_projections.today_query import TodayQuery
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.cli.entrance import Values

_USUAL_LIMIT: Final = 10


def _options() -> tuple[Option, ...]:
    from kvob_domain.actor import Role
    from kvob_projections.today_query import TodaySection

    words = OPTION_WORDS
    sections, roles = codes(TodaySection), codes(Role)
    return (
        Option("on", "day", words["on"], ("--on",)),
        Option("section", "texts", words["today:section"], ("--section",), choices=sections),
        Option("owed_by", "text", words["today:owed_by"], ("--owed-by",), choices=roles),
        Option("months", "number", words["today:months"], ("--months",)),
        Option("municipality", "text", words["municipality"], ("--municipality",)),
        Option("limit", "number", words["today:limit"], ("--limit",)),
    )


def _handle(desk: Desk, values: Values) -> ExitCode:
    from kvob_workflow.cli.screens.today import draw_today

    work = desk.reading_engine.today_work(_query(values))
    desk.give(work, lambda screen: draw_today(screen, work))
    return ExitCode.OK


def _query(values: Values) -> TodayQuery:
    from kvob_domain.actor import Role
    from kvob_projections.today_query import TodayQuery, TodaySection

    on, role = values.get("on"), values.get("owed_by")
    months, limit = values.get("months"), values.get("limit")
    place = values.get("municipality")
    sections = cast("tuple[str, ...]", values.get("section", ()))  # what such an option gives
    return TodayQuery(
        day=on if isinstance(on, date) else None,
        sections=tuple(chosen("--section", one, TodaySection) for one in sections),
        role=None if role is None else chosen("--owed-by", str(role), Role),
        months=months if isinstance(months, int) else None,
        municipality=None if place is None else str(place),
        limit=limit if isinstance(limit, int) else _USUAL_LIMIT,
    )


today = Entrance(
    ("today",),
    Text("Wat er vandaag te doen is", "What there is to do today"),
    Section.LOOK,
    _handle,
    _options,
    Text(
        "Certificaten die eindigen zonder hercertificering, audits met open punten, respons op de "
        "enquête, maatregelen over tijd, voorstellen en termijnen. Van wat nu bekend is. Lijsten "
        "zonder eind: kvob board, kvob stuck, kvob measures en kvob due.",
        "Certificates that end without renewal, audits with gaps, survey response, overdue "
        "measures, proposals and deadlines. Of what is known now. Whole lists: kvob board, kvob "
        "stuck, kvob measures and kvob due.",
    ),
)
