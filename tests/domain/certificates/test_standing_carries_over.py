"""What becomes of a renewal that is decided but has not begun, and of waivers given early?"""

from datetime import date

from kvob_domain.estate.certificates import status_on
from kvob_domain.estate.commands.oversight import ApproveAct
from kvob_domain.estate.commands.standing import WithdrawCertificate
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.estate.events.standing import CertificateWithdrawn
from kvob_domain.estate.legality import allowed
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.scheme import SchemeBook
from kvob_domain.testing import given
from tests.domain.asking import ESTATE, register

TODAY = date(2026, 11, 23)


def awarded(on: date, valid_from: date, *, renewal: bool) -> CertificateAwarded:
    """A three-year certificate."""
    return CertificateAwarded(
        on=on,
        level_derived=False,
        valid_from=valid_from,
        valid_from_stated=False,
        expires_on=valid_from.replace(year=valid_from.year + 3),
        expires_on_stated=False,
        renewal=renewal,
    )


def test_withdrawing_takes_the_renewal_that_has_not_begun_as_well(book: SchemeBook) -> None:
    story = given(
        register(on=""),
        awarded(date(2021, 6, 3), date(2021, 6, 3), renewal=False),
        awarded(date(2024, 5, 1), date(2024, 6, 3), renewal=True),
        CertificateWithdrawn(on=date(2024, 5, 10), reason="fraude"),
        book=book,
        today=TODAY,
    )
    for day in (date(2024, 5, 10), date(2024, 6, 2), date(2024, 6, 3), date(2026, 1, 1)):
        assert status_on(story.state.certificates, day) is Status.WITHDRAWN


def test_a_certificate_withdrawn_on_the_day_of_its_award_cannot_be_renewed(
    book: SchemeBook,
) -> None:
    day = date(2024, 5, 10)
    story = given(
        register(on=""),
        awarded(day, day, renewal=False),
        CertificateWithdrawn(on=day, reason="vergissing"),
        book=book,
        today=TODAY,
    )
    names = {command.__name__ for command in allowed(story.state, TODAY)}
    assert "AwardCertificate" not in names
    assert not names & {WithdrawCertificate.__name__, ApproveAct.__name__}
    assert story.estate == ESTATE
