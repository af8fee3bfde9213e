"""What can be asked of many estates together? Figures, what is stuck, months, what lies ahead."""

from datetime import date
from typing import Annotated

from fastapi import Query, Request, Response

from kvob_domain.estate.deadlines import DeadlineKind
from kvob_domain.mandates import Scope
from kvob_projections.concern_kinds import ConcernFamily, ConcernKind
from kvob_projections.figures import FigureCode
from kvob_projections.heat_map import HeatMapQuery
from kvob_projections.statistics_query import MOST_DAYS, SILENT_DAYS, StatisticsQuery
from kvob_projections.stuck import StuckQuery
from kvob_workflow.http.answers import Limit, ListOf, Offset, answered, listed
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk
from kvob_workflow.http.models.overseeing import (
    HeatMapAnswer,
    Simulation,
    StatisticsAnswer,
    StuckLine,
    simulation_of,
)
from kvob_workflow.http.parameters import Groups, KnownAt, Municipality, On, Sort, Text, sorts
from kvob_workflow.simulation import Assumption, sum_up

ROUTES = Routes("statistics")

Day = Annotated[date | None, Query(description="A civil day in the Netherlands, inclusive.")]
Body = Annotated[
    str | None, Query(max_length=200, description="The whole name of a certification body.")
]
SilentDays = Annotated[
    int,
    Query(
        alias="silentDays",
        ge=1,
        le=MOST_DAYS,
        description="A running cycle is silent when nothing was done for so many days.",
    ),
]


@ROUTES.get("/heat-map", HeatMapAnswer, scope=Scope.STATISTICS_READ)
def heat_map(
    desk: Desk,
    on: On = None,
    known_at: KnownAt = None,
    kind: DeadlineKind = DeadlineKind.EXPIRY,
    first: Day = None,
    last: Day = None,
    municipality: Municipality = None,
    groups: Groups = False,
) -> Response:
    """When deadlines cluster, and where: open ones by municipality and month."""
    query = HeatMapQuery(
        day=on,
        known_at=known_at,
        kind=kind,
        first=first,
        last=last,
        municipality=municipality,
        groups=groups,
    )
    return answered(HeatMapAnswer.model_validate(desk.heat_map(query)))


@ROUTES.get("/statistics", StatisticsAnswer, scope=Scope.STATISTICS_READ)
def statistics(
    desk: Desk,
    figure: Annotated[list[FigureCode] | None, Query(description="All where absent.")] = None,
    on: On = None,
    since: Day = None,
    until: Day = None,
    ahead: Day = None,
    municipality: Municipality = None,
    body: Body = None,
    edition: Annotated[str | None, Query(max_length=100)] = None,
    groups: Groups = False,
    silent_days: SilentDays = SILENT_DAYS,
) -> Response:
    """Durations, renewals, work per body, the funnel: each figure with what it counts."""
    query = StatisticsQuery(
        day=on,
        since=since,
        until=until,
        ahead=ahead,
        municipality=municipality,
        body=body,
        edition=edition,
        groups=groups,
        silent_days=silent_days,
        figures=tuple(figure or ()),
    )
    return answered(StatisticsAnswer.model_validate(desk.statistics(query)))


@ROUTES.get("/stuck-work", ListOf[StuckLine], scope=Scope.ESTATES_READ)
def list_stuck_work(
    request: Request,
    desk: Desk,
    on: On = None,
    family: ConcernFamily | None = None,
    kind: ConcernKind | None = None,
    silent_days: SilentDays = SILENT_DAYS,
    text: Text = None,
    municipality: Municipality = None,
    groups: Groups = False,
    sort: Sort = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """What is overdue, silent, contradictory or orphaned, each with what moves it on."""
    query = StuckQuery(
        day=on,
        family=family,
        kind=kind,
        silent_days=silent_days,
        text=text,
        municipality=municipality,
        groups=groups,
        sort=sorts(sort),
        limit=limit,
        offset=offset,
    )
    return listed(desk.stuck(query), StuckLine, request, limit)


@ROUTES.get("/simulations", Simulation, scope=Scope.ESTATES_READ)
def simulation(
    desk: Desk,
    until: Annotated[date, Query(description="The last day, inclusive; 50 years ahead at most.")],
    assume: Assumption = Assumption.NOBODY_ACTS,
    renewal_days: Annotated[
        int | None,
        Query(
            alias="renewalDays",
            ge=-3660,
            le=3660,
            description="From the expiry to the decision of a renewal; else the store's median.",
        ),
    ] = None,
    municipality: Municipality = None,
    groups: Groups = False,
) -> Response:
    """What falls due until a day if nobody acts, or everybody renews as fast as so far."""
    forecast = desk.simulate(
        until,
        assume=assume,
        renewal_days=renewal_days,
        municipality=municipality,
        groups=groups,
    )
    load = sum_up(forecast)
    return answered(simulation_of(forecast, load))
