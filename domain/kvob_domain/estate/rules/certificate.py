"""Rules about the period of a certificate."""

from kvob_domain.errors import Rejected
from kvob_domain.estate.award_period import award_period
from kvob_domain.estate.commands.certification import AwardCertificate
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.rules.base import rule
from kvob_domain.estate.state import Estate
from kvob_domain.refusals.dates import LastValidDayTooEarly
from kvob_domain.refusals.evidence import TermUnknown
from kvob_domain.terms import last_valid_day


@rule(AwardCertificate)
def validity_is_known(command: AwardCertificate, estate: Estate, ground: Ground) -> Rejected | None:
    """Where the edition's validity is not confirmed, the award states the last valid day.

    Source: scheme data `validity_years` of the edition in force on the day of the decision.
    """
    period = award_period(command, estate, ground.book)
    return TermUnknown(period.edition or "-") if period.expires_on is None else None


@rule(AwardCertificate)
def certificate_ends_after_it_begins(
    command: AwardCertificate, estate: Estate, ground: Ground
) -> Rejected | None:
    """The last valid day is not before the first."""
    period = award_period(command, estate, ground.book)
    if period.expires_on is None or period.expires_on > period.valid_from:
        return None
    return LastValidDayTooEarly(last_valid_day(period.expires_on), period.valid_from)
