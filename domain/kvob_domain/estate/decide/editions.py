"""Which edition is a cycle pinned to? The one named, else the one in force on that day."""

from datetime import date

from kvob_domain.ids import EditionId
from kvob_domain.scheme.book import SchemeBook


def pinned(named: EditionId | None, on: date, book: SchemeBook) -> EditionId | None:
    """The edition for a cycle that begins on `on`; None before the first edition.

    Raises:
        UnknownEdition: when the named edition is not in the scheme data.
    """
    if named is not None:
        return book.edition(named).id
    edition = book.in_force_on(on)
    return edition.id if edition else None
