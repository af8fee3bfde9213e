"""What does a signed statement say, and does it hold? One line of text, checked without asking.

A compact JWS: `header.claims.signature`, each in base64url. The header names the algorithm and
the key; the claims are those of RFC 7519 (`iss`, `sub`, `iat`, `exp`) with the answer of the
register under `statement`, and the newest signed head of the proof log, where there is one. The
standalone check in the README of this folder is ten lines.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kvob_domain.estate.certificate_status import CertificateStatus
from kvob_workflow.statements.base64url import decoded, encoded
from kvob_workflow.statements.errors import (
    StatementAltered,
    StatementExpired,
    StatementKeyUnknown,
    StatementMalformed,
    StatementNotYet,
    StatementTermInvalid,
)
from kvob_workflow.statements.keys import ALGORITHM, PublicKey, RegisterKeys

TYPE: Final = "kvob-status+jwt"
"""What the header calls it, so that no other token of the same key passes for one (RFC 8725)."""

VALID_FOR: Final = timedelta(hours=24)
SHORTEST: Final = timedelta(minutes=1)
LONGEST: Final = timedelta(days=31)
LONGEST_TEXT: Final = 32_768
_CLOCKS_DIFFER: Final = timedelta(minutes=2)
_LATEST: Final = 253_402_300_799  # the last second of the year 9999


class _Header(BaseModel):
    # Nothing else: no key that comes along, no address of one, nothing critical.
    model_config = ConfigDict(strict=True, extra="forbid")

    alg: str
    kid: str = Field(max_length=100)
    typ: str


class _Claims(BaseModel):
    # What a newer release adds is not understood here, and does not make the rest untrue.
    model_config = ConfigDict(extra="ignore")

    iss: str = Field(max_length=200)
    sub: str = Field(max_length=100)
    iat: int = Field(strict=True, ge=0, le=_LATEST)
    exp: int = Field(strict=True, ge=0, le=_LATEST)
    statement: CertificateStatus
    checkpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Issuing:
    """For how long a statement holds, from the instant at which it is issued (aware)."""

    at: datetime
    valid_for: timedelta = VALID_FOR


@dataclass(frozen=True, slots=True)
class SignedStatement:
    """What a statement that holds says. `checkpoint` is a signed note, not checked here."""

    issuer: str
    key: str
    issued_at: datetime
    expires_at: datetime
    statement: CertificateStatus
    checkpoint: str | None


def issue(
    status: CertificateStatus, keys: RegisterKeys, issuing: Issuing, checkpoint: str | None = None
) -> str:
    """The answer of the register, signed. The same answer and instant give the same text.

    Raises:
        StatementTermInvalid: it would hold for less than a minute, or for over a month.
    """
    if not SHORTEST <= issuing.valid_for <= LONGEST:
        raise StatementTermInvalid(LONGEST.days)
    issued = int(issuing.at.timestamp())
    claims: dict[str, object] = {
        "iss": keys.issuer,
        "sub": status.certificate_id or status.estate_id,
        "iat": issued,
        "exp": issued + int(issuing.valid_for.total_seconds()),
        "statement": _answer().dump_python(status, mode="json"),
    }
    if checkpoint is not None:
        claims["checkpoint"] = checkpoint
    header = {"alg": ALGORITHM, "kid": keys.public.id, "typ": TYPE}
    signed = f"{_part(header)}.{_part(claims)}"
    return f"{signed}.{encoded(keys.sign(signed.encode()))}"


def read_statement(
    text: str | bytes, keys: tuple[PublicKey, ...], now: datetime
) -> SignedStatement:
    """What the statement says, when one of these keys signed it and it still holds.

    The signature is checked before anything in it is read.

    Raises:
        StatementMalformed: it is no statement.
        StatementKeyUnknown, StatementAltered: it is not the register's.
        StatementExpired, StatementNotYet: it does not hold now.
    """
    header, claims, signature, signed = _taken_apart(text)
    key = next((one for one in keys if one.id == header.kid), None)
    if key is None:
        raise StatementKeyUnknown(header.kid)
    if not key.has_signed(signed, signature):
        raise StatementAltered
    said = _claims(claims)
    issued, expires = (datetime.fromtimestamp(one, UTC) for one in (said.iat, said.exp))
    if expires <= now:
        raise StatementExpired(expires)
    if issued > now + _CLOCKS_DIFFER:
        raise StatementNotYet(issued)
    return SignedStatement(said.iss, header.kid, issued, expires, said.statement, said.checkpoint)


@cache
def _answer() -> TypeAdapter[CertificateStatus]:
    return TypeAdapter(CertificateStatus)


def _part(members: dict[str, object] | dict[str, str]) -> str:
    return encoded(json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode())


def _taken_apart(text: str | bytes) -> tuple[_Header, bytes, bytes, bytes]:
    if len(text) > LONGEST_TEXT:
        raise StatementMalformed(f"over {LONGEST_TEXT} bytes")
    try:
        line = (text.decode("ascii") if isinstance(text, bytes) else text).strip()
        parts = line.split(".")
        if len(parts) != 3:
            raise StatementMalformed("not three parts")
        header, claims, signature = map(decoded, parts)
        found = _Header.model_validate_json(header)
    except (ValueError, RecursionError):  # a ValidationError is a ValueError
        raise StatementMalformed("its parts are not what they should be") from None
    if (found.alg, found.typ) != (ALGORITHM, TYPE):
        raise StatementMalformed("another algorithm or another kind of token")
    return found, claims, signature, line.rpartition(".")[0].encode()


def _claims(raw: bytes) -> _Claims:
    try:
        return _Claims.model_validate_json(raw)
    except ValidationError:
        raise StatementMalformed("signed, but not by a release that this one understands") from None
