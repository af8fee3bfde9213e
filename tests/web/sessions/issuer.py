"""A login service for the tests of the pages: it logs people in as a real one does, and worse."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlsplit

from kvob_workflow.clock import Clock
from tests.http.auth.login_service import base64url, key_set, signed

CLIENT = "kvob-board"
PERSON: dict[str, Any] = {
    "sub": "8b1c2f9e-0001",
    "name": "Anne de Vries",
    "roles": ["kvob-guide"],
    "organisation": "PVO Brabant",
}


def _as_usual(claims: dict[str, Any]) -> str:
    return signed(claims, typ="JWT")


@dataclass
class Issuer:
    """What the login service knows, and how it misbehaves when it is told to."""

    clock: Clock
    address: str = ""
    secret: str | None = None
    person: dict[str, Any] = field(default_factory=lambda: dict(PERSON))
    document: dict[str, Any] = field(default_factory=dict[str, Any])
    answer: dict[str, Any] = field(default_factory=dict[str, Any])
    sign: Callable[[dict[str, Any]], str] = _as_usual
    codes: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    asked: list[str] = field(default_factory=list[str])
    refuses_with: tuple[int, bytes] | None = None

    def log_in(self, address: str) -> str:
        """What somebody does who is sent to log in: the address that he is sent back to."""
        query = {name: found[0] for name, found in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.address}/authorize?")
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return f"{query['redirect_uri']}?code={code}&state={query['state']}"

    def discovery(self) -> dict[str, Any]:
        """What it says of itself."""
        return {
            "issuer": self.address,
            "jwks_uri": f"{self.address}/keys",
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "end_session_endpoint": f"{self.address}/end",
            "code_challenge_methods_supported": ["S256"],
            **self.document,
        }

    def exchange(self, form: dict[str, str], authorization: str) -> tuple[int, bytes]:
        """The answer of the token endpoint."""
        if self.refuses_with is not None:
            return self.refuses_with
        if not self._knows(form, authorization):
            return 401, b'{"error": "invalid_client"}'
        asked = self.codes.pop(form["code"], None)
        challenge = base64url(hashlib.sha256(form["code_verifier"].encode()).digest())
        if (
            asked is None
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != form["redirect_uri"]
        ):
            return 400, b'{"error": "invalid_grant"}'
        now = int(self.clock.now().timestamp())
        half = base64url(hashlib.sha256(b"opaque").digest()[:16])
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": asked["nonce"],
            "at_hash": half,
            **self.person,
        }
        kept = {name: one for name, one in claims.items() if one is not None}
        answer = {
            "access_token": "opaque",
            "token_type": "Bearer",
            "id_token": self.sign(kept),
            **self.answer,
        }
        return 200, json.dumps(answer).encode()

    def _knows(self, form: dict[str, str], authorization: str) -> bool:
        if self.secret is None:
            return form.get("client_id") == CLIENT and not authorization
        if authorization:
            pair = base64.b64decode(authorization.removeprefix("Basic ")).decode()
            return [unquote_plus(one) for one in pair.split(":")] == [CLIENT, self.secret]
        return (form.get("client_id"), form.get("client_secret")) == (CLIENT, self.secret)


@contextmanager
def serving(clock: Clock) -> Generator[Issuer]:
    """A login service on this machine."""
    issuer = Issuer(clock)

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked.append(self.path)
            if self.path == "/.well-known/openid-configuration":
                self._answer(200, json.dumps(issuer.discovery()).encode())
            elif self.path == "/keys":
                self._answer(200, key_set())
            else:
                self._answer(404, b"")

        def do_POST(self) -> None:
            issuer.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: found[0] for name, found in parse_qs(body).items()}
            self._answer(*issuer.exchange(form, self.headers.get("Authorization", "")))

        def _answer(self, status: int, page: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    issuer.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
