"""In which world are sweeps tried? Nodes on one store that fails when told to, and a set clock.

A node is an engine; a restart is another engine on the same store. The clock tells any instant,
also one that has been before.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from kvob_projections import ALL_VIEWS
from kvob_workflow import (
    Engine,
    EstateId,
    EstateKind,
    FactItem,
    FactKind,
    PartialDate,
    PastFact,
    Provenance,
)
from kvob_workflow.clock import AMSTERDAM, Clock
from kvob_workflow.engine.gap import GapUnconfirmed
from kvob_workflow.errors import StoreUnavailable
from kvob_workflow.store.codec import Codec
from kvob_workflow.store.opening import parse_url
from kvob_workflow.store.sqlite.connections import FileConnections, MemoryConnections
from kvob_workflow.store.sqlite.store import SQLiteStore
from kvob_workflow.testing import GUIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvob_domain.estate.events import AnyEvent
    from kvob_domain.estate.recorded import Recorded
    from kvob_workflow.engine import SweepReport
    from kvob_workflow.store import Append, Receipt

PLACE = "Voorbeeldstad"


class WorldClock:
    """A clock that tells the instant it was set to."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


class FalteringStore(SQLiteStore):
    """A store that does something unforeseen just before or just after it writes, once each."""

    before: Callable[[], object] | None = None
    after: Callable[[], object] | None = None

    def append(self, batch: Append) -> Receipt:
        before, self.before = self.before, None
        if before is not None:
            before()
        receipt = super().append(batch)
        after, self.after = self.after, None
        if after is not None:
            after()
        return receipt

    def fail_after(self, writes: int, *, committed: bool = False) -> None:
        """Fail at the write that follows so many, before or after its commit."""

        def fail() -> None:
            if writes == 0:
                raise StoreUnavailable("test", "the machine stopped")
            self.fail_after(writes - 1, committed=committed)

        if committed:
            self.after = fail
        else:
            self.before = fail


class FalteringNode:
    """An engine with a connection of its own to a file, which fails when told to."""

    def __init__(self, url: str, clock: Clock, new_id: Callable[[], str]) -> None:
        self.store = opened(url)
        self.engine = Engine(self.store, actor=GUIDE, clock=clock, new_id=new_id)

    def close(self) -> None:
        """End the process; what it had not written is lost."""
        self.engine.close()


def opened(url: str) -> FalteringStore:
    """A store at `url` that fails when told to."""
    path = parse_url(url)
    connections = (
        MemoryConnections(lock_timeout=5.0)
        if path is None
        else FileConnections(path, durable=False, lock_timeout=5.0)
    )
    store = FalteringStore(connections, Codec())
    store.prepare_views(ALL_VIEWS)
    return store


class World:
    """One store, one clock, some nodes."""

    def __init__(self, on: date, *, url: str = "memory:", nodes: int = 1) -> None:
        """Begin at noon of a civil day."""
        self.store = opened(url)
        self.clock = WorldClock(noon(on))
        self._ids = 0
        self.nodes = [self.node() for _ in range(nodes)]

    def __enter__(self) -> World:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    def node(self) -> Engine:
        """One more engine on the store."""
        return Engine(self.store, actor=GUIDE, clock=self.clock, new_id=self._new_id)

    @property
    def engine(self) -> Engine:
        """The first node."""
        return self.nodes[0]

    def awarded(self, *names: str, on: date) -> list[EstateId]:
        """Estates whose certificate was awarded on a day, recorded at noon of that day."""
        self.clock.at = noon(on)
        items = [fact(name, FactKind.AWARD, on) for name in names]
        outcomes = self.engine.take_facts(items)
        return [one.estate for one in outcomes if one.estate is not None]

    def sweep_at(self, at: datetime, *, confirm: bool = False) -> SweepReport:
        """Sweep at an instant, with the first node."""
        self.clock.at = at
        return self.engine.sweep(confirm=confirm)

    def notices(self, estate: EstateId) -> list[str]:
        """The notices of an estate in the order of its stream."""
        return [told(one.event) for one in self.store.stream(estate) if by_alarm(one)]

    def every_notice(self) -> list[tuple[str, str]]:
        """All notices as (name, notice), in the order of the store."""
        positioned = self.store.page(0, 1_000_000)
        return [
            (self.engine.state(one.estate).name, told(one.event))
            for _, one in positioned
            if by_alarm(one)
        ]

    def _new_id(self) -> str:
        self._ids += 1
        return f"{self._ids:032x}"


def sweep_confirmed(engine: Engine) -> SweepReport:
    """Sweep, and let a person confirm the gap where that is asked."""
    try:
        return engine.sweep()
    except GapUnconfirmed:
        return engine.sweep(confirm=True)


def fact(name: str, kind: FactKind, on: date | str) -> FactItem:
    """What a source says of an estate."""
    day = PartialDate.parse(on if isinstance(on, str) else on.isoformat())
    content = PastFact(kind=kind, on=day, provenance=Provenance(source="https://example.org"))
    return FactItem(name, (PLACE,), EstateKind.ESTATE, content)


def by_alarm(recorded: Recorded) -> bool:
    """Whether the alarm clock recorded it."""
    return recorded.by == "alarm"


def told(event: AnyEvent) -> str:
    """A notice in a word: its kind, its number, the day it fell due."""
    kind = getattr(event, "kind", "expiry")
    ordinal = getattr(event, "ordinal", 1)
    return f"{kind} {ordinal} {event.occurred.text}"


def noon(day: date) -> datetime:
    """Noon of a civil day in Amsterdam, in UTC."""
    return datetime.combine(day, time(12), AMSTERDAM).astimezone(UTC)


def midnight(day: date) -> datetime:
    """The first instant of a civil day in Amsterdam, in UTC."""
    return datetime.combine(day, time(0), AMSTERDAM).astimezone(UTC)
