"""How is the API served by a process of its own? uvicorn, within bounds, on a socket that is open.

One process: the engine writes one command after another, and the alarm is one. More is more nodes
on one PostgreSQL.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING, Final

import uvicorn

from kvob_workflow.http.connections import BoundedProtocol
from kvob_workflow.http.serving_errors import AddressNotUsable, ProxyNotNamed

if TYPE_CHECKING:
    from starlette.types import ASGIApp

MOST_CONNECTIONS: Final = 1_000
DRAIN_SECONDS: Final = 10
_BACKLOG: Final = 512


def listening(host: str, port: int, proxies: tuple[str, ...] = ()) -> socket.socket:
    """A socket that listens; port 0 takes a free one.

    Raises:
        ProxyNotNamed: others can reach it, and nobody said which proxy does TLS in front of it.
        AddressNotUsable: it cannot be listened on.
    """
    if not is_loopback(host) and not proxies:
        raise ProxyNotNamed(host)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except (OSError, OverflowError) as error:
        raise AddressNotUsable(host, port, str(error)) from error


def place_of(host: str, port: int) -> str:
    """The address that a browser takes."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def server_of(app: ASGIApp, proxies: tuple[str, ...] = ()) -> uvicorn.Server:
    """A server that says nothing itself; a proxy's X-Forwarded headers are believed, no others.

    A signal lets it answer what it has begun, ten seconds at most.
    """
    config = uvicorn.Config(
        app,
        http=BoundedProtocol,
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    return uvicorn.Server(config)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"
