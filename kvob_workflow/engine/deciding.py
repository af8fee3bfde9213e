"""How does a command become events? Load, decide, fold; nothing is written here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands import Command, JointCommand, Registration
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.commands.deadlines import GiveNotice
from kvob_domain.estate.commands.identity import LinkMembers
from kvob_domain.estate.commands.oversight import ApproveAct
from kvob_domain.estate.decide import decide
from kvob_domain.estate.decide.identity import joined
from kvob_domain.estate.evolve import evolve, fold
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.order import sorts_last
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_domain.scheme.book import SchemeBook
from kvob_workflow.engine.errors import (
    EstateNamedTwice,
    EstateNotFound,
    NotInOneGo,
    RefusedForEstate,
    RefusedInOneGo,
)
from kvob_workflow.engine.hot import Hot, HotStates
from kvob_workflow.engine.provisos import NO_PROVISO, Proviso
from kvob_workflow.engine.settling import after_notices, settled
from kvob_workflow.engine.stamping import Stamp, in_envelopes
from kvob_workflow.store import EventStore


@dataclass(frozen=True, slots=True)
class Decided:
    """What a command gives for one estate: the state before, the new events, the state after.

    `notices` are those that the estate was owed; they are written before the events. `history`
    is what was on record before them; only a correction looks at it.
    """

    before: Hot
    notices: tuple[Recorded, ...]
    events: tuple[Recorded, ...]
    after: Estate
    history: tuple[Recorded, ...] = ()
    ground: Ground | None = None

    @property
    def written(self) -> tuple[Recorded, ...]:
        """Everything that is appended to the estate's stream, in order."""
        return self.notices + self.events


class Desk:
    """Decides commands on the states that the store holds. Not thread-safe; the engine locks."""

    def __init__(
        self,
        store: EventStore,
        book: SchemeBook,
        hot: HotStates,
        new_id: Callable[[], str],
        seal: Callable[[list[Recorded]], list[Recorded]],
    ) -> None:
        """Decide with this store's states and this scheme data; `seal` hides names."""
        self._seal = seal
        self._store = store
        self._book = book
        self._hot = hot
        self._new_id = new_id

    def decided(
        self, command: Command, today: date, stamp: Stamp, proviso: Proviso = NO_PROVISO
    ) -> list[Decided]:
        """What the command gives, for each estate that it names.

        Raises:
            Rejected, EstateNotFound, EstateNamedTwice, UnknownEdition, ClockBehind.
            OutOfReach, RegionOutOfReach, EstateChanged: the proviso does not hold.
        """
        ground = Ground(self._book, today, stamp.actor)
        if isinstance(command, Registration):
            return [self._registered(command, ground, stamp, proviso)]
        # All of them are looked at before any is decided: a refusal of one must not tell another.
        first, *others = (
            self._admitted(estate, proviso.of_others() if at else proviso)
            for at, estate in enumerate(_named(command))
        )
        if isinstance(command, JointCommand) and command.also:
            return self._joint(command, (first, *others), ground, stamp)
        if isinstance(command, LinkMembers):
            shared = stamp.joint(stamp.correlation or stamp.command or self._new_id())
            members = self._members(command, others, shared)
            return [self._one(command, first, ground, shared), *members]
        return [self._one(command, first, ground, stamp)]

    def in_one_go(
        self,
        commands: Sequence[Command],
        today: date,
        stamp: Stamp,
        proviso: Proviso = NO_PROVISO,
    ) -> Decided:
        """What commands about one estate give together, each on what those before it gave.

        Raises:
            RefusedInOneGo: one of them is refused; its number says which.
            NotInOneGo: they are not about one estate, or one of them goes by itself.
            EstateNotFound, ClockBehind, OutOfReach, EstateChanged: as `decided` does.
        """
        first = self._admitted(_one_estate(commands), proviso)
        ground = Ground(self._book, today, stamp.actor)
        row: list[Decided] = []
        for number, command in enumerate(commands, start=1):
            hot = Hot(row[-1].after, None) if row else first
            unwritten = tuple(recorded for one in row for recorded in one.written)
            try:
                row.append(self._one(command, hot, ground, stamp, unwritten))
            except Rejected as refusal:
                raise RefusedInOneGo(number, refusal) from refusal
        later = (recorded for one in row[1:] for recorded in one.written)
        events = (*row[0].events, *later)
        return replace(row[0], events=events, after=row[-1].after)

    def load(self, estate: EstateId) -> Hot:
        """The state of an estate, from the cache or folded from its stream."""
        hot = self._hot.get(estate)
        return hot or Hot(fold(estate, self._store.stream(estate)), None)

    def _registered(
        self, command: Registration, ground: Ground, stamp: Stamp, proviso: Proviso
    ) -> Decided:
        hot = self.load(EstateId(command.estate or self._new_id()))
        if hot.state.exists or proviso.expected_version is not None:
            hot = self._checked(hot, proviso)
        decided = self._one(command, hot, ground, stamp)
        proviso.check_new(decided.after.municipalities)
        return decided

    def _admitted(self, estate: EstateId, proviso: Proviso) -> Hot:
        hot = self._checked(self.load(estate), proviso)
        if not hot.state.exists:
            raise EstateNotFound(estate)
        return hot

    def _checked(self, hot: Hot, proviso: Proviso) -> Hot:
        """A state of which the proviso holds; one at hand may be older than what its giver saw."""
        if not proviso.holds(hot.state):
            self._hot.drop(hot.state.id)
            hot = self.load(hot.state.id)
            proviso.check(hot.state)
        return hot

    def _one(
        self,
        command: Command,
        hot: Hot,
        ground: Ground,
        stamp: Stamp,
        unwritten: tuple[Recorded, ...] = (),
    ) -> Decided:
        # A notice that a person gives must not be given by the alarm clock just before.
        by_hand = isinstance(command, GiveNotice)
        notices = () if by_hand else settled(hot, self._book, stamp, command.command)
        state = after_notices(hot.state, notices)
        history = self._history(command, state)
        if history:
            ground = replace(ground, history=(*history, *notices))
        events = self._seal(in_envelopes(state, decide(command, state, ground), stamp))
        after = self._after(hot.state, (*notices, *events), unwritten)
        return Decided(hot, notices, tuple(events), after, history, ground)

    def _history(self, command: Command, state: Estate) -> tuple[Recorded, ...]:
        """What is on record, for a correction or its approval; every other command goes without."""
        if isinstance(command, ApproveAct):
            acts = (one.act for one in state.proposals if one.id == command.proposal)
            corrects = isinstance(next(acts, None), Correct)
        else:
            corrects = isinstance(command, Correct)
        return tuple(self._store.stream(state.id)) if corrects else ()

    def _joint(
        self, command: JointCommand, estates: Sequence[Hot], ground: Ground, stamp: Stamp
    ) -> list[Decided]:
        shared = stamp.joint(stamp.correlation or stamp.command or self._new_id())
        return [self._share(command, hot, ground, shared) for hot in estates]

    def _share(self, command: JointCommand, hot: Hot, ground: Ground, stamp: Stamp) -> Decided:
        own = command.model_copy(update={"estate": hot.state.id, "also": ()})
        try:
            return self._one(own, hot, ground, stamp)  # type: ignore[arg-type]
        except Rejected as refusal:
            raise RefusedForEstate(hot.state.name, refusal) from refusal

    def _members(self, command: LinkMembers, members: Sequence[Hot], stamp: Stamp) -> list[Decided]:
        linked: list[Decided] = []
        for hot in members:
            events = in_envelopes(hot.state, (joined(command, hot.state),), stamp)
            linked.append(Decided(hot, (), tuple(events), self._after(hot.state, events)))
        return linked

    def _after(
        self, state: Estate, events: Sequence[Recorded], unwritten: Sequence[Recorded] = ()
    ) -> Estate:
        """The state with new events; `unwritten` are those that it holds and the store does not."""
        after = state
        for recorded in events:
            if not sorts_last(recorded, after.last_day):
                return self._refolded(state, (*unwritten, *events))
            after = evolve(after, recorded)
        return after

    def _refolded(self, state: Estate, new: Sequence[Recorded]) -> Estate:
        """The state with events that belong earlier: folded anew from the whole stream."""
        history = self._store.stream(state.id) if state.exists else []
        return fold(state.id, [*history, *new])


_BY_THEMSELVES: Final = (Registration, LinkMembers, Correct, ApproveAct)
"""Commands about more than the state of one estate, which is all that a row of them sees."""


def _one_estate(commands: Sequence[Command]) -> EstateId:
    """The estate of all of them.

    Raises:
        NotInOneGo: there is none, there are several, or a command goes by itself.
    """
    estates = {one.estate for one in commands}
    is_joint = any(isinstance(one, JointCommand) and one.also for one in commands)
    apart = any(isinstance(one, _BY_THEMSELVES) for one in commands)
    estate = estates.pop() if len(estates) == 1 else None
    if estate is None or is_joint or apart:
        raise NotInOneGo
    return estate


def _named(command: Command) -> tuple[EstateId, ...]:
    """The estates that a command names, its own first.

    Raises:
        EstateNamedTwice: a joint act names one twice.
    """
    if command.estate is None:
        raise EstateNotFound("")
    if isinstance(command, LinkMembers):
        return (command.estate, *dict.fromkeys(command.members))
    if not isinstance(command, JointCommand):
        return (command.estate,)
    estates = (command.estate, *command.also)
    for estate in estates:
        if estates.count(estate) > 1:
            raise EstateNamedTwice(estate)
    return estates
