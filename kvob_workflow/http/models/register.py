"""What does the public register say? Nothing of any person, and nothing of work in progress."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from kvob_domain.estate.certificates import EndBasis, StartBasis
from kvob_domain.estate.values import EstateKind
from kvob_domain.lifecycle.certificate import Status
from kvob_workflow.http.answers import Model


class RegisterLine(Model):
    """The certificate that an estate holds on the day asked.

    `certificate_id` stands on the printed certificate and never changes; `certificate_number` is
    the n-th known here. Both days are inclusive; `expires_on` is the first day no longer valid.
    """

    certificate_id: str
    estate_id: str
    estate: str
    municipality: str
    kind: EstateKind
    status: Status
    level: str | None
    level_derived: bool
    valid_from: date | None
    last_valid_day: date | None
    expires_on: date | None
    estimated: bool
    certificate_number: int
    body: str | None
    start_basis: StartBasis
    end_basis: EndBasis


class CertificateStatusAnswer(Model):
    """How a certificate stands on a day, as known at an instant.

    `valid` is null where nobody knows, which is not a no: the certificate is undated, or the day
    lies between the earliest and the latest that its source can mean. `followed_by` is the
    certificate that has taken its place by that day.
    """

    certificate_id: str
    certificate_number: int
    mark: Literal["KVO-B"]
    estate_id: str
    estate: str
    municipality: str
    kind: EstateKind
    on: date
    known_at: datetime
    status: Status
    valid: bool | None
    level: str | None
    level_derived: bool
    valid_from: date | None
    last_valid_day: date | None
    estimated: bool
    start_basis: StartBasis
    end_basis: EndBasis
    body: str | None
    followed_by: str | None


class RegisterKey(Model):
    """A public key of the register, as a JSON Web Key (RFC 7517, RFC 8037)."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: str
    kid: str
    alg: Literal["Ed25519"]
    use: Literal["sig"]


class RegisterKeySet(Model):
    """The public keys of the register, the one that signs now first: a JSON Web Key Set."""

    keys: tuple[RegisterKey, ...]


class IbisLine(Model):
    """An estate for IBIS on the day asked. Names are those of IBIS; `kvob_` ones are ours.

    `p_kvob` is null where nobody knows whether there is a mark: IBIS has no word for that.
    """

    a_plannaam: str
    gemeente_naam: str
    p_kvob: Literal["ja", "nee"] | None
    p_kvobverloopdatum: date | None
    kvob_status: Status
    kvob_niveau: str | None
    kvob_niveau_afgeleid: bool
    kvob_geschat: bool
    kvob_kenmerk: str
    kvob_peildatum: date
