"""A correction says what an earlier event should have said, or that it never happened."""

from datetime import date

from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.commands.identity import RenameEstate
from kvob_domain.estate.commands.oversight import ApproveAct, DeclineAct
from kvob_domain.estate.commands.standing import SuspendCertificate, WithdrawCertificate
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.deadlines import NoticeGiven
from kvob_domain.estate.events.identity import EstateRenamed
from kvob_domain.estate.events.oversight import ActApproved, ActDeclined, ActProposed
from kvob_domain.estate.events.past import PastFactRecorded
from kvob_domain.estate.events.preparation import FiguresRecorded, SurveyRecorded
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.corrections import (
    CorrectionOvertaken,
    CorrectionUnclear,
    EventUncorrectable,
    KindFixed,
    NeverHappenedAlready,
    RegistrationStays,
    SaysMalformed,
    SaysNothingNew,
    SaysUnknown,
)
from kvob_domain.refusals.dates import DateInFuture
from kvob_domain.refusals.documents import EventUnknown
from kvob_domain.testing import Scenario
from tests.domain.asking import ESTATE, Given, fact, figures, register, start, survey, up_to
from tests.domain.corrections.correcting import (
    CLERK,
    THEN,
    approval,
    never,
    saying,
    version_of,
)
from tests.domain.noticing import announced


def surveyed(given: Given) -> tuple[Scenario, int]:
    """A story with a survey that no decision rests on, and its number."""
    story = given(register(), start(), survey())
    return story, version_of(story, SurveyRecorded)


def test_a_correction_keeps_what_it_does_not_name(given: Given) -> None:
    story, version = surveyed(given)
    expected = SurveyRecorded(on=date(2020, 11, 30), sent=120, returned=41)
    result = story.when(saying(version, sent=120))
    result.then(EventCorrected(on=THEN, version=version, instead=expected, reason="typfout"))
    assert result.state.dossier.survey == (date(2020, 11, 30), 120, 41)


def test_text_is_read_as_the_event_reads_it(given: Given) -> None:
    story, version = surveyed(given)
    corrected = story.given(saying(version, on="2020-12-01", sent="120"))
    assert corrected.state.dossier.survey == (date(2020, 12, 1), 120, 41)


def test_null_leaves_an_optional_field_out(given: Given) -> None:
    story = given(register(scope="fase 1"))
    assert story.given(saying(1, scope=None)).state.scope is None


def test_objects_are_merged_and_lists_replaced(given: Given) -> None:
    story = given(register(), start(), figures(incidents=40))
    version = version_of(story, FiguresRecorded)
    corrected = story.given(saying(version, figures={"burglaries": 7, "incidents": None}))
    assert corrected.state.figures[0].burglaries == 7
    assert corrected.state.figures[0].incidents is None
    places = story.given(saying(1, municipalities=["Buurstad", "Voorbeeldstad"]))
    assert places.state.municipalities == ("Buurstad", "Voorbeeldstad")


def test_an_event_that_never_happened_is_gone_and_stays_on_record(given: Given) -> None:
    story, version = surveyed(given)
    withdrawn = story.given(never(version))
    assert withdrawn.state.dossier.survey is None
    assert len(withdrawn.history) == len(story.history) + 1


def test_a_correction_says_the_one_or_the_other(given: Given) -> None:
    story, version = surveyed(given)
    neither = Correct(estate=ESTATE, on=THEN, version=version, reason="typfout")
    story.when(neither).then_refused(CorrectionUnclear)
    both = saying(version, sent=120).model_copy(update={"never_happened": True})
    story.when(both).then_refused(CorrectionUnclear)


def test_an_event_that_is_not_there_cannot_be_corrected(given: Given) -> None:
    story, _ = surveyed(given)
    story.when(never(99)).then_refused(EventUnknown, about=99, last=3)


def test_a_registration_is_corrected_but_not_withdrawn(given: Given) -> None:
    story = given(register())
    story.when(never(1)).then_refused(RegistrationStays, name="De Zilverhoek")
    assert story.given(saying(1, name="De Zilverhoek-Oost")).state.name == "De Zilverhoek-Oost"


def test_what_was_sent_was_sent(given: Given) -> None:
    story = given(register(), fact("award", "2024-06-03"))
    story = announced(story, date(2026, 11, 23))
    story = story if story.state.notices else announced(story, date(2027, 6, 3))
    version = version_of(story, NoticeGiven)
    story.when(never(version)).then_refused(EventUncorrectable, version=version)


def test_what_was_proposed_approved_or_declined_was(given: Given) -> None:
    earlier = date(2022, 5, 1)
    story = given(
        *up_to(Step.EVALUATION),
        SuspendCertificate(estate=ESTATE, on=earlier, reason="geen overleg"),
        WithdrawCertificate(estate=ESTATE, on=earlier, reason="opgeheven"),
    )
    first, second = (proposal.id for proposal in story.state.proposals)
    day = date(2022, 5, 9)
    story = story.given(
        ApproveAct(estate=ESTATE, on=day, proposal=first),
        DeclineAct(estate=ESTATE, on=day, proposal=second, reason="onnodig"),
    )
    for kind in (ActProposed, ActApproved, ActDeclined):
        story.when(never(version_of(story, kind))).then_refused(EventUncorrectable)


def test_a_field_that_the_event_does_not_have_is_named(given: Given) -> None:
    story, version = surveyed(given)
    story.when(saying(version, send=1, back=2)).then_refused(
        SaysUnknown, given=("send", "back"), known=("on", "sent", "returned")
    )


def test_a_value_that_the_event_cannot_hold_is_refused(given: Given) -> None:
    story, version = surveyed(given)
    refusal = story.when(saying(version, sent="veel")).then_refused(SaysMalformed)
    assert refusal.problem.startswith("sent: ")
    story.when(saying(version, sent=None)).then_refused(SaysMalformed)


def test_a_value_that_the_command_could_not_have_given_is_refused(given: Given) -> None:
    story = given(register(), RenameEstate(estate=ESTATE, on=date(2021, 1, 5), name="Zilverpark"))
    version = version_of(story, EstateRenamed)
    story.when(saying(version, name="")).then_refused(SaysMalformed)


def test_a_correction_that_changes_nothing_is_refused(given: Given) -> None:
    story, version = surveyed(given)
    story.when(saying(version, sent=113)).then_refused(SaysNothingNew)
    story.when(saying(version)).then_refused(SaysNothingNew)


def test_an_event_cannot_become_something_else(given: Given) -> None:
    story, version = surveyed(given)
    topic = FiguresRecorded.TOPIC
    story.when(saying(version, topic=topic)).then_refused(KindFixed)
    corrected = story.given(saying(version, sent=120))
    story = corrected
    other = {"topic": topic, "says": {"on": "2020-11-30", "figures": {"year": 2020}}}
    story.when(saying(version + 1, instead=other)).then_refused(KindFixed)
    story.when(saying(version + 1, version=2)).then_refused(KindFixed)


def test_an_event_that_never_happened_is_not_corrected_again(given: Given) -> None:
    story, version = surveyed(given)
    withdrawn = story.given(never(version))
    correction = version_of(withdrawn, EventCorrected)
    for again in (never(version), saying(version, sent=120)):
        withdrawn.when(again).then_refused(NeverHappenedAlready, correction=correction)
    assert withdrawn.given(never(correction)).state.dossier == story.state.dossier


def test_only_the_correction_that_holds_can_be_corrected(given: Given) -> None:
    story, version = surveyed(given)
    twice = story.given(saying(version, sent=120), saying(version, sent=130))
    first, second = (version_of(twice, EventCorrected, nth) for nth in (1, 2))
    twice.when(never(first)).then_refused(
        CorrectionOvertaken, version=first, event=version, correction=second
    )
    once = twice.given(never(second))
    assert once.state.dossier.survey == (date(2020, 11, 30), 120, 41)


def test_a_correction_of_a_correction_says_what_it_should_have_said(given: Given) -> None:
    story, version = surveyed(given)
    once = story.given(saying(version, sent=120))
    again = once.given(saying(version_of(once, EventCorrected), instead={"says": {"sent": 125}}))
    assert again.state.dossier.survey == (date(2020, 11, 30), 125, 41)


def test_neither_the_correction_nor_what_it_says_lies_in_the_future(given: Given) -> None:
    story, version = surveyed(given)
    tomorrow = never(version).model_copy(update={"on": date(2026, 11, 24)})
    story.when(tomorrow).then_refused(DateInFuture)
    told = story.when(saying(version, on="2027-01-01")).refusals
    assert [getattr(one, "broken", None) for one in told] == ["date-in-future"]


def test_the_period_of_an_award_follows_its_day(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    version = version_of(story, CertificateAwarded)
    proposed = story.given(saying(version, on="2021-06-10"), by=CLERK)
    approved = proposed.given(approval(proposed))
    (certificate,) = approved.state.certificates
    assert (certificate.valid_from, certificate.expires_on) == (
        date(2021, 6, 10),
        date(2024, 6, 10),
    )


def test_a_period_that_is_stated_stays_as_stated(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    version = version_of(story, CertificateAwarded)
    says = {"on": "2021-06-10", "valid_from": "2021-07-01", "expires_on": "2023-01-01"}
    proposed = story.given(saying(version, **says), by=CLERK)
    (certificate,) = proposed.given(approval(proposed)).state.certificates
    assert certificate.valid_from == date(2021, 7, 1)
    assert certificate.expires_on == date(2023, 1, 1)


def test_the_edition_and_term_of_a_fact_follow_its_date(given: Given) -> None:
    story = given(register(), fact("award", "2012-06-03"))
    old = story.history[1].event
    assert isinstance(old, PastFactRecorded)
    result = story.when(saying(2, fact={"on": "2019-06-03"}))
    (event,) = result.events
    assert isinstance(event, EventCorrected)
    assert isinstance(event.instead, PastFactRecorded)
    assert (old.edition, old.term_years) != (event.instead.edition, event.instead.term_years)
    fresh = given(register(), fact("award", "2019-06-03"))
    assert event.instead == fresh.history[1].event
