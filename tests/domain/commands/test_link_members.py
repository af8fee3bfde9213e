"""Linking members says which estates a group consists of."""

from datetime import date

from kvob_domain.estate.commands.identity import LinkMembers
from kvob_domain.estate.events.identity import GroupJoined, MembersLinked
from tests.domain.asking import ESTATE, OTHER_ESTATE, Given, register, register_group


def test_members_are_added_to_those_that_the_group_has(given: Given) -> None:
    first = LinkMembers(estate=ESTATE, on=date(2020, 1, 1), members=(OTHER_ESTATE,))
    second = LinkMembers(estate=ESTATE, on=date(2021, 1, 1), members=(ESTATE,))
    state = given(register_group(), first).when(second).then(MembersLinked).state
    assert state.members == (OTHER_ESTATE, ESTATE)


def test_a_member_knows_its_groups(given: Given) -> None:
    joined = GroupJoined(on=date(2020, 1, 1), group=OTHER_ESTATE)
    assert given(register(), joined).state.groups == (OTHER_ESTATE,)
