"""On what ground is a decision taken? The scheme, the day, and who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kvob_domain.actor import Actor
from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import EditionId
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.scheme.scheme_terms import Terms


@dataclass(frozen=True, slots=True)
class Ground:
    """What `decide` receives: `today` is the civil day in Amsterdam at the moment of asking.

    `history` is everything on record of the estate, by version; only corrections look at it.
    """

    book: SchemeBook
    today: date
    actor: Actor
    history: Sequence[Recorded] = ()

    def terms(self, edition: EditionId | None) -> Terms:
        """The values that hold under an edition; without one, the practice policy's alone."""
        return terms_under(self.book, edition)


def terms_under(book: SchemeBook, edition: EditionId | None) -> Terms:
    """The values that hold under an edition; without one, the practice policy's alone."""
    if edition is None:
        return book.practice()
    return book.terms(edition)
