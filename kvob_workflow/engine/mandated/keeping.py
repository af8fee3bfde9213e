"""Who keeps the person directory and erases persons? Whoever has the scopes for it, two of them.

Persons are of no estate, so that no reach bounds this. That a second person erases is a rule of
the engine itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.mandates import Scope
from kvob_workflow.engine.mandated.under import Under

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_domain.estate.events.oversight import ErasureBasis
    from kvob_workflow.privacy.directory import Directory
    from kvob_workflow.privacy.erasing import ErasureException, ErasureReport
    from kvob_workflow.privacy.exporting import Access
    from kvob_workflow.privacy.names import NameFault
    from kvob_workflow.store import Erasure

_BACKUP_DAYS: Final = 30


class Keeping(Under):
    """What somebody does with persons."""

    @property
    def persons(self) -> Directory:
        """The person directory; as `Engine.persons`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.PERSONS_MANAGE) as engine:
            return engine.persons

    def export_person(self, person: str) -> Access:
        """Everything that is known of a person; as `Engine.export_person`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.PERSONS_MANAGE) as engine:
            return engine.export_person(person)

    def name_faults(self) -> list[NameFault]:
        """Every sealed name that does not open; as `Engine.name_faults`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.PERSONS_MANAGE) as engine:
            return engine.name_faults()

    def propose_erasure(self, person: str, basis: ErasureBasis) -> Erasure:
        """Ask that a person be erased; as `Engine.propose_erasure`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.PERSONS_ERASE) as engine:
            return engine.propose_erasure(person, basis, actor=self.mandate.actor)

    def propose_erasures(self, persons: Sequence[str], basis: ErasureBasis) -> list[Erasure]:
        """Ask that many be erased; as `Engine.propose_erasures`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.PERSONS_ERASE) as engine:
            return engine.propose_erasures(persons, basis, actor=self.mandate.actor)

    def erasures(self) -> list[Erasure]:
        """Every request to erase; as `Engine.erasures`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.PERSONS_ERASE) as engine:
            return engine.erasures()

    def decline_erasure(self, erasure: str, why: ErasureException) -> Erasure:
        """Decline a request; as `Engine.decline_erasure`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.PERSONS_ERASE) as engine:
            return engine.decline_erasure(erasure, why, actor=self.mandate.actor)

    def erase(self, erasures: Sequence[str], *, backup_days: int = _BACKUP_DAYS) -> ErasureReport:
        """Approve requests as the second person and carry them out; as `Engine.erase`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.PERSONS_ERASE) as engine:
            return engine.erase(erasures, actor=self.mandate.actor, backup_days=backup_days)
