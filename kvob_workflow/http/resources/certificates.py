"""Which certificates has an estate held? All of them, and each in full."""

from typing import Annotated

from fastapi import Path, Request, Response

from kvob_domain.mandates import Scope
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk
from kvob_workflow.http.models.certificates import EstateCertificate, certificate_in_full
from kvob_workflow.http.models.overview import CertificateLine
from kvob_workflow.http.parameters import EstatePath, KnownAt, On
from kvob_workflow.http.part_errors import PartNotThere
from kvob_workflow.http.parts import PartOf, part, versioned

ROUTES = Routes("certificates")

NumberPath = Annotated[int, Path(ge=1, le=999, description="The n-th certificate known here.")]


@ROUTES.get("/estates/{estateId}/certificates", PartOf[CertificateLine], scope=Scope.ESTATES_READ)
def estate_certificates(
    request: Request, desk: Desk, estate_id: EstatePath, on: On = None, known_at: KnownAt = None
) -> Response:
    """The certificates of an estate, each with its status on the day."""
    found = desk.overview(estate_id, on, known_at)
    of = (found.estate_id, found.version)
    return part(CertificateLine, found.certificates, of, request, on)


@ROUTES.get(
    "/estates/{estateId}/certificates/{number}", EstateCertificate, scope=Scope.ESTATES_READ
)
def estate_certificate(
    request: Request,
    desk: Desk,
    estate_id: EstatePath,
    number: NumberPath,
    on: On = None,
    known_at: KnownAt = None,
) -> Response:
    """One certificate: its days and on what they rest, edition, body, suspensions, withdrawal."""
    found = desk.overview(estate_id, on, known_at)
    # What is recorded between the two readings may add a certificate: it is found by its number.
    held = {one.number: one for one in desk.state(estate_id, None, known_at).certificates}
    for line in found.certificates:
        if line.number == number and number in held:
            shown = CertificateLine.model_validate(line)
            body = certificate_in_full(shown, held[number], (found.estate_id, found.version))
            return versioned(body, found.version, request, on)
    raise PartNotThere(found.estate, "certificates", str(number))
