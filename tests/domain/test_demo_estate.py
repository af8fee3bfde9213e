"""The invented estate's first cycle and renewal, with all that the rules refuse on the way."""

from datetime import date
from decimal import Decimal

import pytest

from kvob_domain.estate.certificates import status_on
from kvob_domain.estate.deadlines import DeadlineKind, deadlines
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.requirements import missing
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import Progress
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.evidence import SurveyResponseTooLow, TooFewMeasuresDone
from kvob_domain.scheme import SchemeBook
from kvob_domain.testing import Result, Scenario
from tests.domain.asking import TODAY
from tests.domain.demo_estate import (
    EVALUATION,
    FIRST_CYCLE,
    PARTIES,
    RENEWAL,
    WHOLE_LIFE,
    told,
)


@pytest.fixture(scope="module")
def life(book: SchemeBook) -> list[Result]:
    """What followed from each act of the estate's whole life."""
    return told(Scenario(book, TODAY), *WHOLE_LIFE)


def after(life: list[Result], acts: int) -> Estate:
    """The state after so many acts."""
    return life[acts - 1].state


FIRST = len(FIRST_CYCLE)
EVALUATED = FIRST + len(EVALUATION)
RENEWED = EVALUATED + len(RENEWAL)


def test_the_rules_refuse_three_acts_and_no_other(life: list[Result]) -> None:
    for act, result in zip(WHOLE_LIFE, life, strict=True):
        assert (result.refusal is None) == (act.refused is None), (act, result.refusal)
        if act.refused is not None:
            result.then_refused(act.refused)
    assert sum(result.refusal is not None for result in life) == 3


def test_the_analysis_is_refused_at_a_response_of_27_of_113(life: list[Result]) -> None:
    refused = life[5].then_refused(SurveyResponseTooLow, returned=27, sent=113, short=7)
    assert refused.rate == Decimal("23.9")
    assert (refused.minimum, refused.holder) == (Decimal(30), "practice")


def test_the_award_is_refused_with_three_of_four_measures_done(life: list[Result]) -> None:
    refused = next(one for one in life if isinstance(one.refusal, TooFewMeasuresDone))
    refused.then_refused(TooFewMeasuresDone, done=3, minimum=4, short=1, holder="practice")
    assert [one.code for one in refused.refusals] == ["too-few-measures-done"]


def test_on_the_way_what_is_missing_grows_less(life: list[Result], book: SchemeBook) -> None:
    def open_codes(acts: int) -> list[str]:
        state = after(life, acts)
        terms = book.terms(state.edition or "")
        return [one.code.value for one in missing(state, terms)]

    assert len(open_codes(2)) == len(RequirementCode) - 1  # no finding is open yet
    assert open_codes(11) == ["covenant", "audit", "measures_done"]
    assert open_codes(17) == ["findings_closed", "measures_done"]
    assert open_codes(19) == ["measures_done"]
    assert open_codes(21) == []


def test_the_first_certificate_is_basic_and_valid_for_three_years(life: list[Result]) -> None:
    state = after(life, FIRST)
    (certificate,) = state.certificates
    assert (certificate.level, certificate.level_derived) == ("Basis Samenwerken", True)
    assert (certificate.valid_from, certificate.expires_on) == (
        date(2021, 6, 3),
        date(2024, 6, 3),
    )
    assert certificate.presented_on == date(2021, 6, 10)
    assert (state.step, state.cycle) == (Step.EVALUATION, 1)


def test_five_parties_signed_and_the_insurer_is_none_of_them(life: list[Result]) -> None:
    state = after(life, FIRST)
    names = [party.organisation for party in state.parties]
    assert names == [party["organisation"] for party in PARTIES]


def test_the_first_reminder_comes_nine_months_before_the_expiry(
    life: list[Result], book: SchemeBook
) -> None:
    due = [
        one.due_on
        for one in deadlines(after(life, FIRST), book)
        if one.kind is DeadlineKind.REMINDER
    ]
    assert due == [date(2023, 9, 3), date(2023, 12, 3), date(2024, 3, 3)]


@pytest.mark.parametrize(
    ("acts", "done"), [(FIRST + 3, 6), (FIRST + 5, 7), (RENEWED + 4, 3), (RENEWED + 7, 5)]
)
def test_at_each_yearly_evaluation_more_measures_are_done(
    life: list[Result], acts: int, done: int
) -> None:
    measures = after(life, acts).measures
    assert sum(one.progress is Progress.DONE for one in measures) == done
    assert len(measures) == 8


def test_the_cameras_are_dropped_and_the_figures_fall_by_forty_percent(
    life: list[Result],
) -> None:
    state = after(life, EVALUATED + 2)
    dropped = [one.id for one in state.measures if one.progress is Progress.DROPPED]
    assert dropped == ["cameras"]
    baseline, latest = state.baseline, state.latest_figures
    assert baseline is not None
    assert latest is not None
    assert (baseline.burglaries, latest.burglaries) == (18, 11)
    assert baseline.damage_eur is not None
    assert latest.damage_eur is not None
    assert round(100 * (latest.damage_eur / baseline.damage_eur - 1)) == -40
    assert (state.step, state.cycle) == (Step.RECERTIFICATION, 2)


def test_the_renewal_continues_where_the_first_certificate_ends(life: list[Result]) -> None:
    state = after(life, RENEWED)
    first, second = state.certificates
    assert (second.level, second.renewal, second.gap_days) == ("Continu Samenwerken", True, 0)
    assert (second.valid_from, second.expires_on) == (date(2024, 6, 3), date(2027, 6, 3))
    assert second.start_basis == "old_expiry"
    assert (first.presented_on, second.presented_on) == (date(2021, 6, 10), date(2024, 5, 30))
    assert (first.edition, second.edition) == ("kvo-3.1", "kvo-4.0")
    assert state.edition == "kvo-3.1"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 6, 2), Status.NONE),
        (date(2021, 6, 3), Status.VALID),
        (date(2024, 6, 2), Status.VALID),
        (date(2024, 6, 3), Status.VALID),
        (date(2027, 6, 2), Status.VALID),
        (date(2027, 6, 3), Status.EXPIRED),
    ],
)
def test_the_mark_is_held_without_a_gap_until_2_june_2027(
    life: list[Result], day: date, expected: Status
) -> None:
    assert status_on(life[-1].state.certificates, day) is expected


def test_in_november_2026_the_reminder_of_september_is_open(
    life: list[Result], book: SchemeBook
) -> None:
    state = life[-1].state
    open_kinds = {one.kind for one in deadlines(state, book) if one.due_on <= TODAY}
    assert open_kinds == {DeadlineKind.REMINDER}
    due = sorted((one.due_on, one.kind.value) for one in deadlines(state, book))
    assert due == [
        (date(2026, 9, 3), "reminder"),
        (date(2026, 12, 3), "reminder"),
        (date(2026, 12, 3), "renewal_start"),
        (date(2027, 3, 3), "reminder"),
        (date(2027, 6, 2), "term_evaluation"),
        (date(2027, 6, 3), "expiry"),
    ]


def test_who_guided_or_audited_is_remembered_over_both_cycles(life: list[Result]) -> None:
    assert life[-1].state.involved == {"guide-7", "auditor-3"}
