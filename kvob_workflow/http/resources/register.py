"""Is this certificate valid on that day? The public register: read-only, of all estates.

What it tells is public, so that no reach narrows it: who sees the estates of one region only would
otherwise learn less here than somebody without any credentials. See decision 0041.
"""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from kvob_domain.ids import parse_certificate_id
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.mandates import Scope
from kvob_projections.register import RegisterQuery
from kvob_workflow.http.answers import Limit, ListOf, Offset, answered, listed
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk, asked_of
from kvob_workflow.http.models.register import CertificateStatusAnswer, RegisterKeySet, RegisterLine
from kvob_workflow.http.negotiating import form_of
from kvob_workflow.http.parameters import KnownAt, On, Sort, sorts
from kvob_workflow.http.signing import address_of, keys_of, tag_of
from kvob_workflow.statements.qr import Picture, qr_code

ROUTES = Routes("register")
_SVG, _PNG = "image/svg+xml", "image/png"

CertificatePath = Annotated[
    str,
    Path(
        alias="certificateId",
        pattern="^[0-9a-f]{32}-[1-9][0-9]{0,9}$",
        description="The id on the certificate: 32 hexadecimal digits, a hyphen, a number.",
    ),
]
Text = Annotated[str | None, Query(max_length=200, description="In name or municipality.")]
Place = Annotated[str | None, Query(max_length=200, description="A municipality's whole name.")]
Level = Annotated[str | None, Query(max_length=200, description="A level's whole name.")]


@ROUTES.get("/certificates", ListOf[RegisterLine], scope=Scope.REGISTER_READ)
def list_certificates(
    request: Request,
    desk: Desk,
    on: On = None,
    known_at: KnownAt = None,
    text: Text = None,
    municipality: Place = None,
    status: Status | None = None,
    level: Level = None,
    groups: Annotated[bool, Query(description="With groups and other areas.")] = False,
    sort: Sort = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """The register: who holds which certificate on a day."""
    query = RegisterQuery(
        day=on,
        known_at=known_at,
        text=text,
        municipality=municipality,
        status=status,
        level=level,
        groups=groups,
        sort=sorts(sort),
        limit=limit,
        offset=offset,
    )
    return listed(desk.certificates(query), RegisterLine, request, limit)


@ROUTES.get(
    "/certificates/{certificateId}/status",
    CertificateStatusAnswer,
    scope=Scope.REGISTER_READ,
    quick=True,
)
def certificate_status(
    request: Request,
    desk: Desk,
    certificate_id: CertificatePath,
    on: On = None,
    known_at: KnownAt = None,
) -> Response:
    """Whether a certificate is valid on a day, past or future."""
    one = parse_certificate_id(certificate_id)
    found = desk.certificate_status(one.estate, on, known_at, certificate=one.version)
    body = CertificateStatusAnswer.model_validate(found)
    headers = {"Cache-Control": "no-cache"}  # it may change any day: ask whether it has
    return answered(body, request, version=tag_of(found), is_weak=True, headers=headers)


@ROUTES.get(
    "/certificates/{certificateId}/statement",
    None,
    scope=Scope.REGISTER_READ,
    media="application/jose",
    refusals=(503,),
)
def certificate_statement(
    request: Request,
    desk: Desk,
    certificate_id: CertificatePath,
    on: On = None,
    known_at: KnownAt = None,
) -> Response:
    """The same answer signed, to be checked offline with the keys of the register."""
    one = parse_certificate_id(certificate_id)
    keys = keys_of(asked_of(request).api)
    signed = desk.certificate_statement(one.estate, keys, on, known_at, certificate=one.version)
    return Response(signed, media_type="application/jose")


@ROUTES.get(
    "/certificates/{certificateId}/qr",
    None,
    scope=Scope.REGISTER_READ,
    media=_SVG,
    also=(_PNG,),
)
def certificate_qr(request: Request, desk: Desk, certificate_id: CertificatePath) -> Response:
    """A QR code that leads to the certificate's page: SVG with a text alternative, or PNG."""
    # Only of a certificate that there is: a QR code lends an id some weight.
    one, asked = parse_certificate_id(certificate_id), asked_of(request)
    desk.certificate_status(one.estate, certificate=one.version)
    form = form_of(request, _SVG, _PNG)
    picture = Picture.PNG if form == _PNG else Picture.SVG
    drawn = qr_code(address_of(request), certificate_id, picture, asked.language)
    headers = {"Cache-Control": "private, max-age=86400", "Vary": "Accept, Accept-Language"}
    return Response(drawn, headers=headers, media_type=form)


@ROUTES.get("/register/keys", RegisterKeySet, scope=None, quick=True, refusals=(503,))
def register_keys(request: Request) -> Response:
    """The public keys with which statements of the register are checked."""
    keys = keys_of(asked_of(request).api)
    body = RegisterKeySet.model_validate(keys.jwks)
    return answered(body, headers={"Cache-Control": "public, max-age=3600"})
