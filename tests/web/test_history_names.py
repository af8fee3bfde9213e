"""Whose names stand in the history? Only for who may see persons, and while they are not erased."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.events.oversight import ErasureBasis
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.parties import PartyRole
from kvob_domain.testing import GUIDE
from kvob_workflow import DeclareIntent, Engine, RegisterEstate, Signatory, StartTrajectory
from kvob_workflow.privacy.directory import PersonDetails
from kvob_workflow.testing import SettableClock
from tests.web.conftest import WebWorld

DAY = date(2026, 3, 4)
NAME = "Wilhelmina Voorbeeldsma"


def signed(tmp_path: Path) -> tuple[Engine, WebWorld, EstateId, PersonId]:
    """An estate for which somebody signed by name."""
    clock = SettableClock(DAY)
    place = tmp_path / "kvob.db"
    keys, master = tmp_path / "keys", tmp_path / "master"
    engine = Engine.open(f"sqlite:///{place}", clock=clock, keys=keys, master_key=master)
    engine.make_keys()
    person = engine.persons.add(PersonDetails(NAME))
    made = engine.do(RegisterEstate(name="De Hoek", municipalities=("Baarn",)), actor=GUIDE).estate
    engine.do(StartTrajectory(estate=made, on=DAY), actor=GUIDE)
    signatories = tuple(
        Signatory(organisation=role.value, role=role, person=person, name=NAME)
        for role in PartyRole
    )
    act = DeclareIntent(estate=made, on=DAY, signatories=signatories)
    engine.do(act, actor=Actor(person, "Bureau X", Role.GUIDE, "web"))
    return engine, WebWorld(engine, clock), made, person


def test_a_sealed_name_is_shown_to_who_may_see_persons(tmp_path: Path) -> None:
    engine, world, estate, person = signed(tmp_path)
    with engine:
        seen = world.browser(Role.AUDITOR).get(f"/estates/{estate}/history").text
        assert f"{NAME} ({person})" in seen
        hidden = world.browser(Role.SCHEME_MANAGER)
        for path in ("history", "history/3", "history.csv", "history.json", "explain/board.step"):
            text = hidden.get(f"/estates/{estate}/{path}").text
            assert NAME not in text
            assert str(person) not in text


def test_an_erased_name_is_told_to_be_erased(tmp_path: Path) -> None:
    engine, world, estate, person = signed(tmp_path)
    with engine:
        erasure = engine.propose_erasure(person, ErasureBasis.NO_LONGER_NEEDED)
        engine.erase([erasure.id], actor=Actor(PersonId("p-second")))
        text = world.browser(Role.AUDITOR).get(f"/estates/{estate}/history").text
        assert NAME not in text
        assert "gewist" in text
        assert "Persoon gewist" in text


def test_without_the_keys_names_stay_sealed_and_the_page_says_why(tmp_path: Path) -> None:
    engine, _, estate, _ = signed(tmp_path)
    engine.close()
    clock = SettableClock(DAY)
    with Engine.open(f"sqlite:///{tmp_path / 'kvob.db'}", clock=clock) as bare:
        answer = WebWorld(bare, clock).browser(Role.AUDITOR).get(f"/estates/{estate}/history")
        assert answer.status_code == 200
        assert NAME not in answer.text
        assert "Namen blijven dicht" in answer.text
