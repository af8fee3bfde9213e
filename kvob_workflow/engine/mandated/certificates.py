"""What does the public register tell under a mandate? Every certificate, whatever the reach.

A register is public or it is none: it would make no sense if the guide of one region learned less
here than somebody without credentials. So its scope alone is asked for. The fields are those that
are public, and no other question tells of estates out of reach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_domain.mandates import Scope
from kvob_workflow.engine.mandated.under import Under

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

    from kvob_domain.estate.certificate_status import CertificateStatus
    from kvob_domain.ids import EstateId
    from kvob_projections.paging import Page
    from kvob_projections.register import RegisterQuery, RegisterRow
    from kvob_workflow.statements import RegisterKeys


class Certificates(Under):
    """The questions that everybody may ask who may read the register."""

    def certificates(self, query: RegisterQuery | None = None) -> Page[RegisterRow]:
        """The public register on a day; as `Engine.certificates`, of all estates.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.REGISTER_READ) as engine:
            return engine.certificates(query)

    def certificate_status(
        self,
        estate: EstateId,
        on: date | None = None,
        known_at: datetime | None = None,
        *,
        certificate: int | None = None,
    ) -> CertificateStatus:
        """How a certificate of any estate stands on a day; as `Engine.certificate_status`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.REGISTER_READ) as engine:
            return engine.certificate_status(estate, on, known_at, certificate=certificate)

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
        """The same answer signed; as `Engine.certificate_statement`.

        Raises:
            ScopeMissing: the mandate does not give it.
        """
        with self._under(Scope.REGISTER_READ) as engine:
            return engine.certificate_statement(
                estate, keys, on, known_at, certificate=certificate, valid_for=valid_for
            )
