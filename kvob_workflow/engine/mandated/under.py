"""How is a right checked? The scope first, then the reach, then the engine is asked.

What is asked counts in the access log as asked by the person of the mandate, and refusals name
persons only to who may see them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.errors import KvobError
from kvob_domain.mandates import Mandate, OutOfReach, Scope
from kvob_workflow.access.watching import looking
from kvob_workflow.engine.mandated.masking import HIDDEN, hide, masked
from kvob_workflow.errors import NameTaken

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from typing import TypeVar

    from kvob_domain.ids import EstateId
    from kvob_workflow.engine.engine import Engine

    T = TypeVar("T")


class Under:
    """An engine, and the mandate under which it answers."""

    def __init__(self, engine: Engine, mandate: Mandate) -> None:
        """Do and ask on this engine what the mandate gives."""
        self._engine = engine
        self.mandate: Final = mandate

    def _under(self, *scopes: Scope) -> AbstractContextManager[Engine]:
        """The engine, for who has these scopes.

        Raises:
            ScopeMissing: he has not.
        """
        for scope in scopes:
            self.mandate.demand(scope)
        return _Asking(self._engine, self.mandate, self._hide_in)

    def _demand(self, estate: EstateId) -> None:
        """Let through whose reach holds the estate.

        Raises:
            OutOfReach: it does not, or there is no such estate.
        """
        if not self._engine.within(self.mandate.reach, (estate,)):
            raise OutOfReach(estate)

    @property
    def _sees_persons(self) -> bool:
        return Scope.PERSONS_READ in self.mandate.scopes

    def _shown(self, answer: T) -> T:
        """An answer, with the ids of persons hidden from who may not see them."""
        return answer if self._sees_persons else masked(answer)

    def _hide_in(self, error: KvobError) -> None:
        """Take from a refusal what its reader may not know."""
        if not self._sees_persons:
            hide(error)
        if isinstance(error, NameTaken):
            # Who registers must hear that a name is taken; by whom only if he sees that estate.
            ours = self._engine.within(self.mandate.reach, (_estate(error.holder),))
            error.holder = error.holder if ours else HIDDEN


class _Asking:
    """While the engine is asked; a generator would cost twice as much, at every question."""

    __slots__ = ("_engine", "_hide_in", "_looking")

    def __init__(
        self, engine: Engine, mandate: Mandate, hide_in: Callable[[KvobError], None]
    ) -> None:
        self._engine, self._hide_in = engine, hide_in
        self._looking = looking(mandate.actor)

    def __enter__(self) -> Engine:
        self._looking.__enter__()
        return self._engine

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        try:
            if isinstance(error, KvobError):
                self._hide_in(error)
        finally:
            self._looking.__exit__(None, None, None)


def _estate(holder: str) -> EstateId:
    return holder  # type: ignore[return-value]  # the error keeps it as a text
