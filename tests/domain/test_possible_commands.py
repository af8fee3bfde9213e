"""Does the list of what can be given next say the same as the rules do when it is given?"""

from __future__ import annotations

from datetime import date

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands import name_of
from kvob_domain.estate.ground import terms_under
from kvob_domain.estate.possible import Possible, possible
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import EstateKind
from kvob_domain.ids import EstateId
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import GroupHasNoTrajectory, WrongStep
from kvob_workflow import RegisterEstate
from kvob_workflow.demo import story
from kvob_workflow.testing import engine_in_memory

TODAY = date(2026, 11, 23)


def by_name(found: tuple[Possible, ...]) -> dict[str, Possible]:
    return {name_of(one.command): one for one in found}


def test_what_the_story_gives_was_possible_and_what_was_refused_by_a_step_was_not() -> None:
    with engine_in_memory(TODAY) as engine:
        command = RegisterEstate(name="De Zilverhoek", municipalities=("Voorbeeldstad",))
        estate = engine.do(command).estate
        given = refused = 0
        for step in story(estate):
            state = engine.state(estate)
            terms = terms_under(engine.book, state.edition)
            told = by_name(possible(state, terms, getattr(step.command, "on", TODAY)))
            one = told.get(step.command.command)
            try:
                engine.do(step.command, actor=step.actor)
            except Rejected as refusal:
                if isinstance(refusal, WrongStep):
                    assert one is not None
                    assert one.obstacles, step
                    refused += 1
                continue
            if one is not None:
                assert one.obstacles == (), step
                given += 1
                if one.leads_to is not None and one.leads_to is not state.step:
                    assert engine.state(estate).step is one.leads_to
        assert given > 15


def test_a_move_that_lacks_evidence_names_what_is_missing() -> None:
    with engine_in_memory(TODAY) as engine:
        state = Estate(EstateId("0" * 32), version=1, step=Step.INVENTORY, cycle=1)
        found = by_name(possible(state, engine.book.practice(), TODAY))
        codes = {refusal.code for refusal in found["adopt_analysis"].obstacles}
        assert "intent-not-declared" in codes or len(codes) >= 3
        assert found["start_trajectory"].obstacles[0].code == "wrong-step"


def test_a_group_walks_no_steps() -> None:
    with engine_in_memory(TODAY) as engine:
        state = Estate(EstateId("0" * 32), version=1, kind=EstateKind.GROUP, name="Alle")
        for one in possible(state, engine.book.practice(), TODAY):
            assert isinstance(one.obstacles[0], GroupHasNoTrajectory)
