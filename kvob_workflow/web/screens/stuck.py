"""What has run aground, since when, why, and which form moves it on?

Without a choice the first of each family stand together; with one they are a list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from kvob_domain.mandates import Scope
from kvob_projections.concern_kinds import ConcernFamily, ConcernKind
from kvob_projections.statistics_query import MOST_DAYS, SILENT_DAYS
from kvob_projections.stuck import StuckQuery
from kvob_workflow.web.asked_for import PAGE, choice_in, is_on, number_in, text_in
from kvob_workflow.web.rendering import page
from kvob_workflow.web.repairing import ways_of
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from fastapi import Response

    from kvob_projections.paging import Page
    from kvob_workflow.engine.stuck import StuckRow
    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("stuck")
_OF_EACH: Final = 6
_FAMILIES: Final = (
    ConcernFamily.OPERATION,
    ConcernFamily.OVERDUE,
    ConcernFamily.ORPHANED,
    ConcernFamily.CONTRADICTORY,
    ConcernFamily.SILENT,
)
"""What makes the others untrue first, what may simply be so last."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is stuck in one family."""

    family: ConcernFamily
    found: Page[StuckRow]

    @property
    def kinds(self) -> tuple[ConcernKind, ...]:
        """The kinds among what is shown."""
        return tuple(dict.fromkeys(one.kind for one in self.found.items))


@SCREENS.get("/stuck", scope=Scope.ESTATES_READ)
def stuck(ask: Ask) -> Response:
    """What is stuck on a day, by what is known now."""
    family = choice_in(ask, "family", ConcernFamily)
    kind = choice_in(ask, "kind", ConcernKind)
    is_list = family is not None or kind is not None
    query = StuckQuery(
        day=ask.day,
        family=family,
        kind=kind,
        silent_days=number_in(ask, "silent_days", SILENT_DAYS, MOST_DAYS) or SILENT_DAYS,
        text=text_in(ask, "text"),
        municipality=text_in(ask, "municipality"),
        groups=is_on(ask, "groups"),
        limit=PAGE if is_list else _OF_EACH,
        offset=number_in(ask, "offset", 0) if is_list else 0,
    )
    return page(
        ask,
        "stuck.html",
        parts=_parts(ask, query),
        query=query,
        is_list=is_list,
        families=_FAMILIES,
        kinds=[one for one in ConcernKind if family in (None, one.family)],
        ways=partial(ways_of, ask),
    )


def _parts(ask: Ask, query: StuckQuery) -> tuple[Part, ...]:
    family = query.kind.family if query.family is None and query.kind else query.family
    asked = _FAMILIES if family is None else (family,)
    found = (Part(one, ask.desk.stuck(replace(query, family=one))) for one in asked)
    return tuple(one for one in found if one.found.total or family is not None)
