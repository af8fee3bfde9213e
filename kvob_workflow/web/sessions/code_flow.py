"""How is somebody logged in at the login service? Authorization code flow with PKCE.

The code comes through the browser, the ID token does not: it is brought from the token endpoint
over TLS, and checked all the same. Source: OpenID Connect Core 1.0, section 3.1; RFC 7636 (S256);
RFC 9700, section 2.1.
"""

from __future__ import annotations

import base64
import hashlib
import json
import urllib.error
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import quote_plus, urlencode

from kvob_workflow.http.auth.errors import Unauthenticated
from kvob_workflow.http.auth.fetching import post_form
from kvob_workflow.http.auth.id_tokens import Expected, id_claims
from kvob_workflow.http.auth.security_log import LOG
from kvob_workflow.http.auth.token_errors import IssuerUnreachable
from kvob_workflow.web.sessions.errors import (
    LoginNotProven,
    LoginServiceAway,
    SecretFileUnusable,
)
from kvob_workflow.web.sessions.secret_files import read_secret_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.clock import Clock
    from kvob_workflow.http.auth.access import Issuer, LoginTable
    from kvob_workflow.http.auth.key_source import KeySource
    from kvob_workflow.web.sessions.endpoints import Endpoints
    from kvob_workflow.web.sessions.pending import Pending

_LONGEST_SECRET: Final = 1_000
# Told by who logs in, not by who keeps the service: anything else is a fault of the installation.
_HIS: Final = frozenset({"invalid_grant", "invalid_request", "access_denied"})


class CodeFlow:
    """Logs in at one issuer, as one client. Thread-safe."""

    def __init__(self, issuer: Issuer, table: LoginTable, keys: KeySource, clock: Clock) -> None:
        """Read the secret of the client, where it has one.

        Raises:
            SecretFileUnusable: it cannot be read.
        """
        self._issuer, self._table, self._keys, self._clock = issuer, table, keys, clock
        file = table.client_secret_file
        self._secret = None if file is None else _read_secret(Path(file))

    def address(
        self,
        endpoints: Endpoints,
        pending: Pending,
        *,
        acr: Sequence[str] = (),
        max_age: int | None = None,
    ) -> str:
        """Where the browser is sent to log in."""
        challenge = hashlib.sha256(pending.verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": self._table.client_id,
            "redirect_uri": pending.to,
            "scope": " ".join(self._table.scopes),
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
            "prompt": self._table.prompt or "",
            "acr_values": " ".join(acr or self._table.acr),
            "max_age": "" if max_age is None else str(max_age),
        }
        told = urlencode({name: one for name, one in query.items() if one})
        return f"{endpoints.authorization}{'&' if '?' in endpoints.authorization else '?'}{told}"

    def claims(self, endpoints: Endpoints, pending: Pending, code: str) -> dict[str, object]:
        """The claims of who logged in; may wait.

        Raises:
            LoginNotProven: the code or the ID token is not taken.
            LoginServiceAway: the login service cannot be asked.
        """
        told = self._exchanged(endpoints, pending, code)
        token, access_token = told.get("id_token"), told.get("access_token")
        if not isinstance(token, str):
            raise LoginNotProven("no-id-token")
        expected = Expected(
            self._table.client_id,
            pending.nonce,
            access_token if isinstance(access_token, str) else None,
        )
        try:
            claims = id_claims(token, self._issuer, self._keys, expected, self._clock.now())
        except Unauthenticated as error:
            LOG.warning("id token refused: %s", error)
            raise LoginNotProven(error.code) from None
        except IssuerUnreachable:
            raise LoginServiceAway from None
        # Without one the scope that was asked for was given (RFC 6749, section 5.1).
        claims.setdefault("scope", told.get("scope", " ".join(self._table.scopes)))
        return claims

    def _exchanged(self, endpoints: Endpoints, pending: Pending, code: str) -> dict[str, object]:
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": pending.to,
            "code_verifier": pending.verifier,
        }
        headers: dict[str, str] = {}
        if self._secret is not None and endpoints.takes_basic:
            headers["Authorization"] = _basic(self._table.client_id, self._secret)
        else:
            fields["client_id"] = self._table.client_id
            if self._secret is not None:
                fields["client_secret"] = self._secret
        try:
            answer = post_form(endpoints.token, fields, headers, self._issuer.timeout)
        except urllib.error.HTTPError as error:
            raise _refusal(error) from None
        except OSError as error:
            LOG.warning("token endpoint: %s: %s", type(error).__name__, error)
            raise LoginServiceAway from None
        return _object(answer)


def _refusal(error: urllib.error.HTTPError) -> LoginNotProven | LoginServiceAway:
    with error:
        try:
            reason = _object(error.read(_LONGEST_SECRET)).get("error")
        except (OSError, LoginServiceAway):
            reason = None
    if isinstance(reason, str) and reason in _HIS:
        return LoginNotProven(reason)
    LOG.warning("token endpoint: status %d", error.code)
    return LoginServiceAway()


def _object(document: bytes) -> dict[str, object]:
    try:
        found: object = json.loads(document)
    except (ValueError, RecursionError):
        raise LoginServiceAway from None
    if not isinstance(found, dict):
        raise LoginServiceAway
    return cast("dict[str, object]", found)


def _basic(client_id: str, secret: str) -> str:
    """Each part encoded as in a form before they are joined (RFC 6749, section 2.3.1)."""
    pair = f"{quote_plus(client_id)}:{quote_plus(secret)}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def _read_secret(file: Path) -> str:
    try:
        text = read_secret_file(file, _LONGEST_SECRET + 1).decode("ascii").strip()
    except OSError as error:
        raise SecretFileUnusable(str(file), error.strerror or type(error).__name__) from None
    except ValueError:
        raise SecretFileUnusable(str(file), "ASCII") from None
    if not text or len(text) > _LONGEST_SECRET or not text.isprintable():
        raise SecretFileUnusable(str(file), f"1 - {_LONGEST_SECRET}")
    return text
