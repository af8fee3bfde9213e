"""What if the scheme said more, or less? Books that state values which no source confirms."""

from typing import TypeVar

from kvob_domain.scheme import SchemeBook, Sourced, Terms
from kvob_domain.scheme.policy import Policy

T = TypeVar("T")


def sourced(value: T) -> Sourced[T]:
    """A value that a document states."""
    return Sourced[T](value=value, source="document", certainty="stated")


def stating(
    book: SchemeBook,
    **terms: Sourced[int] | Sourced[bool] | Sourced[dict[str, int]] | Sourced[tuple[int, ...]],
) -> SchemeBook:
    """The scheme, if practice stated these values as well."""
    stated = Terms.model_validate(terms).or_else(book.policy.terms)
    policy: Policy = book.policy.model_copy(update={"terms": stated})
    return SchemeBook(book.editions, policy)


def without_validity(book: SchemeBook) -> SchemeBook:
    """The scheme, if no edition said how long a certificate holds."""
    editions = tuple(
        edition.model_copy(
            update={"terms": edition.terms.model_copy(update={"validity_years": None})}
        )
        for edition in book.editions
    )
    return SchemeBook(editions, book.policy)
