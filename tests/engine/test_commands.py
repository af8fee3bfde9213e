"""How does the engine carry out commands?"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from kvob_domain.refusals.lifecycle import WrongStep
from kvob_workflow import (
    AdoptAnalysis,
    Engine,
    EstateId,
    RegisterEstate,
    RenameEstate,
    StartTrajectory,
)
from kvob_workflow.engine.command_ids import CommandIdMalformed
from kvob_workflow.engine.errors import ClockBehind, EstateNameAmbiguous, EstateNotFound
from kvob_workflow.errors import CommandIdReused, NameTaken
from kvob_workflow.testing import SettableClock, engine_at

START = date(2026, 2, 2)


def test_a_command_answers_with_its_events_and_the_new_version(
    engine: Engine, register: Callable[[str], EstateId]
) -> None:
    estate = register("Noord")
    outcome = engine.do(StartTrajectory(estate=estate, on=START))
    assert outcome.estate == estate
    assert outcome.version == 2
    assert [type(one.event).__name__ for one in outcome.events] == ["TrajectoryStarted"]
    assert outcome.position == 2


def test_a_refused_command_writes_nothing(
    engine: Engine, register: Callable[[str], EstateId]
) -> None:
    estate = register("Noord")
    with pytest.raises(WrongStep):
        engine.do(AdoptAnalysis(estate=estate, on=START))
    assert engine.state(estate).version == 1


def test_a_dry_run_gives_the_same_events_and_writes_nothing(
    engine: Engine, register: Callable[[str], EstateId]
) -> None:
    estate = register("Noord")
    rehearsed = engine.do(StartTrajectory(estate=estate, on=START), dry_run=True)
    assert rehearsed.dry_run
    assert rehearsed.position is None
    assert engine.state(estate).version == 1
    done = engine.do(StartTrajectory(estate=estate, on=START))
    assert [one.event for one in done.events] == [one.event for one in rehearsed.events]


def test_an_unknown_estate_is_told_apart_from_a_refusal(engine: Engine) -> None:
    with pytest.raises(EstateNotFound):
        engine.do(StartTrajectory(estate=EstateId("f" * 32), on=START))


def test_a_repeated_command_id_answers_with_the_first_result(
    engine: Engine, register: Callable[[str], EstateId]
) -> None:
    command = StartTrajectory(estate=register("Noord"), on=START)
    first = engine.do(command, command_id="start-1")
    again = engine.do(command, command_id="start-1")
    assert again.repeated
    assert again.events == first.events
    assert engine.state(command.estate).version == 2


def test_a_command_id_with_another_body_is_refused(
    engine: Engine, register: Callable[[str], EstateId]
) -> None:
    estate = register("Noord")
    engine.do(StartTrajectory(estate=estate, on=START), command_id="start-1")
    with pytest.raises(CommandIdReused):
        engine.do(
            StartTrajectory(estate=estate, on=START + timedelta(days=1)), command_id="start-1"
        )


def test_a_name_is_borne_by_one_estate_in_a_municipality(
    engine: Engine, register: Callable[[str], EstateId]
) -> None:
    register("Súd  Noord")
    with pytest.raises(NameTaken):
        engine.do(RegisterEstate(name="sud noord", municipalities=("VOORBEELDSTAD",)))


def test_an_earlier_name_leads_to_the_renamed_estate(
    engine: Engine, register: Callable[[str], EstateId]
) -> None:
    estate = register("Larserpoort")
    engine.do(RenameEstate(estate=estate, on=START, name="Airport Businesspark"))
    assert engine.find("larserpoort") == estate
    assert engine.find("Airport Businesspark, Voorbeeldstad") == estate
    assert engine.board().items[0].estate == "Airport Businesspark"


def test_a_name_in_two_municipalities_must_be_told_apart(engine: Engine) -> None:
    for place in ("Meppel", "Goes"):
        engine.do(RegisterEstate(name="Noord", municipalities=(place,)))
    with pytest.raises(EstateNameAmbiguous) as caught:
        engine.find("noord")
    assert set(caught.value.candidates) == {"meppel", "goes"}
    assert engine.state(engine.find("Noord, Goes")).municipality == "Goes"


def test_another_engine_on_the_same_file_is_noticed_and_decided_on_again(
    file_engine: Engine, url: str, clock: SettableClock
) -> None:
    estate = file_engine.do(RegisterEstate(name="Noord", municipalities=("Goes",))).estate
    with engine_at(url, clock) as other:
        other.do(StartTrajectory(estate=estate, on=START))
        with pytest.raises(WrongStep):
            file_engine.do(StartTrajectory(estate=estate, on=START))
    assert file_engine.state(estate).version == 2


def test_a_clock_a_little_behind_is_moved_up_and_one_far_behind_is_refused(
    url: str, clock: SettableClock
) -> None:
    with engine_at(url, clock) as engine:
        estate = engine.do(RegisterEstate(name="Noord", municipalities=("Goes",))).estate
        first = engine.history(estate)[0].recorded_at
        clock.move_on(timedelta(minutes=-4))
        outcome = engine.do(StartTrajectory(estate=estate, on=START))
        assert outcome.events[0].at == first
        clock.move_on(timedelta(minutes=-4))
        with pytest.raises(ClockBehind):
            engine.do(RenameEstate(estate=estate, on=START, name="Zuid"))


def test_what_was_written_is_there_after_opening_the_file_again(
    url: str, clock: SettableClock
) -> None:
    with engine_at(url, clock) as engine:
        estate = engine.do(RegisterEstate(name="Noord", municipalities=("Goes",))).estate
    with engine_at(url, clock) as engine:
        assert engine.find("Noord") == estate
        assert [row.estate for row in engine.board().items] == ["Noord"]


@pytest.mark.parametrize("command_id", ["", "x" * 201, "a\nb", "\ud800"])
def test_a_command_id_that_cannot_be_kept_is_refused(
    engine: Engine, register: Callable[[str], EstateId], command_id: str
) -> None:
    command = StartTrajectory(estate=register("Noord"), on=START)
    with pytest.raises(CommandIdMalformed):
        engine.do(command, command_id=command_id)


@pytest.mark.parametrize("name", ["", "  ", "a\x1b[31m", "b\u202ec", "\u0301"])
def test_a_name_that_people_cannot_see_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        RegisterEstate(name=name, municipalities=("Goes",))
    with pytest.raises(ValidationError):
        RegisterEstate(name="Noord", municipalities=(name,))
