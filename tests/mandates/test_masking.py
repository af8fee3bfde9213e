"""Who is shown which person? Ids of persons are hidden from who has no right to see them."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator
from datetime import date
from typing import Any, Final, cast

import pytest
from pydantic import BaseModel

from kvob_domain.actor import Actor, Role
from kvob_domain.errors import KvobError, Rejected
from kvob_domain.estate.commands.standing import SuspendCertificate
from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.mandates import EVERYWHERE, Mandate, Scope, ScopeMissing
from kvob_domain.refusals.separation import AuditorDoesNotDecide, PreparerDoesNotDecide
from kvob_domain.words import Text
from kvob_workflow import Engine
from kvob_workflow.engine.errors import RefusedForEstate
from kvob_workflow.engine.explaining import Explanation
from kvob_workflow.engine.mandated import HIDDEN, Mandated
from kvob_workflow.engine.mandated.masking import OF_PERSONS, hide, masked
from kvob_workflow.engine.outcome import Outcome
from kvob_workflow.engine.overview import Overview
from kvob_workflow.engine.past import EstateDiff, MovedRow
from kvob_workflow.engine.reaching import Stretch
from tests.domain.samples import SAMPLE_COMMANDS
from tests.mandates.sides import ALL_SCOPES, TODAY, Side
from tests.mandates.test_isolation import OF_MANY, OF_ONE

BLIND: Final = ALL_SCOPES - {Scope.PERSONS_READ}
CONTENT: Final = ("names", "proof_log")
"""What is refused whole: names, and events that their hash binds."""
ANSWERS: Final = (
    *(Estate, Recorded, Outcome, Overview, Explanation, EstateDiff, MovedRow, Stretch),
    *typing.get_args(AnyEvent),
)


def _blind(engine: Engine, side: Side) -> Mandated:
    return side.desk(engine, scopes=BLIND)


@pytest.mark.parametrize("question", [one for one in OF_ONE if not one.startswith(CONTENT)])
def test_without_the_right_no_answer_about_an_estate_names_a_person(
    alone: tuple[Engine, Side, Side], question: str
) -> None:
    engine, ours, _ = alone
    said = repr(OF_ONE[question](_blind(engine, ours), ours.walked)).lower()
    assert f"'{ours.word.lower()}-" not in said


@pytest.mark.parametrize("question", OF_MANY)
def test_nor_does_any_list(alone: tuple[Engine, Side, Side], question: str) -> None:
    engine, ours, _ = alone
    said = repr(OF_MANY[question](_blind(engine, ours))).lower()
    assert f"'{ours.word.lower()}-" not in said


def test_names_and_whole_events_are_refused(alone: tuple[Engine, Side, Side]) -> None:
    engine, ours, _ = alone
    desk = _blind(engine, ours)
    with pytest.raises(ScopeMissing):
        desk.names(ours.walked)
    with pytest.raises(ScopeMissing):
        desk.proof_log().entries(ours.walked)


def test_with_the_right_everything_is_as_the_engine_answers(
    alone: tuple[Engine, Side, Side],
) -> None:
    engine, ours, _ = alone
    desk = ours.desk(engine)
    assert desk.history(ours.walked) == engine.history(ours.walked)
    assert desk.state(ours.walked) == engine.state(ours.walked)


def test_what_was_done_and_in_which_role_is_still_told(alone: tuple[Engine, Side, Side]) -> None:
    engine, ours, _ = alone
    plain, hidden = engine.history(ours.walked), _blind(engine, ours).history(ours.walked)
    assert [(one.topic, one.role, one.organisation) for one in plain] == [
        (one.topic, one.role, one.organisation) for one in hidden
    ]
    assert {one.by for one in hidden} == {HIDDEN}
    audited = next(one for one in hidden if "auditor" in one.details)
    assert audited.details["auditor"] == HIDDEN


def test_a_refusal_names_no_person_either() -> None:
    act = Text("besluiten", "decide")
    refusal = PreparerDoesNotDecide(act, "noord-guide")
    other = AuditorDoesNotDecide(act, "noord-auditor")
    of_many = RefusedForEstate("Het Kale Veld", refusal)
    refusal.together_with((other,))
    hide(of_many)
    assert (refusal.person, other.person) == (HIDDEN, HIDDEN)
    assert "noord" not in of_many.message() + other.message("nl")


def test_the_engine_hides_it_in_what_it_refuses(alone: tuple[Engine, Side, Side]) -> None:
    engine, ours, _ = alone
    guide = Mandate(Actor(PersonId("noord-guide"), None, Role.GUIDE), BLIND, EVERYWHERE)
    acts = [one for one in SAMPLE_COMMANDS if isinstance(one, SuspendCertificate)]
    decides = acts[0].model_copy(update={"estate": ours.walked, "on": TODAY})
    with pytest.raises(Rejected) as refused:
        engine.under(guide).do(decides)
    persons = {one.fields()["person"] for one in refused.value.all() if "person" in one.fields()}
    assert persons == {HIDDEN}


def _fields_of_persons(of: Any, seen: set[Any]) -> Iterator[str]:
    """Every field that holds the id of a person, in a class of answers and in those it holds."""
    if of in seen or not isinstance(of, type):
        for inner in typing.get_args(of):
            yield from _fields_of_persons(inner, seen)
        return
    seen.add(of)
    for name, hint in _hints(cast("type[object]", of)).items():
        if _holds_person(hint):
            yield name
        yield from _fields_of_persons(hint, seen)


def _hints(of: type[object]) -> dict[str, Any]:
    has_fields = dataclasses.is_dataclass(of) or issubclass(of, BaseModel) or hasattr(of, "_fields")
    return (
        typing.get_type_hints(of, localns={"EstateId": EstateId, "date": date})
        if has_fields
        else {}
    )


def _holds_person(hint: Any) -> bool:
    return hint is PersonId or any(map(_holds_person, typing.get_args(hint)))


def test_every_field_of_an_answer_that_holds_a_person_is_hidden() -> None:
    found = {name for of in ANSWERS for name in _fields_of_persons(of, set())}
    assert found >= {"auditor", "person", "proposer", "involved", "by"}
    assert found <= OF_PERSONS


def test_every_field_of_a_refusal_that_holds_a_person_is_hidden() -> None:
    ours = [one for one in _errors(KvobError) if one.__module__.startswith("kvob_domain")]
    named = {name for error in ours for name in typing.get_type_hints(error)}
    persons = {"person", "proposer", "auditor", "approver", "decider"}
    assert named & persons <= OF_PERSONS


def _errors(of: type[KvobError]) -> Iterator[type[KvobError]]:
    for one in of.__subclasses__():
        yield one
        yield from _errors(one)


def test_what_holds_no_person_is_the_same_object() -> None:
    plain = {"a": (1, "b", frozenset({"c"}))}
    assert masked(plain) is plain
