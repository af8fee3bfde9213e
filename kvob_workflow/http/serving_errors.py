"""Why can the API not be served like this?

Invalid
├── AccessUnclear          nobody said who may come in, or two things at once
├── ProxyNotNamed          others can reach it without TLS
├── DevelopmentBehindProxy in the development mode others would be let in by a proxy
└── PortInvalid            there is no such port
Unavailable
└── AddressNotUsable       the address is taken, or is not of this machine
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Invalid, Unavailable


@dataclass(eq=False)
class AccessUnclear(Invalid):
    """One of two says who may come in."""

    code: ClassVar[str] = "access-unclear"
    nl: ClassVar[str] = (
        "Zeg wie er binnen mag, op een van twee manieren. Om te proberen: 'kvob serve "
        "--development' (of KVOB_DEVELOPMENT=1). In gebruik: 'kvob serve --access BESTAND' (of "
        "KVOB_ACCESS), met wie inlogt en in welke rol."
    )
    en: ClassVar[str] = (
        "Say who may come in, in one of two ways. To try it out: 'kvob serve --development' (or "
        "KVOB_DEVELOPMENT=1). In use: 'kvob serve --access FILE' (or KVOB_ACCESS), with who logs "
        "in and in which role."
    )


@dataclass(eq=False)
class ProxyNotNamed(Invalid):
    """Tokens would go over the network for all to read."""

    code: ClassVar[str] = "proxy-not-named"
    nl: ClassVar[str] = (
        "Op {host} kunnen anderen erbij, zonder versleuteling. Zet er een proxy met TLS voor en "
        "noem zijn adres: --proxy 10.0.0.5. Of luister alleen op deze machine: --host 127.0.0.1."
    )
    en: ClassVar[str] = (
        "Others can reach {host}, without encryption. Put a proxy with TLS in front and name its "
        "address: --proxy 10.0.0.5. Or listen on this machine alone: --host 127.0.0.1."
    )
    host: str


@dataclass(eq=False)
class DevelopmentBehindProxy(Invalid):
    """A proxy brings requests of others, and the development mode lets in anybody."""

    code: ClassVar[str] = "development-behind-proxy"
    nl: ClassVar[str] = (
        "De ontwikkelmodus laat iedereen binnen, dus ook wie via de proxy {proxy} komt. Laat "
        "--proxy weg, of zeg met --access BESTAND wie er binnen mag."
    )
    en: ClassVar[str] = (
        "The development mode lets anybody in, whoever comes through the proxy {proxy} too. Leave "
        "--proxy out, or say with --access FILE who may come in."
    )
    proxy: str


@dataclass(eq=False)
class PortInvalid(Invalid):
    """A port is a number from 0 (any that is free) to 65535."""

    code: ClassVar[str] = "port-invalid"
    nl: ClassVar[str] = (
        "Poort {port} bestaat niet. Kies er een van 1 tot 65535, of 0 voor een vrije."
    )
    en: ClassVar[str] = "There is no port {port}. Choose one from 1 to 65535, or 0 for a free one."
    port: int


@dataclass(eq=False)
class AddressNotUsable(Unavailable):
    """The operating system does not let this program listen there."""

    code: ClassVar[str] = "address-not-usable"
    nl: ClassVar[str] = (
        "Op {host} poort {port} kan niet worden geluisterd ({reason}). Kies met --port een andere "
        "poort, of stop wat er al luistert."
    )
    en: ClassVar[str] = (
        "It is not possible to listen on {host} port {port} ({reason}). Choose another port with "
        "--port, or stop what listens there."
    )
    host: str
    port: int
    reason: str
