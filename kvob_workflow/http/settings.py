"""What does a host decide about its API? One frozen object; the environment is not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kvob_workflow.http.auth import Authenticator

API_VERSION: Final = "1.0.0"
"""The version of the API (semver), apart from that of the package; its major part is in the URL."""

PREFIX: Final = f"/v{API_VERSION.partition('.')[0]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """How the engine is shown over HTTP.

    `authenticator` says who is there; without one every request is refused (401) but the open
    documents. `server` is the address that the OpenAPI document names, without the version.
    `contact_*` are who answers for this installation. `body_bytes` and `body_seconds` bound a
    request's body. `page_rows` is the longest page of a list.
    """

    authenticator: Authenticator | None = None
    server: str = "https://localhost"
    contact_name: str = "kvob_workflow"
    contact_url: str = "https://localhost"
    contact_email: str = "kvob@localhost"
    body_bytes: int = 1_000_000
    body_seconds: float = 10.0
    page_rows: int = 200
