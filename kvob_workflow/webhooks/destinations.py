"""Where may an event go? To https on the public internet, by a name or address that says so.

Only the form is looked at here; `networks` looks at what the name leads to, at each call.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urlsplit

from kvob_domain.words import Text
from kvob_workflow.webhooks.errors import AddressForbidden

if TYPE_CHECKING:
    from kvob_workflow.webhooks.outlet import Outlet

LONGEST: Final = 2000

_SIGNS: Final = re.compile(r"[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]*")
_LABEL: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
# What the C library takes for an address of four numbers: 0x7f.1, 0177.0.0.1, 2130706433.
_NUMBER: Final = re.compile(r"(0x[0-9a-f]*|[0-9]+)")
_LOOPBACK: Final = "localhost"
_USUAL: Final = {"https": 443, "http": 80}

_SHAPE: Final = Text("het is geen adres van de vorm https://host/pad", "it is no https://host/path")
_HTTPS: Final = Text("alleen https is toegestaan", "https alone is allowed")
_USER: Final = Text(
    "een naam of wachtwoord in het adres kan niet", "a user or password in it is not taken"
)
_FRAGMENT: Final = Text("een deel na # kan niet", "a part after # is not taken")
_HOST: Final = Text("de hostnaam kan niet", "the name of the host cannot be")
_PORT: Final = Text("deze poort is niet toegestaan", "this port is not allowed")
_LISTED: Final = Text(
    "deze host staat niet in KVOB_WEBHOOK_HOSTS", "this host is not in KVOB_WEBHOOK_HOSTS"
)


@dataclass(frozen=True, slots=True)
class Destination:
    """A receiver: its host in ASCII, its port, and the path with the query."""

    host: str
    port: int
    target: str
    is_tls: bool

    @property
    def address(self) -> str:
        """The address in its one spelling."""
        scheme = "https" if self.is_tls else "http"
        return f"{scheme}://{self.authority}{self.target}"

    @property
    def authority(self) -> str:
        """The host, and the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = _USUAL["https" if self.is_tls else "http"]
        return host if self.port == usual else f"{host}:{self.port}"

    @property
    def is_here(self) -> bool:
        """Whether it names this machine itself."""
        if self.host == _LOOPBACK:
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def destination(address: str, outlet: Outlet) -> Destination:
    """The receiver at an address.

    Raises:
        AddressForbidden: nothing is sent there.
    """
    parts = _parts(address)
    host = _ascii_host(address, parts.hostname or "")
    is_tls = parts.scheme.lower() == "https"
    port = _USUAL["https" if is_tls else "http"] if parts.port is None else parts.port
    path = parts.path or "/"
    target = f"{path}?{parts.query}" if parts.query else path
    found = Destination(host, port, target, is_tls)
    in_development = outlet.development and found.is_here
    if not is_tls and not in_development:
        raise AddressForbidden(address, _HTTPS)
    if port == 0 or (port not in outlet.ports and not in_development):
        raise AddressForbidden(address, _PORT)
    if outlet.hosts and not _is_listed(host, outlet.hosts):
        raise AddressForbidden(address, _LISTED)
    return found


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise AddressForbidden(address[:LONGEST], _SHAPE) from None
    if len(address) > LONGEST or parts.scheme.lower() not in _USUAL or not parts.netloc:
        raise AddressForbidden(address[:LONGEST], _SHAPE)
    if "@" in parts.netloc:
        # What stands before the @ may be a password.
        raise AddressForbidden(f"{parts.scheme}://***@{parts.netloc.rpartition('@')[2]}", _USER)
    if "#" in address:
        raise AddressForbidden(address, _FRAGMENT)
    if not _SIGNS.fullmatch(f"{parts.path}{parts.query}") or not address.isprintable():
        raise AddressForbidden(ascii(address), _SHAPE)
    return parts


def _ascii_host(address: str, host: str) -> str:
    """The host in the one spelling that is looked up.

    Raises:
        AddressForbidden: it is no name and no address.
    """
    if ":" in host:
        return _literal(address, host)
    bare = host.removesuffix(".")
    try:
        name = bare.encode("idna").decode().lower()
    except UnicodeError:
        raise AddressForbidden(address, _HOST) from None
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _literal(address, name)
    if len(name) > 253 or not all(_LABEL.fullmatch(one) for one in labels):
        raise AddressForbidden(address, _HOST)
    return name


def _literal(address: str, host: str) -> str:
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        raise AddressForbidden(address, _HOST) from None
    if "%" in host:  # a zone of this machine
        raise AddressForbidden(address, _HOST)
    return str(found)


def _is_listed(host: str, hosts: tuple[str, ...]) -> bool:
    for one in hosts:
        name = one.strip().lower()
        if name.startswith("*.") and host.endswith(name[1:]):
            return True
        if host == name:
            return True
    return False
