"""How are many facts taken in at once? Grouped by estate, decided in order, one transaction."""

from collections.abc import Callable
from datetime import date
from itertools import chain

from kvob_domain.errors import Invalid, Rejected
from kvob_domain.estate.commands.identity import RegisterEstate, RegisterGroup
from kvob_domain.estate.commands.past import RecordRemark
from kvob_domain.estate.decide import decide
from kvob_domain.estate.decide.past import fact_events
from kvob_domain.estate.events.past import PastFactRecorded
from kvob_domain.estate.evolve import Ledger, fold
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.rules.dates import lies_ahead
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import EstateKind, PastFact
from kvob_domain.estate_names import normal_name, visible_name
from kvob_domain.ids import EstateId
from kvob_domain.mandates import OutOfReach, Reach, RegionOutOfReach
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.words import Text
from kvob_workflow.engine.errors import KnownAsOtherKind
from kvob_workflow.engine.facts import FactItem, FactOutcome, Items
from kvob_workflow.engine.fingerprints import fingerprint
from kvob_workflow.engine.gap import check_gap
from kvob_workflow.engine.hot import Hot
from kvob_workflow.engine.names import claims_of
from kvob_workflow.engine.provisos import Proviso
from kvob_workflow.engine.rows import all_rows, first_rows
from kvob_workflow.engine.settling import settled
from kvob_workflow.engine.stamping import Stamp, in_envelopes
from kvob_workflow.store import Append, EventStore, NameClaim, RowChange

Pair = tuple[str, str]

_A_GROUP = Text("een groep", "a group")
_AN_ESTATE = Text("een terrein", "an estate")


class _Work:
    """One estate of a chunk: its history so far, what is new, and a state to decide on."""

    def __init__(self, estate: EstateId, *, known: bool) -> None:
        self.estate = estate
        self.known = known
        self.history: list[Recorded] = []
        self.ledger = Ledger(Estate(estate))
        self.items: list[tuple[int, FactItem]] = []
        self.pairs: set[Pair] = set()
        self.new: list[Recorded] = []
        self.claims: list[NameClaim] = []
        self.notices = 0

    def go_on_from(self, history: list[Recorded]) -> None:
        """Decide on top of what the store has."""
        self.history = history
        self.ledger = Ledger(fold(self.estate, history), history)


class Intake:
    """Takes facts in by the chunk. Not thread-safe; the engine locks."""

    def __init__(
        self,
        store: EventStore,
        book: SchemeBook,
        new_id: Callable[[], str],
        reach: Reach | None = None,
    ) -> None:
        """Take facts into this store; those of estates within `reach`."""
        self._proviso = Proviso(reach=reach)
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
            if work.known:
                self._settle(work, stamp)
            for index, item in work.items:
                outcomes[index] = self._take(work, item, ground, stamp)
        changed = [work for work in works if len(work.new) > work.notices]
        if changed and not dry_run:
            self._store.append(self._batch(changed))
        done = [outcome for outcome in outcomes if outcome is not None]
        return done, frozenset(work.estate for work in changed)

    def _settle(self, work: _Work, stamp: Stamp) -> None:
        """Give what is owed first: a fact may close a deadline that has fallen due."""
        notices = settled(Hot(work.ledger.state, None), self._book, stamp, "import")
        if notices:
            check_gap(self._store, stamp.at)  # nobody looks at each estate of an import
        self._keep(work, list(notices))
        work.notices = len(notices)

    def _works(self, items: Items) -> list[_Work]:
        """One work per estate that the items name, in the order of first mention."""
        named = [_pairs(item) for item in items]
        claimed = self._store.claimed_many(list(dict.fromkeys(chain.from_iterable(named))))
        works = self._grouped(items, named, claimed)
        streams = self._store.streams([work.estate for work in works if work.known])
        for work in works:
            if work.known:
                work.go_on_from(streams.get(work.estate, []))
        return works

    def _grouped(
        self, items: Items, named: list[list[Pair]], claimed: dict[Pair, EstateId]
    ) -> list[_Work]:
        """An estate may be named under any of its municipalities: one shared pair is enough."""
        by_pair: dict[Pair, _Work] = {}
        by_estate: dict[EstateId, _Work] = {}
        for index, (item, pairs) in enumerate(zip(items, named, strict=True)):
            work = next((by_pair[pair] for pair in pairs if pair in by_pair), None)
            if work is None:
                known = next((claimed[pair] for pair in pairs if pair in claimed), None)
                estate = known or EstateId(self._new_id())
                work = by_estate.get(estate) or _Work(estate, known=known is not None)
                by_estate[estate] = work
            work.pairs.update(pair for pair in pairs if by_pair.setdefault(pair, work) is work)
            work.items.append((index, item))
        return list(by_estate.values())

    def _take(self, work: _Work, item: FactItem, ground: Ground, stamp: Stamp) -> FactOutcome:
        try:
            self._check_reach(work, item)
            _check(work.ledger.state, item, ground.today)
            self._register(work, item, ground, stamp)
            return self._decide(work, item, ground, stamp)
        except (Rejected, Invalid, OutOfReach, RegionOutOfReach) as refusal:
            return FactOutcome("rejected", None, refusal)

    def _check_reach(self, work: _Work, item: FactItem) -> None:
        """Refuse what is about an estate out of reach, or would register one there."""
        state = work.ledger.state
        if not state.exists:
            self._proviso.check_new(item.municipalities)
        elif work.known and not self._proviso.holds(state):
            raise OutOfReach(item.name)

    def _register(self, work: _Work, item: FactItem, ground: Ground, stamp: Stamp) -> None:
        if work.ledger.state.exists:
            return
        name, places = item.name, item.municipalities
        command = (
            RegisterGroup(name=name, municipalities=places)
            if item.kind is EstateKind.GROUP
            else RegisterEstate(name=name, municipalities=places, kind=item.kind)
        )
        state = work.ledger.state
        self._keep(work, in_envelopes(state, decide(command, state, ground), stamp))
        claims = claims_of(work.estate, item.name, item.municipalities)
        work.claims += [one for one in claims if (one.municipality, one.name) in work.pairs]

    def _decide(self, work: _Work, item: FactItem, ground: Ground, stamp: Stamp) -> FactOutcome:
        state = work.ledger.state
        content = item.content
        if isinstance(content, PastFact):
            if work.ledger.is_overtaken(content):
                return FactOutcome("duplicate", work.estate)
            events = fact_events(content, state, ground)
            self._keep(work, in_envelopes(state, events, stamp))
            first = bool(events) and isinstance(events[0], PastFactRecorded)
            return FactOutcome("accepted" if first else "duplicate", work.estate)
        remark = RecordRemark(
            estate=work.estate,
            subject=content.subject,
            on=content.on,
            text=content.text,
            provenance=content.provenance,
        )
        if work.ledger.is_overtaken(remark):
            return FactOutcome("duplicate", work.estate)
        remarked = decide(remark, state, ground)
        self._keep(work, in_envelopes(state, remarked, stamp))
        return FactOutcome("remark" if remarked else "duplicate", work.estate)

    def _keep(self, work: _Work, recorded: list[Recorded]) -> None:
        for one in recorded:
            work.ledger.note(one)
        work.new += recorded

    def _batch(self, works: list[_Work]) -> Append:
        return Append(
            events=tuple(recorded for work in works for recorded in work.new),
            claims=tuple(claim for work in works for claim in work.claims),
            rows=tuple(change for work in works for change in self._rows(work)),
            scheme=fingerprint(self._book),
        )

    def _rows(self, work: _Work) -> tuple[RowChange, ...]:
        state = fold(work.estate, [*work.history, *work.new])
        return (all_rows if work.known else first_rows)(state, self._book)


def _check(state: Estate, item: FactItem, today: date) -> None:
    """What can be said against an item before its estate is registered for it."""
    for text in () if state.exists else (item.name, *item.municipalities):
        visible_name(text)
    if isinstance(item.content, PastFact):
        refusal = lies_ahead(item.content, today)
        if refusal is not None:
            raise refusal
    is_group = state.kind is EstateKind.GROUP
    if state.exists and is_group is not (item.kind is EstateKind.GROUP):
        raise KnownAsOtherKind(state.name, _A_GROUP if is_group else _AN_ESTATE)


def _pairs(item: FactItem) -> list[Pair]:
    name = normal_name(item.name)
    return [(normal_name(place), name) for place in item.municipalities]
