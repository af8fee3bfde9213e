"""Who looks at the running of the program, and who acts on it? Whoever has the scopes for it.

It is of the whole installation, so that no reach bounds it. What it tells of estates is which
rows are missing or wrong, never a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.mandates import Scope
from kvob_workflow.engine.health import WITHIN
from kvob_workflow.engine.mandated.under import Under
from kvob_workflow.engine.rebuilding.pooled import CHUNK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from kvob_domain.ids import EstateId
    from kvob_projections.view import View
    from kvob_workflow.alarm import AlarmStatus
    from kvob_workflow.engine.following import Followed
    from kvob_workflow.engine.health import HealthReport
    from kvob_workflow.engine.rebuilding.reports import RebuildPlan, RebuildReport
    from kvob_workflow.engine.rebuilding.running import Progress
    from kvob_workflow.engine.sweeping import SweepReport
    from kvob_workflow.followers.status import ProjectionStatus, Skipped
    from kvob_workflow.store import Behind, Diagnosis
    from kvob_workflow.store.periods import Parked
    from kvob_workflow.store.rebuilding import Rebuild, RowDifference
    from kvob_workflow.telemetry import Measured


_REBUILDS: Final = 10


def _goes_on() -> bool:
    return False


class Watching(Under):
    """What somebody sees of the running; refused with `ScopeMissing` without operation:read."""

    def health(self, within: float = WITHIN) -> HealthReport:
        """As `Engine.health`."""
        with self._under(Scope.OPERATION_READ) as engine:
            return engine.health(within)

    def measured(self) -> Iterator[Measured]:
        """As `Engine.measured`."""
        with self._under(Scope.OPERATION_READ) as engine:
            return engine.measured()

    def doctor(self) -> list[Diagnosis]:
        """As `Engine.doctor`."""
        with self._under(Scope.OPERATION_READ) as engine:
            return engine.doctor()

    def behind(self) -> list[Behind]:
        """As `Engine.behind`."""
        with self._under(Scope.OPERATION_READ) as engine:
            return engine.behind()

    def parked(self) -> tuple[Parked, ...]:
        """As `Engine.parked`."""
        with self._under(Scope.OPERATION_READ) as engine:
            return engine.parked()

    def alarm_status(self) -> AlarmStatus:
        """As `Engine.alarm_status`."""
        with self._under(Scope.OPERATION_READ) as engine:
            return engine.alarm_status()

    def next_due_on(self) -> date | None:
        """As `Engine.next_due_on`."""
        with self._under(Scope.OPERATION_READ) as engine:
            return engine.next_due_on()

    def projection_status(
        self, name: str | None = None, *, exact: bool = False
    ) -> tuple[ProjectionStatus, ...]:
        """As `Engine.projection_status`."""
        with self._under(Scope.OPERATION_READ) as engine:
            return engine.projection_status(name, exact=exact)

    def views(self) -> tuple[View, ...]:
        """As `Engine.views`."""
        with self._under(Scope.OPERATION_READ) as engine:
            return engine.views()

    def plan_rebuild(self, *names: str) -> RebuildPlan:
        """As `Engine.plan_rebuild`."""
        with self._under(Scope.OPERATION_READ) as engine:
            return engine.plan_rebuild(*names)

    def rebuilds(self, limit: int = _REBUILDS) -> list[Rebuild]:
        """As `Engine.rebuilds`."""
        with self._under(Scope.OPERATION_READ) as engine:
            return engine.rebuilds(limit)

    def rebuild_differences(self, number: int | None = None) -> list[RowDifference]:
        """As `Engine.rebuild_differences`."""
        with self._under(Scope.OPERATION_READ) as engine:
            return engine.rebuild_differences(number)

    def compare_views(
        self, *names: str, processes: int = 1, chunk: int = CHUNK, progress: Progress | None = None
    ) -> RebuildReport:
        """As `Engine.compare_views`."""
        with self._under(Scope.OPERATION_READ) as engine:
            return engine.compare_views(*names, processes=processes, chunk=chunk, progress=progress)


class Operating(Watching):
    """What somebody does about it; refused with `ScopeMissing` without operation:manage."""

    def retry_projection(self, name: str) -> ProjectionStatus:
        """As `Engine.retry_projection`."""
        with self._under(Scope.OPERATION_MANAGE) as engine:
            return engine.retry_projection(name)

    def skip_event(self, name: str, reason: str) -> Skipped:
        """As `Engine.skip_event`."""
        with self._under(Scope.OPERATION_MANAGE) as engine:
            return engine.skip_event(name, reason, actor=self.mandate.actor)

    def repair(self) -> tuple[Behind, ...]:
        """As `Engine.repair`."""
        with self._under(Scope.OPERATION_MANAGE) as engine:
            return engine.repair()

    def follow(self, is_stopped: Callable[[], bool] = _goes_on) -> Followed:
        """As `Engine.follow`."""
        with self._under(Scope.OPERATION_MANAGE) as engine:
            return engine.follow(is_stopped)

    def sweep(self, *, confirm: bool = False) -> SweepReport:
        """As `Engine.sweep`."""
        with self._under(Scope.OPERATION_MANAGE) as engine:
            return engine.sweep(confirm=confirm)

    def build_periods(self, progress: Callable[[int], object] | None = None) -> int:
        """As `Engine.build_periods`."""
        with self._under(Scope.OPERATION_MANAGE) as engine:
            return engine.build_periods(progress)

    def warm(self) -> int:
        """As `Engine.warm`."""
        with self._under(Scope.OPERATION_MANAGE) as engine:
            return engine.warm()

    def rebuild(
        self,
        *names: str,
        processes: int = 1,
        compare: bool = True,
        resume: bool = False,
        chunk: int = CHUNK,
        progress: Progress | None = None,
    ) -> RebuildReport:
        """As `Engine.rebuild`."""
        with self._under(Scope.OPERATION_MANAGE) as engine:
            return engine.rebuild(
                *names,
                processes=processes,
                compare=compare,
                resume=resume,
                chunk=chunk,
                progress=progress,
            )

    def rebuild_estate(self, estate: EstateId, *names: str) -> RebuildReport:
        """As `Engine.rebuild_estate`."""
        with self._under(Scope.OPERATION_MANAGE) as engine:
            return engine.rebuild_estate(estate, *names)

    def cancel_rebuild(self) -> Rebuild:
        """As `Engine.cancel_rebuild`."""
        with self._under(Scope.OPERATION_MANAGE) as engine:
            return engine.cancel_rebuild()

    def undo_rebuild(self) -> Rebuild:
        """As `Engine.undo_rebuild`."""
        with self._under(Scope.OPERATION_MANAGE) as engine:
            return engine.undo_rebuild()

    def clear_rebuilds(self) -> tuple[str, ...]:
        """As `Engine.clear_rebuilds`."""
        with self._under(Scope.OPERATION_MANAGE) as engine:
            return engine.clear_rebuilds()
