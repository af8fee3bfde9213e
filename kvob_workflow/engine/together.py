"""How are several commands about one estate carried out? All of them in one transaction, or none.

Each is decided on what those before it gave. They share one command id, so that sending them again
answers with the first result; each event says by itself what happened.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from kvob_domain.actor import Actor
from kvob_domain.estate.commands import Command
from kvob_domain.free_text import warnings_of
from kvob_domain.ids import CommandId
from kvob_domain.mandates import Reach
from kvob_workflow import telemetry
from kvob_workflow.clock import civil_day
from kvob_workflow.engine.command_ids import checked_id
from kvob_workflow.engine.commanding import RACES, Commanding, once, persistently
from kvob_workflow.engine.deciding import Decided
from kvob_workflow.engine.foreseeing import Preview, foreseen
from kvob_workflow.engine.outcome import Outcome
from kvob_workflow.engine.provisos import Proviso
from kvob_workflow.engine.stamping import Stamp
from kvob_workflow.engine.writing import outcome_of


class Together(Commanding):
    """The commands of an engine that go together."""

    def do_all(
        self,
        commands: Sequence[Command],
        *,
        actor: Actor | None = None,
        command_id: str | None = None,
        dry_run: bool = False,
        source: str | None = None,
        trace: str | None = None,
        expected_version: int | None = None,
        reach: Reach | None = None,
    ) -> Outcome:
        """Carry out commands about one estate in their order, or refuse them and write nothing.

        As `do`, with one outcome for all: its events are those of each command in turn. One
        correlation and one `command_id` stand for all of them together.

        Raises:
            RefusedInOneGo: one of them is refused; `number` says which, counted from 1.
            NotInOneGo: they are not about one estate, or one of them goes by itself: a
                registration, a correction, an approval, an act of several estates.
            KvobError: as `do` does.
        """
        key, every = checked_id(command_id), tuple(commands)
        (_, writer), proviso = self._desk(dry_run=dry_run), Proviso(expected_version, reach)

        def carried_out() -> Outcome:
            stamp = self._joint_stamp(actor, key, source, trace)
            decided = self._all_decided(every, stamp, proviso, dry_run=dry_run)
            if dry_run:
                return outcome_of([decided], None, dry_run=True)
            return writer.write([decided], every, key)

        repeated = partial(writer.repeated, every, key)
        attempt = partial(once, carried_out, repeated, dry_run)
        with telemetry.command("DoAll") as told, self._turns.of(_estates(every)):
            outcome = persistently(attempt, RACES)
            told("kvob.estate", outcome.estate)
        return self._after_writing(_warned(outcome, every))

    def preview_all(
        self,
        commands: Sequence[Command],
        *,
        actor: Actor | None = None,
        expected_version: int | None = None,
        reach: Reach | None = None,
    ) -> Preview:
        """What commands about one estate would lead to together; nothing is written.

        Raises:
            KvobError: as `do_all` does.
        """
        proviso, every = Proviso(expected_version, reach), tuple(commands)

        def tried() -> Preview:
            stamp = self._joint_stamp(actor, None, None, None)
            decided = self._all_decided(every, stamp, proviso, dry_run=True)
            outcome = outcome_of([decided], None, dry_run=True)
            led_to = foreseen(decided, self.book, civil_day(stamp.at), stamp)
            return Preview(_warned(outcome, every), (led_to,))

        with self._turns.of(_estates(every)):
            return persistently(tried, RACES)

    def _all_decided(
        self, commands: Sequence[Command], stamp: Stamp, proviso: Proviso, *, dry_run: bool
    ) -> Decided:
        desk, _ = self._desk(dry_run=dry_run)
        return desk.in_one_go(commands, civil_day(stamp.at), stamp, proviso)

    def _joint_stamp(
        self, actor: Actor | None, command: CommandId | None, source: str | None, trace: str | None
    ) -> Stamp:
        stamp = self._stamp(actor, command, source, trace)
        return stamp.joint(command or self._new_id())


def _estates(commands: Sequence[Command]) -> tuple[str, ...]:
    return tuple(one.estate for one in commands if one.estate is not None)


def _warned(outcome: Outcome, commands: Sequence[Command]) -> Outcome:
    told = (warning for one in commands for warning in warnings_of(one))
    warnings = tuple(dict.fromkeys(told))
    return replace(outcome, warnings=warnings) if warnings else outcome
