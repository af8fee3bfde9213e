"""What does the first screen show, section by section, and what does it leave out?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.commands.certification import CloseFinding, RecordAudit, RequestAudit
from kvob_domain.estate.commands.identity import RegisterEstate, RegisterGroup
from kvob_domain.estate.commands.oversight import ApproveAct
from kvob_domain.estate.commands.past import RecordPastFact
from kvob_domain.estate.commands.preparation import EndTrajectory, RecordSurvey
from kvob_domain.estate.commands.standing import SuspendCertificate, WithdrawCertificate
from kvob_domain.estate.values import FactKind, PastFact, Provenance
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.mandates import Bond, BondKind, Reach
from kvob_domain.partial_date import PartialDate
from kvob_domain.parties import PartyRole
from kvob_projections.errors import PageOutOfRange
from kvob_projections.today_query import LookAheadOutOfRange, TodayQuery, TodaySection
from kvob_workflow import DueQuery, Engine, StuckQuery
from kvob_workflow.engine.today_rows import TodayWork
from kvob_workflow.testing import SettableClock, engine_at
from tests.projections import cycle
from tests.projections.cycle import DECIDER, SECOND
from tests.projections.desk import Step as Happened
from tests.projections.desk import does

TODAY = date(2024, 2, 1)
EXPIRES_ON = date(2024, 6, 3)
FINDING = {"id": "f-1", "severity": "minor", "text": "Schouw ontbreekt"}


@pytest.fixture
def engine() -> Iterator[Engine]:
    with engine_at("memory:", SettableClock(TODAY)) as opened:
        yield opened


def played(
    engine: Engine, steps: tuple[Happened, ...], name: str = "De Zilverhoek", place: str = "Soest"
) -> EstateId:
    """An estate of which this has happened."""
    estate = engine.do(RegisterEstate(name=name, municipalities=(place,))).estate
    for step in steps:
        actor = Actor(PersonId(step.person), "Stichting", Role.OPERATOR)
        engine.do(step.command(estate), actor=actor)
    return estate


def work(engine: Engine, day: date = TODAY, **asked: object) -> TodayWork:
    return engine.today_work(TodayQuery(day=day, **asked))  # type: ignore[arg-type]


def test_a_certificate_is_expiring_from_nine_months_before_to_its_last_valid_day(
    engine: Engine,
) -> None:
    estate = played(engine, cycle.CERTIFIED)
    shown = {
        date(2023, 9, 2): 0,
        date(2023, 9, 3): 1,
        EXPIRES_ON - timedelta(days=1): 1,
        EXPIRES_ON: 0,
    }
    for day, total in shown.items():
        page = work(engine, day).expiring
        assert page is not None
        assert (page.total, len(page.items)) == (total, total), day
    page = work(engine).expiring
    assert page is not None
    (row,) = page.items
    assert (row.estate_id, row.step, row.status) == (estate, Step.EVALUATION, Status.VALID)
    assert (row.expires_on, row.action) == (EXPIRES_ON, "evaluate_term")
    assert work(engine).months == 9


def test_a_suspended_certificate_expires_too_and_a_withdrawn_one_does_not(engine: Engine) -> None:
    estate = played(engine, cycle.CERTIFIED)
    _by_two(
        engine, does(SuspendCertificate, "2024-01-10", DECIDER, reason="geen evaluatie"), estate
    )
    page = work(engine).expiring
    assert page is not None
    assert [row.status for row in page.items] == [Status.SUSPENDED]
    _by_two(engine, does(WithdrawCertificate, "2024-02-01", DECIDER, reason="x"), estate)
    assert _totals(work(engine), "expiring", "not_renewed") == (0, 0)


def _by_two(engine: Engine, step: Happened, estate: EstateId) -> None:
    engine.do(step.command(estate), actor=Actor(PersonId(step.person)))
    ((proposal, *_),) = engine.state(estate).proposals
    approve = ApproveAct(estate=estate, proposal=proposal, on=TODAY)
    engine.do(approve, actor=Actor(PersonId(SECOND)))


def _totals(found: TodayWork, *sections: str) -> tuple[int, ...]:
    return tuple(getattr(found, section).total for section in sections)


def test_what_is_being_renewed_or_was_ended_does_not_expire_without_renewal(
    engine: Engine,
) -> None:
    played(engine, cycle.RENEWING)
    end = does(EndTrajectory, "2024-01-10", reason="by_choice")
    played(engine, (*cycle.CERTIFIED, end), "Noord")
    assert _totals(work(engine), "expiring") == (0,)
    assert _totals(work(engine, EXPIRES_ON), "expiring", "not_renewed") == (0, 0)


def test_an_expired_certificate_is_not_renewed_from_the_day_of_expiry_for_nine_months(
    engine: Engine,
) -> None:
    played(engine, cycle.CERTIFIED)
    shown = {
        EXPIRES_ON - timedelta(days=1): 0,
        EXPIRES_ON: 1,
        date(2025, 3, 3): 1,
        date(2025, 3, 4): 0,
    }
    for day, total in shown.items():
        page = work(engine, day).not_renewed
        assert page is not None
        assert page.total == total, day
    page = work(engine, date(2025, 3, 4), months=10).not_renewed
    assert page is not None
    assert [row.status for row in page.items] == [Status.EXPIRED]


def test_the_months_to_look_ahead_can_be_asked_and_have_bounds(engine: Engine) -> None:
    played(engine, cycle.CERTIFIED)
    assert _totals(work(engine, date(2024, 5, 2), months=1), "expiring") == (0,)
    assert _totals(work(engine, date(2024, 5, 3), months=1), "expiring") == (1,)
    for months in (0, -1, 121):
        with pytest.raises(LookAheadOutOfRange):
            work(engine, months=months)
    with pytest.raises(PageOutOfRange):
        work(engine, limit=-1)
    assert work(engine, date.max).day == date.max
    assert work(engine, date.min).day == date.min


def test_an_audit_has_gaps_while_something_is_missing_before_the_award(engine: Engine) -> None:
    estate = played(engine, cycle.AWARD)
    page = work(engine).audit_gaps
    assert page is not None
    (row,) = page.items
    owed = {one.code.value: one.owed_by for one in row.missing}
    assert owed == {"audit": "certification_body", "measures_done": "working_group"}
    assert (row.audit_requested_on, row.audit_on) == (date(2021, 4, 8), None)
    assert (row.action, row.step, row.open_findings) == ("record_audit", Step.AWARD, 0)
    audit = RecordAudit(
        estate=estate,
        on=date(2021, 5, 11),
        auditor=PersonId("p-auditor"),
        outcome="positive",  # type: ignore[arg-type]
        findings=(FINDING,),  # type: ignore[arg-type]
    )
    engine.do(audit, actor=Actor(PersonId("p-auditor")))
    for step in cycle.progress("2021-06-01", "done", "m-1", "m-2", "m-3", "m-4"):
        engine.do(step.command(estate), actor=Actor(PersonId(step.person)))
    page = work(engine).audit_gaps
    assert page is not None
    (row,) = page.items
    assert [one.code.value for one in row.missing] == ["findings_closed"]
    assert (row.action, row.audit, row.open_findings) == ("close_finding", "positive", 1)
    close = CloseFinding(estate=estate, on=date(2021, 6, 2), finding="f-1", note="hersteld")
    engine.do(close, actor=Actor(PersonId("p-guide")))
    assert _totals(work(engine), "audit_gaps", "decisions") == (0, 1)


def test_who_lacks_nothing_is_ready_for_a_decision_and_who_was_awarded_is_not(
    engine: Engine,
) -> None:
    estate = played(engine, cycle.AUDITED)
    page = work(engine).decisions
    assert page is not None
    assert [(row.estate_id, row.action) for row in page.items] == [(estate, "award_certificate")]
    assert page.items[0].missing == ()
    played(engine, cycle.CERTIFIED, "Noord")
    assert _totals(work(engine), "audit_gaps", "decisions") == (0, 1)


def test_a_step_before_the_audit_has_no_gaps_unless_an_audit_left_findings(engine: Engine) -> None:
    played(engine, cycle.COVENANT)
    assert _totals(work(engine), "audit_gaps") == (0,)


def test_a_survey_shows_its_response_against_the_threshold_until_it_is_enough(
    engine: Engine,
) -> None:
    estate = played(engine, cycle.INVENTORY)
    page = work(engine).surveys
    assert page is not None
    (row,) = page.items
    assert (row.on, row.sent, row.returned, row.percent, row.short) == (None,) * 5
    assert (row.threshold, row.holder, row.action) == (Decimal(30), "practice", "record_survey")
    assert row.source.startswith("https://")
    _survey(engine, estate, 29)
    page = work(engine).surveys
    assert page is not None
    (row,) = page.items
    assert (row.sent, row.returned, row.percent, row.short) == (100, 29, Decimal("29.0"), 1)
    _survey(engine, estate, 30)
    assert _totals(work(engine), "surveys") == (0,)


def _survey(engine: Engine, estate: EstateId, returned: int) -> None:
    day = date(2020, 11, 30)
    engine.do(RecordSurvey(estate=estate, on=day, sent=100, returned=returned))


def test_a_survey_is_not_asked_of_who_has_not_come_to_it_or_has_an_analysis(
    engine: Engine,
) -> None:
    played(engine, cycle.KICKOFF)
    played(engine, cycle.ACTION_PLAN, "Noord")
    assert _totals(work(engine), "surveys") == (0,)
    played(engine, cycle.RENEWING, "Zuid")
    assert _totals(work(engine), "surveys") == (1,)


def test_overdue_measures_are_told_by_owner_from_the_day_after_they_were_due(
    engine: Engine,
) -> None:
    estate = played(engine, cycle.COVENANT)
    assert _owners(work(engine, date(2021, 3, 1))) == {}
    assert _owners(work(engine, date(2021, 3, 2))) == {"entrepreneurs": (1, 1, "2021-03-01")}
    found = _owners(work(engine, date(2021, 5, 2)))
    assert found == {
        "municipality": (2, 1, "2021-04-01"),
        "entrepreneurs": (1, 1, "2021-03-01"),
    }
    played(engine, cycle.COVENANT, "Noord")
    page = work(engine, date(2021, 5, 2)).measures
    assert page is not None
    most = page.items[0]
    assert (most.owner, most.measures, most.estates) == ("Gemeente Voorbeeldstad", 4, 2)
    first = most.items[0]
    assert (first.estate_id, first.measure, first.text) == (estate, "m-3", "Straatverlichting")
    assert (first.due_on, first.action, first.step) == (
        date(2021, 4, 1),
        "update_measure",
        Step.COVENANT,
    )
    assert (page.total, page.total_is_exact) == (2, True)
    assert len(most.items) == 4


def _owners(found: TodayWork) -> dict[str, tuple[int, int, str]]:
    assert found.measures is not None
    return {
        row.owner_role.value: (row.measures, row.estates, str(row.oldest_due_on))
        for row in found.measures.items
    }


def test_a_measure_that_is_done_or_dropped_is_not_overdue(engine: Engine) -> None:
    done = cycle.progress("2021-03-01", "done", "m-1")
    dropped = cycle.progress("2021-03-02", "dropped", "m-3", "m-4")
    started = cycle.progress("2021-03-03", "started", "m-6")
    played(engine, (*cycle.COVENANT, *done, *dropped, *started))
    assert _owners(work(engine, date(2021, 6, 1))) == {}
    assert _owners(work(engine, date(2022, 6, 2)))["entrepreneurs"] == (2, 1, "2021-12-31")


def test_a_proposal_waits_for_somebody_else_than_who_made_it(engine: Engine) -> None:
    estate = played(engine, cycle.CERTIFIED)
    assert _totals(work(engine), "approvals") == (0,)
    suspend = does(SuspendCertificate, "2024-01-10", DECIDER, reason="geen evaluatie")
    actor = Actor(PersonId(DECIDER), "Keur", Role.DECIDER)
    engine.do(suspend.command(estate), actor=actor)
    page = work(engine, person=PersonId(DECIDER)).approvals
    assert page is not None
    (row,) = page.items
    assert (row.estate_id, row.command, row.since) == (
        estate,
        "suspend_certificate",
        date(2024, 1, 10),
    )
    assert (row.organisation, row.role, row.proposer) == ("Keur", "decider", DECIDER)
    assert (row.title.nl, row.is_own, row.action) == ("Schorsen", True, "approve_act")
    page = work(engine, person=PersonId(SECOND)).approvals
    assert page is not None
    assert not page.items[0].is_own


def test_deadlines_are_counted_as_the_lists_of_deadlines_and_of_stuck_work_do(
    engine: Engine,
) -> None:
    played(engine, cycle.CERTIFIED)
    played(engine, cycle.COVENANT, "Noord")
    for day in (date(2022, 6, 2), date(2023, 12, 1), TODAY, date(2024, 6, 2), EXPIRES_ON):
        found = work(engine, day).deadlines
        assert found is not None
        stuck = engine.stuck(StuckQuery(day=day, kind="deadline_overdue"))  # type: ignore[arg-type]
        assert (found.overdue, found.overdue_is_exact) == (stuck.total, True)
        assert [one.days for one in found.ahead] == [30, 90, 180]
        for one in found.ahead:
            if day >= TODAY:  # earlier days the list takes from what was known then
                due = engine.due(DueQuery(day=day, until=one.until))
                assert (one.total, one.until) == (due.total, day + timedelta(days=one.days))


def test_a_municipality_and_a_reach_narrow_every_section(engine: Engine) -> None:
    everywhere = (cycle.CERTIFIED, cycle.AWARD, cycle.AUDITED, cycle.INVENTORY, cycle.COVENANT)
    for place in ("Soest", "Oss"):
        for number, steps in enumerate(everywhere):
            estate = played(engine, steps, f"Terrein {number}", place)
        suspend = does(SuspendCertificate, "2024-01-10", DECIDER, reason="geen evaluatie")
        estate = engine.find(f"Terrein 0, {place}")
        engine.do(suspend.command(estate), actor=Actor(PersonId(DECIDER)))
    sections = ("expiring", "audit_gaps", "decisions", "surveys", "approvals")
    whole = work(engine)
    reach = Reach(bonds=frozenset({Bond.to(BondKind.MUNICIPALITY, "soest")}))
    for half in (work(engine, municipality="SOEST"), work(engine, reach=reach)):
        assert [2 * one for one in _totals(half, *sections)] == list(_totals(whole, *sections))
        places = {row.municipality for one in sections for row in getattr(half, one).items}
        assert places == {"Soest"}
        assert half.measures is not None
        assert whole.measures is not None
        late = {row.owner: 2 * row.measures for row in half.measures.items}
        assert late == {row.owner: row.measures for row in whole.measures.items}
        assert half.deadlines is not None
        assert whole.deadlines is not None
        assert 2 * half.deadlines.overdue == whole.deadlines.overdue > 0
        assert [2 * one.total for one in half.deadlines.ahead] == [
            one.total for one in whole.deadlines.ahead
        ]
    assert _totals(work(engine, reach=Reach()), *sections) == (0,) * len(sections)


def test_groups_are_not_counted(engine: Engine) -> None:
    group = engine.do(RegisterGroup(name="Alle terreinen", municipalities=("Soest",))).estate
    award = PastFact(
        kind=FactKind.AWARD,
        on=PartialDate.parse("2021-06-03"),
        provenance=Provenance(source="een krant"),
    )
    engine.do(RecordPastFact(estate=group, fact=award))
    found = work(engine)
    assert _totals(found, "expiring", "audit_gaps") == (0, 0)
    assert found.deadlines is not None
    assert [one.total for one in found.deadlines.ahead] == [0, 0, 0]


def test_a_limit_bounds_every_section_and_the_totals_stay_whole(engine: Engine) -> None:
    for number in range(3):
        played(engine, cycle.CERTIFIED, f"Oost {number}")
        played(engine, cycle.AWARD, f"West {number}")
    for limit in (0, 2):
        found = work(engine, limit=limit)
        assert found.expiring is not None
        assert found.audit_gaps is not None
        assert found.measures is not None
        assert (len(found.expiring.items), found.expiring.total) == (limit, 3)
        assert (len(found.audit_gaps.items), found.audit_gaps.total) == (limit, 3)
        assert (len(found.measures.items), found.measures.total) == (limit, 4)


def test_a_role_is_shown_what_it_owes(engine: Engine) -> None:
    played(engine, cycle.AWARD)
    played(engine, cycle.INVENTORY, "Noord")
    municipality = work(engine, role=Role.MUNICIPALITY)
    assert municipality.measures is not None
    assert {row.owner_role for row in municipality.measures.items} == {PartyRole.MUNICIPALITY}
    assert (municipality.approvals, municipality.decisions, municipality.surveys) == (None,) * 3
    decider = work(engine, role=Role.DECIDER)
    assert decider.approvals is not None
    assert decider.decisions is not None
    assert (decider.expiring, decider.measures) == (None, None)
    auditor = work(engine, role=Role.AUDITOR)
    assert _totals(auditor, "audit_gaps") == (1,)
    assert work(engine, role=Role.PARK_MANAGER).surveys is not None
    assert work(engine, role=Role.OPERATOR).decisions is not None


def test_a_role_sees_an_audit_only_for_what_it_owes_itself(engine: Engine) -> None:
    estate = played(engine, cycle.AUDITED)
    audit = RequestAudit(estate=estate, on=date(2021, 6, 2))
    engine.do(audit, actor=Actor(PersonId("p-guide")))
    lacking = played(engine, cycle.AWARD, "Noord")
    for step in cycle.progress("2021-06-01", "done", "m-1", "m-2", "m-3", "m-4"):
        engine.do(step.command(lacking), actor=Actor(PersonId(step.person)))
    assert _totals(work(engine, role=Role.AUDITOR), "audit_gaps") == (1,)
    assert _totals(work(engine, role=Role.MUNICIPALITY), "audit_gaps") == (0,)


def test_only_the_sections_asked_for_are_worked_out(engine: Engine) -> None:
    found = work(engine, sections=(TodaySection.SURVEYS, TodaySection.DEADLINES))
    assert found.surveys is not None
    assert found.deadlines is not None
    assert (found.expiring, found.not_renewed, found.audit_gaps) == (None, None, None)


def test_an_answer_is_new_as_soon_as_something_has_happened(engine: Engine) -> None:
    estate = played(engine, cycle.CERTIFIED)
    first = work(engine)
    assert work(engine) is first
    end = EndTrajectory(estate=estate, on=TODAY, reason="by_choice")  # type: ignore[arg-type]
    engine.do(end, actor=Actor(PersonId("p-guide")))
    assert _totals(first, "expiring") == (1,)
    assert _totals(work(engine), "expiring") == (0,)
