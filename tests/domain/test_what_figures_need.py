"""What does the state keep for figures and for the list of what is stuck?"""

from __future__ import annotations

from datetime import date

import pytest

from kvob_domain.estate.commands.certification import RefuseAward
from kvob_domain.estate.commands.preparation import EndTrajectory
from kvob_domain.estate.commands.standing import SuspendCertificate
from kvob_domain.estate.values import AuditOutcome, EndReason
from kvob_domain.lifecycle.trajectory import Step
from tests.projections import cycle, desk
from tests.projections.desk import does, estate, fact


def test_a_move_tells_the_latest_day_the_reason_of_an_end_and_what_held_then() -> None:
    ended = does(EndTrajectory, "2023-01-10", reason="by_choice")
    moves = estate("A", "Oss", *cycle.CERTIFIED, ended).fold().moves
    assert (moves[0].latest, moves[0].reason, moves[0].held) == (date(2020, 9, 15), None, None)
    assert moves[-1].step is Step.ENDED
    assert (moves[-1].reason, moves[-1].edition) == (EndReason.BY_CHOICE, "kvo-3.1")
    assert moves[-1].held == moves[-2].version == moves[-2].held


def test_a_move_by_a_source_spans_the_days_that_the_source_can_mean() -> None:
    moves = estate("A", "Oss", fact("kickoff", "2019-05", body="Kiwa")).fold().moves
    assert (moves[0].day, moves[0].latest) == (date(2019, 5, 1), date(2019, 5, 31))
    assert moves[0].body == "Kiwa"


def test_audits_and_refusals_stay_after_the_award_closed_the_cycle() -> None:
    refused = does(RefuseAward, "2021-05-27", cycle.DECIDER, reason="drie van vier")
    steps = (*cycle.AUDITED[:-4], refused, *cycle.AUDITED[-4:], cycle.CERTIFIED[-1])
    state = estate("A", "Oss", *steps).fold()
    assert [(one.day, one.outcome) for one in state.audits] == [
        (date(2021, 5, 11), AuditOutcome.POSITIVE)
    ]
    assert [one.on for one in state.refusals] == [date(2021, 5, 27)]
    assert state.certificates[0].decided_on == date(2021, 6, 3)


@pytest.mark.parametrize(
    "later",
    [
        fact("expiry", "2030"),
        does(SuspendCertificate, "2024-01-01", cycle.DECIDER, reason="niets"),
    ],
)
def test_an_end_and_a_proposal_are_no_act(later: desk.Step) -> None:
    award = fact("award", "2023-03-01", last_valid_day="2027-01-01")
    assert estate("A", "Oss", award, later).fold().acted_on == date(2023, 3, 1)


def test_what_is_odd_tells_since_when_it_is_on_record() -> None:
    state = estate("A", "Oss", fact("award", "")).fold()
    assert set(state.noted_at) == {odd.version for odd in state.irregularities}
    assert state.first_at is not None
