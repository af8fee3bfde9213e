"""Does a command fail when the estate is not at the version that its giver saw?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kvob_domain.estate.commands import Command
from kvob_domain.estate.commands.certification import SignCovenant
from kvob_domain.estate.commands.identity import LinkMembers, RegisterEstate, RenameEstate
from kvob_domain.ids import EstateId
from kvob_domain.mandates import OutOfReach
from kvob_domain.parties import PartyRole, Signatory
from kvob_workflow import Engine
from kvob_workflow.engine.errors import EstateChanged
from kvob_workflow.testing import SettableClock, engine_at
from tests.mandates.sides import NOBODYS, TODAY, Side


def _named(estate: EstateId, name: str) -> Command:
    return RenameEstate(estate=estate, name=name, reason="fusie", on=TODAY)


def test_at_the_version_that_was_seen_it_is_carried_out(
    engine: Engine, both: tuple[Side, Side]
) -> None:
    estate = both[0].bare
    seen = engine.state(estate).version
    done = engine.do(_named(estate, "Veld"), expected_version=seen)
    assert done.version == seen + 1


def test_at_another_version_it_is_refused_and_nothing_is_written(
    engine: Engine, both: tuple[Side, Side]
) -> None:
    estate = both[0].bare
    for expected in (0, 2, 99):
        with pytest.raises(EstateChanged) as refused:
            engine.do(_named(estate, "Veld"), expected_version=expected)
        assert refused.value.fields() == {"estate": estate, "expected": expected, "current": 1}
        assert refused.value.code == "estate-changed"
    assert engine.state(estate).version == 1


def test_what_is_only_tried_is_refused_as_well(engine: Engine, both: tuple[Side, Side]) -> None:
    with pytest.raises(EstateChanged):
        engine.do(_named(both[0].bare, "Veld"), expected_version=7, dry_run=True)


def test_a_repeated_command_id_answers_its_first_result_though_the_estate_has_moved_on(
    engine: Engine, both: tuple[Side, Side]
) -> None:
    estate = both[0].bare
    first = engine.do(_named(estate, "Veld"), command_id="a-1", expected_version=1)
    engine.do(_named(estate, "Akker"))
    again = engine.do(_named(estate, "Veld"), command_id="a-1", expected_version=1)
    assert again.repeated
    assert again.version == first.version
    assert engine.state(estate).name == "Akker"


def test_of_a_joint_command_the_version_is_that_of_its_first_estate(
    engine: Engine, both: tuple[Side, Side]
) -> None:
    ours, others = both
    first, second = engine.state(ours.bare).version, engine.state(others.walked).version
    link = LinkMembers(estate=ours.group, members=(ours.bare,), on=TODAY)
    with pytest.raises(EstateChanged):
        engine.do(link, expected_version=first)
    signs = (Signatory(organisation="A", role=PartyRole.MUNICIPALITY),)
    joint = SignCovenant(estate=others.walked, also=(ours.bare,), on=TODAY, signatories=signs)
    with pytest.raises(EstateChanged) as refused:
        engine.do(joint, expected_version=first)
    assert (refused.value.estate, refused.value.current) == (others.walked, second)


def test_a_new_estate_is_expected_at_version_0(engine: Engine) -> None:
    new = RegisterEstate(estate=NOBODYS, name="Nieuw", municipalities=("Stad",))
    with pytest.raises(OutOfReach):  # a version was seen of what is not there
        engine.do(new, expected_version=1)
    assert engine.do(new, expected_version=0).version == 1
    with pytest.raises(EstateChanged):
        engine.do(new, expected_version=0)


@pytest.fixture
def second(kept_url: str) -> Callable[[], Engine]:
    return lambda: engine_at(kept_url, SettableClock(TODAY))


def test_another_process_is_seen_whichever_of_the_two_has_the_estate_at_hand(
    second: Callable[[], Engine],
) -> None:
    with second() as one, second() as two:
        estate = one.do(RegisterEstate(name="Veld", municipalities=("Stad",))).estate
        assert two.do(_named(estate, "Akker"), expected_version=1).version == 2
        # `one` still has version 1 at hand: what its reader saw is newer, and is right.
        assert one.do(_named(estate, "Weide"), expected_version=2).version == 3
        # `two` has version 2 at hand, and so has its reader: only the append finds out.
        with pytest.raises(EstateChanged) as refused:
            two.do(_named(estate, "Bos"), expected_version=2)
        assert refused.value.current == 3
        assert one.state(estate).name == "Weide"
