"""Which level does a certificate carry? A stated one wins; otherwise the ladder gives it.

The first certificate has the first rung, a renewal the next one up to the top; such a level is
marked derived. Estates may carry stars instead; then the ladder of stars is climbed.
"""

from kvob_domain.estate.certificates import Certificate
from kvob_domain.estate.ground import terms_under
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.scheme.scheme_terms import Terms


def canonical(level: str, terms: Terms) -> str:
    """The name in the ladder for a spelling that sources use."""
    aliases = terms.level_aliases.value if terms.level_aliases else {}
    return aliases.get(level, level)


def derive(previous: str | None, renewal: bool, terms: Terms) -> str | None:
    """The level that follows from the one before; None where no ladder holds that one."""
    levels, stars = terms.ladder(), terms.star_ladder()
    ladder = stars if previous in stars else levels
    if not ladder:
        return None
    if not renewal:
        return ladder[0]
    if previous is None:
        return ladder[min(1, len(ladder) - 1)]
    if previous not in ladder:
        return None
    return ladder[min(ladder.index(previous) + 1, len(ladder) - 1)]


def level_names(
    certificates: tuple[Certificate, ...], book: SchemeBook
) -> list[tuple[str | None, bool]]:
    """The level of each certificate in order, and whether it was derived."""
    names: list[tuple[str | None, bool]] = []
    previous: str | None = None
    for certificate in certificates:
        terms = terms_under(book, certificate.edition)
        if certificate.level is not None:
            previous = canonical(certificate.level, terms)
            names.append((previous, certificate.level_derived))
        else:
            # Of a certificate known only by its end nobody knows which in the row it was.
            unknown = certificate.known_by_its_end
            previous = None if unknown else derive(previous, certificate.renewal, terms)
            names.append((previous, previous is not None))
    return names
