"""Where does the login service log people in? From its discovery document, asked for within bounds.

While the service is away what it said before is kept, as its keys are; it is asked once in
`ask_again` seconds at most.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from kvob_workflow.http.auth.access import is_safe
from kvob_workflow.http.auth.fetching import discovery
from kvob_workflow.http.auth.security_log import LOG
from kvob_workflow.web.sessions.errors import LoginServiceAway

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvob_workflow.http.auth.access import Issuer

_NEVER: Final = float("-inf")
_BASIC: Final = "client_secret_basic"


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The addresses of a login service, and how it wants to be asked.

    `takes_basic`: the secret goes into a header, else into the form. `names_itself`: its answers
    carry `iss` (RFC 9207).
    """

    authorization: str
    token: str
    end_session: str | None = None
    takes_basic: bool = True
    names_itself: bool = False


class EndpointSource:
    """The endpoints of one issuer. Thread-safe."""

    def __init__(
        self,
        issuer: Issuer,
        fetch: Callable[[Issuer], Mapping[str, object]] = discovery,
        *,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        """Ask nothing yet. `fetch` brings the document; `elapsed` counts seconds."""
        self._issuer, self._fetch, self._elapsed = issuer, fetch, elapsed
        self._lock = threading.Lock()
        self._known: Endpoints | None = None
        self._had_at = self._asked_at = _NEVER

    def now(self) -> Endpoints:
        """The endpoints; may wait.

        Raises:
            LoginServiceAway: they cannot be had, and none are kept.
        """
        with self._lock:
            now = self._elapsed()
            is_fresh = now - self._had_at <= self._issuer.keys_fresh
            if not is_fresh and now - self._asked_at >= self._issuer.ask_again:
                self._ask(now)
            if self._known is None or now - self._had_at > self._issuer.keys_kept:
                raise LoginServiceAway
            return self._known

    def _ask(self, now: float) -> None:
        self._asked_at = now
        try:
            self._known = read_endpoints(self._fetch(self._issuer))
        except OSError as error:
            LOG.warning("endpoints of the issuer not had: %s: %s", type(error).__name__, error)
            return
        self._had_at = now


def read_endpoints(document: Mapping[str, object]) -> Endpoints:
    """What a discovery document says of logging in.

    Raises:
        OSError: it names no safe address to log in, or offers no code flow with PKCE.
    """
    authorization, token = (
        _address(document, name) for name in ("authorization_endpoint", "token_endpoint")
    )
    if authorization is None or token is None:
        raise OSError("the discovery document names no safe endpoints")
    if "S256" not in _words(document, "code_challenge_methods_supported", "S256"):
        raise OSError("the login service offers no PKCE with S256")
    return Endpoints(
        authorization,
        token,
        _address(document, "end_session_endpoint"),
        _BASIC in _words(document, "token_endpoint_auth_methods_supported", _BASIC),
        document.get("authorization_response_iss_parameter_supported") is True,
    )


def _address(document: Mapping[str, object], name: str) -> str | None:
    found = document.get(name)
    return found if isinstance(found, str) and is_safe(found) else None


def _words(document: Mapping[str, object], name: str, usual: str) -> list[object]:
    found = document.get(name)
    return cast("list[object]", found) if isinstance(found, list) else [usual]
