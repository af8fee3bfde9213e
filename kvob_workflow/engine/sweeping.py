"""What is owed now? A sweep gives every notice that fell due, each exactly once.

Any number of nodes may sweep at once: a notice is an event in its estate's stream, decided on the
state before it, so the second node meets a version conflict, reads again and finds nothing owed.
The rows of the deadlines only say where to look; what is owed is decided on the events.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from kvob_domain.errors import KvobError
from kvob_domain.estate.deadlines import Deadline
from kvob_domain.estate.deadlines.owed import owed
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_projections.pending import PendingKey, is_pending, next_due, pending
from kvob_workflow import telemetry
from kvob_workflow.clock import civil_day
from kvob_workflow.engine.commanding import Commanding, persistently
from kvob_workflow.engine.errors import NoticeImpossible
from kvob_workflow.engine.fingerprints import fingerprint
from kvob_workflow.engine.gap import check_gap, note_sweep
from kvob_workflow.engine.refill import estates_behind, recompute
from kvob_workflow.engine.rows import changes_by_notices
from kvob_workflow.engine.settling import after_notices, noted
from kvob_workflow.engine.stamping import Stamp
from kvob_workflow.errors import EventUnreadable, UnknownTopic, VersionConflict
from kvob_workflow.store import Append

# One transaction each; other writers get their turn in between.
_AT_ONCE: Final = 1000
_CAUSE: Final = "sweep"


@dataclass(frozen=True, slots=True)
class Held:
    """An estate whose notices could not be given, and why; the next sweep tries again."""

    estate: EstateId
    error: KvobError


@dataclass(frozen=True, slots=True)
class SweepReport:
    """What a sweep did. `next_due_on` is the next civil day (Amsterdam) after the sweep's own."""

    swept_at: datetime
    given: int
    estates: int
    held: tuple[Held, ...]
    next_due_on: date | None


@dataclass(frozen=True, slots=True)
class _Found:
    """What one estate is owed, with the state before and after."""

    before: Estate
    owed: tuple[Deadline, ...]
    notices: tuple[Recorded, ...]
    after: Estate


class Sweeping(Commanding):
    """The notices of an engine."""

    def sweep(self, *, confirm: bool = False) -> SweepReport:
        """Give every notice that is owed now, in the order of the days on which they fell due.

        Each bears the day it fell due and the instant of recording; what could not be given is
        in `held`, and stops nothing else. Killed at any point, the next sweep does the rest.

        Raises:
            GapUnconfirmed: nobody swept for over 400 days, and `confirm` is not given.
            StoreUnavailable: the store failed; what was given so far is kept.
        """
        with telemetry.sweep() as told:
            report = self._swept(confirm=confirm)
            told("kvob.notices", report.given)
        return report

    def _swept(self, *, confirm: bool) -> SweepReport:
        now = self._clock.now()
        if not confirm:
            check_gap(self._store, now)
        swept = _Swept()
        self._repair(swept)
        after: PendingKey | None = None
        while keys := pending(self._store.read, civil_day(now), after, _AT_ONCE):
            self._give_persistently(keys, swept)
            after = keys[-1]
        note_sweep(self._store, now)
        return SweepReport(
            swept_at=now,
            given=swept.given,
            estates=len(swept.estates),
            held=tuple(Held(estate, error) for estate, error in swept.held.items()),
            next_due_on=self.next_due_on(),
        )

    def _repair(self, swept: "_Swept") -> None:
        """Recompute rows that a view could not take: they say where to look."""
        for estate, views in estates_behind(self._store).items():
            try:
                recompute(self._store, self.book, [estate], views)
            except (EventUnreadable, UnknownTopic, VersionConflict) as error:
                swept.held[estate] = error

    def next_due_on(self) -> date | None:
        """The next civil day in Amsterdam, after today, on which a notice is to be given."""
        return next_due(self._store.read, self.today())

    def _give_persistently(self, keys: Sequence[PendingKey], swept: "_Swept") -> None:
        """Give a batch; where others keep writing to its estates, each deadline by itself."""
        try:
            with self._turns.of(key.estate for key in keys):
                persistently(lambda: self._give(keys, swept), (VersionConflict,))
        except VersionConflict as error:
            if len(keys) == 1:
                swept.held[EstateId(keys[0].estate)] = error
                return
            for key in keys:
                self._give_persistently([key], swept)

    def _give(self, keys: Sequence[PendingKey], swept: "_Swept") -> None:
        stamp = self._stamp(None, None, None, None)
        until = min(keys[-1].due_on, civil_day(stamp.at))
        estates = tuple(dict.fromkeys(EstateId(key.estate) for key in keys))
        found = list(self._owed(estates, until, stamp, swept))
        batch = Append(
            events=tuple(_by_day(found)),
            rows=tuple(
                change
                for one in found
                for change in changes_by_notices(one.before, one.after, one.owed, self.book)
            ),
            scheme=fingerprint(self.book),
        )
        for estate in estates:
            self._hot.drop(estate)
        if found:
            self._store.append(batch)
        given = {one.after.id for one in found}
        swept.given += len(batch.events)
        swept.estates |= given
        swept.held = {estate: why for estate, why in swept.held.items() if estate not in given}
        self._refresh(set(estates) - given, until, swept)

    def _refresh(self, estates: set[EstateId], until: date, swept: "_Swept") -> None:
        """Rows that still say pending though nothing is owed are older than the scheme data."""
        for estate in sorted(estates - swept.held.keys()):
            if is_pending(self._store.read, estate, until):
                try:
                    recompute(self._store, self.book, [estate])
                except VersionConflict as error:
                    swept.held[estate] = error

    def _owed(
        self, estates: Sequence[EstateId], until: date, stamp: Stamp, swept: "_Swept"
    ) -> Iterator[_Found]:
        for estate, stream in self._streams(estates, swept):
            try:
                one = self._found(estate, stream, until, stamp)
            except KvobError as error:
                swept.held[estate] = error
            except (ValueError, ArithmeticError) as error:
                swept.held[estate] = NoticeImpossible(estate, str(error))
            else:
                if one.owed:
                    yield one

    def _found(
        self, estate: EstateId, stream: Sequence[Recorded], until: date, stamp: Stamp
    ) -> _Found:
        state = fold(estate, stream)
        found = owed(state, self.book, until)
        notices = noted(state, found, stamp, _CAUSE)
        return _Found(state, found, notices, after_notices(state, notices))

    def _streams(
        self, estates: Sequence[EstateId], swept: "_Swept"
    ) -> Iterator[tuple[EstateId, list[Recorded]]]:
        """The events of the estates; one that cannot be read is held and stops no other."""
        try:
            streams = self._store.streams(estates)
        except (EventUnreadable, UnknownTopic):
            streams = dict(self._readable(estates, swept))
        for estate in estates:
            if estate in streams:
                yield estate, streams[estate]

    def _readable(
        self, estates: Sequence[EstateId], swept: "_Swept"
    ) -> Iterator[tuple[EstateId, list[Recorded]]]:
        for estate in estates:
            try:
                yield estate, self._store.stream(estate)
            except (EventUnreadable, UnknownTopic) as error:
                swept.held[estate] = error


class _Swept:
    """What a sweep has done so far."""

    def __init__(self) -> None:
        self.given = 0
        self.estates: set[EstateId] = set()
        self.held: dict[EstateId, KvobError] = {}


def _by_day(found: Sequence[_Found]) -> list[Recorded]:
    """The notices by the day they fell due; those of one estate are in that order already."""
    every = [recorded for one in found for recorded in one.notices]
    return sorted(every, key=_due)


def _due(recorded: Recorded) -> date:
    return recorded.event.earliest or date.max
