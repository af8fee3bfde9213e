"""What is missing before the next award, and who owes it?"""

from datetime import date

import pytest

from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.requirements import REQUIREMENTS, gating, missing
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme import SchemeBook, Terms
from tests.domain.asking import RENEWAL, Given, register_group, survey, up_to

EVIDENCE = ["survey", "walk_round_day", "walk_round_dark", "figures"]
AWARD = ["covenant", "audit", "measures_done"]


@pytest.fixture(scope="module")
def terms(book: SchemeBook) -> Terms:
    """What holds under edition 3.1."""
    return book.terms("kvo-3.1")


@pytest.mark.parametrize(
    ("step", "codes"),
    [
        (Step.REGISTERED, []),
        (
            Step.KICKOFF,
            ["parties", "intent", *EVIDENCE, "analysis", "goals", "plan", *AWARD],
        ),
        (Step.INVENTORY, [*EVIDENCE, "analysis", "goals", "plan", *AWARD]),
        (Step.ACTION_PLAN, ["goals", "plan", *AWARD]),
        (Step.COVENANT, ["covenant", "audit"]),
        (Step.AWARD, []),
        (Step.EVALUATION, []),
        (Step.RECERTIFICATION, ["plan", "audit"]),
    ],
)
def test_what_is_missing_on_entering_each_step(
    given: Given, terms: Terms, step: Step, codes: list[str]
) -> None:
    found = missing(given(*up_to(step)).state, terms)
    assert [one.code.value for one in found] == codes


def test_a_complete_renewal_misses_nothing(given: Given, terms: Terms) -> None:
    assert missing(given(*up_to(Step.RECERTIFICATION), *RENEWAL).state, terms) == ()


def test_each_open_requirement_says_who_owes_it_and_why(given: Given, terms: Terms) -> None:
    story = given(*up_to(Step.INVENTORY), survey(date(2020, 11, 1), 27, 113))
    open_ones = {one.code: one for one in missing(story.state, terms)}
    low = open_ones[RequirementCode.SURVEY]
    assert low.owed_by == "entrepreneurs"
    assert "27" in low.refusal.message("nl")
    assert open_ones[RequirementCode.FIGURES].owed_by == "police"
    assert open_ones[RequirementCode.AUDIT].owed_by == "certification_body"


def test_a_value_that_nobody_confirms_asks_for_nothing(given: Given) -> None:
    found = {one.code for one in missing(given(*up_to(Step.KICKOFF)).state, Terms())}
    assert found == {
        RequirementCode.INTENT,
        RequirementCode.ANALYSIS,
        RequirementCode.PLAN,
    }


def test_nothing_is_missing_for_a_group(given: Given, terms: Terms) -> None:
    assert missing(given(register_group()).state, terms) == ()


def test_every_requirement_gates_one_move_of_a_first_cycle(given: Given) -> None:
    state = given(*up_to(Step.KICKOFF)).state
    moves = ("declare_intent", "adopt_analysis", "adopt_plan", "award_certificate")
    gated = [requirement for move in moves for requirement in gating(move, state)]
    assert sorted(one.code for one in gated) == sorted(one.code for one in REQUIREMENTS)
