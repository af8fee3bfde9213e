"""The board: where every estate stands, what is missing and what falls due."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kvob_domain.estate.commands.identity import RenameEstate
from kvob_domain.estate.commands.preparation import EndTrajectory
from kvob_domain.estate.commands.standing import SuspendCertificate
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections.board import BoardQuery, BoardRow
from tests.projections import cycle
from tests.projections.desk import Desk, day, does, estate, fact, group
from tests.projections.samples import AALSMEER, BAARN, SOEST, UNDATED, zilverhoek


def on(desk: Desk, text: str) -> BoardRow:
    """The only row on a day."""
    (row,) = desk.board(BoardQuery(day=day(text)))
    return row


def test_an_estate_that_is_being_prepared_shows_its_step_and_what_is_missing(desk: Desk) -> None:
    preparing = zilverhoek(cycle.COVENANT)
    assert on(desk.given(preparing), "2021-03-01") == BoardRow(
        estate_id=preparing.id,
        estate="De Zilverhoek",
        municipality="Voorbeeldstad",
        kind="estate",
        step="covenant",
        step_since=day("2021-02-09"),
        cycle=1,
        edition="kvo-3.1",
        status="none",
        level=None,
        level_derived=False,
        valid_from=None,
        expires_on=None,
        estimated=False,
        missing=("covenant", "audit", "measures_done"),
        next_due_on=None,
        next_due_kind=None,
        measures_done=0,
        measures_total=8,
        positive_advice=False,
        irregularities=(),
        approvals=0,
        version=9,
    )


def test_an_estate_with_a_certificate_shows_what_it_holds_on_the_day(desk: Desk) -> None:
    row = on(desk.given(zilverhoek(cycle.CERTIFIED)), "2023-09-03")
    assert (row.step, row.step_since) == ("evaluation", day("2021-06-03"))
    assert (row.status, row.level, row.level_derived) == ("valid", "Basis Samenwerken", True)
    assert (row.valid_from, row.expires_on) == (day("2021-06-03"), day("2024-06-03"))
    assert (row.measures_done, row.measures_total, row.missing) == (4, 8, ())


@pytest.mark.parametrize(
    ("asked", "status", "due_on", "kind"),
    [
        ("2021-06-02", "none", "2022-06-03", "evaluation"),
        ("2023-09-03", "valid", "2023-09-03", "reminder"),
        ("2023-09-04", "valid", "2023-12-03", "reminder"),
        ("2024-06-02", "valid", "2024-06-02", "term_evaluation"),
        ("2024-06-03", "expired", "2024-06-03", "expiry"),
        ("2024-06-04", "expired", None, None),
    ],
)
def test_status_and_next_deadline_follow_the_day_asked(
    desk: Desk, asked: str, status: str, due_on: str | None, kind: str | None
) -> None:
    row = on(desk.given(zilverhoek(cycle.CERTIFIED)), asked)
    assert row.status == status
    assert (row.next_due_on, row.next_due_kind) == (day(due_on) if due_on else None, kind)


def test_an_estate_that_was_only_registered_stands_there_since_its_first_day(desk: Desk) -> None:
    row = on(desk.given(estate("Leeg", "Soest")), "2026-01-01")
    assert (row.step, row.step_since, row.cycle, row.edition) == ("registered", None, 0, None)


def test_a_positive_audit_without_an_award_shows_as_positive_advice(desk: Desk) -> None:
    assert on(desk.given(zilverhoek(cycle.AUDITED)), "2021-06-02").positive_advice


def test_the_award_ends_the_positive_advice(desk: Desk) -> None:
    assert not on(desk.given(zilverhoek(cycle.CERTIFIED)), "2021-06-04").positive_advice


def test_what_sources_leave_open_shows_as_irregularities_once_each(desk: Desk) -> None:
    twice = estate("Twee", "Soest", fact("award", ""), fact("recertification", ""))
    irregularities = on(desk.given(twice), "2026-01-01").irregularities
    assert irregularities == ("date_unknown", "evidence_not_on_record")


def test_an_act_that_waits_for_a_second_person_is_counted(desk: Desk) -> None:
    proposed = does(SuspendCertificate, "2022-03-01", cycle.DECIDER, reason="geen evaluatie")
    desk.given(zilverhoek((*cycle.CERTIFIED, proposed)))
    row = on(desk, "2022-03-02")
    assert (row.approvals, row.status) == (1, "valid")


def test_an_ended_trajectory_shows_that_the_certificate_runs_on(desk: Desk) -> None:
    ended = does(EndTrajectory, "2022-01-10", reason="by_choice")
    row = on(desk.given(zilverhoek((*cycle.CERTIFIED, ended))), "2022-01-11")
    assert (row.step, row.status) == ("ended", "valid")


def test_a_group_works_towards_no_award_and_misses_nothing(desk: Desk) -> None:
    desk.given(group("Alle terreinen", "Weert", fact("covenant", "2024-02-01")), SOEST)
    assert on(desk, "2025-01-01").kind == "estate"
    rows = desk.board(BoardQuery(day=day("2025-01-01"), groups=True))
    assert [(row.estate, row.kind, row.missing) for row in rows] == [
        ("Alle terreinen", "group", ()),
        ("De Soestdijkse Grachten", "estate", ()),
    ]


CASES = (
    SOEST,
    BAARN,
    UNDATED,
    AALSMEER,
    zilverhoek(cycle.RENEWED),
    estate("Winkelerzand", "Niedorp", *cycle.INVENTORY),
)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (BoardQuery(step=Step.INVENTORY), ["Winkelerzand"]),
        (BoardQuery(step=Step.AWARD), ["Groenpark"]),
        (BoardQuery(status=Status.NONE), ["Groenpark", "Winkelerzand"]),
        (BoardQuery(status=Status.VALID), ["De Zilverhoek", "Noordschil"]),
        (BoardQuery(status=Status.EXPIRED), ["De Soestdijkse Grachten"]),
        (BoardQuery(status=Status.UNKNOWN), ["Zuidhoek"]),
        (BoardQuery(level="Continu Samenwerken"), ["De Zilverhoek", "Noordschil"]),
        (BoardQuery(missing=RequirementCode.WALK_ROUND_DARK), ["Groenpark", "Winkelerzand"]),
        (BoardQuery(missing=RequirementCode.COVENANT), ["Winkelerzand"]),
        (BoardQuery(due_before=day("2026-12-03")), []),
        (BoardQuery(due_before=day("2026-12-04")), ["De Zilverhoek"]),
        (BoardQuery(due_before=day("2027-01-01")), ["De Zilverhoek", "Noordschil"]),
        (BoardQuery(status=Status.VALID, municipality="baarn"), ["Noordschil"]),
        (BoardQuery(expires_before=day("2027-06-03")), ["De Soestdijkse Grachten", "Noordschil"]),
        (BoardQuery(expires_from=day("2027-01-01")), ["De Zilverhoek", "Noordschil"]),
        (BoardQuery(expires_from=day("2027-06-04")), []),
    ],
)
def test_the_board_is_filtered(desk: Desk, query: BoardQuery, names: list[str]) -> None:
    desk.given(*CASES)
    rows = desk.board(replace(query, day=day("2026-11-23")))
    assert [row.estate for row in rows] == names


def test_what_is_due_on_the_day_itself_is_not_due_before_it(desk: Desk) -> None:
    desk.given(zilverhoek(cycle.CERTIFIED))
    asked = BoardQuery(day=day("2023-09-03"))
    assert desk.board(replace(asked, due_before=day("2023-09-03"))) == ()
    assert len(desk.board(replace(asked, due_before=day("2023-09-04")))) == 1


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        (("step", "estate"), ["Winkelerzand", "Groenpark", "De Soestdijkse Grachten"]),
        (("-step", "-estate"), ["De Soestdijkse Grachten", "Groenpark", "Winkelerzand"]),
        (("expires_on",), ["De Soestdijkse Grachten"]),
        (("-expires_on",), ["De Soestdijkse Grachten"]),
        (("municipality",), ["Groenpark", "Winkelerzand", "De Soestdijkse Grachten"]),
        (("-step_since",), ["Winkelerzand", "De Soestdijkse Grachten", "Groenpark"]),
        (("next_due_on", "-estate"), ["De Soestdijkse Grachten", "Winkelerzand", "Groenpark"]),
        (("-next_due_on", "estate"), ["De Soestdijkse Grachten", "Groenpark", "Winkelerzand"]),
    ],
)
def test_the_board_is_sorted_by_the_order_of_the_steps_and_unknown_days_last(
    desk: Desk, sort: tuple[str, ...], names: list[str]
) -> None:
    desk.given(SOEST, AALSMEER, CASES[-1])
    rows = desk.board(BoardQuery(day=day("2022-01-01"), sort=sort))
    assert [row.estate for row in rows][: len(names)] == names


def test_a_renamed_estate_is_shown_by_its_new_name_and_found_by_the_old_one(desk: Desk) -> None:
    renamed = does(RenameEstate, "2020-01-01", name="Zonnehoek")
    desk.given(estate("De Zilverhoek", "Voorbeeldstad", renamed))
    rows = desk.board(BoardQuery(day=day("2026-01-01"), text="zilverhoek"))
    assert [row.estate for row in rows] == ["Zonnehoek"]


def test_a_period_of_expiry_holds_its_first_day_and_not_its_last(desk: Desk) -> None:
    desk.given(zilverhoek(cycle.CERTIFIED))
    asked = BoardQuery(day=day("2023-09-03"), expires_from=day("2024-06-03"))
    assert len(desk.board(asked)) == 1
    assert desk.board(replace(asked, expires_from=day("2024-06-04"))) == ()
    assert len(desk.board(replace(asked, expires_before=day("2024-06-04")))) == 1
    assert desk.board(replace(asked, expires_before=day("2024-06-03"))) == ()


def test_who_has_no_certificate_expires_at_no_time(desk: Desk) -> None:
    desk.given(estate("Leeg", "Soest"), UNDATED)
    asked = BoardQuery(day=day("2026-11-23"))
    assert desk.board(replace(asked, expires_from=day("1900-01-01"))) == ()
    assert desk.board(replace(asked, expires_before=day("2199-12-31"))) == ()


@pytest.mark.parametrize(
    ("asked", "is_overdue"),
    [("2022-06-03", False), ("2022-06-04", True), ("2024-06-02", True), ("2024-06-03", False)],
)
def test_overdue_is_what_was_due_before_the_day_and_can_still_be_done(
    desk: Desk, asked: str, is_overdue: bool
) -> None:
    desk.given(zilverhoek(cycle.CERTIFIED), estate("Leeg", "Soest"))
    rows = desk.board(BoardQuery(day=day(asked), overdue=True))
    assert [row.estate for row in rows] == (["De Zilverhoek"] if is_overdue else [])


def test_the_board_shows_what_waits_for_a_second_person(desk: Desk) -> None:
    proposed = does(SuspendCertificate, "2022-03-01", cycle.DECIDER, reason="geen evaluatie")
    desk.given(zilverhoek((*cycle.CERTIFIED, proposed)), SOEST)
    rows = desk.board(BoardQuery(day=day("2022-03-02"), approvals=True))
    assert [row.estate for row in rows] == ["De Zilverhoek"]
