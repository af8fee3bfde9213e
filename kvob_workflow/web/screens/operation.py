"""How does the service do? Health with its reasons, the alarm, rows that are missing, and a sweep.

Read next: `projections`, `rebuilds`, `proofs`, `webhooks`, `machine_keys`, `stuck`.
"""

from __future__ import annotations

from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

from kvob_domain.mandates import Scope
from kvob_projections.concern_kinds import ConcernFamily
from kvob_projections.stuck import StuckQuery
from kvob_workflow.engine.gap import GapUnconfirmed
from kvob_workflow.followers.status import FollowerKind
from kvob_workflow.http.settings import API_VERSION
from kvob_workflow.web.operated import sent_on, told
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from fastapi import Response

    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("operation")
_SHOWN: Final = 8
PACKAGE: Final = "kvob_workflow"


@SCREENS.get("/operation", scope=Scope.OPERATION_READ)
def operation(ask: Ask) -> Response:
    """How the service does, and what to do about it."""
    return _operation(ask)


@SCREENS.get("/operation/doctor", scope=Scope.OPERATION_READ)
def diagnosis(ask: Ask) -> Response:
    """What a keeper should know of the store; it reads through the file, which may take a while."""
    return page(ask, "operation_doctor.html", told=None, found=ask.desk.doctor())


@SCREENS.post("/operation/sweep", scope=Scope.OPERATION_MANAGE)
def sweep(ask: Ask) -> Response:
    """Give every notice that is owed now; after a long gap only for who says that it is right."""
    try:
        report = ask.desk.sweep(confirm=ask.form.get("confirm") == "yes")
    except GapUnconfirmed as gap:
        return _operation(ask, gap)
    return sent_on(ask, "/operation", "swept-some" if report.held else "swept")


@SCREENS.post("/operation/repair", scope=Scope.OPERATION_MANAGE)
def repair_rows(ask: Ask) -> Response:
    """Make the rows that are missing again."""
    still = ask.desk.repair()
    return sent_on(ask, "/operation", "repaired-some" if still else "repaired")


def _operation(ask: Ask, gap: GapUnconfirmed | None = None) -> Response:
    desk = ask.desk
    sees_stuck = ask.may(Scope.ESTATES_READ)
    query = StuckQuery(family=ConcernFamily.OPERATION, limit=_SHOWN)
    followers = desk.projection_status()
    return page(
        ask,
        "operation.html",
        status=200 if gap is None else HTTPStatus.CONFLICT.value,
        told=told(ask),
        report=desk.health(),
        alarm=desk.alarm_status(),
        next_due_on=desk.next_due_on(),
        behind=desk.behind(),
        most=_SHOWN,
        stuck=desk.stuck(query) if sees_stuck else None,
        channels=[one for one in followers if one.kind is FollowerKind.CHANNEL],
        newest=max((one.position for one in followers), default=0),
        gap=None if gap is None else gap.message(ask.language),
        release=_release(),
        api_version=API_VERSION,
    )


def _release() -> str:
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return ""
