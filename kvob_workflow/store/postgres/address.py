"""What does the address of a PostgreSQL store say? The server, and the schema that is ours.

    postgresql://user:password@host:5432/database?schema=kvob&sslmode=verify-full

Everything but `schema` is libpq's own, so its variables and files (PGHOST, ~/.pgpass) count too.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from kvob_workflow.errors import StoreOptionTaken, StoreUrlInvalid

DEFAULT_SCHEMA: Final = "kvob"
_SCHEMES: Final = ("postgresql", "postgres")
# Unquoted identifiers only: nobody has to think about quotes in SQL of their own.
# The server cuts names after 63 bytes, and <schema>_verifier is the name of a role.
_SCHEMA: Final = re.compile(r"[a-z_][a-z0-9_]{0,53}")
_HOST: Final = re.compile(r"(\[[0-9A-Fa-f:.%]+\]|[^\[\]:@]*)(:[0-9]{1,5})?")
# The store gives these itself; another value would be left out without a word.
_OURS: Final = frozenset(
    {
        "options",
        "application_name",
        "client_encoding",
        "connect_timeout",
        "keepalives",
        "keepalives_idle",
        "keepalives_interval",
        "keepalives_count",
        "tcp_user_timeout",
    }
)
_RESERVED: Final = ("pg_", "information_schema")


class Address(NamedTuple):
    """Where a store is. `conninfo` may hold a password; `shown` never does, nor does a repr."""

    conninfo: str
    schema: str
    shown: str

    def __repr__(self) -> str:
        """What may be shown."""
        return f"Address({self.shown!r})"


def is_postgres(url: str) -> bool:
    """Whether an address names a PostgreSQL server."""
    return url.partition("://")[0].lower() in _SCHEMES


def parse_address(url: str) -> Address:
    """The parts of an address; several hosts are tried in their order.

    Raises:
        StoreUrlInvalid: it is malformed, or the schema is no plain lower-case name.
        StoreOptionTaken: it has an option that the store sets itself.
    """
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        raise StoreUrlInvalid(url) from None
    person, _, hosts = parts.netloc.rpartition("@")
    schemas = [value for name, value in pairs if name == "schema"]
    schema = schemas[0] if schemas else DEFAULT_SCHEMA
    if (
        len(schemas) > 1
        or not is_schema(schema)
        or parts.fragment
        or not is_postgres(url)
        or "@" in person  # libpq would take a part of the password for the host
        or not all(_HOST.fullmatch(one) for one in hosts.split(","))
    ):
        raise StoreUrlInvalid(url)
    for name in _OURS.intersection(name for name, _ in pairs):
        raise StoreOptionTaken(name)
    rest = "&".join(f"{quote(name)}={quote(value)}" for name, value in pairs if name != "schema")
    conninfo = urlunsplit(("postgresql", parts.netloc, parts.path, rest, ""))
    user = unquote(person.partition(":")[0])
    place = hosts or ",".join(value for name, value in pairs if name == "host")
    plain = f"postgresql://{user}{'@' if user else ''}{place}{parts.path}?schema={schema}"
    return Address(conninfo, schema, plain)


def is_schema(name: str) -> bool:
    """Whether a name can be that of our schema."""
    return bool(_SCHEMA.fullmatch(name)) and not name.startswith(_RESERVED)
