"""Where do the boxes and arrows of the two machines stand? Plain coordinates; no line crosses.

The trajectory is a snake of three rows of three. Its end is drawn from the current step alone,
since every step has it. A test compares the routes with the tables of the machines.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_workflow.web.pictures.drawn_machine import BOX, Point, Route

Key = tuple[str, str]  # (state, move)


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing without its state: places of boxes (left, top) and routes of moves."""

    width: float
    height: float
    margin: float
    size: tuple[float, float]
    places: Mapping[str, Point]
    routes: Mapping[Key, Route]

    def with_route(self, key: Key, route: Route) -> "Layout":
        """The same with one route more."""
        return replace(self, routes={**self.routes, key: route})


_LEFT, _MIDDLE, _RIGHT = 30.0, 356.0, 682.0
_FIRST, _SECOND, _THIRD = 34.0, 186.0, 338.0
_LANE_LEFT, _LANE_RIGHT, _LANE_TOP, _LANE_BOTTOM = 12.0, 868.0, 12.0, 452.0

TRAJECTORY: Final = Layout(
    width=880,
    height=468,
    margin=_LEFT,
    size=BOX,
    places={
        Step.REGISTERED: (_LEFT, _FIRST),
        Step.KICKOFF: (_MIDDLE, _FIRST),
        Step.INVENTORY: (_RIGHT, _FIRST),
        Step.ACTION_PLAN: (_RIGHT, _SECOND),
        Step.COVENANT: (_MIDDLE, _SECOND),
        Step.AWARD: (_LEFT, _SECOND),
        Step.EVALUATION: (_LEFT, _THIRD),
        Step.RECERTIFICATION: (_MIDDLE, _THIRD),
        Step.ENDED: (_RIGHT, _THIRD),
    },
    routes={
        (Step.REGISTERED, "start_trajectory"): Route(
            ((198, 78), (356, 78)), (277, 60), (277, 78), rising=True
        ),
        (Step.KICKOFF, "declare_intent"): Route(
            ((524, 78), (682, 78)), (603, 60), (603, 78), rising=True
        ),
        (Step.INVENTORY, "adopt_analysis"): Route(
            ((766, 122), (766, 186)), (748, 151), (766, 151), 140, "end"
        ),
        (Step.ACTION_PLAN, "adopt_plan"): Route(
            ((682, 230), (524, 230)), (603, 212), (603, 230), rising=True
        ),
        (Step.COVENANT, "sign_covenant"): Route(
            ((356, 217), (198, 217)), (277, 199), (290, 217), rising=True
        ),
        (Step.COVENANT, "request_audit"): Route(((356, 245), (198, 245)), (277, 272), (262, 245)),
        (Step.AWARD, "award_certificate"): Route(
            ((144, 274), (144, 338)), (126, 303), (144, 303), 112, "end"
        ),
        (Step.EVALUATION, "evaluate_term"): Route(
            ((198, 369), (356, 369)), (277, 351), (290, 369), rising=True
        ),
        (Step.RECERTIFICATION, "award_certificate"): Route(
            ((356, 397), (198, 397)), (277, 424), (262, 397)
        ),
        (Step.ENDED, "start_trajectory"): Route(
            (
                (766, 426),
                (766, _LANE_BOTTOM),
                (_LANE_LEFT, _LANE_BOTTOM),
                (_LANE_LEFT, 154),
                (440, 154),
                (440, 122),
            ),
            (654, _LANE_BOTTOM - 8),
            (742, _LANE_BOTTOM),
            200,
            "middle",
        ),
    },
)


def end_route(step: Step) -> tuple[Key, Route]:
    """How the end of the trajectory is reached from a step that has not ended."""
    over = (766.0, 306.0)
    into = (766.0, _THIRD)
    aside = Route((), (_LANE_RIGHT - 14, 318), (_LANE_RIGHT, 300), 180, "end")
    above = Route((), (748, 298), (over[0], 312), 180, "end")
    beside = ((_LANE_RIGHT, 382.0), (850.0, 382.0))
    routes: Mapping[Step, Route] = {
        Step.REGISTERED: _through(aside, (114, 34), (114, _LANE_TOP), (868, _LANE_TOP), *beside),
        Step.KICKOFF: _through(aside, (440, 34), (440, _LANE_TOP), (868, _LANE_TOP), *beside),
        Step.INVENTORY: _through(aside, (850, 78), (_LANE_RIGHT, 78), *beside),
        Step.ACTION_PLAN: _through(above, (766, 274), into),
        Step.COVENANT: _through(above, (440, 274), (440, 306), over, into),
        Step.AWARD: _through(above, (174, 274), (174, 306), over, into),
        Step.EVALUATION: _through(above, (174, 338), (174, 306), over, into),
        Step.RECERTIFICATION: Route(((524, 382), (682, 382)), (603, 364), (603, 382), rising=True),
    }
    return (step, "end_trajectory"), routes[step]


def _through(route: Route, *points: Point) -> Route:
    return replace(route, points=points)


_TOP, _MID, _LOW = 2.0, 142.0, 282.0

CERTIFICATE: Final = Layout(
    width=880,
    height=374,
    margin=12,
    size=(150, 72),
    places={
        Status.NONE: (12, _TOP),
        Status.UNKNOWN: (12, _LOW),
        Status.VALID: (270, _MID),
        Status.WITHDRAWN: (490, _TOP),
        Status.EXPIRED: (490, _LOW),
        Status.SUSPENDED: (718, _MID),
    },
    routes={
        (Status.NONE, "award_certificate"): Route(
            ((138, 74), (138, 166), (270, 166)), (150, 146), (204, 166), 116, "start", rising=True
        ),
        (Status.NONE, "lose_date"): Route(((30, 74), (30, 282)), (42, 172), (30, 110), 92, "start"),
        (Status.UNKNOWN, "award_certificate"): Route(
            ((138, 282), (138, 190), (270, 190)), (150, 216), (204, 190), 116, "start"
        ),
        (Status.VALID, "suspend_certificate"): Route(
            ((420, 164), (718, 164)), (569, 146), (540, 164), 270, rising=True
        ),
        (Status.SUSPENDED, "restore_certificate"): Route(
            ((718, 192), (420, 192)), (569, 219), (600, 192), 270
        ),
        (Status.VALID, "withdraw_certificate"): Route(
            ((345, 142), (345, 54), (490, 54)), (357, 80), (417, 54), 126, "start"
        ),
        (Status.SUSPENDED, "withdraw_certificate"): Route(
            ((793, 142), (793, 38), (640, 38)), (654, 64), (717, 38), 132, "start"
        ),
        (Status.VALID, "expire"): Route(
            ((320, 214), (320, 332), (490, 332)), (332, 350), (405, 332), 150, "start"
        ),
        (Status.EXPIRED, "award_certificate"): Route(
            ((490, 302), (370, 302), (370, 214)), (382, 284), (430, 302), 104, "start", rising=True
        ),
        (Status.SUSPENDED, "expire"): Route(
            ((793, 214), (793, 318), (640, 318)), (654, 340), (717, 318), 132, "start"
        ),
        (Status.WITHDRAWN, "start_trajectory"): Route(
            ((490, 22), (162, 22)), (180, 14), (340, 22), 290, "start"
        ),
    },
)
