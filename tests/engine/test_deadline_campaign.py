"""Does a small campaign find nothing missed and nothing doubled, and would it see it if it did?"""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.deadline_campaign import ZONES, Verdict, campaign
from benchmarks.expected_deadlines import expected


@pytest.mark.parametrize("zone", ZONES)
def test_five_hundred_deadlines_over_eleven_years_are_each_announced_once(
    zone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    verdict = campaign(zone, 500, 11, seed=7)
    assert verdict.is_clean, verdict
    assert verdict.expected >= 500
    assert verdict.troubles > 500


def test_the_model_knows_a_renewal_before_and_after_the_expiry() -> None:
    first, end = date(2016, 2, 29), date(2023, 1, 1)
    assert list(expected((first,), date(2019, 2, 27)))[-1] == "term_evaluation 3 2019-02-27"
    in_time = list(expected((first, date(2018, 12, 1)), end))
    assert "expiry 1 2019-02-28" not in in_time
    assert "evaluation 1 2020-02-28" in in_time
    too_late = list(expected((first, date(2019, 3, 4)), end))
    assert "expiry 1 2019-02-28" in too_late
    assert "expiry 1 2022-03-04" in too_late


def test_a_verdict_is_clean_only_when_nothing_is_wrong() -> None:
    clean = Verdict("UTC", 10, 0, 0, 0, 0, 5, 1.0)
    assert clean.is_clean
    for wrong in (
        clean._replace(missed=1),
        clean._replace(doubled=1),
        clean._replace(unexpected=1),
        clean._replace(wrong_days=1),
    ):
        assert not wrong.is_clean
