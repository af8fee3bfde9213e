"""Is the period of a certificate known, and does it end after it begins?"""

from datetime import date

import pytest

from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.dates import LastValidDayTooEarly
from kvob_domain.refusals.evidence import TermUnknown
from kvob_domain.scheme import SchemeBook
from kvob_domain.testing import Scenario
from tests.domain.asking import Given, Under, award, up_to

WITHOUT_A_TERM = """
id = "kvo-unconfirmed"
title = { nl = "Zonder termijn", en = "Without a term" }
[in_force_from]
value = "2000-01-01"
source = "document"
certainty = "stated"
"""


@pytest.fixture
def unconfirmed(book: SchemeBook, under: Under) -> Scenario:
    """An estate before its award, under an edition whose validity nobody confirms."""
    policy = book.policy
    edition = SchemeBook.parse([WITHOUT_A_TERM], _empty_policy()).editions
    return under(SchemeBook(edition, policy)).given(*up_to(Step.AWARD))


def _empty_policy() -> str:
    return 'id = "nothing"\ntitle = { nl = "Niets", en = "Nothing" }\n'


@pytest.mark.lets_through("validity_is_known")
def test_the_edition_s_validity_gives_the_end(given: Given) -> None:
    awarded = given(*up_to(Step.AWARD)).when(award()).then(CertificateAwarded)
    assert awarded.state.certificates[0].expires_on == date(2024, 6, 3)


def test_without_a_confirmed_validity_the_decision_must_state_the_last_valid_day(
    unconfirmed: Scenario,
) -> None:
    unconfirmed.when(award()).then_refused(TermUnknown, edition="kvo-unconfirmed")


def test_a_stated_last_valid_day_makes_up_for_a_validity_that_nobody_confirms(
    unconfirmed: Scenario,
) -> None:
    stated = unconfirmed.when(award(last_valid_day=date(2023, 6, 2))).then(CertificateAwarded)
    certificate = stated.state.certificates[0]
    assert (certificate.expires_on, certificate.end_basis) == (date(2023, 6, 3), "stated")


@pytest.mark.refuses("validity_is_known")
def test_a_decision_from_before_the_first_edition_must_state_the_last_valid_day(
    given: Given,
) -> None:
    story = given(*up_to(Step.AWARD))
    story.when(award(date(2003, 11, 26))).then_refused(TermUnknown, edition="-")


@pytest.mark.lets_through("certificate_ends_after_it_begins")
def test_a_certificate_may_be_valid_for_one_day(given: Given) -> None:
    one_day = award(last_valid_day=date(2021, 6, 3))
    given(*up_to(Step.AWARD)).when(one_day).then(CertificateAwarded)


@pytest.mark.refuses("certificate_ends_after_it_begins")
def test_a_last_valid_day_before_the_first_is_refused(given: Given) -> None:
    given(*up_to(Step.AWARD)).when(award(last_valid_day=date(2021, 6, 2))).then_refused(
        LastValidDayTooEarly, last_valid_day=date(2021, 6, 2), valid_from=date(2021, 6, 3)
    )
