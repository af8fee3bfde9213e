"""When does a certificate that is decided on now begin and end?

Start: stated, else the old expiry where a valid certificate runs on, else the day of the
decision. Term: the validity of the edition in force on the day of the decision (before 2015 two
years, since then three), always from the start. Source: scheme data `validity_years`.
"""

from dataclasses import dataclass
from datetime import date

from kvob_domain.estate.certificates import last_ending
from kvob_domain.estate.commands.certification import AwardCertificate
from kvob_domain.estate.ground import terms_under
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EditionId
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.terms import add_years, days_between, expires_on_after


@dataclass(frozen=True, slots=True)
class AwardPeriod:
    """The period of a new certificate; `expires_on` is None where the term is not known."""

    valid_from: date
    expires_on: date | None
    edition: EditionId | None
    gap_days: int


def award_period(command: AwardCertificate, estate: Estate, book: SchemeBook) -> AwardPeriod:
    """The period that an award decided on `command.on` has."""
    previous = _last_ending(estate)
    running = previous is not None and previous > command.on
    old_expiry = previous if running else None
    valid_from = command.valid_from or old_expiry or command.on
    edition = book.in_force_on(command.on)
    edition_id = edition.id if edition else None
    gap = max(0, days_between(previous, valid_from)) if previous else 0
    return AwardPeriod(valid_from, _end(command, valid_from, edition_id, book), edition_id, gap)


def _end(
    command: AwardCertificate, valid_from: date, edition: EditionId | None, book: SchemeBook
) -> date | None:
    if command.last_valid_day is not None:
        return expires_on_after(command.last_valid_day)
    years = terms_under(book, edition).validity_years if edition else None
    return add_years(valid_from, years.value) if years else None


def _last_ending(estate: Estate) -> date | None:
    """The expiry of the latest certificate, unless it was withdrawn."""
    latest = last_ending(estate.certificates)
    if latest is None or latest.is_withdrawn:
        return None
    return latest.expires_on
