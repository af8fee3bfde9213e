"""How does an engine work by itself inside a host? `start` sets its alarm clock, `close` ends it.

    engine = Engine.open("sqlite:///kvob.db")
    engine.start()        # in the host's own start-up: a mounted ASGI app's lifespan is never run
    ...
    engine.close()        # in the host's own shutdown

What is owed is decided by the sweep, on events; the alarm only says when to look. Any number of
nodes may be started on one store.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import KvobError
from kvob_workflow.alarm import DEFAULT_INTERVAL, Alarm, AlarmStatus
from kvob_workflow.alarm.errors import AlarmStartedOtherwise
from kvob_workflow.alarm.waking import instant_of
from kvob_workflow.engine.as_of import keep_warm
from kvob_workflow.engine.core import T
from kvob_workflow.engine.following import Following
from kvob_workflow.engine.keeping_up import KeepingUp
from kvob_workflow.engine.outgoing import Outgoing
from kvob_workflow.engine.sweeping import Sweeping
from kvob_workflow.engine.waking import Waker

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kvob_workflow.engine.sweeping import Held, SweepReport

logger: Final = logging.getLogger("kvob_workflow.alarm")

# Held only while an engine's alarm is made, which happens once in its life.
_MAKING: Final = threading.Lock()
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rung:
    """What a ring of the alarm did. A part that failed is None; its error is in the log.

    `notified` is what the host's `notify` answered.
    """

    report: SweepReport | None
    notified: object


class Hosting(Following, Outgoing, Sweeping):
    """The alarm clock of an engine."""

    _alarm: Alarm | None = None
    _waker: Waker | None = None
    _keeping_up: KeepingUp | None = None
    _started_with: tuple[object, ...] | None = None
    _told_held: tuple[tuple[str, str], ...] = ()

    def start(
        self,
        *,
        interval: timedelta = DEFAULT_INTERVAL,
        notify: Callable[[], object] | None = None,
        heard: Callable[[Rung], object] | None = None,
    ) -> None:
        """Sweep at once and then every `interval` (one second to one day), in a daemon thread.

        A day of Amsterdam on which something falls due wakes it earlier. `notify` is called after
        each sweep, to send what was announced; `heard` with what the ring did. What fails is
        logged ("kvob_workflow.alarm") and shown by `alarm_status`; the next ring comes all the
        same. The host's own projections and effects, and webhooks, follow in threads beside it.
        Starting twice is allowed and changes nothing; starting otherwise takes a `close`.

        Raises:
            AlarmIntervalInvalid: the interval is out of bounds.
            AlarmStartedOtherwise: it was started with other arguments.
            AlarmClosed, AlarmForked: the engine was closed, or opened before a fork.
            StoreUnavailable: the store cannot be read.
        """

        def ring() -> date | None:
            return self._ring(notify, heard)

        asked = (interval, notify, heard)
        with _MAKING:
            if self._alarm is None:
                self._alarm, self._started_with = (
                    Alarm(ring, clock=self._clock, interval=interval),
                    asked,
                )
            if self._started_with not in (None, asked):
                raise AlarmStartedOtherwise
            alarm = self._alarm
        if not alarm.status().running:
            self.next_due_on()  # a store that is closed, forked or gone is told here, not in a log
        alarm.start()
        self._work_beside(alarm)

    def _work_beside(self, alarm: Alarm) -> None:
        """Follow for the host, deliver to webhooks, and hear other nodes.

        Only a server tells of events of other nodes; a file is looked at by each ring.
        """
        with _MAKING:
            if self._keeping_up is None and self._hosted:
                self._keeping_up = KeepingUp(self._store, self.follow, self._clock)
            if self._working is None:
                from kvob_workflow.webhooks.delivering import Working

                self._working = Working(self._store, self._deliveries(), self._clock)
            if self._waker is None and not self._store.takes_turns:
                self._waker = Waker(self._store, alarm.wake)

    def alarm_status(self) -> AlarmStatus:
        """How the alarm does, for a health check: whether it runs, its last ring and failure."""
        alarm = self._alarm
        return AlarmStatus(False, DEFAULT_INTERVAL) if alarm is None else alarm.status()

    def close(self) -> None:
        """Stop the alarm, then close the store; closing twice is allowed.

        A sweep that goes on is waited for ten seconds at most; cut short, the next one does the
        rest.
        """
        with _MAKING:
            alarm = self._alarm = self._alarm or Alarm(_silence)
            if self._waker is not None:
                self._waker.stop()
            if self._keeping_up is not None:
                self._keeping_up.stop()
            if self._working is not None:
                self._working.stop()
        if not alarm.close():
            logger.info("The engine was closed during a ring; the next sweep does the rest.")
        super().close()

    def _after_writing(self, answer: T) -> T:
        """Wake in time when a write made a deadline that falls due before the next ring."""
        alarm = self._alarm
        if alarm is None:
            return answer
        # Deadlines fall due at midnight: on most of the day this is a comparison.
        now, today = self._clock.now(), self.today()
        if instant_of(today + _DAY) - now <= alarm.interval:
            try:
                alarm.note(self.next_due_on())
            except KvobError as error:  # the command is carried out, and a ring comes anyway
                logger.warning("The next deadline could not be looked up: %s", error)
        return answer

    def _ring(
        self, notify: Callable[[], object] | None, heard: Callable[[Rung], object] | None
    ) -> date | None:
        report: SweepReport | None = None
        notified: object = None
        errors: list[Exception] = []
        try:
            report = self.sweep()
            self._tell(report.held)
        except Exception as error:
            errors.append(error)
        try:
            keep_warm(self._store, self.book)
            self._board_index.keep(self.today())
        except Exception as error:
            errors.append(error)
        try:
            # What was announced before goes out, though a sweep may be refused for days.
            notified = notify() if notify is not None else None
        except Exception as error:
            errors.append(error)
        try:
            if heard is not None and (report is not None or notified is not None):
                heard(Rung(report, notified))
        except Exception as error:
            errors.append(error)
        for further in errors[1:]:
            logger.error("In the same ring: %s", further, exc_info=further)
        for first in errors:
            raise first  # the alarm logs it, shows it, and rings again
        return report.next_due_on if report is not None else None

    def _tell(self, held: tuple[Held, ...]) -> None:
        """Log the estates whose notices could not be given; the same ones once."""
        found = tuple((str(one.estate), one.error.code) for one in held)
        if found != self._told_held:
            self._told_held = found
            for one in held:
                message = "No notices could be given for estate %s: %s [%s]"
                logger.error(
                    message,
                    one.estate,
                    one.error,
                    one.error.code,
                    extra={"estate": one.estate, "kvob_error": one.error},
                )


def _silence() -> None:
    """The alarm of an engine that was closed before it was started."""
