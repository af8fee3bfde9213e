"""Notice of a deadline is recorded once, with the day it fell due and what explains that day."""

from datetime import date

import pytest

from kvob_domain.estate.commands.deadlines import GiveNotice
from kvob_domain.estate.deadlines import DeadlineKind
from kvob_domain.estate.events.deadlines import CertificateExpired, NoticeGiven
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.dates import DateInFuture
from kvob_domain.refusals.deadlines import DeadlineNotOpen, NotDueThen, NoticeGivenBefore
from tests.domain.asking import ESTATE, Given, register, up_to
from tests.domain.noticing import ALARM, lived

YEAR = DeadlineKind.EVALUATION


def give(kind: DeadlineKind, on: date, ordinal: int = 1) -> GiveNotice:
    """Notice of a deadline."""
    return GiveNotice(estate=ESTATE, on=on, kind=kind, ordinal=ordinal)


@pytest.mark.lets_through("deadline_is_open", "notice_is_of_the_day", "notice_is_given_once")
def test_a_notice_keeps_what_explains_the_day(given: Given) -> None:
    story = lived(given(), *up_to(Step.EVALUATION)).on(date(2023, 12, 5))
    version = story.state.certificates[0].version
    notice = NoticeGiven(
        on=date(2023, 12, 3),
        kind=DeadlineKind.REMINDER,
        ordinal=2,
        expires_on=date(2024, 6, 3),
        anchor_on=date(2024, 6, 3),
        anchor_version=version,
        rule="reminder_months:6",
        holder="practice",
        estimated=False,
    )
    command = give(DeadlineKind.REMINDER, date(2023, 12, 3), 2)
    after = story.when(command, by=ALARM).then(notice).after
    assert after.state.notices == {notice.key}
    assert after.state.step is Step.EVALUATION


def test_notice_of_an_expiry_says_that_the_certificate_expired(given: Given) -> None:
    story = lived(given(), *up_to(Step.EVALUATION)).on(date(2026, 11, 23))
    expired = CertificateExpired(
        on=date(2024, 6, 3),
        anchor_on=date(2021, 6, 3),
        anchor_version=story.state.certificates[0].version,
        rule="expiry:computed",
        holder="kvo-3.1",
    )
    story.when(give(DeadlineKind.EXPIRY, date(2024, 6, 3)), by=ALARM).then(expired)


@pytest.mark.refuses("notice_is_given_once")
def test_notice_is_given_once_whoever_gives_it(given: Given) -> None:
    story = lived(given(), *up_to(Step.EVALUATION)).on(date(2022, 6, 3))
    command = give(YEAR, date(2022, 6, 3))
    after = story.when(command, by=ALARM).then(NoticeGiven).after
    after.when(command).then_refused(NoticeGivenBefore, kind=YEAR, due_on=date(2022, 6, 3))


@pytest.mark.refuses("notice_is_of_the_day")
def test_notice_is_dated_on_the_day_it_fell_due(given: Given) -> None:
    story = lived(given(), *up_to(Step.EVALUATION)).on(date(2022, 6, 4))
    late = give(YEAR, date(2022, 6, 4))
    refused = story.when(late).then_refused(
        NotDueThen, due_on=date(2022, 6, 3), on=date(2022, 6, 4)
    )
    assert "Geef die dag op: --on 2022-06-03." in refused.message("nl")
    assert "Give that day: --on 2022-06-03." in refused.message("en")


def test_notice_of_what_is_still_to_come_is_refused(given: Given) -> None:
    story = lived(given(), *up_to(Step.EVALUATION)).on(date(2022, 6, 2))
    story.when(give(YEAR, date(2022, 6, 3))).then_refused(DateInFuture)


@pytest.mark.refuses("deadline_is_open")
def test_notice_of_a_deadline_that_is_not_open_is_refused(given: Given) -> None:
    story = lived(given(), *up_to(Step.EVALUATION)).on(date(2022, 6, 3))
    third = give(YEAR, date(2022, 6, 3), 3)
    refused = story.when(third).then_refused(DeadlineNotOpen, kind=YEAR, ordinal=3)
    assert refused.open[0].nl == "Jaarevaluatie uiterlijk (evaluation 1, 2022-06-03)"
    assert "Yearly evaluation due (evaluation 2, 2023-06-03)" in refused.message("en")


def test_an_estate_without_deadlines_says_that_none_is_open(given: Given) -> None:
    refused = given(register()).when(give(YEAR, date(2022, 6, 3))).then_refused(DeadlineNotOpen)
    assert "Open staan: geen." in refused.message("nl")


def test_a_person_may_still_give_a_notice_that_the_alarm_keeps_silent(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    story.when(give(YEAR, date(2022, 6, 3))).then(NoticeGiven)
