"""When do deadlines cluster, and where? Counted by municipality and month."""

from __future__ import annotations

from typing import Any

import pytest

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_projections import heat_map
from kvob_projections.errors import ChoiceUnknown, DayNotGiven
from kvob_projections.heat_map import HeatMap, HeatMapQuery, MonthsOutOfRange
from tests.projections.desk import TODAY, Desk, day, estate, fact, group

AWARD = fact("award", "2024-01-15")
SOEST = estate("De Grachten", "Soest", AWARD)
TWO = estate("Groenpark", "Aalsmeer/Uithoorn", fact("award", "2024-02-29"))
STROKE = estate("Grensland", "Bergen op Zoom", fact("award", "2024-03-01"))


def asked(desk: Desk, **filters: Any) -> HeatMap:
    """The map on the day of the tests."""
    return heat_map.read(desk.read, HeatMapQuery(day=TODAY, **filters))


def counted(found: HeatMap) -> dict[str, dict[str, int]]:
    """The counts above zero, by municipality and month."""
    return {
        row.municipality: {
            f"{month:%Y-%m}": count
            for month, count in zip(found.months, row.counts, strict=True)
            if count
        }
        for row in found.rows
    }


def test_expiries_are_counted_by_municipality_and_month(desk: Desk) -> None:
    twin = estate("De Twee Grachten", "SOEST", AWARD)
    found = asked(desk.given(SOEST, twin, STROKE))
    assert counted(found) == {"Bergen op Zoom": {"2027-03": 1}, "SOEST": {"2027-01": 2}}
    assert [row.total for row in found.rows] == [1, 2]
    assert found.total == 3


def test_twelve_months_from_this_one_are_shown_without_gaps(desk: Desk) -> None:
    found = asked(desk.given(SOEST))
    assert found.months[0] == day("2026-11-01")
    assert found.months[-1] == day("2027-10-01")
    assert len(found.months) == 12
    assert found.counts == (0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)


def test_an_estate_counts_in_each_of_its_municipalities_and_once_in_the_total(desk: Desk) -> None:
    found = asked(desk.given(TWO))
    assert counted(found) == {"Aalsmeer": {"2027-02": 1}, "Uithoorn": {"2027-02": 1}}
    assert found.total == 1


def test_a_municipality_asked_for_has_the_only_row(desk: Desk) -> None:
    found = asked(desk.given(TWO, SOEST), municipality="uithóórn")
    assert counted(found) == {"Uithoorn": {"2027-02": 1}}


def test_a_name_with_a_stroke_in_it_is_one_municipality(desk: Desk) -> None:
    odd = group("Twee", "x", fact("award", "2024-02-29")).fold()
    odd.municipalities = ("Ouder/Amstel", "Diemen")
    found = asked(desk.holds(odd), groups=True)
    assert counted(found) == {"Diemen": {"2027-02": 1}, "Ouder/Amstel": {"2027-02": 1}}


def test_what_cannot_be_told_apart_is_one_place(desk: Desk) -> None:
    odd = estate("Raar", "Bergen|Noord", fact("award", "2024-02-29"))
    assert counted(asked(desk.given(odd))) == {"Bergen|Noord": {"2027-02": 1}}


def test_another_kind_and_other_months_can_be_asked_for(desk: Desk) -> None:
    found = asked(
        desk.given(SOEST),
        kind=DeadlineKind.REMINDER,
        first=day("2026-04-30"),
        last=day("2026-10-01"),
    )
    assert counted(found) == {"Soest": {"2026-04": 1, "2026-07": 1, "2026-10": 1}}
    assert len(found.months) == 7


def test_groups_are_counted_only_when_asked_for(desk: Desk) -> None:
    desk.given(group("Alle terreinen van Weert", "Weert", AWARD))
    assert asked(desk).rows == ()
    assert counted(asked(desk, groups=True)) == {"Weert": {"2027-01": 1}}


@pytest.mark.parametrize(
    ("first", "last"), [("2027-02-01", "2027-01-31"), ("2026-01-01", "2036-01-01")]
)
def test_no_month_and_more_than_ten_years_are_refused(desk: Desk, first: str, last: str) -> None:
    with pytest.raises(MonthsOutOfRange):
        asked(desk, first=day(first), last=day(last))


def test_ten_years_are_allowed(desk: Desk) -> None:
    found = asked(desk, first=day("2026-01-01"), last=day("2035-12-31"))
    assert len(found.months) == heat_map.MOST_MONTHS


def test_a_kind_that_does_not_exist_is_refused(desk: Desk) -> None:
    with pytest.raises(ChoiceUnknown):
        asked(desk, kind="party")


def test_a_question_without_a_day_is_refused(desk: Desk) -> None:
    with pytest.raises(DayNotGiven):
        heat_map.read(desk.read, HeatMapQuery())
