"""Is this certificate valid on that day? The question of the public register, and its answer
signed, for whoever cannot ask here.

How the answer comes about: `kvob_domain.estate.certificate_status`; how it is signed:
`kvob_workflow.statements`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from kvob_domain.errors import NotFound
from kvob_domain.estate.certificate_status import (
    CertificateStatus,
    certificate_of,
    certificate_status,
)
from kvob_domain.estate.certificates import certificate_on
from kvob_domain.ids import CertificateId, EstateId
from kvob_workflow.engine.reading import Reading

if TYPE_CHECKING:
    from kvob_projections.paging import Page
    from kvob_projections.register import RegisterQuery, RegisterRow
    from kvob_workflow.statements import RegisterKeys


@dataclass(eq=False)
class CertificateNotFound(NotFound):
    """The estate has no certificate that began with this event, or none that was known then."""

    code: ClassVar[str] = "certificate-not-found"
    nl: ClassVar[str] = (
        "Certificaat {certificate} staat niet in het register, of was toen niet bekend. Neem het "
        "kenmerk over zoals het op het certificaat staat; 'kvob register' toont ze alle."
    )
    en: ClassVar[str] = (
        "Certificate {certificate} is not in the register, or was not known then. Copy the id as "
        "it stands on the certificate; 'kvob register' shows them all."
    )
    certificate: str


class Certified(Reading):
    """The questions of the public register, which is of all estates."""

    def certificates(self, query: RegisterQuery | None = None) -> Page[RegisterRow]:
        """The public register on a day: what `register` says, of all estates, whoever asks.

        Raises:
            Invalid: when the query cannot be answered.
        """
        return self.register(query)

    def certificate_status(
        self,
        estate: EstateId,
        on: date | None = None,
        known_at: datetime | None = None,
        *,
        certificate: int | None = None,
    ) -> CertificateStatus:
        """How a certificate stands on a civil day in the Netherlands, past or future.

        `certificate` is the version of the event that began it, the number in its id; without it
        the one that the estate holds on that day, or none. Without `on` today, without
        `known_at` (aware) as it is known now. It tells nothing of any person.

        Raises:
            EstateNotFound: when there is no such estate.
            CertificateNotFound: when it has no such certificate, or none that was known then.
            NotThereThen: when nothing of the estate was known then.
            KnownInFuture: `known_at` lies ahead.
        """
        day = on or self.today()
        state = self.state(estate, known_at=known_at)
        if certificate is None:
            asked = certificate_on(state.certificates, day)
        else:
            asked = certificate_of(state, certificate)
            if asked is None:
                raise CertificateNotFound(str(CertificateId(estate, certificate)))
        return certificate_status(state, asked, day, known_at or self._clock.now(), self.book)

    def certificate_statement(
        self,
        estate: EstateId,
        keys: RegisterKeys,
        on: date | None = None,
        known_at: datetime | None = None,
        *,
        certificate: int | None = None,
        valid_for: timedelta | None = None,
    ) -> str:
        """The answer of `certificate_status` as a signed statement, one line of text.

        It holds for 24 hours unless `valid_for` says otherwise, and carries the newest signed
        head of the proof log where the store has one.

        Raises:
            StatementTermInvalid: no term that a statement can have.
            NotFound, Invalid: as `certificate_status`.
        """
        from kvob_workflow.proofs.log import ProofLog
        from kvob_workflow.statements.statement import VALID_FOR, Issuing, issue

        status = self.certificate_status(estate, on, known_at, certificate=certificate)
        heads = ProofLog(self._store).checkpoints()
        issuing = Issuing(self._clock.now(), VALID_FOR if valid_for is None else valid_for)
        return issue(status, keys, issuing, heads[0] if heads else None)
