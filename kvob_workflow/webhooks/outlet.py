"""What does an installation decide about webhooks? One frozen object; no environment is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvob_workflow.cloud_events.envelope import Sender

if TYPE_CHECKING:
    import ssl
    from pathlib import Path

PORTS: Final = frozenset({443, 8443})
"""Where receivers listen; other ports are those of other services."""

Resolve = Callable[[str, int], list[str]]
"""The addresses of a host, as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """How events go out.

    `hosts` are the only names that may be reached, `*.example.org` with all below it; empty lets
    every public one through. `development` also allows http to this machine itself, on any port,
    and nothing else more. `key` is the file that seals the secrets. A receiver gets
    `timeout_seconds` for the whole of its answer; `lease` is how long a node keeps a webhook
    without a sign of life.
    """

    sender: Sender = field(default_factory=Sender)
    hosts: tuple[str, ...] = ()
    ports: frozenset[int] = PORTS
    development: bool = False
    key: Path | None = None
    timeout_seconds: float = 10.0
    lease: timedelta = timedelta(minutes=1)
    resolve: Resolve | None = None
    certificates: ssl.SSLContext | None = None
    chance: Callable[[], float] | None = None

    def __post_init__(self) -> None:
        if not 0 < self.timeout_seconds * 2 <= self.lease.total_seconds():
            raise ValueError("a lease lasts twice a receiver's time at least")
