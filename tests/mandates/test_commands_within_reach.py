"""Does anybody change an estate that is not his? Every command, from the other side."""

from __future__ import annotations

from typing import Final

import pytest

from kvob_domain.actor import Role
from kvob_domain.errors import KvobError
from kvob_domain.estate.commands import Command, JointCommand
from kvob_domain.estate.commands.certification import SignCovenant
from kvob_domain.estate.commands.identity import (
    ChangeScope,
    LinkMembers,
    RegisterEstate,
    RegisterGroup,
)
from kvob_domain.estate.commands.past import RecordRemark
from kvob_domain.estate.values import EstateKind, Provenance
from kvob_domain.ids import EstateId
from kvob_domain.mandates import OutOfReach, RegionOutOfReach, Scope, ScopeMissing
from kvob_domain.partial_date import PartialDate
from kvob_workflow import Engine, FactItem
from kvob_workflow.engine.errors import NotInOneGo
from kvob_workflow.engine.facts import Remark
from kvob_workflow.engine.mandated import HIDDEN, Mandated
from kvob_workflow.errors import NameTaken
from tests.domain.samples import SAMPLE_COMMANDS
from tests.mandates.sides import NOBODYS, TODAY, Side

ON_ESTATES: Final = [
    one for one in SAMPLE_COMMANDS if not isinstance(one, RegisterEstate | RegisterGroup)
]
JOINT: Final = [one for one in ON_ESTATES if isinstance(one, JointCommand)]


def _name(command: Command) -> str:
    return command.command


def _said(desk: Mandated, command: Command, *, dry_run: bool = False) -> str:
    try:
        return repr(desk.do(command, dry_run=dry_run))
    except KvobError as error:
        return f"{error.code}: {error.message('nl')} {error.message()}"


def _previewed(desk: Mandated, command: Command) -> str:
    try:
        return repr(desk.preview(command))
    except KvobError as error:
        return f"{error.code}: {error.message('nl')} {error.message()}"


def _at(command: Command, estate: EstateId) -> Command:
    """The sample command about this estate alone."""
    changed: dict[str, object] = {"estate": estate}
    if isinstance(command, JointCommand):
        changed["also"] = ()
    if isinstance(command, LinkMembers):
        changed["members"] = (estate,)
    return command.model_copy(update=changed)


@pytest.mark.parametrize("command", ON_ESTATES, ids=_name)
def test_no_command_reaches_an_estate_of_the_other_side(
    alone: tuple[Engine, Side, Side], command: Command
) -> None:
    engine, ours, others = alone
    before = engine.happened(0, 10_000).looked_to
    for role in (Role.MUNICIPALITY, Role.GUIDE, Role.DECIDER, Role.PARK_MANAGER):
        desk = ours.desk(engine, role)
        missing = _said(desk, _at(command, NOBODYS))
        assert missing.startswith(OutOfReach.code)
        for dry_run in (False, True):
            said = _said(desk, _at(command, others.walked), dry_run=dry_run)
            assert said.replace(others.walked, NOBODYS) == missing
        shown = _previewed(desk, _at(command, others.walked))
        assert shown.replace(others.walked, NOBODYS) == missing
    assert engine.happened(0, 10_000).looked_to == before


def test_commands_that_go_together_reach_no_estate_of_the_other_side(
    alone: tuple[Engine, Side, Side],
) -> None:
    engine, ours, others = alone
    desk = ours.desk(engine)
    before = engine.happened(0, 10_000).looked_to
    for ask in (desk.do_all, desk.preview_all):
        with pytest.raises(OutOfReach):
            ask([ChangeScope(estate=others.walked, on=TODAY, scope="Kade")])
        with pytest.raises(NotInOneGo):
            ask([ChangeScope(estate=one.walked, on=TODAY, scope="x") for one in (ours, others)])
        with pytest.raises(ScopeMissing):
            auditor = engine.under(ours.mandate(Role.AUDITOR))
            auditor.do_all([ChangeScope(estate=ours.walked, on=TODAY, scope="Kade")])
    assert engine.happened(0, 10_000).looked_to == before


@pytest.mark.parametrize("command", ON_ESTATES, ids=_name)
def test_a_command_on_ones_own_estate_meets_the_rules_and_no_reach(
    alone: tuple[Engine, Side, Side], command: Command
) -> None:
    engine, ours, _ = alone
    said = _said(ours.desk(engine), _at(command, ours.walked), dry_run=True)
    assert not said.startswith(OutOfReach.code)


@pytest.mark.parametrize("command", JOINT, ids=_name)
def test_one_estate_of_the_other_side_in_a_joint_command_stops_all_of_it(
    alone: tuple[Engine, Side, Side], command: JointCommand
) -> None:
    engine, ours, others = alone
    desk = ours.desk(engine)
    for first, also in ((ours.walked, others.walked), (others.walked, ours.walked)):
        joint = command.model_copy(update={"estate": first, "also": (also,)})
        said = _said(desk, joint)  # type: ignore[arg-type]  # every joint command is a command
        assert said.startswith(OutOfReach.code)
        assert others.walked in said


def test_a_group_takes_no_member_of_the_other_side(alone: tuple[Engine, Side, Side]) -> None:
    engine, ours, others = alone
    with pytest.raises(OutOfReach):
        ours.desk(engine).do(LinkMembers(estate=ours.group, members=(others.bare,), on=TODAY))
    with pytest.raises(OutOfReach):
        ours.desk(engine).do(LinkMembers(estate=others.group, members=(ours.bare,), on=TODAY))


def test_an_estate_is_registered_in_ones_own_region_alone(
    engine: Engine, both: tuple[Side, Side]
) -> None:
    ours, others = both
    guide = engine.under(ours.mandate(Role.GUIDE))
    made = guide.do(RegisterEstate(name="Nieuw", municipalities=(ours.municipality,)))
    assert guide.board_row(made.estate).estate == "Nieuw"
    for places in ((others.municipality,), (ours.municipality, others.municipality)):
        with pytest.raises(RegionOutOfReach):
            guide.do(RegisterEstate(name="Elders", municipalities=places))
        with pytest.raises(RegionOutOfReach):
            guide.do(RegisterGroup(name="Elders", municipalities=places))
    assert engine.find("Nieuw") == made.estate
    with pytest.raises(KvobError):
        engine.find("Elders")


def test_an_id_of_the_other_side_registers_nothing_and_tells_nothing(
    engine: Engine, both: tuple[Side, Side]
) -> None:
    ours, others = both
    guide = engine.under(ours.mandate(Role.GUIDE))
    taken = RegisterEstate(estate=others.bare, name="Nieuw", municipalities=(ours.municipality,))
    with pytest.raises(OutOfReach):
        guide.do(taken)


def test_a_name_that_is_taken_is_told_but_not_by_whom(
    engine: Engine, both: tuple[Side, Side]
) -> None:
    ours, _ = both
    guide = engine.under(ours.mandate(Role.GUIDE))
    free = RegisterEstate(name="Het Kale Veld", municipalities=(ours.municipality,))
    with pytest.raises(NameTaken) as seen:
        guide.do(free)
    assert seen.value.holder == ours.bare
    elsewhere = ours.mandate(Role.GUIDE)
    engine.do(_guided_by_others(ours))
    with pytest.raises(NameTaken) as hidden:
        engine.under(elsewhere).do(free)
    assert hidden.value.holder == HIDDEN
    assert ours.bare not in hidden.value.message()


def _guided_by_others(side: Side) -> Command:
    from kvob_domain.estate.commands.preparation import StartTrajectory
    from kvob_domain.parties import Party, PartyRole

    party = Party(organisation=side.municipality, role=PartyRole.MUNICIPALITY)
    return StartTrajectory(
        estate=side.bare, on=TODAY, guide="Een ander", body="Keur", parties=(party,)
    )


def test_a_first_result_is_not_given_again_once_the_estate_is_anothers(
    engine: Engine, both: tuple[Side, Side]
) -> None:
    ours, _ = both
    guide = engine.under(ours.mandate(Role.GUIDE))
    remark = RecordRemark(
        estate=ours.bare,
        subject="gesprek",
        on=PartialDate.parse("2026"),
        text="gesproken",
        provenance=Provenance(source="gesprek"),
    )
    first = guide.do(remark, command_id="remark-1")
    assert guide.do(remark, command_id="remark-1").repeated
    assert first.events[0].by == ours.mandate(Role.GUIDE).actor.person
    engine.do(_guided_by_others(ours))
    with pytest.raises(OutOfReach):
        guide.do(remark, command_id="remark-1")


def test_a_command_takes_its_scope(alone: tuple[Engine, Side, Side]) -> None:
    engine, ours, _ = alone
    reader = engine.under(ours.mandate(Role.MUNICIPALITY))
    signing = next(one for one in JOINT if isinstance(one, SignCovenant))
    with pytest.raises(ScopeMissing) as refused:
        reader.do(_at(signing, ours.walked))
    assert refused.value.scope is Scope.ESTATES_PREPARE
    with pytest.raises(ScopeMissing):
        reader.preview(_at(signing, EstateId("0" * 32)))


def test_facts_out_of_reach_are_rejected_and_the_others_taken(
    engine: Engine, both: tuple[Side, Side]
) -> None:
    ours, others = both
    importer = engine.under(ours.mandate(Role.IMPORTER))
    items = [
        _remark(name, place)
        for name, place in (
            ("De Zilverhoek", ours.municipality),
            ("De Zilverhoek", others.municipality),
            ("Onbekend", ours.municipality),
            ("Onbekend", others.municipality),
        )
    ]
    taken = importer.take_facts(items)
    assert [one.kind for one in taken] == ["remark", "rejected", "remark", "rejected"]
    refused = [type(one.refusal) for one in taken if one.refusal is not None]
    assert refused == [OutOfReach, RegionOutOfReach]
    assert [one.estate for one in taken][1::2] == [None, None]
    with pytest.raises(ScopeMissing):
        engine.under(ours.mandate(Role.GUIDE)).take_facts(items)


def _remark(name: str, place: str) -> FactItem:
    content = Remark("a", PartialDate.parse("2019"), "b", Provenance(source="c"))
    return FactItem(name, (place,), EstateKind.ESTATE, content)


def test_a_migration_is_of_the_estates_within_reach(alone: tuple[Engine, Side, Side]) -> None:
    engine, ours, _ = alone
    lines = ours.desk(engine).migrate("kvo-4.0", reason="proef")
    everything = engine.migrate("kvo-4.0", reason="proef")
    assert len(everything) == 2
    assert {one.estate_id for one in lines} == {ours.walked}
