"""What does a host decide about its API? One frozen object; the environment is not read."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from kvob_workflow.http.auth import Authenticator
    from kvob_workflow.proofs.keys import VerifierKey
    from kvob_workflow.statements import RegisterKeys

API_VERSION: Final = "1.0.0"
"""The version of the API (semver), apart from that of the package; its major part is in the URL."""

PREFIX: Final = f"/v{API_VERSION.partition('.')[0]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """How the engine is shown over HTTP. Sizes in bytes, times in seconds.

    `authenticator` says who is there; without one every request is refused (401) but the open
    documents. `server` is the address that the OpenAPI document names, without the version; empty:
    where it is asked. `contact_*` are who answers for this installation. `origins` are the web
    pages that may ask from a browser (CORS): none; the open documents are for all.

    `a_minute` bounds the requests of one person, `open_a_minute` those of one address that gives
    no credentials, or wrong ones; None is no bound. `at_once` bounds what is answered at the same
    time. `monotonic` is the clock of the bounds. A stream of events ends after `stream_seconds`;
    the client comes back, and is asked anew who it is.

    `register_keys` sign the statements of the public register; without them none are given.
    `log_key` is the file with the key of the proof log, where this service has it: its public keys
    are told, and heads taken that one of the `witness_keys` signed too.
    `rsin` is that of the organisation that keeps cases, for their ZGW form. `security_contact`
    (`mailto:` or `https:`) is who hears of weaknesses; with `security_expires` it is served as
    `/.well-known/security.txt` until that day (RFC 9116).
    """

    authenticator: Authenticator | None = None
    server: str = ""
    contact_name: str = "kvob_workflow"
    contact_url: str = "https://example.org"
    contact_email: str = "kvob@example.org"
    origins: tuple[str, ...] = ()
    body_bytes: int = 1_000_000
    body_seconds: float = 10.0
    url_bytes: int = 8_000
    header_bytes: int = 32_000
    stream_seconds: float = 900.0
    a_minute: int | None = 3_000
    open_a_minute: int | None = 600
    at_once: int = 100
    monotonic: Callable[[], float] = time.monotonic
    register_keys: RegisterKeys | None = None
    log_key: Path | None = None
    witness_keys: tuple[VerifierKey, ...] = ()
    rsin: str = ""
    security_contact: str = ""
    security_expires: date | None = None
