"""What happened to an estate and what is to come, true to time? A picture, and the same as a table.

In the address: `kind` (several) chooses what is shown, `unfold` draws idle years in full,
`recorded` adds when things were recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.mandates import Scope
from kvob_workflow.web.one_estate.seen import with_estate
from kvob_workflow.web.one_estate.story import KINDS, story_of
from kvob_workflow.web.pictures.time_scale import FOLD_AFTER
from kvob_workflow.web.pictures.timeline import rows, timeline
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from fastapi import Response

    from kvob_domain.estate.state import Estate
    from kvob_workflow.engine.overview import Overview
    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("timeline")
_NEVER: Final = 1_000_000
"""Days after which idle time is folded where it is not."""


@SCREENS.get("/estates/{estate}/timeline", scope=Scope.HISTORY_READ)
def estate_timeline(ask: Ask) -> Response:
    """The time line of an estate."""
    return with_estate(ask, lambda seen: _shown(ask, seen.overview, seen.state))


def _shown(ask: Ask, overview: Overview, state: Estate) -> Response:
    entries = ask.desk.history(ask.estate, ask.on, ask.known_at)
    kinds = [one for one in ask.request.query_params.getlist("kind") if one in KINDS]
    shown = kinds or list(KINDS)
    story = story_of(ask, overview, state, entries, shown)
    folded, recorded = not ask.query.get("unfold"), bool(ask.query.get("recorded"))
    after = FOLD_AFTER if folded else _NEVER
    return page(
        ask,
        "estate_timeline.html",
        overview=overview,
        kinds=KINDS,
        shown=shown,
        is_folded=folded,
        with_recorded=recorded,
        picture=timeline(story, ask.language, folded=folded, with_recorded=recorded),
        rows=rows(story, ask.language, fold_after=after),
    )
