"""How are many facts taken in at once? Grouped by estate, decided in order, one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from kvob_domain.errors import KvobError
from kvob_domain.estate.commands.identity import RegisterEstate, RegisterGroup
from kvob_domain.estate.commands.past import RecordPastFact, RecordRemark
from kvob_domain.estate.decide import decide
from kvob_domain.estate.evolve import Folding, fold_ordered
from kvob_domain.estate.fact_keys import fact_key
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.order import in_order
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import PastFact
from kvob_domain.estate_names import normal_name
from kvob_domain.ids import EstateId
from kvob_domain.scheme.book import SchemeBook
from kvob_workflow.engine.facts import FactItem, FactOutcome, Items
from kvob_workflow.engine.names import claims_of
from kvob_workflow.engine.rows import all_rows
from kvob_workflow.engine.stamping import Stamp, in_envelopes
from kvob_workflow.store import Append, EventStore, NameClaim

Named = tuple[tuple[str, ...], str]


@dataclass(slots=True)
class _Work:
    """One estate of a chunk: its history so far, what is new, and a state to decide on."""

    estate: EstateId
    history: list[Recorded]
    folding: Folding
    items: list[tuple[int, FactItem]] = field(default_factory=list[tuple[int, FactItem]])
    new: list[Recorded] = field(default_factory=list[Recorded])
    claims: list[NameClaim] = field(default_factory=list[NameClaim])


class Intake:
    """Takes facts in by the chunk. Not thread-safe; the engine locks."""

    def __init__(self, store: EventStore, book: SchemeBook, new_id: Callable[[], str]) -> None:
        """Take facts into this store."""
        self._store = store
        self._book = book
        self._new_id = new_id

    def take(
        self, items: Items, today: date, stamp: Stamp, *, dry_run: bool
    ) -> tuple[list[FactOutcome], frozenset[EstateId]]:
        """The outcome of each item in order, and the estates that changed.

        All of it is written in one transaction. With `dry_run` nothing is, but the answers are
        the same.
        """
        ground = Ground(self._book, today, stamp.actor)
        outcomes: list[FactOutcome | None] = [None] * len(items)
        works = self._works(items)
        for work in works:
            for index, item in work.items:
                outcomes[index] = self._take(work, item, ground, stamp)
        changed = [work for work in works if work.new]
        if changed and not dry_run:
            self._store.append(self._batch(changed))
        done = [outcome for outcome in outcomes if outcome is not None]
        return done, frozenset(work.estate for work in changed)

    def _works(self, items: Items) -> list[_Work]:
        """One work per estate that the items name, in the order of first mention."""
        grouped: dict[Named, list[tuple[int, FactItem]]] = {}
        for index, item in enumerate(items):
            grouped.setdefault(_named(item), []).append((index, item))
        pairs = [(place, name) for places, name in grouped for place in places]
        claimed = self._store.claimed_many(pairs)
        known = {
            named: next((claimed[p, named[1]] for p in named[0] if (p, named[1]) in claimed), None)
            for named in grouped
        }
        streams = self._store.streams([estate for estate in known.values() if estate])
        return [self._work(known[named], streams, group) for named, group in grouped.items()]

    def _work(
        self,
        known: EstateId | None,
        streams: dict[EstateId, list[Recorded]],
        items: list[tuple[int, FactItem]],
    ) -> _Work:
        estate = known or EstateId(self._new_id())
        history = streams.get(estate, [])
        ordered = in_order(history)
        return _Work(estate, ordered, Folding(fold_ordered(estate, ordered)), items)

    def _take(self, work: _Work, item: FactItem, ground: Ground, stamp: Stamp) -> FactOutcome:
        try:
            self._register(work, item, ground, stamp)
            return self._decide(work, item, ground, stamp)
        except KvobError as refusal:
            return FactOutcome("rejected", None, refusal)

    def _register(self, work: _Work, item: FactItem, ground: Ground, stamp: Stamp) -> None:
        if work.folding.state.exists:
            return
        name, places = item.name, item.municipalities
        command = (
            RegisterGroup(name=name, municipalities=places)
            if item.group
            else RegisterEstate(name=name, municipalities=places)
        )
        state = work.folding.state
        self._keep(work, in_envelopes(state, decide(command, state, ground), stamp))
        work.claims += claims_of(work.estate, item.name, item.municipalities)

    def _decide(self, work: _Work, item: FactItem, ground: Ground, stamp: Stamp) -> FactOutcome:
        state = work.folding.state
        content = item.content
        if isinstance(content, PastFact):
            events = decide(RecordPastFact(estate=work.estate, fact=content), state, ground)
            first = fact_key(content) not in state.facts
            self._keep(work, in_envelopes(state, events, stamp))
            return FactOutcome("accepted" if first else "duplicate", work.estate)
        remark = RecordRemark(
            estate=work.estate,
            subject=content.subject,
            on=content.on,
            text=content.text,
            provenance=content.provenance,
        )
        events = decide(remark, state, ground)
        self._keep(work, in_envelopes(state, events, stamp))
        return FactOutcome("remark" if events else "duplicate", work.estate)

    def _keep(self, work: _Work, recorded: list[Recorded]) -> None:
        for one in recorded:
            work.folding.take(one)
        work.new += recorded

    def _batch(self, works: list[_Work]) -> Append:
        states = [self._folded(work) for work in works]
        return Append(
            events=tuple(recorded for work in works for recorded in work.new),
            claims=tuple(claim for work in works for claim in work.claims),
            rows=tuple(change for state in states for change in all_rows(state, self._book)),
        )

    def _folded(self, work: _Work) -> Estate:
        """The state after all of it; folded anew only where something belongs in between."""
        line = [*work.history, *work.new]
        ordered = in_order(line)
        if all(one is other for one, other in zip(line, ordered, strict=True)):
            return work.folding.state
        return fold_ordered(work.estate, ordered)


def _named(item: FactItem) -> Named:
    places = tuple(normal_name(place) for place in item.municipalities)
    return places, normal_name(item.name)
