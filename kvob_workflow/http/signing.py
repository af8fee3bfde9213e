"""With which keys does this installation sign, and which answer is still the same?"""

from __future__ import annotations

from dataclasses import dataclass, fields
from hashlib import sha256
from typing import TYPE_CHECKING, ClassVar

from kvob_domain.errors import Unavailable
from kvob_workflow.http.entrance import asked_of
from kvob_workflow.http.negotiating import place_of

if TYPE_CHECKING:
    from fastapi import Request

    from kvob_domain.estate.certificate_status import CertificateStatus
    from kvob_workflow.http.settings import Api
    from kvob_workflow.statements import RegisterKeys


@dataclass(eq=False)
class SigningOff(Unavailable):
    """This installation has no key of the register."""

    code: ClassVar[str] = "signing-off"
    nl: ClassVar[str] = (
        "Dit register ondertekent geen verklaringen: de beheerder heeft geen sleutel ingesteld. "
        "Vraag de status zonder handtekening."
    )
    en: ClassVar[str] = (
        "This register signs no statements: its keeper has set no key. Ask for the status without "
        "a signature."
    )


def keys_of(api: Api) -> RegisterKeys:
    """The keys of the register.

    Raises:
        SigningOff: there are none.
    """
    if api.register_keys is None:
        raise SigningOff
    return api.register_keys


def address_of(request: Request) -> str:
    """The address of this installation without `/v1`: as set, else as it was asked."""
    server = asked_of(request).api.server
    if server:
        return server
    url = request.url
    return f"{url.scheme}://{url.netloc}{place_of(request)}"


def tag_of(found: CertificateStatus) -> str:
    """A tag for all that an answer says but the instant at which it was asked."""
    told = [getattr(found, one.name) for one in fields(found) if one.name != "known_at"]
    return sha256(repr(told).encode()).hexdigest()[:32]
