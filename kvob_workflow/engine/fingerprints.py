"""Which scheme data and which rules were rows made with? Numbers that change with any of them."""

import hashlib
from functools import cache
from typing import Final

from kvob_domain.scheme.book import SchemeBook
from kvob_projections import ALL_VIEWS

# Goes up when a release makes other rows of the same state and the same scheme data.
_ROW_RULES: Final = 1
_SCHEMA_BITS: Final = 22


@cache
def data_fingerprint(book: SchemeBook) -> int:
    """A number of 48 bits that changes with any value that view rows are made with."""
    editions = [(edition.in_force_from, book.terms(edition.id)) for edition in book.editions]
    texts = [f"{since.value.text} {terms.model_dump_json()}" for since, terms in editions]
    texts += [book.practice().model_dump_json(), str(_ROW_RULES)]
    return _number(texts)


@cache
def fingerprint(book: SchemeBook) -> int:
    """A number of 62 bits that changes with those values, and with the schema of any view.

    The mark of a store's rows: a node with another one may not write there. Its upper 40 bits are
    those of the data.
    """
    schemas = [f"{view.name} {view.schema}" for view in ALL_VIEWS]
    of_schemas = _number(schemas) >> 48 - _SCHEMA_BITS
    return data_fingerprint(book) >> 8 << _SCHEMA_BITS | of_schemas


def has_data_of(mark: int | None, book: SchemeBook) -> bool:
    """Whether a mark is that of rows made with these scheme data and rules, in any schema.

    Releases up to 0.4.0 marked their rows with the fingerprint of the data.
    """
    if mark is None:
        return False
    data = data_fingerprint(book)
    return mark == data or mark >> _SCHEMA_BITS == data >> 8


def _number(texts: list[str]) -> int:
    digest = hashlib.sha256("\n".join(texts).encode()).digest()
    return int.from_bytes(digest[:6])
