"""How does a text go to the server? A query in its words, and a value without a zero byte.

No text of PostgreSQL can hold a zero byte; a file of SQLite does. Events keep it, for they are
bytes. In rows and in what is looked up U+FFFD takes its place, the sign for what cannot be shown:
rows are written all the same, and nothing bears such an id or name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_ZERO: Final = "\0"
_SHOWN: Final = "\N{REPLACEMENT CHARACTER}"


def sql_of(text: str) -> bytes:
    """A query of both stores, in the words of this one."""
    return text.replace("?", "%s").encode()


def sendable(value: Any) -> Any:
    """A value, or the values of a list, as the server takes them."""
    if isinstance(value, str):
        return value.replace(_ZERO, _SHOWN) if _ZERO in value else value
    if isinstance(value, list):
        return [sendable(one) for one in value]  # pyright: ignore[reportUnknownVariableType] # what a driver takes
    return value


def findable(ids: Sequence[str]) -> list[str]:
    """Ids to look up; one that no text can hold (half of a pair) becomes one that nothing has."""
    return [sendable(one.encode(errors="replace").decode()) for one in ids]
