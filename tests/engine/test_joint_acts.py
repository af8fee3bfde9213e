"""How do several estates share one act, and what is a group?"""

from collections.abc import Callable
from datetime import date

import pytest

from kvob_domain.refusals.lifecycle import GroupHasNoTrajectory
from kvob_domain.refusals.naming import MemberIsGroup
from kvob_workflow import (
    BoardQuery,
    Engine,
    EstateId,
    FactKind,
    LinkMembers,
    PartialDate,
    PastFact,
    Provenance,
    RecordPastFact,
    RegisterGroup,
    RequestAudit,
    StartTrajectory,
)
from kvob_workflow.engine.errors import EstateNamedTwice, RefusedForEstate

ON = date(2026, 3, 3)


def test_one_act_over_several_estates_is_written_under_one_reference(
    engine: Engine, walked_to: Callable[..., EstateId]
) -> None:
    first, second = (walked_to("request_audit", name=name) for name in ("Noord", "Zuid"))
    outcome = engine.do(RequestAudit(estate=first, also=(second,), on=ON, body="Kiwa"))
    assert [other.estate for other in outcome.others] == [second]
    references = {one.correlation for one in (*outcome.events, *outcome.others[0].events)}
    assert len(references) == 1
    assert None not in references
    assert {row.step for row in engine.board().items} == {"award"}


def test_one_estate_that_is_refused_keeps_the_act_from_all(
    engine: Engine, walked_to: Callable[..., EstateId], register: Callable[[str], EstateId]
) -> None:
    ready, unready = walked_to("request_audit", name="Noord"), register("Zuid")
    before = engine.state(ready).version
    with pytest.raises(RefusedForEstate) as caught:
        engine.do(RequestAudit(estate=ready, also=(unready,), on=ON))
    assert "Zuid" in str(caught.value)
    assert "Zuid" in caught.value.message("nl")
    assert engine.state(ready).version == before


def test_an_estate_is_named_once_in_an_act(
    engine: Engine, walked_to: Callable[..., EstateId]
) -> None:
    estate = walked_to("request_audit")
    with pytest.raises(EstateNamedTwice):
        engine.do(RequestAudit(estate=estate, also=(estate,), on=ON))


def test_a_repeated_joint_act_answers_for_all_its_estates(
    engine: Engine, walked_to: Callable[..., EstateId]
) -> None:
    first, second = (walked_to("request_audit", name=name) for name in ("Noord", "Zuid"))
    command = RequestAudit(estate=first, also=(second,), on=ON)
    done = engine.do(command, command_id="joint-1")
    again = engine.do(command, command_id="joint-1")
    assert again.repeated
    assert [one.events for one in again.others] == [one.events for one in done.others]


@pytest.fixture
def group(engine: Engine) -> EstateId:
    command = RegisterGroup(name="alle terreinen", municipalities=("Voorbeeldstad",))
    return engine.do(command).estate


def test_a_group_is_not_on_the_board_unless_asked_for(engine: Engine, group: EstateId) -> None:
    assert engine.board().items == ()
    assert [row.estate_id for row in engine.board(BoardQuery(groups=True)).items] == [group]


def test_a_group_walks_no_steps(engine: Engine, group: EstateId) -> None:
    with pytest.raises(GroupHasNoTrajectory):
        engine.do(StartTrajectory(estate=group, on=ON))


def test_the_facts_of_a_group_show_in_the_history_of_its_members(
    engine: Engine, group: EstateId, register: Callable[[str], EstateId]
) -> None:
    member = register("Noord")
    engine.do(LinkMembers(estate=group, members=(member,), on=ON))
    kickoff = PastFact(
        kind=FactKind.KICKOFF,
        on=PartialDate.parse("2017"),
        provenance=Provenance(source="https://a.nl"),
    )
    engine.do(RecordPastFact(estate=group, fact=kickoff))
    entries = [(entry.title.en, entry.via) for entry in engine.history(member)]
    assert ("Past fact recorded", "alle terreinen") in entries
    assert engine.state(member).groups == (group,)


def test_a_group_has_no_groups_as_members(engine: Engine, group: EstateId) -> None:
    other = engine.do(RegisterGroup(name="nog een", municipalities=("Voorbeeldstad",))).estate
    with pytest.raises(MemberIsGroup):
        engine.do(LinkMembers(estate=group, members=(other,), on=ON))
