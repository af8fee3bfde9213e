"""How do several commands about one estate go together? All of them are written, or none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kvob_domain.estate.commands import Command
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.values import Progress
from kvob_domain.refusals.naming import MeasureUnknown
from kvob_workflow import Engine, EstateId, RegisterEstate, RequestAudit, UpdateMeasure
from kvob_workflow.engine.errors import EstateChanged, NotInOneGo, RefusedInOneGo
from kvob_workflow.errors import CommandIdReused

ON = date(2021, 4, 1)


@pytest.fixture
def estate(walked_to: Callable[..., EstateId]) -> EstateId:
    return walked_to("sign_covenant")


def _done(estate: EstateId, *measures: str, on: date = ON) -> list[UpdateMeasure]:
    return [
        UpdateMeasure(estate=estate, on=on, measure=one, progress=Progress.DONE) for one in measures
    ]


def _progress(engine: Engine, estate: EstateId) -> dict[str, Progress]:
    return {one.id: one.progress for one in engine.state(estate).measures}


def test_all_of_them_are_written_under_one_reference(engine: Engine, estate: EstateId) -> None:
    before = engine.state(estate).version
    outcome = engine.do_all(_done(estate, "m1", "m2", "m3"), command_id="matrix")
    assert len(outcome.events) == 3
    assert outcome.version == before + 3
    assert [one.version for one in outcome.events] == [before + 1, before + 2, before + 3]
    assert {one.command for one in outcome.events} == {"matrix"}
    assert {one.correlation for one in outcome.events} == {"matrix"}
    told = _progress(engine, estate)
    assert [told[one] for one in ("m1", "m2", "m3")] == [Progress.DONE] * 3


def test_one_that_is_refused_keeps_all_from_being_written(engine: Engine, estate: EstateId) -> None:
    before = engine.happened(0, 10_000).looked_to
    with pytest.raises(RefusedInOneGo) as caught:
        engine.do_all(_done(estate, "m1", "m99"), command_id="matrix")
    assert caught.value.number == 2
    assert isinstance(caught.value.reason, MeasureUnknown)
    assert caught.value.message("nl").startswith("Opdracht 2: ")
    assert engine.happened(0, 10_000).looked_to == before
    assert engine.do_all(_done(estate, "m1"), command_id="matrix").repeated is False


def test_each_is_decided_on_what_those_before_it_gave(engine: Engine, estate: EstateId) -> None:
    row = [*_done(estate, "m1"), *_done(estate, "m1", on=date(2021, 3, 31))]
    outcome = engine.do_all([*row, *_done(estate, "m2")])
    assert outcome.version == engine.state(estate).version
    assert _progress(engine, estate)["m2"] is Progress.DONE


def test_what_lies_before_the_newest_day_loses_nothing_of_the_others(
    engine: Engine, estate: EstateId
) -> None:
    engine.do_all(_done(estate, "m1", on=date(2022, 1, 1)))
    earlier = [*_done(estate, "m2", on=date(2021, 6, 1)), *_done(estate, "m3", on=ON)]
    after = engine.preview_all(earlier).estates[0].after
    assert [one.progress for one in after.measures[:3]] == [Progress.DONE] * 3
    engine.do_all(earlier)
    told = _progress(engine, estate)
    assert [told[one] for one in ("m1", "m2", "m3")] == [Progress.DONE] * 3


def test_the_same_id_answers_with_the_first_result(engine: Engine, estate: EstateId) -> None:
    row = _done(estate, "m1", "m2")
    first = engine.do_all(row, command_id="matrix", expected_version=engine.state(estate).version)
    again = engine.do_all(row, command_id="matrix", expected_version=first.version - 2)
    assert again.repeated
    assert again.events == first.events
    with pytest.raises(CommandIdReused):
        engine.do_all(row[:1], command_id="matrix")
    with pytest.raises(CommandIdReused):
        engine.do(row[0], command_id="matrix")


def test_a_dry_run_writes_nothing(engine: Engine, estate: EstateId) -> None:
    before = engine.happened(0, 10_000).looked_to
    outcome = engine.do_all(_done(estate, "m1", "m2"), dry_run=True)
    assert outcome.dry_run
    assert len(outcome.events) == 2
    preview = engine.preview_all(_done(estate, "m1", "m2"))
    assert [one.progress for one in preview.estates[0].after.measures[:2]] == [Progress.DONE] * 2
    assert engine.happened(0, 10_000).looked_to == before


def test_who_saw_an_older_version_is_refused(engine: Engine, estate: EstateId) -> None:
    seen = engine.state(estate).version
    engine.do_all(_done(estate, "m1"))
    with pytest.raises(EstateChanged):
        engine.do_all(_done(estate, "m2"), expected_version=seen)
    with pytest.raises(EstateChanged):
        engine.preview_all(_done(estate, "m2"), expected_version=seen)


def test_only_commands_about_one_estate_go_together(
    engine: Engine, estate: EstateId, register: Callable[[str], EstateId]
) -> None:
    other = register("Elders")
    apart = Correct(estate=estate, on=ON, version=1, reason="Fout", never_happened=True)
    joint = RequestAudit(estate=estate, also=(other,), on=ON)
    new = RegisterEstate(name="Nieuw", municipalities=("Soest",))
    rows: list[list[Command]] = [
        [],
        [*_done(estate, "m1"), *_done(other, "m1")],
        [apart],
        [joint],
        [new],
    ]
    for row in rows:
        with pytest.raises(NotInOneGo):
            engine.do_all(row)
        with pytest.raises(NotInOneGo):
            engine.preview_all(row)
