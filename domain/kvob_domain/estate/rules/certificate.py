"""Which period may a certificate have, and which one is presented?"""

from datetime import date

from kvob_domain.errors import Rejected
from kvob_domain.estate.award_period import award_period
from kvob_domain.estate.commands.certification import AwardCertificate, PresentCertificate
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.rules.base import rule
from kvob_domain.estate.state import Estate
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.refusals.dates import BeforeCycle, LastValidDayTooEarly, NothingToPresent
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


@rule(AwardCertificate)
def validity_begins_in_the_cycle(
    command: AwardCertificate, estate: Estate, _: Ground
) -> Rejected | None:
    """A stated start of validity does not lie before the cycle, nor before a withdrawal."""
    days = [estate.evidence_from, *_withdrawals(estate)]
    since = max((day for day in days if day is not None), default=None)
    if command.valid_from is None or since is None or command.valid_from >= since:
        return None
    return BeforeCycle(command.valid_from, since)


@rule(PresentCertificate)
def there_is_a_certificate_to_present(
    _: PresentCertificate, estate: Estate, __: Ground
) -> Rejected | None:
    """A certificate is presented once it was awarded; the ceremony may precede its validity."""
    latest = estate.latest_certificate
    withdrawn = latest is not None and latest.is_withdrawn
    return NothingToPresent() if latest is None or withdrawn else None


def _withdrawals(estate: Estate) -> list[date]:
    return [
        day
        for certificate in estate.certificates
        for day, status in certificate.standing
        if status is Status.WITHDRAWN
    ]
