"""Which filter of the figures fits nothing? With the names that there are, the closest first.

A figure of 0 is right where a name was misspelt, and yet misleads; so the answer says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from kvob_domain.estate_names import normal_name
from kvob_projections.estates import containing, folded, places_text
from kvob_projections.paging import Reader
from kvob_projections.statistics_query import StatisticsQuery
from kvob_projections.view import Value

MOST_NAMES: Final = 10
"""So many of the names that there are go with the answer."""
_MOST_READ: Final = 1000
_TABLES: Final = ("view_assessments", "view_terms", "view_cycles", "view_passages")
# Stays and cycles keep a body only in its folded form.
_NAMING: Final = _TABLES[:2]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A filter that fits nothing.

    `filter` is municipality, body or edition, `value` what was asked. `known` are the names that
    there are, the closest first and at most ten; `more` says that there are others.
    """

    filter: str
    value: str
    known: tuple[str, ...]
    more: bool


def unmatched(read: Reader, query: StatisticsQuery) -> tuple[Unmatched, ...]:
    """The filters of a query that fit nothing in the store, on whatever day.

    Raises:
        TextTooLong: a name is longer than any name.
    """
    return tuple(_unmatched(read, query))


def _unmatched(read: Reader, query: StatisticsQuery) -> Iterator[Unmatched]:
    if query.municipality is not None:
        place = containing(places_text((folded("municipality", query.municipality),)))
        sql = "SELECT 1 FROM view_board b WHERE b.places LIKE :value ESCAPE '!'"
        if not read(f"{sql} LIMIT 1", {"value": place}):
            names = "SELECT DISTINCT municipality AS name FROM view_board WHERE municipality <> ''"
            yield _told(read, names, "municipality", query.municipality)
    # The empty one asks for what has none.
    if query.body and not _stands(read, "body_folded", {"value": folded("body", query.body)}):
        each = " UNION ALL ".join(f"SELECT body_folded, body FROM {one}" for one in _NAMING)
        names = (
            f"SELECT MIN(body) AS name FROM ({each}) named WHERE body_folded <> ''"
            " GROUP BY body_folded"
        )
        yield _told(read, names, "body", query.body)
    if query.edition is not None and not _stands(read, "edition", {"value": query.edition}):
        each = " UNION ".join(f"SELECT edition AS name FROM {one}" for one in _TABLES)
        names = f"SELECT name FROM ({each}) named WHERE name IS NOT NULL"
        yield _told(read, names, "edition", query.edition)


def _stands(read: Reader, column: str, value: Mapping[str, Value]) -> bool:
    """Whether a value occurs in one of the tables that the figures count."""
    return any(
        read(f"SELECT 1 AS found FROM {one} WHERE {column} = :value LIMIT 1", value)
        for one in _TABLES
    )


def _told(read: Reader, names: str, field: str, value: str) -> Unmatched:
    found = read(f"{names} ORDER BY name LIMIT :most", {"most": _MOST_READ})
    asked = normal_name(value)
    known = sorted((str(row["name"]) for row in found), key=lambda one: _distance(asked, one))
    return Unmatched(field, value, tuple(known[:MOST_NAMES]), len(known) > MOST_NAMES)


def _distance(asked: str, name: str) -> tuple[bool, int, str]:
    """How far a name is from what was asked, roughly: one in the other, the same beginning."""
    known = normal_name(name)
    pairs = zip(asked, known, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return not (asked in known or known in asked), -same, name
