"""What does one field say? Names, dates, parties; what rows repeat is read once."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from kvob_domain.estate.values import DateBasis, Provenance
from kvob_domain.estate_names import normal_name
from kvob_domain.partial_date import PartialDate, PartialDateMalformed
from kvob_workflow.importing.columns import LONGEST
from kvob_workflow.importing.row_errors import (
    RowCharacterInvalid,
    RowCycleInvalid,
    RowDateMalformed,
    RowFieldMissing,
    RowFieldTooLong,
)

_LONGEST_PARTY: Final = 200
_SHOWN: Final = 40  # characters of refused input that an error repeats; errors are kept

# Control characters but tab and line ends, and halves of characters, which no file can hold.
_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def date_of(column: str, text: str) -> PartialDate:
    """The date; unknown for an empty field."""
    try:
        return PartialDate.parse(text)
    except PartialDateMalformed:
        raise RowDateMalformed(column, text[:_SHOWN]) from None


def cycle_of(text: str) -> int:
    """The number of the trajectory."""
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text)):
        raise RowCycleInvalid(text[:_SHOWN])
    return int(text)


@lru_cache(4096)
def place_of(estate: str, municipality: str) -> tuple[str, tuple[str, ...]]:
    """The estate's name and its municipalities: "Aalsmeer/Uithoorn" names two."""
    check_length("estate", estate)
    check_length("municipality", municipality)
    if not normal_name(estate):  # also a name of nothing but accents
        raise RowFieldMissing("estate")
    municipalities = _parts(municipality, "/")
    if not municipalities or not all(map(normal_name, municipalities)):
        raise RowFieldMissing("municipality")
    return estate, municipalities


@lru_cache(4096)
def parties_of(text: str) -> tuple[str, ...]:
    """The organisations, separated by semicolons."""
    check_length("parties", text)
    parties = _parts(text, ";")
    longest = max(map(len, parties), default=0)
    if longest > _LONGEST_PARTY:
        raise RowFieldTooLong("parties", longest, _LONGEST_PARTY)
    return parties


@lru_cache(4096)
def provenance_of(source: str, basis: DateBasis | None, note: str) -> Provenance:
    """Where the row comes from; the rows of one estate often share it."""
    if not source:
        raise RowFieldMissing("source_url")
    return Provenance(source=source, basis=basis, note=note or None)


def check_length(column: str, text: str) -> None:
    """Refuses text that is longer than what is kept.

    Raises:
        RowFieldTooLong.
    """
    limit = LONGEST[column]
    if len(text) > limit:
        raise RowFieldTooLong(column, len(text), limit)


def cleaned(fields: Sequence[str], keep: int) -> Iterator[str]:
    """Fields with spaces, tabs and line ends in a row as one space; the field `keep` is kept.

    Raises:
        RowCharacterInvalid: a character belongs in no text.
    """
    found = _INVALID.search("".join(fields))
    if found:
        raise RowCharacterInvalid(f"U+{ord(found[0]):04X}")
    for index, field in enumerate(fields):
        yield field if index == keep else " ".join(field.split())


def _parts(text: str, separator: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text.split(separator))
    return tuple(dict.fromkeys(part for part in parts if part))
