"""What falls due where an edition states values that no source confirms for the shipped ones?"""

from datetime import date

import pytest

from kvob_domain.estate.commands.preparation import EndTrajectory
from kvob_domain.estate.commands.standing import (
    RestoreCertificate,
    SuspendCertificate,
    WithdrawCertificate,
)
from kvob_domain.estate.deadlines import DeadlineKind, deadlines
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.estate.values import EndReason
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.evidence import TermUnknown
from kvob_domain.scheme import SchemeBook
from kvob_domain.testing import Scenario
from tests.domain.asking import (
    CYCLE,
    ESTATE,
    Under,
    approve,
    audit,
    award,
    close,
    fact,
    finding,
    register,
    start,
    up_to,
)
from tests.domain.noticing import announced, lived, told
from tests.domain.stating import sourced, stating, without_validity

LATER = date(2040, 1, 1)
END = EndTrajectory(estate=ESTATE, on=date(2021, 5, 20), reason=EndReason.BY_CHOICE)


def of_kind(story: Scenario, kind: DeadlineKind) -> list[tuple[date, date]]:
    """The open deadlines of a kind, with the day each is counted from."""
    found = deadlines(story.state, story.book)
    return [(one.due_on, one.anchor_on) for one in found if one.kind is kind]


def second(story: Scenario, day: date) -> Scenario:
    """The story after the second person agreed."""
    return lived(story, approve(day, story.state.proposals[0].id))


@pytest.fixture
def keeping(book: SchemeBook, under: Under) -> Scenario:
    """Nothing has happened yet under a scheme that keeps files for seven years."""
    return under(stating(book, retention_years=sourced(7)))


def test_the_file_of_an_expired_certificate_is_kept_and_then_announced(
    keeping: Scenario,
) -> None:
    story = lived(keeping, *up_to(Step.EVALUATION))
    assert of_kind(story, DeadlineKind.RETENTION) == [(date(2031, 6, 3), date(2024, 6, 3))]
    story = announced(story, date(2031, 6, 2))
    assert told(story, LATER) == [("retention", 1, "2031-06-03")]
    assert told(announced(story, LATER), LATER) == []


def test_the_file_of_a_withdrawn_certificate_is_kept_from_the_withdrawal(
    keeping: Scenario,
) -> None:
    withdraw = WithdrawCertificate(estate=ESTATE, on=date(2022, 5, 1), reason="opgeheven")
    story = second(lived(keeping, *up_to(Step.EVALUATION), withdraw), date(2022, 5, 9))
    assert told(story, LATER) == [("retention", 1, "2029-05-09")]


def test_the_file_of_a_trajectory_without_certificate_is_kept_from_its_end(
    keeping: Scenario,
) -> None:
    story = lived(keeping, *up_to(Step.AWARD), END)
    assert told(story, LATER) == [("retention", 1, "2028-05-20")]
    again = lived(story, start(date(2022, 1, 10)))
    assert told(again, LATER) == []


def test_findings_are_closed_within_their_months(book: SchemeBook, under: Under) -> None:
    story = under(stating(book, corrective_action_months=sourced(3)))
    story = lived(story, *up_to(Step.AWARD), audit(date(2021, 5, 30), finding(1), finding(2)))
    expected = [("corrective_action", 1, "2021-08-30")]
    assert told(story, date(2021, 8, 29)) == []
    assert told(story, LATER) == expected
    one_left = lived(story, close(1, date(2021, 6, 1)))
    assert told(one_left, LATER) == expected
    assert told(lived(one_left, close(2, date(2021, 6, 2))), LATER) == []


def test_findings_of_a_later_audit_count_from_that_audit(book: SchemeBook, under: Under) -> None:
    story = under(stating(book, corrective_action_months=sourced(3)))
    story = lived(story, *up_to(Step.AWARD), audit(date(2021, 5, 12), finding(1)))
    story = announced(story, date(2021, 8, 12))
    story = lived(story, audit(date(2021, 9, 1), finding(2)))
    assert told(story, LATER) == [("corrective_action", 1, "2021-12-01")]


def test_an_ended_trajectory_owes_no_corrective_action(book: SchemeBook, under: Under) -> None:
    story = under(stating(book, corrective_action_months=sourced(3)))
    story = lived(story, *up_to(Step.AWARD), audit(date(2021, 5, 12), finding(1)), END)
    assert told(story, LATER) == []


@pytest.fixture
def suspended(book: SchemeBook, under: Under) -> Scenario:
    """Suspended at the end of May 2022, for six months at most."""
    story = under(stating(book, suspension_limit_months=sourced(6)))
    suspend = SuspendCertificate(estate=ESTATE, on=date(2022, 5, 30), reason="geen overleg")
    return second(lived(story, *up_to(Step.EVALUATION), suspend), date(2022, 5, 31))


def test_a_suspension_that_lasts_too_long_is_announced(suspended: Scenario) -> None:
    story = announced(suspended, date(2022, 11, 29))
    assert told(story, date(2022, 11, 30)) == [("suspension_limit", 1, "2022-11-30")]


def test_a_suspension_that_was_lifted_is_not_announced(suspended: Scenario) -> None:
    story = announced(suspended, date(2022, 8, 1))
    restored = lived(story, RestoreCertificate(estate=ESTATE, on=date(2022, 8, 1)))
    assert told(restored, date(2022, 12, 31)) == []


def test_a_suspension_that_outlasts_its_certificate_has_no_limit(
    book: SchemeBook, under: Under
) -> None:
    story = under(stating(book, suspension_limit_months=sourced(6)))
    suspend = SuspendCertificate(estate=ESTATE, on=date(2024, 2, 1), reason="geen overleg")
    story = second(lived(story, *up_to(Step.EVALUATION), suspend), date(2024, 2, 1))
    assert of_kind(story, DeadlineKind.SUSPENSION_LIMIT) == []


def test_each_step_has_a_target_of_its_own(book: SchemeBook, under: Under) -> None:
    targets = {"kickoff": 30, "inventory": 90, "covenant": 60}
    story = under(stating(book, target_days=sourced(targets)))
    seen: list[list[tuple[str, int, str]]] = []
    for step in list(CYCLE)[: list(CYCLE).index(Step.AWARD) + 1]:
        story = lived(story, *CYCLE[step])
        seen.append(told(story, LATER))
    assert seen == [
        [],
        [("target", 2, "2020-10-15")],
        [("target", 3, "2021-01-04")],
        [],
        [("target", 5, "2021-04-10")],
        [],
    ]


def test_without_a_term_the_award_states_the_last_valid_day(book: SchemeBook, under: Under) -> None:
    story = lived(under(without_validity(book)), *up_to(Step.AWARD)).on(date(2021, 6, 3))
    story.when(award()).then_refused(TermUnknown)
    stated = award(last_valid_day=date(2023, 6, 2))
    after = story.when(stated).then(CertificateAwarded).after
    assert ("expiry", 1, "2023-06-03") in told(after, LATER)


def test_without_a_term_a_past_award_has_no_deadlines_until_its_end_is_known(
    book: SchemeBook, under: Under
) -> None:
    story = under(without_validity(book)).given(register(on=""), fact("award", "2025-06-03"))
    assert deadlines(story.state, story.book) == ()
    story = story.given(fact("expiry", "2027-06-02"))
    assert told(story, LATER)[-1] == ("expiry", 1, "2027-06-03")
