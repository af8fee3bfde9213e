"""The deadlines: what falls due, by which rule, and what is still owed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kvob_domain.estate.deadlines import DeadlineKind
from kvob_projections.deadlines import DueQuery, DueRow
from tests.projections import cycle
from tests.projections.desk import Desk, day, fact, group
from tests.projections.samples import SOEST, UNDATED, zilverhoek

HELD = zilverhoek(cycle.CERTIFIED)
ASKED = DueQuery(day=day("2023-09-03"))


def due(desk: Desk, query: DueQuery) -> list[tuple[str, int, str]]:
    """Kind, ordinal and day of what falls due."""
    return [(row.kind, row.ordinal, row.due_on.isoformat()) for row in desk.due(query)]


def test_a_deadline_explains_itself(desk: Desk) -> None:
    desk.given(HELD)
    assert desk.due(replace(ASKED, until=day("2023-09-03"))) == (
        DueRow(
            estate_id=HELD.id,
            estate="De Zilverhoek",
            municipality="Voorbeeldstad",
            kind="reminder",
            ordinal=1,
            due_on=day("2023-09-03"),
            moot_on=day("2024-06-03"),
            overdue=False,
            anchor_on=day("2024-06-03"),
            anchor_version=17,
            rule="reminder_months:9",
            holder="practice",
            source="https://werkveldvorden.nl/voldoende-respons-kvob-audit-gaat-door/",
            estimated=False,
            level="Basis Samenwerken",
            edition="kvo-3.1",
            computed_on=day("2023-09-03"),
            reason="",
            notice="silent",  # the desk wrote it all down afterwards
        ),
    )


def test_the_window_has_both_its_days(desk: Desk) -> None:
    desk.given(HELD)
    assert due(desk, replace(ASKED, until=day("2023-12-03"))) == [
        ("reminder", 1, "2023-09-03"),
        ("reminder", 2, "2023-12-03"),
        ("renewal_start", 1, "2023-12-03"),
    ]


def test_without_an_end_everything_that_comes_is_shown(desk: Desk) -> None:
    desk.given(HELD)
    assert due(desk, replace(ASKED, day=day("2024-03-03"))) == [
        ("reminder", 3, "2024-03-03"),
        ("term_evaluation", 3, "2024-06-02"),
        ("expiry", 1, "2024-06-03"),
    ]


def test_overdue_adds_what_was_due_before_and_is_still_owed(desk: Desk) -> None:
    desk.given(HELD)
    asked = replace(ASKED, day=day("2022-07-01"), until=day("2022-07-31"))
    assert desk.due(asked) == ()
    (row,) = desk.due(replace(asked, overdue=True))
    assert (row.kind, row.due_on, row.overdue) == ("evaluation", day("2022-06-03"), True)


def test_nothing_is_owed_any_more_once_the_certificate_has_run_out(desk: Desk) -> None:
    desk.given(HELD, SOEST)
    assert len(desk.due(DueQuery(day=day("2024-06-02"), until=day("2024-06-02"), overdue=True))) > 5
    expired = DueQuery(day=day("2024-06-03"), overdue=True)
    assert due(desk, expired) == [("expiry", 1, "2024-06-03")]
    assert desk.due(DueQuery(day=day("2024-06-04"), overdue=True)) == ()


def test_an_undated_certificate_has_no_deadlines(desk: Desk) -> None:
    assert desk.given(UNDATED).due(DueQuery(day=day("1990-01-01"))) == ()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (DueQuery(kind=DeadlineKind.EXPIRY), ["De Soestdijkse Grachten", "De Zilverhoek"]),
        (DueQuery(kind=DeadlineKind.EXPIRY, municipality="SOEST"), ["De Soestdijkse Grachten"]),
        (DueQuery(kind=DeadlineKind.EXPIRY, text="zilver"), ["De Zilverhoek"]),
        (DueQuery(kind=DeadlineKind.SUSPENSION_LIMIT), []),
        (
            DueQuery(kind=DeadlineKind.EXPIRY, sort=("-due_on",)),
            ["De Zilverhoek", "De Soestdijkse Grachten"],
        ),
        (
            DueQuery(kind=DeadlineKind.EXPIRY, sort=("-estate",)),
            ["De Zilverhoek", "De Soestdijkse Grachten"],
        ),
        (DueQuery(kind=DeadlineKind.EXPIRY, limit=1, offset=1), ["De Zilverhoek"]),
    ],
)
def test_deadlines_are_filtered_and_sorted(desk: Desk, query: DueQuery, found: list[str]) -> None:
    desk.given(HELD, SOEST)
    rows = desk.due(replace(query, day=day("2022-01-01")))
    assert [row.estate for row in rows] == found


def test_deadlines_of_a_group_are_shown_only_when_asked_for(desk: Desk) -> None:
    desk.given(group("Alle terreinen", "Weert", fact("award", "2024-02-01")))
    asked = DueQuery(day=day("2026-01-01"), kind=DeadlineKind.EXPIRY)
    assert desk.due(asked) == ()
    assert [row.estate for row in desk.due(replace(asked, groups=True))] == ["Alle terreinen"]
