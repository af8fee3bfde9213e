"""What is on the first screens? What there is to do today, and the board by step."""

from dataclasses import replace
from typing import Annotated

from fastapi import Query, Response

from kvob_domain.actor import Role
from kvob_domain.mandates import Scope
from kvob_projections.today_query import MOST_MONTHS, TodayQuery, TodaySection
from kvob_workflow.engine.glancing import PER_STEP
from kvob_workflow.http.answers import answered
from kvob_workflow.http.board_filters import BoardFilters
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk
from kvob_workflow.http.models.today import BoardAnswer, BoardCountsAnswer, TodayAnswer
from kvob_workflow.http.parameters import (
    Municipality,
    On,
    Sort,
    sorts,
)

ROUTES = Routes("estates")

Months = Annotated[
    int | None,
    Query(
        ge=1,
        le=MOST_MONTHS,
        description="So far ahead a certificate ends. Without it: the first reminder.",
    ),
]
Sections = Annotated[list[TodaySection] | None, Query(description="All where absent.")]
OfEach = Annotated[int, Query(ge=0, le=50, description="Rows of each section.")]
PerStep = Annotated[
    int, Query(alias="perStep", ge=0, le=50, description="Estates of each step in the answer.")
]


@ROUTES.get("/today", TodayAnswer, scope=Scope.ESTATES_READ)
def today(
    desk: Desk,
    on: On = None,
    section: Sections = None,
    role: Annotated[Role | None, Query(description="What this role owes.")] = None,
    months: Months = None,
    municipality: Municipality = None,
    limit: OfEach = 10,
) -> Response:
    """What there is to do: certificates that end, audits with gaps, late measures, approvals."""
    query = TodayQuery(
        day=on,
        sections=tuple(section or ()),
        role=role,
        months=months,
        municipality=municipality,
        limit=limit,
    )
    return answered(TodayAnswer.model_validate(desk.today_work(query)))


@ROUTES.get("/board", BoardAnswer, scope=Scope.ESTATES_READ)
def board(
    desk: Desk, filters: BoardFilters, sort: Sort = None, per_step: PerStep = PER_STEP
) -> Response:
    """The estates within reach step by step, those whose next deadline comes first in front."""
    query = replace(filters, sort=sorts(sort))
    return answered(BoardAnswer.model_validate({"columns": desk.board_columns(query, per_step)}))


@ROUTES.get("/board-counts", BoardCountsAnswer, scope=Scope.ESTATES_READ)
def board_counts(desk: Desk, filters: BoardFilters) -> Response:
    """How many estates within reach there are, by step and by status."""
    return answered(BoardCountsAnswer.model_validate(desk.board_counts(filters)))
