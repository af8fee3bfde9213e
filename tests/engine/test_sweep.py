"""What does a sweep give, and when? Every notice that fell due, once, dated on its own day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands.deadlines import (
    ExtendDeadline,
    GiveNotice,
    ReplanDeadline,
    WaiveDeadline,
)
from kvob_domain.estate.commands.oversight import ApproveAct
from kvob_domain.estate.commands.standing import EvaluateYear
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_workflow import DueQuery, EstateId, FactKind, GapUnconfirmed
from kvob_workflow.testing import DECIDER, SECOND_DECIDER
from tests.engine.sweep_world import World, fact, noon

AWARDED = date(2021, 6, 3)
FIRST_YEAR = "evaluation 1 2022-06-03"
WHOLE_TERM = [
    FIRST_YEAR,
    "evaluation 2 2023-06-03",
    "reminder 1 2023-09-03",
    "reminder 2 2023-12-03",
    "renewal_start 1 2023-12-03",
    "reminder 3 2024-03-03",
    "term_evaluation 3 2024-06-02",
    "expiry 1 2024-06-03",
]
DAY = timedelta(days=1)


@pytest.fixture
def world() -> Iterator[World]:
    with World(AWARDED) as made:
        yield made


@pytest.fixture
def estate(world: World) -> EstateId:
    return world.awarded("Noord", on=AWARDED)[0]


def evaluated(estate: EstateId, on: date) -> EvaluateYear:
    return EvaluateYear(estate=estate, on=on)


def test_an_empty_store_owes_nothing(world: World) -> None:
    report = world.engine.sweep()
    assert (report.given, report.estates, report.held) == (0, 0, ())
    assert report.next_due_on is None
    assert report.swept_at == world.clock.at


def test_before_the_day_nothing_is_given_and_the_day_is_told(
    world: World, estate: EstateId
) -> None:
    report = world.sweep_at(noon(date(2022, 6, 2)))
    assert (report.given, report.next_due_on) == (0, date(2022, 6, 3))
    assert world.engine.next_due_on() == date(2022, 6, 3)
    assert world.notices(estate) == []


def test_a_notice_is_given_once_however_often_somebody_sweeps(
    world: World, estate: EstateId
) -> None:
    reports = [world.sweep_at(noon(date(2022, 6, 3)) + hour * DAY / 24) for hour in range(5)]
    assert [one.given for one in reports] == [1, 0, 0, 0, 0]
    assert reports[0].next_due_on == date(2023, 6, 3)
    assert world.node().sweep().given == 0
    assert world.notices(estate) == [FIRST_YEAR]


def test_a_notice_is_dated_on_its_day_and_recorded_now_by_the_alarm_clock(
    world: World, estate: EstateId
) -> None:
    late = noon(date(2022, 7, 4))
    world.sweep_at(late)
    recorded = world.store.stream(estate)[-1]
    assert recorded.event.occurred.text == "2022-06-03"
    assert recorded.at == late
    assert (recorded.by, recorded.role, recorded.via) == ("alarm", "alarm", "alarm")
    assert recorded.command is None


def test_after_three_years_off_a_person_confirms_before_anything_is_given(
    world: World, estate: EstateId
) -> None:
    with pytest.raises(GapUnconfirmed) as refused:
        world.sweep_at(noon(date(2024, 11, 23)))
    error = refused.value
    assert (error.days, error.since, error.now) == (1269, AWARDED, date(2024, 11, 23))
    assert "1269 dagen" in error.message("nl")
    assert "1269 days" in error.message("en")
    assert "kvob sweep --confirm" in error.message("nl")
    assert world.notices(estate) == []
    assert world.sweep_at(world.clock.at, confirm=True).given == len(WHOLE_TERM)
    assert world.notices(estate) == WHOLE_TERM
    assert world.engine.sweep().given == 0


def test_an_act_gives_what_its_estate_is_owed_however_long_nobody_swept(
    world: World, estate: EstateId
) -> None:
    world.clock.at = noon(date(2022, 7, 20))
    done = world.engine.do(evaluated(estate, date(2022, 7, 20)))
    assert [one.event.occurred.text for one in done.notices] == ["2022-06-03"]
    with pytest.raises(GapUnconfirmed):
        world.engine.sweep()
    assert world.engine.sweep(confirm=True).given == 0


def test_four_hundred_days_off_ask_for_nobody(world: World, estate: EstateId) -> None:
    at = noon(AWARDED) + timedelta(days=400)
    assert world.sweep_at(at).given == 1
    with pytest.raises(GapUnconfirmed):
        world.sweep_at(at + timedelta(days=400, seconds=1))


def test_after_years_the_notices_of_all_estates_stand_in_the_order_of_their_days(
    world: World,
) -> None:
    for number, name in enumerate(("Zuid", "Noord", "West", "Oost")):
        world.awarded(name, on=AWARDED + number * 45 * DAY)
    world.sweep_at(noon(date(2026, 11, 23)), confirm=True)
    every = world.every_notice()
    days = [notice.rsplit(" ", 1)[1] for _, notice in every]
    assert len(every) == 4 * len(WHOLE_TERM)
    assert days == sorted(days)
    assert [notice for name, notice in every if name == "Zuid"] == WHOLE_TERM


def test_the_order_of_days_holds_across_batches(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kvob_workflow.engine.sweeping._AT_ONCE", 3)
    for number, name in enumerate(("Zuid", "Noord", "West", "Oost")):
        world.awarded(name, on=AWARDED + number * 45 * DAY)
    report = world.sweep_at(noon(date(2026, 11, 23)), confirm=True)
    days = [notice.rsplit(" ", 1)[1] for _, notice in world.every_notice()]
    assert (report.given, report.estates) == (32, 4)
    assert days == sorted(days)


def test_an_import_announces_nothing_old_but_what_is_still_to_come(world: World) -> None:
    world.clock.at = noon(date(2023, 11, 1))
    outcomes = world.engine.take_facts([fact("Noord", FactKind.AWARD, AWARDED)])
    estate = outcomes[0].estate
    assert estate is not None
    assert world.engine.sweep().given == 0
    statuses = {row.kind: row.notice for row in world.engine.due(DueQuery(overdue=True)).items}
    assert statuses["reminder"] == "pending"
    world.sweep_at(noon(date(2024, 6, 3)))
    assert world.notices(estate) == WHOLE_TERM[3:]


def test_a_command_gives_what_is_owed_first_in_one_transaction(
    world: World, estate: EstateId
) -> None:
    world.clock.at = noon(date(2022, 6, 10))
    outcome = world.engine.do(evaluated(estate, date(2022, 6, 10)))
    (notice,) = outcome.notices
    assert notice.event.occurred.text == "2022-06-03"
    assert (notice.version, outcome.events[0].version) == (3, 4)
    assert (notice.by, outcome.events[0].by) == ("alarm", "guide-1")
    assert world.notices(estate) == [FIRST_YEAR]
    assert world.engine.sweep().given == 0


def test_notices_and_command_are_written_together_or_not_at_all(
    world: World, estate: EstateId
) -> None:
    world.clock.at = noon(date(2022, 6, 10))
    world.store.fail_after(0)
    with pytest.raises(Exception, match="the machine stopped"):
        world.engine.do(evaluated(estate, date(2022, 6, 10)))
    assert world.notices(estate) == []
    assert len(world.engine.do(evaluated(estate, date(2022, 6, 10))).notices) == 1


def test_facts_that_come_in_give_what_is_owed_first(world: World, estate: EstateId) -> None:
    world.clock.at = noon(date(2022, 6, 10))
    world.engine.take_facts([fact("Noord", FactKind.EVALUATION, "2022-06-09")])
    recorded = world.store.stream(estate)
    assert [type(one.event).__name__ for one in recorded[-2:]] == [
        "NoticeGiven",
        "PastFactRecorded",
    ]


def test_a_command_that_is_refused_or_rehearsed_gives_no_notice(
    world: World, estate: EstateId
) -> None:
    world.clock.at = noon(date(2022, 6, 10))
    with pytest.raises(Rejected):
        world.engine.do(evaluated(estate, date(2022, 6, 11)))
    rehearsed = world.engine.do(evaluated(estate, date(2022, 6, 10)), dry_run=True)
    assert len(rehearsed.notices) == 1
    assert world.notices(estate) == []


def test_a_notice_that_a_person_gives_is_not_given_again(world: World, estate: EstateId) -> None:
    world.clock.at = noon(date(2022, 6, 3))
    command = GiveNotice(estate=estate, on=date(2022, 6, 3), kind=DeadlineKind.EVALUATION)
    outcome = world.engine.do(command)
    assert outcome.notices == ()
    assert outcome.events[0].by == "guide-1"
    assert world.engine.sweep().given == 0
    assert world.notices(estate) == []


def test_an_extended_deadline_is_announced_on_its_new_day_only(
    world: World, estate: EstateId
) -> None:
    asked = date(2022, 5, 2)
    world.clock.at = noon(asked)
    extension = ExtendDeadline(
        estate=estate,
        on=asked,
        kind=DeadlineKind.EVALUATION,
        due_on=date(2022, 9, 1),
        reason="verhuizing",
    )
    world.engine.do(extension)
    assert world.sweep_at(noon(asked)).given == 0
    assert world.engine.next_due_on() == date(2022, 9, 1)
    assert world.sweep_at(noon(date(2022, 8, 31))).given == 0
    assert world.sweep_at(noon(date(2022, 9, 1))).given == 1
    assert world.notices(estate) == ["evaluation 1 2022-09-01"]


def test_a_deadline_extended_after_its_notice_is_announced_again_on_its_new_day(
    world: World, estate: EstateId
) -> None:
    asked = date(2022, 6, 5)
    world.sweep_at(noon(asked))
    extension = ExtendDeadline(
        estate=estate,
        on=asked,
        kind=DeadlineKind.EVALUATION,
        due_on=date(2022, 9, 1),
        reason="verhuizing",
    )
    world.engine.do(extension)
    world.sweep_at(noon(date(2022, 9, 1)))
    assert world.notices(estate) == [FIRST_YEAR, "evaluation 1 2022-09-01"]


def test_a_reminder_replanned_to_an_earlier_day_is_given_then(
    world: World, estate: EstateId
) -> None:
    asked = date(2022, 6, 10)
    world.sweep_at(noon(asked))
    world.engine.do(
        ReplanDeadline(
            estate=estate,
            on=asked,
            kind=DeadlineKind.REMINDER,
            due_on=date(2022, 12, 1),
            reason="vroeg beginnen",
        )
    )
    world.sweep_at(noon(date(2023, 6, 2)))
    assert world.notices(estate) == [FIRST_YEAR, "reminder 1 2022-12-01"]


def test_a_waived_deadline_is_never_announced(world: World, estate: EstateId) -> None:
    asked = date(2022, 5, 2)
    world.clock.at = noon(asked)
    waiver = WaiveDeadline(
        estate=estate, on=asked, kind=DeadlineKind.EVALUATION, reason="pas begonnen"
    )
    world.engine.do(waiver, actor=DECIDER)
    proposal = world.engine.state(estate).proposals[-1].id
    approval = ApproveAct(estate=estate, on=asked, proposal=proposal)
    world.engine.do(approval, actor=SECOND_DECIDER)
    world.engine.sweep()
    world.sweep_at(noon(date(2023, 6, 2)))
    assert world.notices(estate) == []
