"""When a term ends: the same calendar day, with 29 February and month ends settled."""

from calendar import isleap, monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvob_domain.terms import (
    add_days,
    add_months,
    add_years,
    days_between,
    expires_on_after,
    last_valid_day,
)

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
LEAP_DAYS = [date(year, 2, 29) for year in range(1904, 2197, 4) if isleap(year)]


def test_three_years_is_the_same_calendar_day() -> None:
    assert add_years(date(2019, 10, 10), 3) == date(2022, 10, 10)


def test_a_certificate_of_three_years_is_valid_until_the_day_before() -> None:
    expires_on = add_years(date(2019, 10, 10), 3)
    assert last_valid_day(expires_on) == date(2022, 10, 9)
    assert expires_on_after(date(2022, 10, 9)) == expires_on


def test_a_stated_last_valid_day_at_the_end_of_the_year_expires_on_new_years_day() -> None:
    assert expires_on_after(date(2026, 12, 31)) == date(2027, 1, 1)


@pytest.mark.parametrize("leap_day", LEAP_DAYS)
def test_a_term_from_29_february_ends_on_28_february_unless_that_year_is_leap(
    leap_day: date,
) -> None:
    for years in (*range(-8, 0), *range(1, 9)):
        ends = add_years(leap_day, years)
        assert ends.year == leap_day.year + years
        assert (ends.month, ends.day) == (2, 29 if isleap(ends.year) else 28)


def test_28_february_stays_28_february_into_a_leap_year() -> None:
    assert add_years(date(2021, 2, 28), 3) == date(2024, 2, 28)


def test_1900_and_2100_are_not_leap() -> None:
    assert add_years(date(2096, 2, 29), 4) == date(2100, 2, 28)
    assert add_years(date(1904, 2, 29), -4) == date(1900, 2, 28)


def test_counting_from_the_anchor_never_drifts_where_repeating_would() -> None:
    anchor = date(2020, 2, 29)
    one_by_one = add_years(add_years(add_years(add_years(anchor, 1), 1), 1), 1)
    assert add_years(anchor, 4) == date(2024, 2, 29)
    assert one_by_one == date(2024, 2, 28), "this is why terms are counted from the anchor"


@given(day=days, years=st.integers(-100, 100))
def test_years_keep_month_and_day_except_29_february(day: date, years: int) -> None:
    ends = add_years(day, years)
    assert ends.year == day.year + years
    assert ends.month == day.month
    assert ends.day == day.day or ((day.month, day.day) == (2, 29) and ends.day == 28)


@given(day=days, years=st.integers(-100, 100))
def test_a_year_is_twelve_months(day: date, years: int) -> None:
    assert add_years(day, years) == add_months(day, 12 * years)


@given(first=days, second=days, years=st.integers(0, 30))
def test_a_later_start_never_ends_earlier(first: date, second: date, years: int) -> None:
    earlier, later = sorted((first, second))
    assert add_years(earlier, years) <= add_years(later, years)
    assert add_months(earlier, years) <= add_months(later, years)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 6, 3), -9, date(2026, 9, 3)),
        (date(2024, 6, 3), -9, date(2023, 9, 3)),
        (date(2024, 11, 30), -9, date(2024, 2, 29)),
        (date(2023, 11, 30), -9, date(2023, 2, 28)),
        (date(2024, 5, 31), -3, date(2024, 2, 29)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 4, 30)),
        (date(2024, 12, 31), 1, date(2025, 1, 31)),
        (date(2024, 1, 1), -1, date(2023, 12, 1)),
        (date(2024, 8, 31), 0, date(2024, 8, 31)),
    ],
)
def test_months_keep_the_day_or_take_the_last_of_the_month(
    day: date, months: int, expected: date
) -> None:
    assert add_months(day, months) == expected


@given(day=days, months=st.integers(-600, 600))
def test_months_clamp_only_to_the_end_of_the_month(day: date, months: int) -> None:
    ends = add_months(day, months)
    assert (ends.year * 12 + ends.month) - (day.year * 12 + day.month) == months
    assert ends.day == min(day.day, monthrange(ends.year, ends.month)[1])


@given(day=days, count=st.integers(-40_000, 40_000))
def test_days_are_counted_from_midnight_to_midnight(day: date, count: int) -> None:
    assert days_between(day, add_days(day, count)) == count
    assert add_days(day, count) - day == timedelta(days=count)


@given(day=days)
def test_last_valid_day_and_expiry_are_each_others_inverse(day: date) -> None:
    assert expires_on_after(last_valid_day(day)) == day
    assert days_between(last_valid_day(day), day) == 1
