"""What falls due, from which day counted, and who says so?"""

from datetime import date

import pytest

from kvob_domain.estate.commands.preparation import EndTrajectory
from kvob_domain.estate.commands.standing import (
    EvaluateYear,
    RestoreCertificate,
    SuspendCertificate,
    WithdrawCertificate,
)
from kvob_domain.estate.deadlines import DEADLINE_WORDS, Deadline, DeadlineKind, deadlines
from kvob_domain.estate.values import EndReason
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme import SchemeBook
from kvob_domain.testing import Scenario
from tests.domain.asking import (
    ESTATE,
    RENEWAL,
    Given,
    Under,
    approve,
    award,
    fact,
    register,
    up_to,
)
from tests.domain.stating import sourced, stating


def of_kind(story: Scenario, kind: DeadlineKind) -> list[Deadline]:
    """The deadlines of one kind, in order of their days."""
    found = [one for one in deadlines(story.state, story.book) if one.kind is kind]
    return sorted(found, key=lambda one: one.due_on)


def test_a_certificate_is_reminded_evaluated_and_expires(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    due = {kind: [one.due_on for one in of_kind(story, kind)] for kind in DeadlineKind}
    assert due == {
        DeadlineKind.REMINDER: [date(2023, 9, 3), date(2023, 12, 3), date(2024, 3, 3)],
        DeadlineKind.EVALUATION: [date(2022, 6, 3), date(2023, 6, 3)],
        DeadlineKind.TERM_EVALUATION: [date(2024, 6, 2)],
        DeadlineKind.RENEWAL_START: [date(2023, 12, 3)],
        DeadlineKind.EXPIRY: [date(2024, 6, 3)],
        DeadlineKind.SUSPENSION_LIMIT: [],
        DeadlineKind.CORRECTIVE_ACTION: [],
        DeadlineKind.TARGET: [],
        DeadlineKind.RETENTION: [],
    }


def test_every_deadline_explains_itself(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    version = story.state.certificates[0].version
    (first, *_) = of_kind(story, DeadlineKind.REMINDER)
    assert (first.rule, first.holder, first.ordinal) == ("reminder_months:9", "practice", 1)
    assert (first.anchor_on, first.anchor_version) == (date(2024, 6, 3), version)
    assert first.source.startswith("https://")
    (expiry,) = of_kind(story, DeadlineKind.EXPIRY)
    assert (expiry.rule, expiry.holder) == ("expiry:computed", "kvo-3.1")
    assert expiry.anchor_on == date(2021, 6, 3)


def test_nothing_is_owed_any_more_once_the_certificate_has_expired(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    assert {one.moot_on for one in deadlines(story.state, story.book)} == {date(2024, 6, 3)}


def test_a_yearly_evaluation_closes_its_deadline(given: Given) -> None:
    year = EvaluateYear(estate=ESTATE, on=date(2022, 5, 31))
    story = given(*up_to(Step.EVALUATION), year)
    assert [one.due_on for one in of_kind(story, DeadlineKind.EVALUATION)] == [date(2023, 6, 3)]


def test_once_the_renewal_has_started_only_the_expiry_is_left(given: Given) -> None:
    story = given(*up_to(Step.RECERTIFICATION))
    assert {one.kind for one in deadlines(story.state, story.book)} == {DeadlineKind.EXPIRY}


def test_after_the_renewal_the_deadlines_are_those_of_the_new_certificate(given: Given) -> None:
    story = given(*up_to(Step.RECERTIFICATION), *RENEWAL, award(date(2024, 5, 16)))
    (expiry,) = of_kind(story, DeadlineKind.EXPIRY)
    assert (expiry.due_on, expiry.ordinal) == (date(2027, 6, 3), 1)


def test_after_an_end_by_choice_only_the_expiry_is_left(given: Given) -> None:
    end = EndTrajectory(estate=ESTATE, on=date(2022, 1, 1), reason=EndReason.BY_CHOICE)
    story = given(*up_to(Step.EVALUATION), end)
    assert {one.kind for one in deadlines(story.state, story.book)} == {DeadlineKind.EXPIRY}


def test_a_withdrawn_certificate_has_no_deadlines(given: Given) -> None:
    withdraw = WithdrawCertificate(estate=ESTATE, on=date(2022, 5, 1), reason="opgeheven")
    story = given(*up_to(Step.EVALUATION), withdraw)
    story = story.given(approve(date(2022, 5, 1), story.state.proposals[0].id))
    assert deadlines(story.state, story.book) == ()


def test_before_the_first_certificate_there_are_no_deadlines(given: Given) -> None:
    story = given(*up_to(Step.AWARD))
    assert deadlines(story.state, story.book) == ()


@pytest.mark.parametrize(
    ("expires", "nine", "six"),
    [
        ("2023-11-29", date(2023, 2, 28), date(2023, 5, 30)),
        ("2024-11-28", date(2024, 2, 29), date(2024, 5, 29)),
        ("2024-08-30", date(2023, 11, 30), date(2024, 2, 29)),
    ],
)
def test_months_before_the_end_stay_within_their_month(
    given: Given, expires: str, nine: date, six: date
) -> None:
    story = given(register(on=""), fact("award", "2021-11-30"), fact("expiry", expires))
    due = [one.due_on for one in of_kind(story, DeadlineKind.REMINDER)]
    assert due[:2] == [nine, six]


def test_partial_dates_remind_early_and_expire_late(given: Given) -> None:
    story = given(register(on=""), fact("award", "2024"))
    (expiry,) = of_kind(story, DeadlineKind.EXPIRY)
    reminder = of_kind(story, DeadlineKind.REMINDER)[0]
    assert (expiry.due_on, expiry.estimated) == (date(2027, 12, 31), True)
    assert (reminder.due_on, reminder.estimated) == (date(2026, 4, 1), True)


def test_a_suspension_has_a_limit_where_the_scheme_gives_one(
    book: SchemeBook, under: Under
) -> None:
    suspend = SuspendCertificate(estate=ESTATE, on=date(2022, 5, 31), reason="geen overleg")
    story = under(stating(book, suspension_limit_months=sourced(6))).given(
        *up_to(Step.EVALUATION), suspend
    )
    story = story.given(approve(date(2022, 5, 31), story.state.proposals[0].id))
    (due,) = of_kind(story, DeadlineKind.SUSPENSION_LIMIT)
    assert (due.due_on, due.anchor_on) == (date(2022, 11, 30), date(2022, 5, 31))
    restored = story.given(RestoreCertificate(estate=ESTATE, on=date(2022, 8, 1)))
    assert of_kind(restored, DeadlineKind.SUSPENSION_LIMIT) == []


def test_a_step_has_a_target_date_where_the_scheme_gives_one(
    book: SchemeBook, under: Under
) -> None:
    scheme = stating(book, target_days=sourced({"inventory": 90}))
    story = under(scheme).given(*up_to(Step.INVENTORY))
    (due,) = of_kind(story, DeadlineKind.TARGET)
    assert (due.due_on, due.anchor_on) == (date(2021, 1, 4), date(2020, 10, 6))
    assert (due.rule, due.moot_on) == ("target_days:90", None)
    later = under(scheme).given(*up_to(Step.ACTION_PLAN))
    assert of_kind(later, DeadlineKind.TARGET) == []


def test_every_kind_has_words_for_the_screens() -> None:
    assert set(DEADLINE_WORDS) == set(DeadlineKind)
