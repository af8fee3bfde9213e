"""What does the address of a PostgreSQL store say? The server, and the schema that is ours.

    postgresql://user:password@host:5432/database?schema=kvob&sslmode=verify-full

Everything but `schema` is libpq's own, so its variables and files (PGHOST, ~/.pgpass) count too.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from kvob_workflow.errors import StoreUrlInvalid

DEFAULT_SCHEMA: Final = "kvob"
_SCHEMES: Final = ("postgresql", "postgres")
# Unquoted identifiers only: nobody has to think about quotes in SQL of their own.
_SCHEMA: Final = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_RESERVED: Final = ("pg_", "information_schema")


class Address(NamedTuple):
    """Where a store is. `conninfo` may hold a password; `shown` never does."""

    conninfo: str
    schema: str
    shown: str


def is_postgres(url: str) -> bool:
    """Whether an address names a PostgreSQL server."""
    return url.partition("://")[0] in _SCHEMES


def parse_address(url: str) -> Address:
    """The parts of an address.

    Raises:
        StoreUrlInvalid: it is malformed, or the schema is no plain lower-case name.
    """
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        hostname, port, user = parts.hostname, parts.port, parts.username
    except ValueError:
        raise StoreUrlInvalid(_without_password(url)) from None
    schemas = [value for name, value in pairs if name == "schema"]
    schema = schemas[0] if schemas else DEFAULT_SCHEMA
    if len(schemas) > 1 or not is_schema(schema) or parts.fragment or not is_postgres(url):
        raise StoreUrlInvalid(_without_password(url))
    rest = "&".join(f"{name}={quote(value)}" for name, value in pairs if name != "schema")
    conninfo = urlunsplit(("postgresql", parts.netloc, parts.path, rest, ""))
    place = f"{hostname or ''}{f':{port}' if port else ''}"
    person = f"{unquote(user)}@" if user else ""
    shown = f"postgresql://{person}{place}{parts.path}?schema={schema}"
    return Address(conninfo, schema, shown)


def is_schema(name: str) -> bool:
    """Whether a name can be that of our schema."""
    return bool(_SCHEMA.fullmatch(name)) and not name.startswith(_RESERVED)


def _without_password(url: str) -> str:
    return re.sub(r"(://[^:@/]*):[^@]*@", r"\1:***@", url)
