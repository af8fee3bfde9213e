"""Which notices are owed, and when are they no longer? Once each, however late somebody looks."""

from datetime import date

import pytest

from kvob_domain.estate.commands.deadlines import ReplanDeadline, WaiveDeadline
from kvob_domain.estate.commands.preparation import EndTrajectory
from kvob_domain.estate.commands.standing import (
    EvaluateYear,
    SuspendCertificate,
    WithdrawCertificate,
)
from kvob_domain.estate.deadlines import DeadlineKind, deadlines
from kvob_domain.estate.deadlines.owed import notice_of, notice_status
from kvob_domain.estate.events.deadlines import CertificateExpired, NoticeGiven
from kvob_domain.estate.values import EndReason
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.testing import Scenario
from tests.domain.asking import (
    ESTATE,
    RENEWAL,
    Given,
    approve,
    award,
    fact,
    register,
    up_to,
)
from tests.domain.noticing import announced, due, lived, told

FIRST_YEAR = ("evaluation", 1, "2022-06-03")
WHOLE_TERM = [
    FIRST_YEAR,
    ("evaluation", 2, "2023-06-03"),
    ("reminder", 1, "2023-09-03"),
    ("reminder", 2, "2023-12-03"),
    ("renewal_start", 1, "2023-12-03"),
    ("reminder", 3, "2024-03-03"),
    ("term_evaluation", 3, "2024-06-02"),
    ("expiry", 1, "2024-06-03"),
]


@pytest.fixture
def standing(given: Given) -> Scenario:
    """A certificate that was awarded, and recorded, on 3 June 2021."""
    return lived(given(), *up_to(Step.EVALUATION))


def test_nothing_is_owed_before_the_day_and_one_notice_from_the_day_on(
    standing: Scenario,
) -> None:
    assert told(standing, date(2022, 6, 2)) == []
    assert told(standing, date(2022, 6, 3)) == [FIRST_YEAR]
    assert told(standing, date(2022, 12, 31)) == [FIRST_YEAR]


def test_a_notice_that_was_given_is_not_owed_again(standing: Scenario) -> None:
    story = announced(standing, date(2022, 6, 3))
    assert told(story, date(2022, 6, 4)) == []
    assert told(story, date(2023, 6, 3)) == [("evaluation", 2, "2023-06-03")]
    statuses = {
        one.ordinal: notice_status(story.state, one)
        for one in deadlines(story.state, story.book)
        if one.kind is DeadlineKind.EVALUATION
    }
    assert statuses == {1: "given", 2: "pending"}


def test_after_years_of_silence_everything_is_owed_by_day_then_kind(standing: Scenario) -> None:
    assert told(standing, date(2026, 11, 23)) == WHOLE_TERM


def test_a_late_notice_is_dated_on_the_day_it_fell_due(standing: Scenario) -> None:
    story = announced(standing, date(2026, 11, 23))
    notices = [one for one in story.history if isinstance(one.event, NoticeGiven)]
    assert [f"{one.event.occurred}" for one in notices] == [day for _, _, day in WHOLE_TERM[:-1]]
    assert {one.at.date() for one in notices} == {date(2026, 11, 23)}
    last = story.history[-1].event
    assert isinstance(last, CertificateExpired)
    assert last.on == date(2024, 6, 3)
    assert told(story, date(2036, 1, 1)) == []


def test_the_notice_of_a_deadline_says_what_the_deadline_says(standing: Scenario) -> None:
    for one in due(standing, date(2026, 11, 23)):
        notice = notice_of(one)
        assert notice.key == one.key
        assert (notice.anchor_on, notice.anchor_version) == (one.anchor_on, one.anchor_version)
        assert (notice.rule, notice.holder, notice.estimated) == (one.rule, one.holder, False)
        if isinstance(notice, NoticeGiven):
            assert notice.expires_on == date(2024, 6, 3)


def test_what_was_due_before_it_became_known_stays_silent(given: Given) -> None:
    known = date(2026, 11, 23)
    story = given(register(on=""), fact("award", "2015-06")).on(known)
    assert told(story, date(2050, 1, 1)) == []
    assert {notice_status(story.state, one) for one in deadlines(story.state, story.book)} == {
        "silent"
    }


def test_of_a_certificate_that_was_imported_halfway_the_rest_is_announced(given: Given) -> None:
    story = given(register(on=""), fact("award", "2024-02-29"))
    assert told(story, date(2026, 11, 23)) == []
    assert told(story, date(2030, 1, 1)) == [
        ("reminder", 3, "2026-11-28"),
        ("term_evaluation", 3, "2027-02-27"),
        ("expiry", 1, "2027-02-28"),
    ]


def test_what_falls_due_on_the_day_it_becomes_known_is_announced(given: Given) -> None:
    story = given(register(on=""), fact("expiry", "2026-11-22"))
    assert told(story, date(2026, 11, 23)) == [("expiry", 1, "2026-11-23")]


def test_an_older_fact_that_renumbers_the_certificates_gives_no_second_notice(
    given: Given,
) -> None:
    story = given(register(on="")).on(date(2021, 6, 10)).given(fact("award", "2021-06-03"))
    story = announced(story, date(2024, 7, 1))
    assert [one.number for one in story.state.certificates] == [1]
    story = story.on(date(2025, 3, 1)).given(fact("award", "2018-01-05"))
    assert [one.number for one in story.state.certificates] == [1, 2]
    assert told(story, date(2026, 1, 1)) == []


def test_a_correction_of_the_end_gives_notice_of_the_new_days_only(given: Given) -> None:
    story = given(register(on="")).on(date(2021, 6, 10)).given(fact("award", "2021-06-03"))
    story = announced(story, date(2023, 9, 3))
    story = story.on(date(2023, 10, 1)).given(fact("expiry", "2024-08-31"))
    assert told(story, date(2023, 11, 30)) == []
    assert told(story, date(2023, 12, 1)) == [("reminder", 1, "2023-12-01")]


def replan(on: date, due_on: date) -> ReplanDeadline:
    """Another day for the first reminder."""
    kind = DeadlineKind.REMINDER
    return ReplanDeadline(estate=ESTATE, on=on, kind=kind, due_on=due_on, reason="vakantie")


def test_a_moved_deadline_is_announced_on_its_new_day(standing: Scenario) -> None:
    story = lived(
        announced(standing, date(2023, 6, 3)), replan(date(2023, 8, 1), date(2023, 10, 1))
    )
    assert told(story, date(2023, 9, 30)) == []
    assert told(story, date(2023, 10, 1)) == [("reminder", 1, "2023-10-01")]
    assert told(announced(story, date(2023, 10, 2)), date(2023, 11, 1)) == []


def test_the_notice_of_a_moved_deadline_says_from_which_day_it_was_moved_and_why(
    standing: Scenario,
) -> None:
    moved = replan(date(2023, 8, 1), date(2023, 10, 1))
    story = lived(announced(standing, date(2023, 6, 3)), moved)
    notice = notice_of(due(story, date(2023, 10, 1))[0])
    assert isinstance(notice, NoticeGiven)
    assert (notice.on, notice.computed_on) == (date(2023, 10, 1), date(2023, 9, 3))
    assert notice.reason == "vakantie"


def test_the_notice_of_a_deadline_that_nobody_moved_names_no_other_day(standing: Scenario) -> None:
    notice = notice_of(due(standing, date(2022, 6, 3))[0])
    assert isinstance(notice, NoticeGiven)
    assert (notice.computed_on, notice.reason) == (None, None)


def test_what_was_announced_and_is_then_moved_is_announced_again_on_the_new_day(
    standing: Scenario,
) -> None:
    story = lived(
        announced(standing, date(2023, 9, 3)), replan(date(2023, 9, 4), date(2023, 10, 1))
    )
    assert told(story, date(2023, 9, 30)) == []
    assert told(story, date(2023, 10, 1)) == [("reminder", 1, "2023-10-01")]


def test_a_new_computed_day_undoes_what_was_agreed(given: Given) -> None:
    story = given(register(on="")).on(date(2021, 6, 10)).given(fact("award", "2021-06-03"))
    story = lived(announced(story, date(2023, 8, 1)), replan(date(2023, 8, 1), date(2023, 10, 1)))
    story = story.on(date(2023, 8, 15)).given(fact("expiry", "2024-06-30"))
    assert told(story, date(2023, 10, 1)) == [("reminder", 1, "2023-10-01")]
    (first,) = due(story, date(2023, 10, 1))
    assert (first.computed_on, first.reason) == (date(2023, 10, 1), "")


def test_a_source_that_confirms_the_end_does_not_silence_a_moved_deadline(given: Given) -> None:
    story = given(register(on="")).on(date(2021, 6, 10)).given(fact("award", "2021-06-03"))
    story = lived(announced(story, date(2023, 8, 1)), replan(date(2023, 8, 1), date(2023, 10, 1)))
    story = story.on(date(2023, 10, 5)).given(fact("expiry", "2024-06-02"))
    assert told(story, date(2023, 10, 5)) == [("reminder", 1, "2023-10-01")]


def test_a_source_that_confirms_the_end_does_not_silence_what_is_still_owed(given: Given) -> None:
    story = given(register(on="")).on(date(2021, 6, 10)).given(fact("award", "2021-06-03"))
    story = announced(story, date(2023, 8, 1)).on(date(2024, 7, 1))
    owed_before = told(story, date(2024, 7, 1))
    story = story.given(fact("expiry", "2024-06-02"))
    assert told(story, date(2024, 7, 1)) == owed_before
    assert owed_before[-1] == ("expiry", 1, "2024-06-03")


def test_what_was_done_or_waived_in_time_is_not_announced(standing: Scenario) -> None:
    kind = DeadlineKind.EVALUATION
    waive = WaiveDeadline(
        estate=ESTATE, on=date(2023, 5, 1), kind=kind, ordinal=2, reason="renewal"
    )
    story = lived(standing, EvaluateYear(estate=ESTATE, on=date(2022, 5, 31)), waive)
    story = lived(story, approve(date(2023, 5, 2), story.state.proposals[0].id))
    assert told(story, date(2023, 8, 1)) == []


def test_once_the_renewal_has_begun_only_the_expiry_is_announced(given: Given) -> None:
    story = announced(lived(given(), *up_to(Step.EVALUATION)), date(2023, 12, 31))
    renewal = up_to(Step.RECERTIFICATION)[len(up_to(Step.EVALUATION)) :]
    story = lived(story, *renewal)
    assert told(story, date(2025, 1, 1)) == [("expiry", 1, "2024-06-03")]


def test_a_certificate_renewed_in_time_is_not_announced_as_expired(given: Given) -> None:
    story = lived(given(), *up_to(Step.RECERTIFICATION), *RENEWAL, award(date(2024, 5, 16)))
    assert told(story, date(2024, 12, 31)) == []
    assert told(story, date(2025, 6, 3)) == [("evaluation", 1, "2025-06-03")]


def test_a_withdrawn_certificate_is_not_announced(standing: Scenario) -> None:
    withdraw = WithdrawCertificate(estate=ESTATE, on=date(2022, 5, 1), reason="opgeheven")
    story = lived(standing, withdraw)
    story = lived(story, approve(date(2022, 5, 1), story.state.proposals[0].id))
    assert told(story, date(2030, 1, 1)) == []


def test_a_suspended_certificate_expires_with_a_notice(standing: Scenario) -> None:
    suspend = SuspendCertificate(estate=ESTATE, on=date(2022, 5, 1), reason="geen overleg")
    story = lived(standing, suspend)
    story = lived(story, approve(date(2022, 5, 1), story.state.proposals[0].id))
    assert ("expiry", 1, "2024-06-03") in told(story, date(2024, 6, 3))


def test_of_a_trajectory_that_ended_only_the_expiry_is_announced(standing: Scenario) -> None:
    end = EndTrajectory(estate=ESTATE, on=date(2022, 1, 1), reason=EndReason.BY_CHOICE)
    assert told(lived(standing, end), date(2030, 1, 1)) == [("expiry", 1, "2024-06-03")]


def test_notices_change_no_step_no_certificate_and_no_day_of_the_history(
    standing: Scenario,
) -> None:
    before, after = standing.state, announced(standing, date(2026, 11, 23)).state
    assert (after.step, after.moves, after.certificates) == (
        before.step,
        before.moves,
        before.certificates,
    )
    assert (after.last_day, after.dossier) == (before.last_day, before.dossier)
    assert after.version == before.version + len(WHOLE_TERM)
