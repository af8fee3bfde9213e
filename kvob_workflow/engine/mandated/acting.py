"""What may be done under a mandate? Each command under its scope, on estates within reach."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kvob_domain.mandates import OutOfReach, Scope, scope_for
from kvob_workflow.engine.mandated.under import Under
from kvob_workflow.errors import CommandIdReused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kvob_domain.estate.commands import Command
    from kvob_workflow.engine.facts import FactOutcome, Items
    from kvob_workflow.engine.foreseeing import Preview
    from kvob_workflow.engine.migration import MigrationLine
    from kvob_workflow.engine.outcome import Outcome


class Acting(Under):
    """The commands of somebody."""

    def do(
        self,
        command: Command,
        *,
        command_id: str | None = None,
        dry_run: bool = False,
        source: str | None = None,
        trace: str | None = None,
        expected_version: int | None = None,
    ) -> Outcome:
        """Carry out a command as the person of the mandate; as `Engine.do`.

        Every estate that the command names must lie within reach, and an estate to be registered
        in municipalities of the reach alone.

        Raises:
            ScopeMissing, OutOfReach, RegionOutOfReach: the mandate does not give it.
            EstateChanged: the estate is at another version than the one expected.
            CommandIdReused: the id is another command's, or was used by somebody else.
            KvobError: as `Engine.do` does.
        """
        with self._under(scope_for(type(command))) as engine:
            outcome = engine.do(
                command,
                actor=self.mandate.actor,
                command_id=command_id,
                dry_run=dry_run,
                source=source,
                trace=trace,
                expected_version=expected_version,
                reach=self.mandate.reach,
            )
            if outcome.repeated and command_id is not None:
                self._demand_own(outcome, command_id)
            return self._told(outcome)

    def preview(self, command: Command, *, expected_version: int | None = None) -> Preview:
        """What a command would lead to; as `Engine.preview`.

        Raises:
            ScopeMissing, OutOfReach, RegionOutOfReach: the mandate does not give it.
            EstateChanged: the estate is at another version than the one expected.
            KvobError: as `Engine.do` does.
        """
        with self._under(scope_for(type(command)), Scope.ESTATES_READ) as engine:
            tried = engine.preview(
                command,
                actor=self.mandate.actor,
                expected_version=expected_version,
                reach=self.mandate.reach,
            )
            return replace(self._shown(tried), outcome=self._told(tried.outcome))

    def do_all(
        self,
        commands: Sequence[Command],
        *,
        command_id: str | None = None,
        dry_run: bool = False,
        source: str | None = None,
        trace: str | None = None,
        expected_version: int | None = None,
    ) -> Outcome:
        """Carry out commands about one estate together; as `Engine.do_all`.

        Raises:
            ScopeMissing, OutOfReach: the mandate does not give one of them.
            CommandIdReused: the id is another command's, or was used by somebody else.
            KvobError: as `Engine.do_all` does.
        """
        with self._under(*_scopes(commands)) as engine:
            outcome = engine.do_all(
                commands,
                actor=self.mandate.actor,
                command_id=command_id,
                dry_run=dry_run,
                source=source,
                trace=trace,
                expected_version=expected_version,
                reach=self.mandate.reach,
            )
            if outcome.repeated and command_id is not None:
                self._demand_own(outcome, command_id)
            return self._told(outcome)

    def preview_all(
        self, commands: Sequence[Command], *, expected_version: int | None = None
    ) -> Preview:
        """What commands about one estate would lead to; as `Engine.preview_all`.

        Raises:
            ScopeMissing, OutOfReach: the mandate does not give one of them.
            KvobError: as `Engine.do_all` does.
        """
        with self._under(*_scopes(commands), Scope.ESTATES_READ) as engine:
            tried = engine.preview_all(
                commands,
                actor=self.mandate.actor,
                expected_version=expected_version,
                reach=self.mandate.reach,
            )
            return replace(self._shown(tried), outcome=self._told(tried.outcome))

    def take_facts(
        self, items: Items, *, source: str | None = None, dry_run: bool = False
    ) -> list[FactOutcome]:
        """Record many past facts; as `Engine.take_facts`. What is out of reach is rejected.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.PAST_RECORD, Scope.ESTATES_REGISTER) as engine:
            taken = engine.take_facts(
                items,
                actor=self.mandate.actor,
                source=source,
                dry_run=dry_run,
                reach=self.mandate.reach,
            )
            for one in taken:
                if one.refusal is not None:
                    self._hide_in(one.refusal)
            return taken

    def migrate(
        self,
        edition: str | None,
        *,
        reason: str,
        on: date | None = None,
        municipality: str | None = None,
        dry_run: bool = True,
    ) -> tuple[MigrationLine, ...]:
        """Pin running cycles within reach to another edition; as `Engine.migrate`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.EDITIONS_MANAGE) as engine:
            lines = engine.migrate(
                edition,
                reason=reason,
                on=on,
                municipality=municipality,
                dry_run=dry_run,
                actor=self.mandate.actor,
                reach=self.mandate.reach,
            )
            for one in lines:
                if one.refusal is not None:
                    self._hide_in(one.refusal)
            return lines

    def _demand_own(self, outcome: Outcome, command_id: str) -> None:
        """Let through who gave the command first: to anybody else its id is taken.

        Raises:
            CommandIdReused: somebody else gave it, so that nothing of his may be taken for it.
        """
        who = self.mandate.actor.person
        given = (one for each in (outcome, *outcome.others) for one in each.events)
        if any(one.by != who for one in given):
            raise CommandIdReused(command_id)

    def _told(self, outcome: Outcome) -> Outcome:
        """What became of a command, as far as it may be told."""
        reach = self.mandate.reach
        if outcome.repeated and not reach.everywhere:
            # The first result is given whatever became of the estate; it may be another's by now.
            first = (outcome, *outcome.others)
            ours = self._engine.within(reach, (one.estate for one in first))
            for one in first:
                if one.estate not in ours:
                    raise OutOfReach(one.estate)
        if outcome.same_act_at:
            ours = self._engine.within(reach, outcome.same_act_at)
            kept = tuple(one for one in outcome.same_act_at if one in ours)
            outcome = replace(outcome, same_act_at=kept)
        return self._shown(outcome)


def _scopes(commands: Sequence[Command]) -> tuple[Scope, ...]:
    return tuple(dict.fromkeys(scope_for(type(one)) for one in commands))
