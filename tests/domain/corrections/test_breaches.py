"""A correction is refused where the record would hold a new breach, and only there."""

from datetime import date

import pytest

from kvob_domain.estate.breaches import NOT_JUDGED_AFTERWARDS, breaches
from kvob_domain.estate.commands.deadlines import ReplanDeadline
from kvob_domain.estate.commands.identity import RenameEstate, SucceedParty
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.events.certification import (
    AuditRecorded,
    CertificateAwarded,
    CovenantSigned,
)
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.deadlines import DeadlineReplanned
from kvob_domain.estate.events.identity import EstateRenamed
from kvob_domain.estate.events.oversight import ActProposed
from kvob_domain.estate.events.preparation import (
    AnalysisAdopted,
    MeasureUpdated,
    PlanAdopted,
    SurveyRecorded,
    WalkRoundRecorded,
)
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.corrections import CorrectionBreaks
from kvob_domain.scheme import SchemeBook
from kvob_domain.testing import Scenario
from tests.domain.asking import (
    ESTATE,
    RENEWAL,
    TODAY,
    Given,
    fact,
    register,
    start,
    up_to,
)
from tests.domain.corrections.correcting import CLERK, never, saying, version_of


def broken_by(story: Scenario, command: object) -> set[tuple[str, str]]:
    """What a correction would break, as (event, code of the rule)."""
    refusals = story.when(command).refusals  # type: ignore[arg-type]
    assert refusals
    assert all(isinstance(one, CorrectionBreaks) for one in refusals)
    return {(one.title.en, one.broken) for one in refusals if isinstance(one, CorrectionBreaks)}


def test_the_record_of_an_ordinary_life_has_no_breach(given: Given, book: SchemeBook) -> None:
    story = given(*up_to(Step.RECERTIFICATION), *RENEWAL)
    assert breaches(story.history, book, TODAY) == []
    assert breaches((), book, TODAY) == []


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (CovenantSigned, "covenant-missing"),
        (AuditRecorded, "audit-missing"),
        (PlanAdopted, "plan-missing"),
        (MeasureUpdated, "too-few-measures-done"),
    ],
)
def test_an_award_is_not_left_without_what_it_rests_on(given: Given, kind: type, code: str) -> None:
    story = given(*up_to(Step.EVALUATION))
    told = broken_by(story, never(version_of(story, kind)))
    assert ("Certificate awarded", code) in told


def test_evidence_cannot_turn_out_to_be_younger_than_what_rests_on_it(given: Given) -> None:
    story = given(*up_to(Step.COVENANT))
    walked = version_of(story, WalkRoundRecorded)
    assert broken_by(story, saying(walked, on="2021-01-20")) == {
        ("Safety analysis adopted", "walk-round-missing")
    }
    story.when(saying(walked, on="2020-11-20")).then(EventCorrected)


def test_the_response_to_the_survey_still_has_to_do(given: Given) -> None:
    story = given(*up_to(Step.COVENANT))
    survey = version_of(story, SurveyRecorded)
    assert broken_by(story, saying(survey, returned=20)) == {
        ("Safety analysis adopted", "survey-response-too-low")
    }
    story.when(saying(survey, returned=60)).then(EventCorrected)


def test_the_event_itself_obeys_its_rules(given: Given) -> None:
    story = given(*up_to(Step.COVENANT))
    survey = version_of(story, SurveyRecorded)
    assert ("Survey recorded", "more-returned-than-sent") in broken_by(
        story, saying(survey, returned=114)
    )


def test_who_audited_cannot_turn_out_to_have_decided(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    audit = version_of(story, AuditRecorded)
    assert broken_by(story, saying(audit, auditor="decider-1")) == {
        ("Certificate awarded", "preparer-does-not-decide")
    }


def test_the_first_refusal_carries_every_other_one(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    refusal = story.when(never(version_of(story, PlanAdopted))).then_refused(CorrectionBreaks)
    assert refusal.version == version_of(story, MeasureUpdated)
    assert len(refusal.all()) > 4
    assert refusal.rule.nl != refusal.rule.en


def test_a_later_event_that_breaks_can_be_corrected_first(given: Given) -> None:
    story = given(*up_to(Step.COVENANT)[:-4])
    plan, analysis = version_of(story, PlanAdopted), version_of(story, AnalysisAdopted)
    story.when(never(analysis)).then_refused(CorrectionBreaks, version=plan)
    story.given(never(plan)).when(never(analysis)).then(EventCorrected)


def test_a_record_that_was_in_breach_already_can_be_corrected(
    given: Given, book: SchemeBook
) -> None:
    """An imported award pushed itself between: the steps before it no longer fit."""
    story = given(register(), start(), fact("award", "2021-01-01"))
    story = story.given(*[one.event for one in given(*up_to(Step.COVENANT)).history[2:]])
    assert breaches(story.history, book, TODAY)
    survey = version_of(story, SurveyRecorded)
    story.when(saying(survey, sent=114)).then(EventCorrected)


def test_a_name_that_becomes_the_present_one_is_no_rename(given: Given) -> None:
    story = given(register(), RenameEstate(estate=ESTATE, on=date(2021, 1, 5), name="Zilverpark"))
    renamed = version_of(story, EstateRenamed)
    assert broken_by(story, saying(renamed, name="De Zilverhoek")) == {("Renamed", "same-name")}


def test_a_party_that_was_succeeded_has_to_have_been_one(given: Given) -> None:
    succeed = SucceedParty.model_validate(
        {"estate": ESTATE, "on": date(2020, 9, 20), "former": "Politie"}
        | {"successor": "Politie Oost", "role": "police"}
    )
    story = given(register(), start(), succeed)
    told = broken_by(story, saying(2, parties=[]))
    assert told == {("Party succeeded", "party-unknown")}


def test_a_past_fact_cannot_turn_out_to_lie_in_the_future(given: Given) -> None:
    story = given(register(), fact("award", "2019-06-03"))
    assert {code for _, code in broken_by(story, saying(2, fact={"on": "2027-01"}))} == {
        "date-in-future"
    }


def test_a_deadline_that_was_moved_to_a_day_gone_by_was_moved_all_the_same(
    given: Given, book: SchemeBook
) -> None:
    replan = ReplanDeadline(
        estate=ESTATE,
        on=date(2023, 1, 9),
        kind=DeadlineKind.REMINDER,
        due_on=date(2023, 9, 1),
        reason="vakantie",
    )
    story = given(*up_to(Step.EVALUATION)).on(date(2023, 1, 9)).given(replan).on(TODAY)
    assert breaches(story.history, book, TODAY) == []
    version = version_of(story, DeadlineReplanned)
    story.when(saying(version, due_on="2023-08-01")).then(EventCorrected)
    assert "moved-to-the-past" in NOT_JUDGED_AFTERWARDS


def test_a_proposal_stands_in_the_way_of_nothing(given: Given, book: SchemeBook) -> None:
    story = given(*up_to(Step.EVALUATION))
    story = story.given(saying(version_of(story, CertificateAwarded), level="Goud"), by=CLERK)
    assert isinstance(story.history[-1].event, ActProposed)
    assert breaches(story.history, book, TODAY) == []
