"""Which addresses may be reached? Public ones; none that leads to a network of ours.

A name is looked up once for each call, all that it leads to must be public, and the call goes to
what was looked at: a name that answers otherwise a moment later gains nothing.

Sources: RFC 6890 and the IANA registries of special-purpose addresses; RFC 4291 (mapped), RFC 6052
and RFC 8215 (NAT64), RFC 3056 (6to4), RFC 4380 (Teredo).
"""

from __future__ import annotations

import ipaddress
import logging
import socket
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.webhooks.errors import AddressForbidden

if TYPE_CHECKING:
    from kvob_workflow.webhooks.destinations import Destination
    from kvob_workflow.webhooks.outlet import Outlet

# Python's own table differs between its releases; what it may let through is named here.
_CLOSED: Final = tuple(
    ipaddress.ip_network(one)
    for one in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "168.63.129.16/32",  # the metadata of a cloud, on an address that looks public
        "::/96",
        "::ffff:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "2620:4f:8000::/48",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)
logger: Final = logging.getLogger("kvob_workflow.webhooks")

_PRIVATE: Final = Text(
    "het leidt naar een adres dat niet openbaar is", "it leads to no public address"
)


class HostNotFound(OSError):
    """A name leads nowhere now; it may do so later."""


def addresses_of(found: Destination, outlet: Outlet) -> list[str]:
    """What the host leads to, all of it allowed.

    Raises:
        AddressForbidden: some of it is not.
        HostNotFound: the name leads nowhere.
    """
    resolve = outlet.resolve or looked_up
    addresses = resolve(found.host, found.port)
    if not addresses:
        raise HostNotFound(found.host)
    for one in addresses:
        if outlet.development and found.is_here and ipaddress.ip_address(one).is_loopback:
            continue
        if not is_public(one):
            # Where names of ours lead, is for the keeper: not for who may subscribe.
            logger.warning("nothing is sent to %s: it leads to %s", found.host, one)
            raise AddressForbidden(found.address, _PRIVATE)
    return addresses


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet; what cannot be read is not."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if not found.is_global or found.is_multicast:
        return False
    return not any(found in one for one in _CLOSED if one.version == found.version)


def looked_up(host: str, port: int) -> list[str]:
    """What the machine's own resolver says, each address once.

    Raises:
        HostNotFound: nothing.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise HostNotFound(host) from error
    return list(dict.fromkeys(str(one[4][0]) for one in found))
