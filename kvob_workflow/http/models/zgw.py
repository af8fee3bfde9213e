"""How does an estate look to a case system? By the field names of ZGW.

Here the spelling is that of the specifications of Zaken 1.5.1 and Besluiten 1.0.2, and not the
snake_case of the rest of the API. Source: https://github.com/VNG-Realisatie/zaken-api.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from kvob_workflow.http.answers import Model

Members = dict[str, Any]
"""An object of ZGW, whose fields its own specification tells."""


class Changes(Model):
    """What an event changed, by the old and the new values."""

    oud: Members
    nieuw: Members


class AuditTrailLine(Model):
    """One event. `gebruikersId` is empty for who may not see which persons acted."""

    uuid: UUID
    bron: str
    applicatieId: str  # the name that ZGW gives it
    applicatieWeergave: str
    gebruikersId: str
    gebruikersWeergave: str
    actie: str
    actieWeergave: str
    resultaat: int
    hoofdObject: str
    resource: str
    resourceUrl: str
    toelichting: str
    resourceWeergave: str
    aanmaakdatum: datetime
    wijzigingen: Changes


class Case(Model):
    """One cycle as a zaak, with all that hangs on it."""

    zaak: Members
    statussen: tuple[Members, ...]
    resultaat: Members | None
    besluiten: tuple[Members, ...]
    rollen: tuple[Members, ...]
    zaakinformatieobjecten: tuple[Members, ...]


class ZgwDocument(Model):
    """An estate as ZGW: the types used, a zaak for each cycle, and the audit trail."""

    versies: Members
    terrein: Members
    catalogus: dict[str, tuple[Members, ...]]
    zaken: tuple[Case, ...]
    audittrail: tuple[AuditTrailLine, ...]
