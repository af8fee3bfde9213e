"""What may somebody with a mandate do and ask? What the engine answers, within scope and reach.

`Engine.under(mandate)` gives it. Every public method of the engine is here, or deliberately not;
a test walks them, so that a new one is nobody's until somebody says whose it is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from kvob_domain.mandates import Mandate, Scope, scope_for
from kvob_workflow.access.watching import looking
from kvob_workflow.engine.public_register import PublicRegister

if TYPE_CHECKING:
    from kvob_domain.estate.commands import Command
    from kvob_domain.ids import EstateId
    from kvob_projections.board import BoardQuery, BoardRow
    from kvob_projections.paging import Page
    from kvob_workflow.engine.engine import Engine
    from kvob_workflow.engine.outcome import Outcome
    from kvob_workflow.engine.overview import Overview


class Mandated(PublicRegister):
    """An engine for one person. Cheap to make; thread-safe as the engine is."""

    def __init__(self, engine: Engine, mandate: Mandate) -> None:
        """Do and ask on this engine what the mandate gives."""
        self._engine = engine
        self.mandate = mandate

    def do(
        self,
        command: Command,
        *,
        command_id: str | None = None,
        dry_run: bool = False,
        source: str | None = None,
        trace: str | None = None,
    ) -> Outcome:
        """Carry out a command as the person of the mandate.

        Raises:
            ScopeMissing, OutOfReach: the mandate does not give it.
            KvobError: as `Engine.do` does.
        """
        self.mandate.demand(scope_for(type(command)))
        return self._engine.do(
            command,
            actor=self.mandate.actor,
            command_id=command_id,
            dry_run=dry_run,
            source=source,
            trace=trace,
        )

    def overview(
        self, estate: EstateId, on: date | None = None, known_at: datetime | None = None
    ) -> Overview:
        """How an estate stands; as `Engine.overview`."""
        self.mandate.demand(Scope.ESTATES_READ)
        with looking(self.mandate.actor):
            return self._engine.overview(estate, on, known_at)

    def board(self, query: BoardQuery | None = None) -> Page[BoardRow]:
        """Where the estates within reach stand; as `Engine.board`."""
        self.mandate.demand(Scope.ESTATES_READ)
        with looking(self.mandate.actor):
            return self._engine.board(query and replace(query))
