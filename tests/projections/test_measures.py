"""The measures: who does what, how far it is, and what is overdue on the day asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kvob_domain.estate.values import Progress
from kvob_projections.measures import MeasureQuery, MeasureRow
from tests.projections import cycle
from tests.projections.desk import Desk, day
from tests.projections.samples import SOEST, zilverhoek

UNDER_WAY = zilverhoek(
    (
        *cycle.CERTIFIED,
        *cycle.progress("2021-09-01", "started", "m-6"),
        *cycle.progress("2021-09-01", "dropped", "m-5"),
    )
)
ASKED = MeasureQuery(day=day("2022-10-01"))


def test_a_measure_shows_its_owner_and_progress(desk: Desk) -> None:
    first = desk.given(UNDER_WAY).measures(ASKED)[0]
    assert first == MeasureRow(
        estate_id=UNDER_WAY.id,
        estate="De Zilverhoek",
        municipality="Voorbeeldstad",
        measure="m-1",
        text="Gevelverlichting",
        owner="Ondernemersvereniging De Zilverhoek",
        owner_role="entrepreneurs",
        tag="safe",
        progress="done",
        due_on=day("2021-03-01"),
        cycle=1,
        overdue=False,
        version=first.version,
    )
    progressed = UNDER_WAY.fold().measure_versions
    assert first.version == progressed["m-1"]
    assert len(set(progressed.values())) > 1


def test_measures_stand_in_the_order_of_the_plan(desk: Desk) -> None:
    rows = desk.given(UNDER_WAY).measures(ASKED)
    assert [row.measure for row in rows] == [f"m-{number}" for number in range(1, 9)]


@pytest.mark.parametrize(
    ("asked", "overdue"),
    [
        ("2022-06-01", []),
        ("2022-06-02", ["m-6"]),
        ("2022-09-02", ["m-6", "m-7"]),
        ("2023-01-02", ["m-6", "m-7", "m-8"]),
    ],
)
def test_planned_and_started_measures_are_overdue_after_their_day(
    desk: Desk, asked: str, overdue: list[str]
) -> None:
    rows = desk.given(UNDER_WAY).measures(replace(ASKED, day=day(asked)))
    assert [row.measure for row in rows if row.overdue] == overdue
    only = desk.measures(replace(ASKED, day=day(asked), overdue_only=True))
    assert [row.measure for row in only] == overdue


@pytest.mark.parametrize(
    ("query", "measures"),
    [
        (
            MeasureQuery(owner="  ondernemersvereniging de ZILVERHOEK "),
            ["m-1", "m-2", "m-5", "m-6"],
        ),
        (MeasureQuery(owner="Ondernemersvereniging"), []),
        (MeasureQuery(progress=Progress.STARTED), ["m-6"]),
        (MeasureQuery(progress=Progress.DROPPED), ["m-5"]),
        (MeasureQuery(municipality="Soest"), []),
        (MeasureQuery(owner="Politie", sort=("-due_on",)), ["m-8"]),
        (MeasureQuery(sort=("due_on",), limit=3, offset=5), ["m-7", "m-8", "m-5"]),
        (MeasureQuery(sort=("-due_on",), limit=2), ["m-8", "m-7"]),
        (MeasureQuery(sort=("-tag",), limit=2, offset=6), ["m-2", "m-8"]),
        (MeasureQuery(sort=("-progress", "-measure"), limit=2), ["m-5", "m-4"]),
    ],
)
def test_measures_are_filtered_and_sorted(
    desk: Desk, query: MeasureQuery, measures: list[str]
) -> None:
    desk.given(UNDER_WAY, SOEST)
    rows = desk.measures(replace(query, day=ASKED.day))
    assert [row.measure for row in rows] == measures


def test_a_new_plan_takes_the_place_of_the_old_one(desk: Desk) -> None:
    rows = desk.given(zilverhoek(cycle.RENEWED)).measures(ASKED)
    assert {(row.progress, row.cycle) for row in rows} == {("planned", 2)}
