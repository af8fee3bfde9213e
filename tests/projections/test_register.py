"""The register: the certificate that every estate holds on the day asked."""

from __future__ import annotations

import pytest

from kvob_domain.lifecycle.certificate import Status
from kvob_projections.register import RegisterQuery, RegisterRow
from tests.projections import cycle
from tests.projections.desk import Desk, History, day, estate, fact, group
from tests.projections.samples import BAARN, ENDED_ONLY, SOEST, UNDATED, zilverhoek

Stated = tuple[str, str, str | None]
RENEWAL_OF_2012: Stated = ("recertification", "2012-05-01", None)
ENDED_2011: Stated = ("award", "", "2011-06-01")
RENEWED_2011: Stated = ("recertification", "", "2011-06-01")


def on(desk: Desk, text: str) -> RegisterRow:
    """The only row on a day."""
    (row,) = desk.register(RegisterQuery(day=day(text)))
    return row


def statuses(desk: Desk, *days: str) -> list[str]:
    """The status of the only estate on each of the days; empty where it is absent."""
    rows = [desk.register(RegisterQuery(day=day(text))) for text in days]
    return [found[0].status if found else "" for found in rows]


def test_de_soestdijkse_grachten_is_valid_for_three_years_and_then_expired(desk: Desk) -> None:
    desk.given(SOEST)
    days = ("2019-10-09", "2019-10-10", "2022-10-09", "2022-10-10", "2030-01-01")
    assert statuses(desk, *days) == ["", "valid", "valid", "expired", "expired"]


def test_an_imported_award_is_shown_with_everything_known_of_it(desk: Desk) -> None:
    assert on(desk.given(SOEST), "2020-01-15") == RegisterRow(
        estate_id=SOEST.id,
        estate="De Soestdijkse Grachten",
        municipality="Soest",
        kind="estate",
        status="valid",
        level="Basis Samenwerken",
        level_derived=True,
        valid_from=day("2019-10-10"),
        expires_on=day("2022-10-10"),
        estimated=False,
        certificate_number=1,
        last_valid_day=day("2022-10-09"),
        body=None,
        start_basis="award",
        end_basis="computed",
        version=2,
    )


def test_baarn_is_valid_through_2026_as_the_sources_say(desk: Desk) -> None:
    desk.given(BAARN)
    days = ("2020-12-31", "2023-12-31", "2024-01-01", "2026-12-31", "2027-01-01")
    assert statuses(desk, *days) == ["", "valid", "valid", "valid", "expired"]


def test_a_period_known_by_its_years_is_marked_estimated(desk: Desk) -> None:
    row = on(desk.given(BAARN), "2025-06-01")
    assert (row.certificate_number, row.level, row.level_derived) == (
        2,
        "Continu Samenwerken",
        False,
    )
    assert (row.valid_from, row.last_valid_day) == (day("2024-01-01"), day("2026-12-31"))
    assert (row.estimated, row.end_basis) == (True, "expiry_fact")


def test_a_renewal_before_the_expiry_begins_when_the_old_certificate_ends(desk: Desk) -> None:
    desk.given(zilverhoek(cycle.RENEWED))
    before, after = on(desk, "2024-06-02"), on(desk, "2024-06-03")
    assert (before.certificate_number, before.level) == (1, "Basis Samenwerken")
    assert (after.certificate_number, after.level) == (2, "Continu Samenwerken")
    assert (after.valid_from, after.start_basis) == (day("2024-06-03"), "old_expiry")
    assert statuses(desk, "2027-06-02", "2027-06-03") == ["valid", "expired"]


def test_a_suspension_shows_from_its_day_until_it_is_lifted(desk: Desk) -> None:
    stage = (*cycle.CERTIFIED, *cycle.suspended("2022-03-01", 18), cycle.restored("2022-04-01"))
    desk.given(zilverhoek(stage))
    days = ("2022-02-28", "2022-03-01", "2022-03-31", "2022-04-01", "2024-06-03")
    assert statuses(desk, *days) == ["valid", "suspended", "suspended", "valid", "expired"]


def test_a_suspended_certificate_expires_all_the_same(desk: Desk) -> None:
    desk.given(zilverhoek((*cycle.CERTIFIED, *cycle.suspended("2022-03-01", 18))))
    assert statuses(desk, "2024-06-02", "2024-06-03") == ["suspended", "expired"]


def test_a_withdrawn_certificate_stays_withdrawn_after_its_term(desk: Desk) -> None:
    desk.given(zilverhoek((*cycle.CERTIFIED, *cycle.withdrawn("2022-03-01", 18))))
    days = ("2022-02-28", "2022-03-01", "2024-06-02", "2024-06-03")
    assert statuses(desk, *days) == ["valid", "withdrawn", "withdrawn", "withdrawn"]


def test_an_undated_certificate_is_unknown_on_every_day(desk: Desk) -> None:
    desk.given(UNDATED)
    assert statuses(desk, "1990-01-01", "2026-11-23") == ["unknown", "unknown"]
    row = on(desk, "2026-11-23")
    assert (row.valid_from, row.expires_on, row.last_valid_day) == (None, None, None)


def test_an_unknown_beginning_is_kept_as_an_empty_text(desk: Desk) -> None:
    desk.given(UNDATED)
    found = desk.connection.execute("SELECT from_day, until_day, valid_from FROM view_register")
    assert [tuple(row) for row in found] == [("", None, None)]


def test_a_certificate_of_before_the_first_edition_has_an_unknown_term(desk: Desk) -> None:
    desk.given(estate("Pionier", "Soest", fact("award", "1999-05-01")))
    assert statuses(desk, "1999-04-30", "1999-05-01", "2026-11-23") == ["", "unknown", "unknown"]
    assert on(desk, "2026-11-23").end_basis == "unknown"


def test_a_certificate_known_only_by_its_end_is_unknown_before_and_expired_after(
    desk: Desk,
) -> None:
    desk.given(ENDED_ONLY)
    days = ("2000-01-01", "2015-12-31", "2016-01-01")
    assert statuses(desk, *days) == ["unknown", "unknown", "expired"]


def test_an_estate_without_any_certificate_is_absent(desk: Desk) -> None:
    desk.given(zilverhoek(cycle.AUDITED), SOEST)
    assert [row.estate for row in desk.register(RegisterQuery(day=day("2022-01-01")))] == [
        "De Soestdijkse Grachten"
    ]


@pytest.mark.parametrize(
    ("facts", "days", "numbers"),
    [
        (  # the undated award can only follow the first one's end in 2013; the renewal is of 2012
            [("award", "2010-05-01", "2013-04-30"), ("award", "", None), RENEWAL_OF_2012],
            ("2012-06-01", "2013-04-30", "2013-05-01", "2014-06-01"),
            [1, 1, 3, 3],
        ),
        (  # two undated awards that ended before the dated one began: around it, not in it
            [
                ("award", "2012-01-01", "2014-12-30"),
                ENDED_2011,
                ("recertification", "", "2011-06-01"),
            ],
            ("2011-06-02", "2011-12-31", "2012-01-01", "2014-12-30", "2014-12-31"),
            [3, 3, 1, 1, 1],
        ),
    ],
)
def test_certificates_that_overlap_in_the_sources_give_one_row_a_day(
    desk: Desk, facts: list[Stated], days: tuple[str, ...], numbers: list[int]
) -> None:
    steps = [fact(kind, on, **({"last_valid_day": end} if end else {})) for kind, on, end in facts]
    desk.given(estate("Overlap", "Soest", *steps))
    assert [on(desk, text).certificate_number for text in days] == numbers


CASES = (SOEST, BAARN, UNDATED, zilverhoek(cycle.RENEWED))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (RegisterQuery(status=Status.VALID), ["De Zilverhoek", "Noordschil"]),
        (RegisterQuery(status=Status.EXPIRED), ["De Soestdijkse Grachten"]),
        (RegisterQuery(status=Status.UNKNOWN), ["Zuidhoek"]),
        (RegisterQuery(level="continu samenwerken"), ["De Zilverhoek", "Noordschil"]),
        (RegisterQuery(due_before=day("2027-01-01")), ["De Soestdijkse Grachten"]),
        (RegisterQuery(due_before=day("2027-01-02")), ["De Soestdijkse Grachten", "Noordschil"]),
    ],
)
def test_the_register_is_filtered(desk: Desk, query: RegisterQuery, names: list[str]) -> None:
    desk.given(*CASES)
    rows = desk.register(on_day(query, "2026-11-23"))
    assert [row.estate for row in rows] == names


def on_day(query: RegisterQuery, text: str) -> RegisterQuery:
    """The query asked on a day."""
    return RegisterQuery(
        day=day(text), status=query.status, level=query.level, due_before=query.due_before
    )


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ((), ["De Soestdijkse Grachten", "De Zilverhoek", "Noordschil", "Zuidhoek"]),
        (("-estate",), ["Zuidhoek", "Noordschil", "De Zilverhoek", "De Soestdijkse Grachten"]),
        (("expires_on",), ["De Soestdijkse Grachten", "Noordschil", "De Zilverhoek", "Zuidhoek"]),
        (("-expires_on",), ["De Zilverhoek", "Noordschil", "De Soestdijkse Grachten", "Zuidhoek"]),
        (
            ("status", "-estate"),
            ["Noordschil", "De Zilverhoek", "De Soestdijkse Grachten", "Zuidhoek"],
        ),
    ],
)
def test_the_register_is_sorted_with_unknown_days_last(
    desk: Desk, sort: tuple[str, ...], names: list[str]
) -> None:
    desk.given(*reversed(CASES))
    rows = desk.register(RegisterQuery(day=day("2026-11-23"), sort=sort))
    assert [row.estate for row in rows] == names


def test_a_group_is_shown_only_when_asked_for(desk: Desk) -> None:
    everything: History = group("Alle terreinen", "Weert", fact("award", "2024-02-01"))
    desk.given(everything, SOEST)
    asked = RegisterQuery(day=day("2025-01-01"), groups=True)
    assert [(row.estate, row.kind) for row in desk.register(asked)] == [
        ("Alle terreinen", "group"),
        ("De Soestdijkse Grachten", "estate"),
    ]
    assert on(desk, "2025-01-01").estate == "De Soestdijkse Grachten"
