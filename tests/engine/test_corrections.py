"""What does a correction do to a whole store: names, views, deadlines, joint acts, imports?"""

from collections.abc import Callable
from datetime import date

import pytest

from kvob_domain.estate.events.certification import AuditRequested, CertificateAwarded
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.identity import EstateRenamed, MembersLinked
from kvob_domain.estate.events.oversight import ActProposed
from kvob_domain.estate.events.past import PastFactRecorded
from kvob_domain.estate.events.preparation import SurveyRecorded
from kvob_domain.refusals.corrections import CorrectionBreaks
from kvob_workflow import (
    Actor,
    ApproveAct,
    Engine,
    EstateId,
    LinkMembers,
    PersonId,
    RegisterGroup,
    RenameEstate,
    RequestAudit,
)
from kvob_workflow.engine.errors import EstateNotFound
from kvob_workflow.errors import NameTaken
from kvob_workflow.testing import SettableClock, engine_at
from tests.engine.correcting import CLERK, ON, PLACE, correct, number_of, said

SECOND = Actor(PersonId("clerk-2"))


def test_a_correction_changes_what_the_views_show(
    engine: Engine, walked_to: Callable[..., EstateId]
) -> None:
    estate = walked_to("adopt_analysis")
    survey = number_of(engine, estate, SurveyRecorded)
    before = engine.overview(estate)
    engine.do(correct(estate, survey))
    after = engine.overview(estate)
    assert len(after.missing) == len(before.missing) + 1


def test_the_state_at_hand_is_that_of_a_store_opened_anew(clock: SettableClock, url: str) -> None:
    with engine_at(url, clock) as engine:
        engine.take_facts([said("award", "2019-10"), said("covenant", "2019-09")])
        estate = engine.find("Noord")
        engine.do(correct(estate, 2, fact={"on": "2020-10"}))
        engine.do(correct(estate, 3))
        at_hand = engine.state(estate)
    with engine_at(url, clock) as again:
        assert again.state(estate) == at_hand


def test_a_trial_shows_what_would_change_and_writes_nothing(
    engine: Engine, walked_to: Callable[..., EstateId]
) -> None:
    estate = walked_to("adopt_analysis")
    survey = number_of(engine, estate, SurveyRecorded)
    before = engine.history(estate)
    tried = engine.do(correct(estate, survey), dry_run=True)
    assert tried.preview is not None
    assert "survey" in tried.preview.lacking
    assert {change.field for change in tried.preview.fields} == {"dossier.survey"}
    assert tried.preview.rows_of("board")
    assert engine.history(estate) == before
    assert engine.do(correct(estate, survey)).preview is None


def test_the_preview_of_a_proposal_shows_what_its_approval_changes(
    engine: Engine, walked_to: Callable[..., EstateId]
) -> None:
    estate = walked_to("present_certificate")
    award = number_of(engine, estate, CertificateAwarded)
    command = correct(estate, award, level="Continue Samenwerken")
    tried = engine.do(command, actor=CLERK, dry_run=True)
    assert isinstance(tried.events[0].event, ActProposed)
    assert tried.preview is not None
    (certificate,) = tried.preview.certificates
    assert [change.after for change in certificate.fields if change.field == "level"] == [
        "Continue Samenwerken"
    ]


def test_a_second_person_approves_and_the_register_follows(
    engine: Engine, walked_to: Callable[..., EstateId]
) -> None:
    estate = walked_to("present_certificate")
    award = number_of(engine, estate, CertificateAwarded)
    proposed = engine.do(correct(estate, award, level="Continue Samenwerken"), actor=CLERK)
    act = proposed.events[0].event
    assert isinstance(act, ActProposed)
    assert engine.state(estate).certificates[0].level != "Continue Samenwerken"
    approval = ApproveAct(estate=estate, on=ON, proposal=act.proposal)
    tried = engine.do(approval, actor=SECOND, dry_run=True)
    assert tried.preview is not None
    assert tried.preview.certificates
    done = engine.do(approval, actor=SECOND)
    assert isinstance(done.events[1].event, EventCorrected)
    assert engine.state(estate).certificates[0].level == "Continue Samenwerken"


def test_a_correction_that_breaks_something_writes_nothing(
    engine: Engine, walked_to: Callable[..., EstateId]
) -> None:
    estate = walked_to("adopt_plan")
    before = engine.history(estate)
    with pytest.raises(CorrectionBreaks):
        engine.do(correct(estate, number_of(engine, estate, SurveyRecorded)))
    assert engine.history(estate) == before


def test_a_corrected_name_is_found_and_the_wrong_one_is_free(
    engine: Engine, register: Callable[[str], EstateId]
) -> None:
    estate = register("De Zilverhoke")
    engine.do(correct(estate, 1, name="De Zilverhoek"))
    assert engine.find("De Zilverhoek") == estate
    assert engine.find(f"De Zilverhoek, {PLACE}") == estate
    with pytest.raises(EstateNotFound):
        engine.find("De Zilverhoke")
    assert register("De Zilverhoke") != estate


def test_a_name_of_another_estate_is_refused(
    engine: Engine, register: Callable[[str], EstateId]
) -> None:
    register("Noord")
    estate = register("Zuid")
    with pytest.raises(NameTaken):
        engine.do(correct(estate, 1, name="Noord"))
    assert engine.find("Zuid") == estate


def test_a_withdrawn_rename_frees_its_name_and_an_earlier_name_stays(
    engine: Engine, register: Callable[[str], EstateId]
) -> None:
    estate = register("Noord")
    engine.do(RenameEstate(estate=estate, on=date(2021, 1, 5), name="Zilverpark"))
    renamed = number_of(engine, estate, EstateRenamed)
    engine.do(correct(estate, renamed, name="Zilverpoort"))
    assert (engine.find("Zilverpoort"), engine.find("Noord")) == (estate, estate)
    engine.do(correct(estate, renamed))
    assert engine.state(estate).name == "Noord"
    for gone in ("Zilverpark", "Zilverpoort"):
        with pytest.raises(EstateNotFound):
            engine.find(gone)


def test_another_municipality_moves_every_name(
    engine: Engine, register: Callable[[str], EstateId]
) -> None:
    estate = register("Noord")
    engine.do(RenameEstate(estate=estate, on=date(2021, 1, 5), name="Zilverpark"))
    engine.do(correct(estate, 1, municipalities=["Buurstad"]))
    for name in ("Noord", "Zilverpark"):
        assert engine.find(f"{name}, Buurstad") == estate
    assert register("Noord") != estate


def test_the_other_estates_of_a_joint_act_are_named(
    engine: Engine, walked_to: Callable[..., EstateId]
) -> None:
    first, second, third = (walked_to("request_audit", name=one) for one in ("A", "B", "C"))
    engine.do(RequestAudit(estate=first, also=(second, third), on=date(2026, 3, 3), body="Kiwa"))
    number = number_of(engine, second, AuditRequested)
    command = correct(second, number, body="DASS")
    assert engine.do(command, dry_run=True).same_act_at == (first, third)
    assert engine.do(command).same_act_at == (first, third)
    assert engine.state(first).dossier.audit_requested_on == date(2026, 3, 3)


def test_the_members_of_a_corrected_link_are_named(
    engine: Engine, register: Callable[[str], EstateId]
) -> None:
    member, other = register("Noord"), register("Zuid")
    group = engine.do(RegisterGroup(name="Alle", municipalities=(PLACE,))).estate
    engine.do(LinkMembers(estate=group, on=ON, members=(member, other)))
    number = number_of(engine, group, MembersLinked)
    outcome = engine.do(correct(group, number, members=[str(member)]))
    assert outcome.same_act_at == (member,) or set(outcome.same_act_at) == {member, other}
    assert engine.state(group).members == (member,)


def test_a_repeated_command_id_corrects_once(
    engine: Engine, register: Callable[[str], EstateId]
) -> None:
    estate = register("Noord")
    command = correct(estate, 1, scope="fase 1")
    first = engine.do(command, command_id="c-1")
    again = engine.do(command, command_id="c-1")
    assert again.repeated
    assert again.version == first.version == 2


def test_what_a_correction_puts_in_the_past_is_not_announced_and_the_future_is(
    clock: SettableClock, url: str
) -> None:
    clock.set_day(date(2026, 11, 23))
    with engine_at(url, clock) as engine:
        item = said("award", "2026-10-01")
        engine.take_facts([item])
        engine.sweep()
        estate = engine.find("Noord")
        award = number_of(engine, estate, PastFactRecorded)
        clock.set_day(date(2026, 11, 25))
        engine.do(correct(estate, award, fact={"on": "2021-10-01"}))
        assert engine.sweep().given == 0
        engine.do(correct(estate, award, fact={"on": "2024-03-01"}))
        assert engine.sweep().given == 0
        expiry = next(iter(engine.due().items))
        clock.set_day(expiry.due_on)
        assert engine.sweep(confirm=True).given == 1


def test_a_notice_that_was_given_stays_given(clock: SettableClock, url: str) -> None:
    clock.set_day(date(2023, 10, 1))
    with engine_at(url, clock) as engine:
        engine.take_facts([said("award", "2023-09-01")])
        clock.set_day(date(2026, 9, 2))
        assert engine.sweep(confirm=True).given > 0
        estate = engine.find("Noord")
        notices = engine.state(estate).notices
        award = number_of(engine, estate, PastFactRecorded)
        command = correct(estate, award, fact={"on": "2023-08-30"})
        engine.do(command.model_copy(update={"on": date(2026, 9, 2)}))
        assert engine.state(estate).notices == notices
        assert engine.sweep().given == 0
