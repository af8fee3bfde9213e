"""How is an address shown? Without its password, however the address is written.

Messages, settings and logs are read by others than those who hold the password. Rather too much
is hidden than a part of a password shown.
"""

import re
from typing import Final
from urllib.parse import unquote

HIDDEN: Final = "***"
# Ours, which never hold one; a path may have any of the signs that are looked for below.
_WITHOUT: Final = ("sqlite:", "memory:")
_NAMED: Final = re.compile(r"(?i)((?:pass|pwd)[a-z]*\s*=\s*).*", re.DOTALL)
_LIKE_ADDRESS: Final = re.compile(r"(?i)[a-z][a-z0-9+.-]*://|postgres|.*(pass|pwd)")


def shown(address: str) -> str:
    """The address with *** for a password; other texts are as they were."""
    if address.startswith(_WITHOUT) or not _LIKE_ADDRESS.match(address):
        return address
    scheme, mark, rest = address.partition("://")
    if not mark:
        scheme, mark, rest = address.partition(":")
    if not mark:
        scheme, rest = "", address
    person, at, place = rest.rpartition("@")  # the last one: a password may have others
    user, colon, _ = person.partition(":")
    who = f"{user}{colon and colon + HIDDEN}{at}"
    return f"{scheme}{mark}{who}{_without_named(place)}"


def _without_named(place: str) -> str:
    """Hides what is called a password, and what follows it: it may have an & of its own."""
    plain = _NAMED.sub(rf"\1{HIDDEN}", place)
    if plain == place and _NAMED.search(unquote(place)):  # the word itself was escaped
        return place.partition("?")[0] + f"?{HIDDEN}"
    return plain
