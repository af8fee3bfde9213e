"""A login service for the tests: it makes keys and signs tokens as a real one does, and worse."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey
from joserfc.util import urlsafe_b64decode

from kvob_domain.actor import Role
from kvob_workflow.http.auth.access import Access
from kvob_workflow.http.auth.bearer import BearerTokens
from kvob_workflow.testing import SettableClock

ADDRESS: Final = "https://login.example.org/realms/kvob"
TODAY: Final = date(2026, 11, 23)
NOW: Final = int(SettableClock(TODAY).now().timestamp())
Key = RSAKey | ECKey | OKPKey
Headers = dict[str, str]


@lru_cache
def rsa(kid: str, bits: int = 2048) -> RSAKey:
    """An RSA key of the service; the same for the same id."""
    return RSAKey.generate_key(bits, {"kid": kid, "use": "sig"})


@lru_cache
def _ec() -> ECKey:
    return ECKey.generate_key("P-256", {"kid": "curve"})


@lru_cache
def _okp() -> OKPKey:
    return OKPKey.generate_key("Ed25519", {"kid": "edwards"})


def _key_for(algorithm: str) -> Key:
    if algorithm == "ES256":
        return _ec()
    return _okp() if algorithm in ("EdDSA", "Ed25519") else rsa("first")


def key_set(*keys: Key) -> bytes:
    """The JWKS that the service shows."""
    shown = keys or (rsa("first"), _ec(), _okp())
    return json.dumps({"keys": [key.as_dict(private=False) for key in shown]}).encode()


def claims(**other: object) -> dict[str, Any]:
    """The claims of a guide; a claim that is None is left out."""
    usual: dict[str, object] = {
        "iss": ADDRESS,
        "aud": ["kvob", "account"],
        "sub": "8b1c2f9e-0001",
        "iat": NOW,
        "exp": NOW + 300,
        "roles": ["kvob-guide"],
        "organisation": "PVO Brabant",
    }
    return {name: one for name, one in (usual | other).items() if one is not None}


def signed(
    content: dict[str, Any] | None = None,
    *,
    by: Key | None = None,
    **header: object,
) -> str:
    """A token. Header fields that are None are left out."""
    algorithm = str(header.pop("alg", "RS256"))
    key = by or _key_for(algorithm)
    fields = {"alg": algorithm, "typ": "at+jwt", "kid": key.kid, **header}
    kept = {name: one for name, one in fields.items() if one is not None}
    body = content if content is not None else claims()
    if algorithm == "EdDSA":  # the library warns of this name, which login services still use
        return hand_made(kept, body, key)
    return jwt.encode(kept, body, key, algorithms=[algorithm], default_type=None)


def hand_made(header: object, body: object, key: Key | bytes | None) -> str:
    """A token put together by hand, signed with whatever is given."""
    text = f"{encoded(header)}.{encoded(body)}"
    if isinstance(key, bytes):
        signature = hmac.new(key, text.encode(), hashlib.sha256).digest()
    elif isinstance(key, OKPKey):
        seed = urlsafe_b64decode(str(key.as_dict(private=True)["d"]).encode())
        signature = Ed25519PrivateKey.from_private_bytes(seed).sign(text.encode())
    else:
        signature = b"nothing"
    return f"{text}.{base64url(signature)}"


def encoded(document: object) -> str:
    """A part of a token."""
    if isinstance(document, bytes):
        return base64url(document)
    return base64url(json.dumps(document).encode())


def base64url(content: bytes) -> str:
    """As tokens have it."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def bearer(token: str, **others: str) -> Headers:
    """The headers of a request with this token."""
    return {"authorization": f"Bearer {token}", **others}


def access(**other: Any) -> Access:
    """What the keeper wrote; `issuer` adds to its table."""
    issuer: dict[str, Any] = {"address": ADDRESS, "audience": "kvob", **other.pop("issuer", {})}
    roles = {f"kvob-{role.value}": role.value for role in Role if role is not Role.ALARM}
    return Access.model_validate({"issuer": issuer, "roles": roles, **other})


class Seconds:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        """Begin at an hour."""
        self.now = 3_600.0

    def __call__(self) -> float:
        """How many have passed."""
        return self.now


class Shown:
    """What a login service shows at its addresses, and how often it was asked."""

    def __init__(self) -> None:
        """Show nothing yet."""
        self.pages: dict[str, bytes] = {}
        self.sends_on: dict[str, str] = {}
        self.asked: list[str] = []
        self.address = ""


@contextmanager
def serving() -> Generator[Shown]:
    """A server on this machine, as a login service has one."""
    shown = Shown()

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shown.asked.append(self.path)
            if self.path in shown.sends_on:
                self.send_response(302)
                self.send_header("Location", shown.sends_on[self.path])
                self.end_headers()
                return
            page = shown.pages.get(self.path)
            self.send_response(404 if page is None else 200)
            self.send_header("Content-Length", str(len(page or b"")))
            self.end_headers()
            self.wfile.write(page or b"")

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    shown.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield shown
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def self_signed(file: Path) -> Path:
    """A certificate for this machine that it signed itself, with its key, in a file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    begins = datetime(2020, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins.replace(year=2120))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("127.0.0.1")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = Encoding.PEM, NoEncryption()
    private = key.private_bytes(pem, PrivateFormat.PKCS8, plain)
    file.write_bytes(private + certificate.public_bytes(pem))
    return file


def tokens(clock: SettableClock | None = None, **other: Any) -> BearerTokens:
    """An authenticator that knows the service's keys."""
    keys = other.pop("keys", key_set())
    return BearerTokens(
        access(**other), clock=clock or SettableClock(TODAY), fetch=lambda: bytes(keys)
    )
