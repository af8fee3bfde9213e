"""How are commands carried out? Decided, written in one transaction, tried again after a race."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final, TypeVar

from kvob_domain.actor import Actor
from kvob_domain.estate.commands import Command, JointCommand
from kvob_domain.estate.commands.identity import LinkMembers
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.state import Estate
from kvob_domain.estate_names import normal_name
from kvob_domain.free_text import warnings_of
from kvob_domain.ids import CommandId
from kvob_domain.mandates import Reach
from kvob_workflow import telemetry
from kvob_workflow.clock import civil_day
from kvob_workflow.engine.bulk import Intake
from kvob_workflow.engine.command_ids import checked_id
from kvob_workflow.engine.core import Core
from kvob_workflow.engine.deciding import Desk
from kvob_workflow.engine.facts import FactOutcome, Items
from kvob_workflow.engine.foreseeing import Preview, foreseen
from kvob_workflow.engine.migration import MigrationLine, MigrationPlan, concerned, line
from kvob_workflow.engine.outcome import Outcome
from kvob_workflow.engine.previewing import about_correction
from kvob_workflow.engine.provisos import Proviso
from kvob_workflow.engine.stamping import Stamp
from kvob_workflow.engine.states import all_states
from kvob_workflow.engine.writing import Writer, outcome_of
from kvob_workflow.errors import CommandIdTaken, NameTaken, StoreUnavailable, VersionConflict

# Three decisions may lose against other processes; a fourth loss is told to the caller.
_RETRIES: Final = 3
RACES: Final = (VersionConflict, CommandIdTaken)

T = TypeVar("T")


class Commanding(Core):
    """The commands of an engine."""

    def do(
        self,
        command: Command,
        *,
        actor: Actor | None = None,
        command_id: str | None = None,
        dry_run: bool = False,
        source: str | None = None,
        trace: str | None = None,
        expected_version: int | None = None,
        reach: Reach | None = None,
    ) -> Outcome:
        """Carry out a command durably, or refuse it and write nothing.

        Notices that are owed come first, in the same transaction. A repeated `command_id` answers
        with the first result. With `dry_run` nothing is written; a correction shows what changes.
        What is decided on must be at `expected_version` (the first) and within `reach` (all).

        Raises:
            Rejected: the rules say no; `others` holds the further refusals.
            NotFound, OutOfReach, RegionOutOfReach: what is named is unknown, or out of reach.
            CommandIdReused, CommandIdMalformed: the id is another command's, or cannot be one.
            EstateChanged, VersionConflict: not as expected; others were faster four times.
            Unavailable: the store or the clock failed; nothing was written.
            StoreUnreachable: nobody knows whether it was; repeat it with the same command id.
        """
        key = checked_id(command_id)
        (desk, writer), proviso = self._desk(dry_run=dry_run), Proviso(expected_version, reach)

        def carried_out() -> Outcome:
            stamp = self._stamp(actor, key, source, trace)
            decided = desk.decided(command, civil_day(stamp.at), stamp, proviso)
            tried = outcome_of(decided, None, dry_run=True) if dry_run else None
            outcome = tried or writer.write(decided, command, key)
            return about_correction(outcome, decided[0], self._store, self.book)

        repeated = partial(writer.repeated, command, key)
        outcome = self._in_turn(command, partial(once, carried_out, repeated, dry_run))
        return self._after_writing(_warned(outcome, command))

    def preview(
        self,
        command: Command,
        *,
        actor: Actor | None = None,
        expected_version: int | None = None,
        reach: Reach | None = None,
    ) -> Preview:
        """What a command would lead to, for people to look at first; nothing is written.

        Raises:
            KvobError: as `do` does.
        """
        (desk, _), proviso = self._desk(dry_run=True), Proviso(expected_version, reach)

        def tried() -> Preview:
            stamp = self._stamp(actor, None, None, None)
            today = civil_day(stamp.at)
            decided = desk.decided(command, today, stamp, proviso)
            outcome = outcome_of(decided, None, dry_run=True)
            told = about_correction(outcome, decided[0], self._store, self.book)
            estates = tuple(foreseen(one, self.book, today, stamp) for one in decided)
            return Preview(_warned(told, command), estates)

        with self._turns.of(_named(command)):
            return persistently(tried, RACES)

    def take_facts(
        self,
        items: Items,
        *,
        actor: Actor | None = None,
        source: str | None = None,
        dry_run: bool = False,
        reach: Reach | None = None,
    ) -> list[FactOutcome]:
        """Record many past facts in one transaction, registering estates not known yet.

        The outcomes stand in the order of the items; a rejected item stops no other. With `reach`
        an item about an estate that is not within it, or would not be, is rejected.

        Raises:
            VersionConflict, NameTaken: other processes were faster four times.
            GapUnconfirmed: notices are owed, and nobody swept for over 400 days.
            Unavailable: the store or the clock failed; nothing was written.
            StoreUnreachable: nobody knows whether it was. Give the same items again: a fact that
                is there already is told as such, and written once.
        """
        intake = Intake(self._store, self.book, self._new_id, reach)

        def attempt() -> list[FactOutcome]:
            stamp = self._stamp(actor, None, source, None)
            outcomes, changed = intake.take(items, civil_day(stamp.at), stamp, dry_run=dry_run)
            for estate in changed:
                self._hot.drop(estate)
            return outcomes

        with telemetry.command("TakeFacts"), self._turns.everybody():
            taken = persistently(attempt, (VersionConflict, NameTaken))
        return self._after_writing(taken)

    def migrate(
        self,
        edition: str | None,
        *,
        reason: str,
        on: date | None = None,
        municipality: str | None = None,
        dry_run: bool = True,
        actor: Actor | None = None,
        reach: Reach | None = None,
    ) -> tuple[MigrationLine, ...]:
        """Pin running cycles to another edition; report per estate what opens and closes.

        `edition` None reverts the last migration of each cycle. With `dry_run` (the default)
        nothing is written; otherwise each cycle that no rule refuses is migrated by a command
        of its own, so that calling again goes on where a failure stopped it. `reach` leaves out
        what lies outside it.

        Raises:
            UnknownEdition: when there is no such edition.
        """
        target = self.book.edition(edition).id if edition is not None else None
        plan = MigrationPlan(target, reason, on or civil_day(self._clock.now()))
        ground = Ground(self.book, civil_day(self._clock.now()), actor or self._actor)

        def carry_out(command: Command) -> Outcome:
            return self.do(command, actor=actor, reach=reach)

        states = [
            state
            for state in all_states(self._store)
            if _lies_in(state, municipality) and (reach is None or reach.holds_estate(state))
        ]
        do = None if dry_run else carry_out
        return tuple(line(state, plan, ground, do) for state in concerned(states, plan))

    def _in_turn(self, command: Command, attempt: Callable[[], Outcome]) -> Outcome:
        with telemetry.command(type(command).__name__) as told, self._turns.of(_named(command)):
            outcome = persistently(attempt, RACES)
            told("kvob.estate", outcome.estate)
        return outcome

    def _desk(self, *, dry_run: bool) -> tuple[Desk, Writer]:
        """What decides, and what writes."""
        seal = partial(self._sealed, dry_run=dry_run)
        desk = Desk(self._store, self.book, self._hot, self._new_id, seal)
        return desk, Writer(self._store, self.book, self._hot)

    def _stamp(
        self, actor: Actor | None, command: CommandId | None, source: str | None, trace: str | None
    ) -> Stamp:
        return Stamp(
            at=self._clock.now(),
            actor=actor or self._actor,
            command=command,
            trace=trace,
            source=source,
        )


def once(carry_out: Callable[[], T], repeated: Callable[[], T | None], looks_first: bool) -> T:
    """What is answered now; what was answered before, when the command was carried out already.

    The store refuses a command id that is taken, so nobody looks for it beforehand: that would
    cost every command a question. A repeat may also be refused for what the first did itself,
    and after a cut connection the first may be committed only meanwhile. So whoever gets no
    answer looks; except when the store fails, which would hide whether it was written. What is
    only tried meets no id that is taken, so it looks first.
    """
    if looks_first and (first := repeated()) is not None:
        return first
    try:
        return carry_out()
    except StoreUnavailable:
        raise
    except Exception:
        before = repeated()
        if before is None:
            raise
        return before


def persistently(attempt: Callable[[], T], races: tuple[type[Exception], ...]) -> T:
    """Try again after a lost race, three times at most; the fourth loss is the caller's."""
    for _ in range(_RETRIES):
        try:
            return attempt()
        except races:
            continue
    return attempt()


def _named(command: Command) -> tuple[str, ...]:
    """The estates whose turn a command needs."""
    estate = () if command.estate is None else (command.estate,)
    also = command.also if isinstance(command, JointCommand) else ()
    members = command.members if isinstance(command, LinkMembers) else ()
    return (*estate, *also, *members)


def _warned(outcome: Outcome, command: Command) -> Outcome:
    """The outcome with a word about free text that cannot be erased later."""
    warnings = warnings_of(command)
    return replace(outcome, warnings=warnings) if warnings else outcome


def _lies_in(state: Estate, municipality: str | None) -> bool:
    if municipality is None:
        return True
    wanted = normal_name(municipality)
    return any(normal_name(place) == wanted for place in state.municipalities)
