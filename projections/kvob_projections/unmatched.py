"""Which filter of the figures fits nothing? With the names that there are, the closest first.

A figure of 0 is right where a name was misspelt, and yet misleads; so the answer says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from kvob_domain.estate_names import normal_name
from kvob_projections.bonds import within
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
    """The filters of a query that fit nothing within its reach, on whatever day.

    Raises:
        TextTooLong: a name is longer than any name.
    """
    return tuple(_unmatched(read, query))


def _unmatched(read: Reader, query: StatisticsQuery) -> Iterator[Unmatched]:
    ours, mine = within(query.reach, "estate_id")
    if query.municipality is not None:
        place = containing(places_text((folded("municipality", query.municipality),)))
        sql = f"SELECT 1 FROM view_board b WHERE b.places LIKE :value ESCAPE '!' AND {ours}"
        if not read(f"{sql} LIMIT 1", {"value": place, **mine}):
            names = (
                "SELECT DISTINCT municipality AS name FROM view_board"
                f" WHERE municipality <> '' AND {ours}"
            )
            yield _told(read, names, "municipality", query)
    # The empty one asks for what has none.
    body = folded("body", query.body or "")
    if query.body and not _stands(read, "body_folded", body, query):
        each = " UNION ALL ".join(
            f"SELECT body_folded, body FROM {one} WHERE {ours}" for one in _NAMING
        )
        names = (
            f"SELECT MIN(body) AS name FROM ({each}) named WHERE body_folded <> ''"
            " GROUP BY body_folded"
        )
        yield _told(read, names, "body", query)
    if query.edition is not None and not _stands(read, "edition", query.edition, query):
        each = " UNION ".join(f"SELECT edition AS name FROM {one} WHERE {ours}" for one in _TABLES)
        names = f"SELECT name FROM ({each}) named WHERE name IS NOT NULL"
        yield _told(read, names, "edition", query)


def _stands(read: Reader, column: str, value: str, query: StatisticsQuery) -> bool:
    """Whether a value occurs in one of the tables that the figures count, within reach."""
    ours, mine = within(query.reach, "estate_id")
    asked: dict[str, Value] = {"value": value, **mine}
    return any(
        read(f"SELECT 1 AS found FROM {one} WHERE {column} = :value AND {ours} LIMIT 1", asked)
        for one in _TABLES
    )


def _told(read: Reader, names: str, field: str, query: StatisticsQuery) -> Unmatched:
    _, mine = within(query.reach, "estate_id")
    value = str(getattr(query, field))
    found = read(f"{names} ORDER BY name LIMIT :most", {"most": _MOST_READ, **mine})
    asked = normal_name(value)
    known = sorted((str(row["name"]) for row in found), key=lambda one: _distance(asked, one))
    return Unmatched(field, value, tuple(known[:MOST_NAMES]), len(known) > MOST_NAMES)


def _distance(asked: str, name: str) -> tuple[bool, int, str]:
    """How far a name is from what was asked, roughly: one in the other, the same beginning."""
    known = normal_name(name)
    pairs = zip(asked, known, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return not (asked in known or known in asked), -same, name
