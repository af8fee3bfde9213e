"""Who brings the notices out? A round that collects what is new and sends what is due.

Any number of nodes may do rounds on one store. Each delivery is sent at least once: killed
between sending and noting it, it is sent again under the same id. Read next: `collecting`,
`sending`, `retrying`, `pausing`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from kvob_domain.errors import KvobError
from kvob_domain.words import Language
from kvob_workflow.clock import Clock, SystemClock
from kvob_workflow.notices.collecting import Collector
from kvob_workflow.notices.composing import composed
from kvob_workflow.notices.digest import one_line
from kvob_workflow.notices.errors import DeliveryNotFound
from kvob_workflow.notices.notifier import LOGGER, Interruptible, Notifier
from kvob_workflow.notices.pausing import Pauses
from kvob_workflow.notices.recipients import Recipient, everybody
from kvob_workflow.notices.retrying import wait_after
from kvob_workflow.notices.sending import Sender, SendingClosed
from kvob_workflow.store import Delivery, EventStore

SEND_TIMEOUT: Final = 60.0
"""Seconds that a notifier may take, unless the host says otherwise."""

# Beyond the time-out a claim lasts so much longer, for a slow disk or a machine under load.
_CLAIM_SLACK: Final = timedelta(minutes=2)
# A round under a clock that jumped would take retries for due at once, and use them all up.
_LONGEST_ROUND: Final = timedelta(hours=1)
_LONGEST_ERROR: Final = 500

Outcome = Literal["sent", "retried", "failed"]


@dataclass(frozen=True, slots=True)
class DispatchReport:
    """What a round did, in deliveries: newly collected, sent, to be tried again, given up."""

    collected: int = 0
    sent: int = 0
    retried: int = 0
    failed: int = 0

    def __bool__(self) -> bool:
        """Whether anything happened."""
        return bool(self.collected or self.sent or self.retried or self.failed)


class Dispatcher:
    """Brings notices out through channels. Thread-safe; configures no logging."""

    def __init__(
        self,
        store: EventStore,
        notifiers: Sequence[Notifier],
        recipients: Sequence[Recipient] = (),
        *,
        clock: Clock | None = None,
        language: Language = "nl",
        timeout_seconds: float = SEND_TIMEOUT,
        from_start: bool = False,
    ) -> None:
        """Send what `store` holds to `recipients`; nothing is read or written yet.

        Without recipients every channel gets one digest of everything, in `language`. A channel
        that is new starts after the newest event of that moment (see `join`), or before the
        first with `from_start`. The store stays open when the dispatcher is closed.

        Raises:
            ValueError: two channels, or two recipients, have the same name.
        """
        chosen = tuple(recipients) or (everybody(language),)
        self._recipients = {recipient.key: recipient for recipient in chosen}
        self._notifiers = {notifier.name: notifier for notifier in notifiers}
        if len(self._notifiers) != len(notifiers) or len(self._recipients) != len(chosen):
            raise ValueError("two channels or two recipients have the same name")
        self._store = store
        self._clock = clock or SystemClock()
        self._from_start = from_start
        self._collector = Collector(store, chosen)
        self._sender = Sender(timeout_seconds)
        self._pauses = Pauses()

    def run_once(self) -> DispatchReport:
        """Collects what is new and sends what is due; a failure to collect keeps nothing back.

        Raises:
            StoreUnavailable: the store failed; what was sent and noted stays so.
        """
        failure: KvobError | None = None
        collected = 0
        try:
            collected = self.collect()
        except KvobError as error:
            failure = error
        counted = self.deliver()
        if failure is not None:
            raise failure
        return DispatchReport(collected, counted.sent, counted.retried, counted.failed)

    def join(self) -> None:
        """Gives each new channel its first position, so that later notices are for it.

        `collect` does this as well. A host calls it before its first sweep, or else what that
        sweep announces comes before the channel's beginning.
        """
        for channel in self._notifiers:
            self._collector.join(channel, from_start=self._from_start)

    def collect(self) -> int:
        """Keeps the notices that are new to each channel as deliveries; answers how many."""
        self.join()
        now = self._clock.now()
        return sum(self._collector.collect(channel, now) for channel in self._notifiers)

    def deliver(self) -> DispatchReport:
        """Sends every delivery that is due. What a notifier raises is kept, logged and retried.

        A channel whose service is not reached costs one time-out: the rest of what is due there
        waits, untouched, for a later round.
        """
        outcomes: list[Outcome] = []
        for notifier in self._notifiers.values():
            outcomes += self._through(notifier)
        return DispatchReport(
            sent=outcomes.count("sent"),
            retried=outcomes.count("retried"),
            failed=outcomes.count("failed"),
        )

    def resend(self, ids: Sequence[str]) -> int:
        """Makes these deliveries due again, whatever became of them; answers how many.

        One that is being sent at this moment is left alone. Each keeps its id.

        Raises:
            DeliveryNotFound: one of the ids is unknown; nothing was changed.
        """
        done = resend(self._store, ids, self._clock.now())
        self._pauses.end()
        return done

    def close(self) -> None:
        """Ends a round that is under way without waiting for its notifier.

        A command that still runs is ended. Closing twice is allowed.
        """
        self._sender.close()
        for notifier in self._notifiers.values():
            if isinstance(notifier, Interruptible):
                notifier.interrupt()

    def _through(self, notifier: Notifier) -> list[Outcome]:
        """Sends what is due in one channel, one claim at a time: a claim then lasts one send."""
        start = self._clock.now()
        outcomes: list[Outcome] = []
        while not self._sender.is_closed:
            now = self._clock.now()
            if abs(now - start) > _LONGEST_ROUND or self._pauses.holds(notifier.name, now):
                break
            until = now + timedelta(seconds=self._sender.timeout_seconds) + _CLAIM_SLACK
            claimed = self._store.claim_deliveries((notifier.name,), start, until, 1)
            if not claimed:
                break
            outcome = self._attempt(notifier, claimed[0])
            if outcome is not None:
                outcomes.append(outcome)
        return outcomes

    def _attempt(self, notifier: Notifier, delivery: Delivery) -> Outcome | None:
        """Sends one delivery; None when that is no longer this node's to tell."""
        try:
            digest = composed(self._store, delivery, self._recipients, self._clock.now())
        except KvobError as failure:
            return self._noted(delivery, failure)
        try:
            error = self._sender.send(notifier, digest)
        except SendingClosed:
            return None  # the claim runs out, and somebody sends it again under the same id
        self._pauses.note(notifier.name, error, self._clock.now())
        if error is not None:
            return self._noted(delivery, error)
        done = self._store.settle_delivery(delivery, sent_at=self._clock.now())
        return "sent" if done else None

    def _noted(self, delivery: Delivery, error: BaseException) -> Outcome | None:
        now: datetime = self._clock.now()
        wait = wait_after(delivery.attempts + 1, delivery.id)
        retry_at = None if wait is None else now + wait
        told = _told(error)
        LOGGER.error(
            "%s: attempt %d failed, %s: %s",
            delivery.id,
            delivery.attempts + 1,
            "given up" if retry_at is None else f"next at {retry_at:%Y-%m-%d %H:%M:%S %Z}",
            told,
        )
        if not self._store.settle_delivery(delivery, retry_at=retry_at, error=told):
            return None
        return "failed" if retry_at is None else "retried"


def resend(store: EventStore, ids: Sequence[str], now: datetime) -> int:
    """Makes deliveries due again; see `Dispatcher.resend`.

    Raises:
        DeliveryNotFound: one of the ids is unknown; nothing was changed.
    """
    wanted = tuple(dict.fromkeys(ids))
    if not wanted:
        return 0
    known = {delivery.id for delivery in store.deliveries(ids=wanted, limit=len(wanted))}
    unknown = tuple(id for id in wanted if id not in known)
    if unknown:
        raise DeliveryNotFound(unknown)
    return store.resend(wanted, now)


def _told(error: BaseException) -> str:
    text = str(error)
    name = error.code if isinstance(error, KvobError) else type(error).__name__
    return one_line(f"{name}: {text}" if text else name)[:_LONGEST_ERROR]
