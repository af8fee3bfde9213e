"""How are things called that ZGW knows by their address? The same name, the same UUID, for ever.

Where they have no address on the web, `urn:uuid:` stands in its place: a URI that leads nowhere,
rather than an address that does not answer. A cycle is known by the event that it began with, so
that a source that tells of an earlier cycle changes no name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final
from uuid import UUID, uuid5

from kvob_domain.errors import Invalid
from kvob_domain.words import Text

Json = None | bool | int | str | Sequence["Json"] | dict[str, "Json"]
Document = dict[str, Json]

# A UUID of this project's own; never to be changed, or every name changes with it.
_SPACE: Final = UUID("5e3c1ef0-6f6b-4d39-9a8a-0d5b54f7c1aa")
_RSIN: Final = re.compile(r"[0-9]{9}")


@dataclass(eq=False)
class RsinMalformed(Invalid):
    """An RSIN has nine digits, of which the last one checks the others."""

    code: ClassVar[str] = "rsin-malformed"
    nl: ClassVar[str] = (
        "'{text}' is geen RSIN: negen cijfers die de elfproef doorstaan. Kijk in het "
        "handelsregister na hoe het luidt."
    )
    en: ClassVar[str] = (
        "'{text}' is no RSIN: nine digits that pass the eleven test. Look it up in the trade "
        "register."
    )
    text: str


def check_rsin(text: str) -> str:
    """The RSIN, when it can be one.

    Raises:
        RsinMalformed: it cannot. Source: the eleven test, with the last digit counted -1 times.
    """
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    if not _RSIN.fullmatch(text):
        raise RsinMalformed(text[:50])
    total = sum(int(digit) * weight for digit, weight in zip(text, weights, strict=True))
    if total % 11 or not int(text):
        raise RsinMalformed(text)
    return text


def uuid_of(kind: str, *names: object) -> str:
    """The UUID of a thing of this kind."""
    return str(uuid5(_SPACE, ":".join((kind, *map(str, names)))))


def uri_of(uuid: str) -> str:
    """The address of a thing with this UUID."""
    return f"urn:uuid:{uuid}"


class Catalogue:
    """The types that the document uses; ZGW has them in a catalogue of its own, known by address.

    Whoever reads the document into a case system puts the addresses of his own catalogue there.
    """

    def __init__(self) -> None:
        """Nothing used yet."""
        self._used: dict[str, dict[str, Document]] = {}

    def uri(self, kind: str, code: str, words: Text) -> str:
        """The address of a type of this kind, which is now in the list."""
        uri = uri_of(uuid_of(kind, code))
        told: Document = {"url": uri, "code": code, "omschrijving": words.nl}
        self._used.setdefault(f"{kind}n" if kind.endswith("e") else f"{kind}en", {})[code] = told
        return uri

    def document(self) -> Document:
        """The types used, by kind."""
        return {kind: list(types.values()) for kind, types in sorted(self._used.items())}
