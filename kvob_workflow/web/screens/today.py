"""What is there to do today? What waits, who owes it, before when, and the way to do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse

from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.mandates import Scope, scope_for
from kvob_projections.board import BoardQuery
from kvob_projections.today_query import DUTIES, TodayQuery, TodaySection
from kvob_workflow.web.asked_for import choice_in, text_in
from kvob_workflow.web.boxed import FEW, are_few
from kvob_workflow.web.navigation import SECTIONS
from kvob_workflow.web.pictures.dial import dial
from kvob_workflow.web.query_box import text_of
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from fastapi import Response
    from markupsafe import Markup

    from kvob_projections.paging import Page
    from kvob_workflow.engine.today_rows import OpenRequirement, SurveyRow, TodayWork
    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("today")
SHOWN: Final = 5
"""Rows of a section; its own page shows `MOST`."""
FEW_MEASURES: Final = 2
"""Measures of each owner; the page of the section shows more."""
MOST: Final = 50
EVERYTHING: Final = "all"
_ORDER: Final = (
    TodaySection.NOT_RENEWED,
    TodaySection.EXPIRING,
    TodaySection.APPROVALS,
    TodaySection.DECISIONS,
    TodaySection.MEASURES,
    TodaySection.AUDIT_GAPS,
    TodaySection.SURVEYS,
)
"""What presses most comes first."""
_SCOPES: Final[Mapping[str, Scope]] = {name_of(one): scope_for(one) for one in ALL_COMMANDS}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A section that has something."""

    code: TodaySection
    found: Page[object]


@dataclass(frozen=True, slots=True)
class Late:
    """How many are late: estates, or their deadlines; `box` is the list of these estates."""

    total: int
    total_is_exact: bool
    box: str
    is_of_estates: bool


@SCREENS.get("/", scope=None)
def today(ask: Ask) -> Response:
    """What waits; for who sees no estates the first page that he does see."""
    if not ask.may(Scope.ESTATES_READ):
        return _elsewhere(ask)
    role = ask.visitor.mandate.actor.role
    is_own = role in DUTIES and ask.query.get("work") != EVERYTHING
    only = choice_in(ask, "section", TodaySection)
    query = TodayQuery(
        day=ask.on,
        role=role if is_own else None,
        municipality=text_in(ask, "municipality"),
        sections=() if only is None else (only, TodaySection.DEADLINES),
        limit=SHOWN if only is None else MOST,
    )
    work = ask.desk.today_work(query)
    sections = _sections(work)
    return page(
        ask,
        "today.html",
        work=work,
        late=_late(ask, query, work),
        query=query,
        only=only,
        waiting=[one for one in sections if one.found.total],
        quiet=[one.code for one in sections if not one.found.total],
        role=role,
        has_duty=role in DUTIES,
        is_own=is_own,
        few_measures=FEW_MEASURES,
        may_do=partial(_may_do, ask),
        others_of=_others_of,
        response=partial(_response, ask),
    )


def _sections(work: TodayWork) -> list[Waiting]:
    found = ((code, getattr(work, code.value)) for code in _ORDER)
    return [Waiting(code, page) for code, page in found if page is not None]


def _late(ask: Ask, query: TodayQuery, work: TodayWork) -> Late | None:
    """The estates that are late; of many estates the deadlines, which are counted already."""
    if work.deadlines is None:
        return None
    estates = BoardQuery(day=query.day, municipality=query.municipality)
    late = replace(estates, overdue=True, limit=0)
    box = text_of(late, ask.language)
    ahead = max(one.total for one in work.deadlines.ahead)
    if ahead <= FEW and are_few(ask, estates):  # so many deadlines are of many estates
        found = ask.desk.board(late)
        return Late(found.total, found.total_is_exact, box, is_of_estates=True)
    return Late(work.deadlines.overdue, work.deadlines.overdue_is_exact, box, is_of_estates=False)


def _may_do(ask: Ask, command: str | None) -> bool:
    """Whether who looks may give this command, now."""
    return command is not None and ask.is_now and ask.may(_SCOPES[command])


def _others_of(missing: tuple[OpenRequirement, ...]) -> tuple[str, ...]:
    """Who owes what is missing beside the first."""
    return tuple(dict.fromkeys(one.owed_by for one in missing[1:]))


def _response(ask: Ask, row: SurveyRow) -> Markup | None:
    """The meter of a survey; None where there is no survey, or no threshold."""
    if row.sent is None or row.returned is None or row.threshold is None:
        return None
    return dial(
        row.returned,
        row.sent,
        row.threshold,
        ask.language,
        title=f"{ask.t('Respons', 'Response')}: {row.estate}",
        name=f"dial-{row.estate_id}",
    )


def _elsewhere(ask: Ask) -> Response:
    """The first page that he may see; where there is none, what he can do elsewhere."""
    for one in SECTIONS:
        if one.path != "/" and ask.may(one.scope):
            return RedirectResponse(ask.links.to(one.path), 303)
    scopes = sorted(ask.visitor.mandate.scopes, key=list(Scope).index)
    return page(ask, "no_estates.html", rights=scopes, role=ask.visitor.mandate.actor.role)
