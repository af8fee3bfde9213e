"""How far ahead is a window? Counted from the day asked, its last day included."""

from __future__ import annotations

from datetime import date

import pytest

from kvob_workflow.cli.windows import WindowMalformed, until_of

DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("0d", DAY),
        ("90d", date(2027, 2, 28)),
        ("12w", date(2027, 2, 22)),
        ("3m", date(2027, 2, 28)),
        ("6m", date(2027, 5, 30)),
        ("1y", date(2027, 11, 30)),
        ("1j", date(2027, 11, 30)),
        (" 2 W ", date(2026, 12, 14)),
    ],
)
def test_a_window_ends_so_many_days_weeks_months_or_years_later(text: str, until: date) -> None:
    assert until_of(text, DAY) == until


def test_without_a_window_there_is_no_end() -> None:
    assert until_of(None, DAY) is None


@pytest.mark.parametrize("text", ["", "90", "d", "-1d", "1.5y", "٣d", "1 maand", "9999y"])
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(WindowMalformed) as refused:
        until_of(text, DAY)
    assert "90d" in refused.value.message("nl")
    assert "90d" in refused.value.message("en")
