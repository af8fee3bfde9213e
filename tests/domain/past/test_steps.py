"""Which step does a history from elsewhere lead to, and how does it go on from there?"""

from datetime import date

import pytest

from kvob_domain.estate.commands.standing import EvaluateYear
from kvob_domain.estate.deadlines import DeadlineKind, deadlines
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.estate.events.standing import TermEvaluated
from kvob_domain.estate.irregularities import IrregularityKind
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.requirements import missing
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import AuditOutcome
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.parties import PartyRole
from kvob_domain.scheme import SchemeBook
from tests.domain.asking import (
    CYCLE,
    ESTATE,
    RENEWAL,
    Given,
    award,
    evaluate_term,
    fact,
    register,
)


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        ("kickoff", Step.KICKOFF),
        ("intent_declaration", Step.INVENTORY),
        ("inventory", Step.ACTION_PLAN),
        ("action_plan", Step.COVENANT),
        ("covenant", Step.AWARD),
        ("audit", Step.AWARD),
        ("award", Step.EVALUATION),
        ("evaluation", Step.EVALUATION),
        ("recertification", Step.EVALUATION),
        ("expiry", Step.REGISTERED),
    ],
)
def test_a_fact_says_what_was_finished_and_the_step_is_what_comes_next(
    given: Given, kind: str, step: Step
) -> None:
    assert given(register(), fact(kind, "2019")).state.step is step


def test_an_earlier_finish_never_moves_the_estate_back(given: Given) -> None:
    story = given(register(), fact("covenant", "2019-01"), fact("inventory", "2019-02"))
    assert story.state.step is Step.AWARD


@pytest.mark.parametrize("kind", ["kickoff", "inventory", "action_plan", "audit"])
def test_preparation_after_an_award_shows_that_a_renewal_is_under_way(
    given: Given, kind: str
) -> None:
    story = given(register(), fact("award", "2019"), fact(kind, "2021"))
    assert story.state.step is Step.RECERTIFICATION


def test_a_covenant_after_the_award_is_a_late_signature(given: Given) -> None:
    story = given(register(), fact("award", "2019"), fact("covenant", "2020"))
    assert story.state.step is Step.EVALUATION


def test_an_evaluation_without_an_award_is_odd(given: Given) -> None:
    story = given(register(), fact("evaluation", "2019"))
    odd = [kind for kind, _ in story.state.irregularities]
    assert odd == [IrregularityKind.AWARD_NOT_ON_RECORD]


def test_an_award_from_before_the_first_edition_has_an_unknown_term(given: Given) -> None:
    story = given(register(), fact("award", "2001"))
    assert story.state.certificates[0].end_basis == "unknown"
    assert IrregularityKind.TERM_UNKNOWN in [kind for kind, _ in story.state.irregularities]


@pytest.mark.parametrize(
    ("outcome", "advice"),
    [("positive", AuditOutcome.POSITIVE), ("negative", AuditOutcome.NEGATIVE), ("held", None)],
)
def test_an_audit_counts_with_the_advice_that_the_source_states(
    given: Given, outcome: str, advice: AuditOutcome | None
) -> None:
    story = given(register(), fact("audit", "2021", outcome=outcome))
    assert story.state.dossier.audit is advice


def test_parties_join_by_the_role_that_their_name_points_to(given: Given) -> None:
    names = ("gemeente Baarn", "NoordEik", "brandweer", "politie", "politie", "", "x" * 300)
    story = given(register(), fact("kickoff", "2017", parties=names))
    story = story.given(fact("award", "2018", parties=names))
    assert [(len(one.organisation), one.role) for one in story.state.parties] == [
        (14, PartyRole.MUNICIPALITY),
        (8, PartyRole.OTHER),
        (9, PartyRole.FIRE_BRIGADE),
        (7, PartyRole.POLICE),
        (200, PartyRole.OTHER),
    ]


def test_an_imported_estate_is_renewed_here_by_the_ordinary_commands(given: Given) -> None:
    level = "Basis Samenwerken"
    story = given(register(on=""), fact("award", "2021-06-03", level=level))
    story = story.given(*CYCLE[Step.RECERTIFICATION][:-1])
    evaluated = story.when(evaluate_term()).then(TermEvaluated).after
    renewed = evaluated.given(*RENEWAL).when(award(date(2024, 5, 16))).then(CertificateAwarded)
    second = renewed.state.certificates[1]
    assert (second.level, second.valid_from) == ("Continu Samenwerken", date(2024, 6, 3))


def test_what_sources_say_was_done_is_not_missing_until_the_award(
    given: Given, book: SchemeBook
) -> None:
    story = given(register(on=""), fact("intent_declaration", "2020"), fact("inventory", "2020"))
    terms = book.terms("kvo-3.1")
    codes = {one.code for one in missing(story.state, terms)}
    assert RequirementCode.SURVEY not in codes
    again = story.given(fact("award", "2021-06-03"), fact("kickoff", "2023"))
    codes = {one.code for one in missing(again.state, terms)}
    assert RequirementCode.SURVEY in codes


def test_yearly_evaluations_of_an_earlier_certificate_do_not_count_for_the_next(
    given: Given, book: SchemeBook
) -> None:
    story = given(
        register(on=""),
        fact("award", "2019-06-03"),
        fact("evaluation", "2020-06-01"),
        fact("evaluation", "2021-06-01"),
        fact("recertification", "2022-06-03"),
    )
    assert evaluations(story.state, book) == {date(2023, 6, 3), date(2024, 6, 3)}
    year = EvaluateYear(estate=ESTATE, on=date(2023, 5, 30))
    assert evaluations(story.given(year).state, book) == {date(2024, 6, 3)}


def evaluations(state: Estate, book: SchemeBook) -> set[date]:
    """The days on which a yearly evaluation is due."""
    return {one.due_on for one in deadlines(state, book) if one.kind is DeadlineKind.EVALUATION}
