"""From which day to which day is a certificate valid?"""

from datetime import date

import pytest

from kvob_domain.estate.certificates import status_on
from kvob_domain.estate.commands.preparation import EndTrajectory
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.estate.values import EndReason
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.testing import Scenario
from tests.domain.asking import (
    ESTATE,
    RENEWAL,
    Given,
    audit,
    award,
    close,
    declare,
    finding,
    start,
    up_to,
)
from tests.domain.moved import moved


def awarded_on(given: Given, on: date) -> Scenario:
    """A first certificate, decided on this day."""
    story = given(*up_to(Step.AWARD))
    return story.when(award(on)).then(CertificateAwarded).after


@pytest.mark.parametrize(
    ("decided", "expires"),
    [
        (date(2021, 6, 3), date(2024, 6, 3)),
        (date(2024, 2, 28), date(2027, 2, 28)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2023, 12, 31), date(2026, 12, 31)),
        (date(2026, 1, 1), date(2029, 1, 1)),
    ],
)
def test_three_years_later_on_the_same_calendar_day_it_is_no_longer_valid(
    given: Given, decided: date, expires: date
) -> None:
    (certificate,) = awarded_on(given, decided).state.certificates
    assert (certificate.valid_from, certificate.expires_on) == (decided, expires)
    assert (certificate.start_basis, certificate.end_basis) == ("decision", "computed")
    assert not certificate.estimated


def test_the_last_valid_day_is_the_day_before_it_expires(given: Given) -> None:
    certificates = awarded_on(given, date(2024, 2, 29)).state.certificates
    assert status_on(certificates, date(2024, 2, 28)) is Status.NONE
    assert status_on(certificates, date(2024, 2, 29)) is Status.VALID
    assert status_on(certificates, date(2027, 2, 27)) is Status.VALID
    assert status_on(certificates, date(2027, 2, 28)) is Status.EXPIRED


def decided_in(given: Given, decided: date) -> CertificateAwarded:
    """A cycle of eight years earlier, decided on this day."""
    cycle = (up_to(Step.REGISTERED)[0], *moved(up_to(Step.AWARD)[1:], years=-7))
    (event,) = given(*cycle).when(award(decided)).events
    assert isinstance(event, CertificateAwarded)
    return event


@pytest.mark.parametrize(
    ("decided", "expires", "edition"),
    [
        (date(2014, 12, 31), date(2016, 12, 31), "kvo-2008-v2"),
        (date(2015, 1, 1), date(2018, 1, 1), "kvo-3.1"),
    ],
)
def test_the_term_follows_the_edition_in_force_at_the_decision_not_the_pinned_one(
    given: Given, decided: date, expires: date, edition: str
) -> None:
    event = decided_in(given, decided)
    assert (event.expires_on, event.edition) == (expires, edition)


def test_a_stated_start_in_another_edition_s_time_does_not_change_the_term(given: Given) -> None:
    cycle = (up_to(Step.REGISTERED)[0], *moved(up_to(Step.AWARD)[1:], years=-7))
    stated = award(date(2014, 12, 31), valid_from=date(2015, 2, 1))
    (certificate,) = given(*cycle, stated).state.certificates
    assert (certificate.expires_on, certificate.edition) == (date(2017, 2, 1), "kvo-2008-v2")


def test_stated_dates_win(given: Given) -> None:
    stated = award(valid_from=date(2021, 7, 1), last_valid_day=date(2023, 12, 31))
    state = given(*up_to(Step.AWARD)).when(stated).then(CertificateAwarded).state
    (certificate,) = state.certificates
    assert (certificate.valid_from, certificate.expires_on) == (
        date(2021, 7, 1),
        date(2024, 1, 1),
    )
    assert (certificate.start_basis, certificate.end_basis) == ("stated", "stated")
    assert status_on(state.certificates, date(2021, 6, 30)) is Status.NONE


def test_the_term_is_counted_from_a_stated_start(given: Given) -> None:
    state = given(*up_to(Step.AWARD), award(valid_from=date(2022, 1, 1))).state
    assert state.certificates[0].expires_on == date(2025, 1, 1)


def renewing(given: Given) -> Scenario:
    """A recertification that is ready for the decision."""
    return given(*up_to(Step.RECERTIFICATION), *RENEWAL)


@pytest.mark.parametrize(
    ("decided", "valid_from", "gap"),
    [
        (date(2024, 5, 16), date(2024, 6, 3), 0),
        (date(2024, 6, 2), date(2024, 6, 3), 0),
        (date(2024, 6, 3), date(2024, 6, 3), 0),
        (date(2024, 6, 4), date(2024, 6, 4), 1),
        (date(2025, 6, 3), date(2025, 6, 3), 365),
    ],
)
def test_a_renewal_starts_when_the_old_one_expires_or_late_with_the_gap_counted(
    given: Given, decided: date, valid_from: date, gap: int
) -> None:
    state = renewing(given).when(award(decided)).then(CertificateAwarded).state
    second = state.certificates[1]
    assert (second.valid_from, second.gap_days) == (valid_from, gap)
    assert status_on(state.certificates, date(2024, 6, 2)) is Status.VALID
    in_the_gap = Status.EXPIRED if gap else Status.VALID
    assert status_on(state.certificates, date(2024, 6, 3)) is in_the_gap


def test_a_stated_start_of_a_renewal_wins_and_may_leave_a_gap(given: Given) -> None:
    stated = award(date(2024, 5, 16), valid_from=date(2024, 7, 1))
    state = renewing(given).when(stated).state
    assert (state.certificates[1].valid_from, state.certificates[1].gap_days) == (
        date(2024, 7, 1),
        28,
    )
    assert status_on(state.certificates, date(2024, 6, 15)) is Status.EXPIRED


def test_terms_are_counted_from_their_own_start_and_29_february_is_lost_once(
    given: Given,
) -> None:
    story = given(*up_to(Step.AWARD))
    story = story.given(audit(date(2023, 12, 1), finding(1)), close(1, date(2024, 2, 1)))
    story = story.given(award(date(2024, 2, 29)))
    renewal = moved(up_to(Step.RECERTIFICATION)[-5:], years=2)
    story = story.given(*renewal, *moved(RENEWAL, years=2), award(date(2026, 5, 16)))
    second = story.state.certificates[1]
    assert (second.valid_from, second.expires_on) == (date(2027, 2, 28), date(2030, 2, 28))


def test_who_ended_by_choice_and_comes_back_in_time_goes_on_where_the_old_one_ends(
    given: Given,
) -> None:
    end = EndTrajectory(estate=ESTATE, on=date(2022, 1, 1), reason=EndReason.BY_CHOICE)
    story = given(*up_to(Step.EVALUATION), end, start(date(2022, 2, 1)), declare(date(2022, 3, 1)))
    story = story.given(*moved(up_to(Step.AWARD)[3:], years=2))
    awarded = story.when(award(date(2023, 6, 3))).then(CertificateAwarded).state
    second = awarded.certificates[1]
    assert (second.valid_from, second.renewal) == (date(2024, 6, 3), True)
