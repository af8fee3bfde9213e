"""Is all well, for a host's health endpoint? One answer within bounded time, with the reasons.

    report = engine.health()
    return Response(status=503 if report.health is Health.FAILING else 200, body=...)

Failing: deadlines or commands are not served. Degraded: they are, and somebody must look.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from kvob_domain.errors import KvobError
from kvob_domain.words import Text
from kvob_workflow.engine.hosting import Hosting
from kvob_workflow.followers.status import FollowerKind, ProjectionStatus, Standing
from kvob_workflow.telemetry import Measured

WITHIN: Final = 5.0
"""Seconds that a look may take."""
LAGS: Final = 300.0
"""Seconds after which an effect or the proof log that works by itself should have come along."""
_FAILURES: Final = 3


class Health(StrEnum):
    """How it is, from good to bad."""

    OK = "ok"
    DEGRADED = "degraded"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class HealthReason:
    """Something that a look found; `name` is a projection or follower, or empty."""

    code: str
    health: Health
    name: str
    text: Text


@dataclass(frozen=True, slots=True)
class HealthReport:
    """What a look found; `health` is that of the worst reason. The instant is aware, in UTC."""

    health: Health
    reasons: tuple[HealthReason, ...]
    looked_at: datetime


class Watched(Hosting):
    """The health of an engine."""

    _looking: threading.Thread | None = None

    def health(self, within: float = WITHIN) -> HealthReport:
        """Whether store, alarm, projections and effects are well; it never raises.

        A store that does not answer `within` so many seconds is failing; while a look at it still
        waits no other is begun.
        """
        found: list[HealthReason] = [*self._of_threads()]
        looked = self._look(within)
        found += (_SILENT,) if looked is None else looked
        order = list(Health)
        worst = max((reason.health for reason in found), key=order.index, default=Health.OK)
        return HealthReport(worst, tuple(found), self._clock.now())

    def measured(self) -> Iterator[Measured]:
        """What the gauges of `kvob_workflow.telemetry` say now, each with its follower."""
        for status in self.projection_status():
            yield "kvob.follower.position", status.position, status.name
            yield "kvob.follower.lag", status.lag.number, status.name
            yield "kvob.follower.stalled", status.standing is Standing.STALLED, status.name
            yield "kvob.view.behind", status.behind, status.name
        running = [one for one in self._store.rebuilds(1) if one.status == "building"]
        yield "kvob.rebuild.events", running[0].events if running else 0, ""

    def _look(self, within: float) -> list[HealthReason] | None:
        """What the store says; None when it does not answer in time."""
        answers: list[list[HealthReason]] = []

        def look() -> None:
            try:
                answers.append(list(self._of_store()))
            except KvobError as error:
                text = Text(error.message("nl"), error.message("en"))
                answers.append([HealthReason(error.code, Health.FAILING, "", text)])
            except Exception as error:  # a defect must not look like health
                text = Text(f"Onverwacht: {error!r}", f"Unexpected: {error!r}")
                answers.append([HealthReason("bug", Health.FAILING, "", text)])

        before = self._looking
        if before is not None and before.is_alive():
            return None
        self._looking = threading.Thread(target=look, name="kvob-health", daemon=True)
        self._looking.start()
        self._looking.join(within)
        return answers[0] if answers else None

    def _of_threads(self) -> Iterator[HealthReason]:
        if self._alarm is not None:
            status = self._alarm.status()
            if not status.running:
                yield _ALARM_STOPPED
            elif status.failures:
                health = Health.FAILING if status.failures >= _FAILURES else Health.DEGRADED
                said = str(status.last_error)
                text = Text(f"De wekker mislukt: {said}", f"The alarm fails: {said}")
                yield HealthReason("alarm-fails", health, "", text)
        if self._keeping_up is not None and not self._keeping_up.running:
            yield _FOLLOWING_STOPPED

    def _of_store(self) -> Iterator[HealthReason]:
        own = {effect.name for effect in self._hosted.effects}
        for status in self.projection_status():
            yield from _of_follower(status, own)
        for rebuild in self._store.rebuilds(1):
            if rebuild.status == "building":
                names = ", ".join(rebuild.views)
                text = Text(f"Wordt opnieuw opgebouwd: {names}", f"Being rebuilt: {names}")
                yield HealthReason("rebuild-running", Health.OK, "", text)


def _of_follower(status: ProjectionStatus, own: set[str]) -> Iterator[HealthReason]:
    name, standing = status.name, status.standing
    said = status.error or ""
    advice = f"kvob projection status {name}"
    if standing is Standing.STALLED:
        text = Text(f"{name} staat stil ({said}): {advice}", f"{name} stalled ({said}): {advice}")
        yield HealthReason("follower-stalled", Health.DEGRADED, name, text)
    elif standing is Standing.FAILING:
        text = Text(f"{name} mislukt ({said}): {advice}", f"{name} fails ({said}): {advice}")
        yield HealthReason("follower-fails", Health.DEGRADED, name, text)
    elif standing is Standing.BEHIND:
        nl, en = ("terrein", "estate") if status.behind == 1 else ("terreinen", "estates")
        text = Text(
            f"{name} mist {status.behind} {nl}: {advice}",
            f"{name} lacks {status.behind} {en}: {advice}",
        )
        yield HealthReason("rows-behind", Health.DEGRADED, name, text)
    elif standing is Standing.BUILDING:
        inline = status.kind is FollowerKind.INLINE
        text = Text(f"{name} wordt opgebouwd", f"{name} is being built")
        yield HealthReason("view-unfilled", Health.DEGRADED if inline else Health.OK, name, text)
    elif standing is Standing.LAGGING and (name in own or status.kind is FollowerKind.PROOFS):
        lag = status.lag_seconds or 0.0
        if lag > LAGS:
            text = Text(
                f"{name} loopt {lag:.0f} s achter: {advice}", f"{name} lags {lag:.0f} s: {advice}"
            )
            yield HealthReason("follower-lags", Health.DEGRADED, name, text)


_SILENT: Final = HealthReason(
    "store-silent",
    Health.FAILING,
    "",
    Text("De opslag antwoordt niet op tijd.", "The store does not answer in time."),
)
_ALARM_STOPPED: Final = HealthReason(
    "alarm-stopped",
    Health.FAILING,
    "",
    Text(
        "De wekker staat stil: niemand kijkt naar de termijnen.",
        "The alarm has stopped: nobody looks at the deadlines.",
    ),
)
_FOLLOWING_STOPPED: Final = HealthReason(
    "following-stopped",
    Health.FAILING,
    "",
    Text("Het volgen staat stil.", "Following has stopped."),
)
