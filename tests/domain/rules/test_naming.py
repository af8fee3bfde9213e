"""Does a command name what is there, or what is not there yet?"""

from datetime import date

import pytest

from kvob_domain.estate.commands.identity import (
    LinkMembers,
    RenameEstate,
    SucceedParty,
    TransferEstate,
)
from kvob_domain.estate.commands.oversight import (
    ApproveAct,
    DeclineAct,
    MigrateEdition,
    RevertMigration,
    WaiveRequirement,
)
from kvob_domain.estate.commands.preparation import UpdateMeasure
from kvob_domain.estate.decide.identity import joined
from kvob_domain.estate.events.certification import AuditRecorded, FindingClosed
from kvob_domain.estate.events.identity import (
    EstateRenamed,
    EstateTransferred,
    GroupJoined,
    MembersLinked,
    PartySucceeded,
)
from kvob_domain.estate.events.oversight import ActProposed, EditionMigrated, MigrationReverted
from kvob_domain.estate.events.preparation import MeasureUpdated, PlanAdopted, TrajectoryStarted
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.values import Progress
from kvob_domain.ids import EditionId
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.parties import PartyRole
from kvob_domain.refusals.lifecycle import NothingToRevert
from kvob_domain.refusals.naming import (
    AlreadyLinked,
    AlreadyWaived,
    EditionNotInForce,
    FindingRepeated,
    FindingUnknown,
    MeasureRepeated,
    MeasureUnknown,
    MemberIsGroup,
    NotAGroup,
    PartyUnknown,
    ProposalUnknown,
    SameBody,
    SameEdition,
    SameName,
)
from tests.domain.asking import (
    ESTATE,
    GOAL,
    MEASURES,
    OTHER_ESTATE,
    Given,
    adopt_plan,
    approve,
    audit,
    close,
    evaluate_term,
    finding,
    finish,
    register,
    register_group,
    start,
    up_to,
)

SPRING = date(2021, 5, 30)
LINK = LinkMembers(estate=ESTATE, on=SPRING, members=(OTHER_ESTATE,))


@pytest.mark.lets_through("measure_is_in_the_plan")
@pytest.mark.refuses("measure_is_in_the_plan")
def test_only_a_measure_of_the_plan_can_be_updated(given: Given) -> None:
    story = given(*up_to(Step.COVENANT))
    story.when(finish(8)[0]).then(MeasureUpdated)
    refusal = story.when(finish(9)[0]).then_refused(MeasureUnknown, measure="m9")
    assert refusal.known == tuple(f"m{number}" for number in range(1, 9))


@pytest.mark.lets_through("plan_lines_have_their_own_ids")
@pytest.mark.refuses("plan_lines_have_their_own_ids")
def test_every_goal_and_every_measure_of_a_plan_has_an_id_of_its_own(given: Given) -> None:
    story = given(*up_to(Step.ACTION_PLAN))
    twice = adopt_plan(measures=(*MEASURES, MEASURES[2]))
    story.when(twice).then_refused(MeasureRepeated, id="m3")
    story.when(adopt_plan(goals=(GOAL, GOAL))).then_refused(MeasureRepeated, id="g1")
    shared = GOAL.model_copy(update={"id": "m1"})
    story.when(adopt_plan(goals=(shared,))).then(PlanAdopted)


@pytest.mark.lets_through("finding_is_open")
@pytest.mark.refuses("finding_is_open")
def test_only_an_open_finding_can_be_closed(given: Given) -> None:
    found = audit(date(2021, 5, 12), finding(1), finding(2))
    story = given(*up_to(Step.AWARD), found)
    closed = story.when(close(1)).then(FindingClosed).after
    closed.when(close(1)).then_refused(FindingUnknown, finding="f1", open=("f2",))


@pytest.mark.lets_through("findings_have_their_own_ids")
@pytest.mark.refuses("findings_have_their_own_ids")
def test_a_finding_has_an_id_of_its_own_within_the_cycle(given: Given) -> None:
    story = given(*up_to(Step.AWARD), audit(date(2021, 5, 12), finding(1)), close(1))
    again = audit(date(2021, 6, 1), finding(1))
    story.when(again).then_refused(FindingRepeated, finding="f1")
    story.when(audit(date(2021, 6, 1), finding(2), finding(2))).then_refused(FindingRepeated)
    story.when(audit(date(2021, 6, 1), finding(2))).then(AuditRecorded)


@pytest.mark.lets_through("former_party_is_in_the_partnership")
@pytest.mark.refuses("former_party_is_in_the_partnership")
def test_only_a_party_can_be_succeeded(given: Given) -> None:
    def succeed(former: str) -> SucceedParty:
        role = PartyRole.MUNICIPALITY
        return SucceedParty(estate=ESTATE, on=SPRING, former=former, successor="Nieuw", role=role)

    story = given(*up_to(Step.KICKOFF))
    story.when(succeed("Gemeente Voorbeeldstad")).then(PartySucceeded)
    refusal = story.when(succeed("Gemeente Elders")).then_refused(PartyUnknown)
    assert "Gemeente Voorbeeldstad" in refusal.known


@pytest.mark.lets_through("name_is_new")
@pytest.mark.refuses("name_is_new")
def test_an_estate_is_renamed_to_another_name(given: Given) -> None:
    def rename(name: str) -> RenameEstate:
        return RenameEstate(estate=ESTATE, on=SPRING, name=name)

    story = given(register())
    story.when(rename("De Zilverhoek")).then_refused(SameName, name="De Zilverhoek")
    story.when(rename("Zilverpark")).then(EstateRenamed)


@pytest.mark.lets_through("body_is_new")
@pytest.mark.refuses("body_is_new")
def test_an_estate_is_transferred_to_another_certification_body(given: Given) -> None:
    def transfer(body: str) -> TransferEstate:
        return TransferEstate(estate=ESTATE, on=SPRING, to_body=body)

    story = given(*up_to(Step.KICKOFF))
    story.when(transfer("Kiwa")).then_refused(SameBody, body="Kiwa")
    story.when(transfer("DASS")).then(EstateTransferred)


def migrate(edition: str, on: date = SPRING) -> MigrateEdition:
    """A migration of the running cycle."""
    return MigrateEdition(estate=ESTATE, on=on, edition=EditionId(edition), reason="overgang")


REVERT = RevertMigration(estate=ESTATE, on=SPRING, reason="te vroeg")


@pytest.mark.lets_through("edition_is_new", "edition_is_in_force")
@pytest.mark.refuses("edition_is_new")
def test_a_cycle_migrates_to_another_edition(given: Given) -> None:
    story = given(*up_to(Step.COVENANT))
    story.when(migrate("kvo-3.1")).then_refused(SameEdition, edition="kvo-3.1")
    story.when(migrate("kvo-2008-v2")).then(EditionMigrated)


@pytest.mark.lets_through("edition_is_in_force")
@pytest.mark.refuses("edition_is_in_force")
def test_no_cycle_follows_an_edition_that_has_not_come_into_force(given: Given) -> None:
    new = EditionId("kvo-4.0")
    story = given(*up_to(Step.COVENANT))
    story.when(migrate(new, date(2024, 2, 29))).then_refused(
        EditionNotInForce, edition="kvo-4.0", on=date(2024, 2, 29), since="2024-03-01"
    )
    story.when(migrate(new, date(2024, 3, 1))).then(EditionMigrated)
    given(register()).when(start(edition=new)).then_refused(EditionNotInForce)
    given(register()).when(start(edition="kvo-3.1")).then(TrajectoryStarted)
    evaluation = given(*up_to(Step.EVALUATION))
    evaluation.when(evaluate_term(edition=new)).then_refused(EditionNotInForce)


@pytest.mark.lets_through("migration_can_be_reverted")
@pytest.mark.refuses("migration_can_be_reverted")
def test_only_a_migration_of_the_running_cycle_can_be_reverted(given: Given) -> None:
    story = given(*up_to(Step.COVENANT))
    story.when(REVERT).then_refused(NothingToRevert)
    story.given(migrate("kvo-2008-v2")).when(REVERT).then(MigrationReverted)


@pytest.mark.lets_through("only_groups_have_members", "members_are_new")
@pytest.mark.refuses("only_groups_have_members")
def test_members_are_linked_to_a_group_only(given: Given) -> None:
    given(register()).when(LINK).then_refused(NotAGroup, name="De Zilverhoek")
    given(register_group()).when(LINK).then(MembersLinked)


@pytest.mark.refuses("members_are_new")
def test_an_estate_is_linked_to_a_group_once(given: Given) -> None:
    given(register_group(), LINK).when(LINK).then_refused(AlreadyLinked, members=(OTHER_ESTATE,))


def test_a_group_consists_of_estates_and_not_of_groups(given: Given) -> None:
    assert joined(LINK, given(register()).state) == GroupJoined(on=SPRING, group=ESTATE)
    with pytest.raises(MemberIsGroup, match="Alle terreinen"):
        joined(LINK, given(register_group()).state)


@pytest.mark.lets_through("waiver_is_new")
@pytest.mark.refuses("waiver_is_new")
def test_a_requirement_is_waived_once_a_cycle(given: Given) -> None:
    code = RequirementCode.MEASURES_DONE
    waive = WaiveRequirement(estate=ESTATE, on=SPRING, requirement=code, reason="klein terrein")
    proposed = given(*up_to(Step.AWARD)).when(waive).then(ActProposed)
    waived = proposed.after.given(approve(SPRING, proposed.state.proposals[0].id))
    waived.when(waive).then_refused(AlreadyWaived, requirement=code)


def test_only_a_waiting_proposal_can_be_approved_or_declined(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    approval = ApproveAct(estate=ESTATE, on=date(2021, 6, 3), proposal="act-9")
    declining = DeclineAct(estate=ESTATE, on=date(2021, 6, 3), proposal="act-9", reason="nee")
    for command in (approval, declining):
        story.when(command).then_refused(ProposalUnknown, proposal="act-9", waiting=())


def test_a_measure_keeps_its_owner_unless_another_is_named(given: Given) -> None:
    update = UpdateMeasure(
        estate=ESTATE, on=SPRING, measure="m1", progress=Progress.STARTED, owner="Politie"
    )
    story = given(*up_to(Step.COVENANT), update, *finish(1, on=date(2021, 5, 31)))
    changed = story.state.measures[0]
    assert (changed.owner, changed.progress) == ("Politie", Progress.DONE)
