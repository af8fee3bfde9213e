"""How are persons kept, named and erased? The part of the engine that opens the key file.

It is opened for the first command or question that needs a name, and never before. An erasure is
decided by its line in the ledger: what comes after it is repeated until it is done.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kvob_domain.actor import Actor
from kvob_domain.estate.events.oversight import ErasureBasis
from kvob_domain.estate.persons import needs_seal, sealed_in
from kvob_domain.ids import EstateId, PersonId
from kvob_workflow.clock import civil_day
from kvob_workflow.engine.commanding import Commanding, persistently
from kvob_workflow.errors import VersionConflict
from kvob_workflow.store import Erasure, ErasureStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.personal import Opened
    from kvob_workflow.engine.erasures import Plan
    from kvob_workflow.privacy.directory import Directory
    from kvob_workflow.privacy.erasing import ErasureException, ErasureReport, ScrubReport
    from kvob_workflow.privacy.exporting import Access
    from kvob_workflow.privacy.files import KeyFiles
    from kvob_workflow.privacy.names import NameFault
    from kvob_workflow.privacy.office import Office

_PAGE: Final = 2000
_BACKUP_DAYS: Final = 30


class Personal(Commanding):
    """The persons of an engine."""

    def make_keys(self) -> KeyFiles:
        """Make the key file of this store, and a master key where there is none.

        Raises:
            KeysUnavailable: one of its causes; what is there is never overwritten.
        """
        from kvob_workflow.privacy.office import Office

        files = self._files()
        Office.make(self._store, files)
        return files

    @property
    def persons(self) -> Directory:
        """The person directory.

        Raises:
            KeysUnavailable: one of its causes.
        """
        return self._opened_office().directory

    def names(self, estate: EstateId) -> dict[str, Opened]:
        """The sealed names in the events of an estate and its groups, by the seal's nonce.

        Without sealed names no key file is opened.

        Raises:
            KeysUnavailable: one of its causes.
        """
        from kvob_domain.estate.evolve import fold

        events = self._store.stream(estate)
        for group in fold(estate, events).groups:
            events += self._store.stream(group)
        if not any(True for one in events for _ in sealed_in(one)):
            return {}
        return self._opened_office().names.opened(events)

    def name_faults(self) -> list[NameFault]:
        """Every sealed name that does not open although nobody erased the person.

        Raises:
            KeysUnavailable: one of its causes.
        """
        faults: list[NameFault] = []
        after = 0
        while page := self._store.page(after, _PAGE):
            after = page[-1][0]
            held = [one for _, one in page if any(True for _ in sealed_in(one))]
            if held:
                faults += self._opened_office().names.faults(held)
        return faults

    def propose_erasure(
        self, person: str, basis: ErasureBasis, *, actor: Actor | None = None
    ) -> Erasure:
        """Ask that a person be erased; somebody else approves with `erase`.

        Raises:
            PersonUnknown, PersonWasErased, ErasureWaits.
        """
        return self.propose_erasures((person,), basis, actor=actor)[0]

    def propose_erasures(
        self, persons: Sequence[str], basis: ErasureBasis, *, actor: Actor | None = None
    ) -> list[Erasure]:
        """Ask that many be erased, in one transaction; all of them or none.

        Raises:
            PersonUnknown, PersonWasErased, ErasureWaits.
        """
        from kvob_workflow.engine.erasures import check_erasable

        office = self._opened_office()
        ids = [PersonId(person.strip().lower()) for person in dict.fromkeys(persons)]
        check_erasable(self._store, office, ids)
        now, proposer = self._clock.now(), (actor or self._actor).person
        asked = [Erasure(self._new_id(), one, basis.value, proposer, now) for one in ids]
        self._store.put_erasures(asked)
        return asked

    def erasures(self) -> list[Erasure]:
        """Every request to erase, the oldest first."""
        return self._store.erasures()

    def decline_erasure(
        self, erasure: str, why: ErasureException, *, actor: Actor | None = None
    ) -> Erasure:
        """Decline a request, on an exception of the law.

        Raises:
            ErasureUnknown, ErasureDecided.
        """
        from kvob_workflow.engine.erasures import waiting
        from kvob_workflow.privacy.errors import ErasureDecided

        one = waiting(self._store, (erasure,))[0]
        declined = replace(
            one,
            status=ErasureStatus.DECLINED,
            decided_by=(actor or self._actor).person,
            decided_at=self._clock.now(),
            exception=why.value,
        )
        if not self._store.settle_erasures([declined]):
            raise ErasureDecided(erasure)
        return declined

    def erase(
        self,
        erasures: Sequence[str],
        *,
        actor: Actor | None = None,
        backup_days: int = _BACKUP_DAYS,
    ) -> ErasureReport:
        """Approve requests as the second person and carry them out, all at once.

        The ledger decides; then the keys are destroyed, every estate that mentions a person gets
        `PersonErased`, and the directory's rows go. Killed in between, the next opening of the
        key file does the rest. `backup_days` says how long backups of the key file are kept.

        Raises:
            ErasureUnknown, ErasureDecided, SecondPersonMustErase, ClockBehind.
        """
        from kvob_workflow.engine.erasures import check_second, lines_of, plan, report_of, waiting

        approver = actor or self._actor
        with self._turns.everybody():
            office = self._ready_office()
            asked = waiting(self._store, erasures)
            check_second(asked, approver)
            lines = lines_of(office, asked, approver, self._clock.now())
            planned = plan(self._store, lines, self._stamp(approver, None, None, None))
            office.keyring.destroy(lines)
            self._take_in(office, planned)
        return report_of(planned, civil_day(self._clock.now()), backup_days)

    def export_person(self, person: str) -> Access:
        """Everything that is known of a person, for a request for access.

        Raises:
            PersonUnknown: neither the directory nor any event knows the id.
        """
        from kvob_workflow.privacy.exporting import access

        return access(self._store, self._opened_office(), person)

    def rotate_master_key(self) -> str:
        """Wrap every key anew under a new master key; answers its short name.

        Raises:
            KeysUnavailable: one of its causes.
        """
        return self._opened_office().keyring.rotate_master_key()

    def scrub(self, *, backup_days: int = _BACKUP_DAYS) -> ScrubReport:
        """Rewrite store and key file without free space, and empty the log.

        Raises:
            KeysUnavailable, StoreUnavailable: as their names say.
        """
        from kvob_workflow.privacy.erasing import KEYS_MARK, ScrubReport, remains

        with self._turns.everybody():
            office = self._ready_office() if self._store.mark(KEYS_MARK) is not None else None
            # The periods copy what lists show; the next question about the past makes them anew.
            self._store.drop_periods()
            scrubbed = self._store.scrub()
            if office is not None:
                office.keyring.vacuum()
        left = remains(civil_day(self._clock.now()), backup_days)
        return ScrubReport(scrubbed, office is not None, left)

    def _sealed(self, events: list[Recorded], *, dry_run: bool) -> list[Recorded]:
        """Called in the turn of their estates with the events of each decision."""
        if not any(map(needs_seal, events)):
            return events
        with self._sealing:
            return self._ready_office().names.sealed(events, dry_run=dry_run)

    def _opened_office(self) -> Office:
        with self._turns.everybody():
            return self._ready_office()

    def _ready_office(self) -> Office:
        """The office, with every erasure of the ledger taken in. Needs the write lock."""
        from kvob_workflow.privacy.office import Office

        if self._office is None:
            self._office = Office(self._store, self._files())
        office = self._office
        pending, _ = office.pending()
        if pending:
            self._take_in(office, None)
        return office

    def _take_in(self, office: Office, planned: Plan | None) -> None:
        """Bring the store to where the ledger is; what is there already is left alone."""
        from kvob_workflow.engine.erasures import carry_out, plan

        def attempt() -> None:
            nonlocal planned
            pending, total = office.pending()
            if planned is None or planned.lines != tuple(pending):
                stamp = self._stamp(None, None, None, None)
                planned = plan(self._store, pending, stamp)
            last, planned = planned, None  # after a lost race it is planned anew
            for estate in last.streams:
                self._hot.drop(estate)
            carry_out(self._store, self.book, last, total)

        persistently(attempt, (VersionConflict,))

    def _files(self) -> KeyFiles:
        from kvob_workflow.privacy.key_errors import KeyFileUnnamed

        if self._key_files is None:
            raise KeyFileUnnamed
        return self._key_files
