"""An expiry fact states the last valid day of the latest certificate begun before it."""

from datetime import date

import pytest

from kvob_domain.estate.certificates import status_on
from kvob_domain.estate.irregularities import IrregularityKind
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.partial_date import PartialDate
from tests.domain.asking import Given, fact, register


@pytest.mark.parametrize(
    ("on", "expires_on", "estimated"),
    [
        ("2026", date(2027, 1, 1), True),
        ("2025-11", date(2025, 12, 1), True),
        ("2024-02", date(2024, 3, 1), True),
        ("2026-12-31", date(2027, 1, 1), False),
    ],
)
def test_the_mark_expires_on_the_day_after_the_last_valid_day(
    given: Given, on: str, expires_on: date, estimated: bool
) -> None:
    story = given(register(on=""), fact("award", "2023-05-01"), fact("expiry", on))
    (certificate,) = story.state.certificates
    assert (certificate.expires_on_earliest, certificate.expires_on) == (expires_on, expires_on)
    assert certificate.end_basis == "expiry_fact"
    assert certificate.estimated == estimated


def test_it_overrides_the_computation_both_ways(given: Given) -> None:
    for on, expires in (("2024-01-31", date(2024, 2, 1)), ("2030-01-31", date(2030, 2, 1))):
        story = given(register(on=""), fact("award", "2023-05-01"), fact("expiry", on))
        assert story.state.certificates[0].expires_on == expires


def test_a_stated_last_valid_day_wins_over_the_day_of_the_message(given: Given) -> None:
    day = PartialDate.parse("2021-12-31")
    told = fact("expiry", "2019-11", last_valid_day=day)
    story = given(register(on=""), fact("award", "2019-01-01"), told)
    assert story.state.certificates[0].expires_on == date(2022, 1, 1)


def test_an_unknown_last_valid_day_leaves_the_day_of_the_fact(given: Given) -> None:
    told = fact("expiry", "2021-12-31", last_valid_day=PartialDate.parse(""))
    story = given(register(on=""), fact("award", "2019-01-01"), told)
    assert story.state.certificates[0].expires_on == date(2022, 1, 1)


def test_it_ends_the_certificate_begun_before_it_and_not_a_later_one(given: Given) -> None:
    story = given(
        register(on=""),
        fact("award", "2015-03-01"),
        fact("recertification", "2018-03-01"),
        fact("expiry", "2017-12-31"),
    )
    first, second = story.state.certificates
    assert (first.expires_on, first.end_basis) == (date(2018, 1, 1), "expiry_fact")
    assert (second.expires_on, second.end_basis) == (date(2021, 3, 1), "computed")


def test_it_ends_a_certificate_whose_beginning_nobody_knows(given: Given) -> None:
    story = given(register(on=""), fact("award", ""), fact("expiry", "2019"))
    (certificate,) = story.state.certificates
    assert (certificate.valid_from, certificate.expires_on) == (None, date(2020, 1, 1))
    status = [status_on(story.state.certificates, date(year, 1, 1)) for year in (2019, 2020)]
    assert status == [Status.UNKNOWN, Status.EXPIRED]


def test_a_year_ends_a_certificate_that_began_in_it(given: Given) -> None:
    told = fact("expiry", "2019-12-01", last_valid_day=PartialDate.parse("2019"))
    story = given(register(on=""), fact("award", "2019-06-15"), told)
    (certificate,) = story.state.certificates
    assert (certificate.expires_on, certificate.end_basis) == (date(2020, 1, 1), "expiry_fact")


def test_an_undated_expiry_ends_nothing(given: Given) -> None:
    story = given(register(on=""), fact("award", "2019-10-10"), fact("expiry", ""))
    (certificate,) = story.state.certificates
    assert (certificate.expires_on, certificate.end_basis) == (date(2022, 10, 10), "computed")


def test_an_undated_expiry_without_a_certificate_is_odd(given: Given) -> None:
    story = given(register(on=""), fact("expiry", ""))
    assert story.state.certificates == ()
    odd = [kind for kind, _ in story.state.irregularities]
    assert odd == [IrregularityKind.EXPIRY_WITHOUT_CERTIFICATE]


def test_a_renewal_before_a_stated_end_starts_when_the_old_one_ends(given: Given) -> None:
    day = PartialDate.parse("2021-12-31")
    story = given(
        register(on=""),
        fact("award", "2018-06-01", last_valid_day=day),
        fact("recertification", "2021-11-10"),
    )
    second = story.state.certificates[-1]
    assert (second.valid_from, second.start_basis) == (date(2022, 1, 1), "old_expiry")
    assert (second.expires_on, second.gap_days) == (date(2025, 1, 1), 0)
