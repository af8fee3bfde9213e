"""Is it logged that somebody took the events of an estate whole, with all the persons in them?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kvob_domain.actor import Role
from kvob_domain.ids import EstateId
from kvob_domain.mandates import Scope
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.access import Entry, entries
from kvob_workflow.testing import GUIDE, SettableClock
from tests.http.conftest import TODAY, HttpWorld
from tests.http.contract import kept, refused


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "access.jsonl"


@pytest.fixture
def world(path: Path) -> Iterator[HttpWorld]:
    clock = SettableClock(TODAY)
    with Engine.open("memory:", actor=GUIDE, clock=clock, access_log=path) as engine:
        yield HttpWorld(engine, clock)


@pytest.fixture
def estate(world: HttpWorld) -> EstateId:
    return world.engine.do(RegisterEstate(name="De Hoek", municipalities=("Goes",))).estate


def looks(path: Path) -> list[Entry]:
    return [one for one in entries(path).entries if one.question == "proof_entries"]


def test_events_with_their_proofs_are_one_line_with_who_which_estate_and_how_many(
    world: HttpWorld, estate: EstateId, path: Path
) -> None:
    client = world.client(Role.DECIDER, "Bureau", person="p-reader")
    given = kept(client.get(f"/v1/estates/{estate}/proofs"))["items"]
    (one,) = entries(path).entries
    assert (one.question, one.estate, one.rows) == ("proof_entries", estate, len(given))
    assert (one.role, one.organisation, one.entrance) == ("decider", "Bureau", "http")
    assert one.person != "p-reader"


def test_a_dossier_is_such_a_look_too(world: HttpWorld, estate: EstateId, path: Path) -> None:
    answer = world.client(Role.DECIDER).get(f"/v1/estates/{estate}/dossier")
    assert answer.status_code == 200
    (one,) = looks(path)
    assert (one.estate, one.role, one.rows) == (estate, "decider", 1)


def test_a_host_that_takes_them_itself_is_logged_as_the_actor_of_the_engine(
    world: HttpWorld, estate: EstateId, path: Path
) -> None:
    assert len(world.engine.proof_log().entries(estate)) == 1
    (one,) = entries(path).entries
    assert (one.question, one.estate, one.role) == ("proof_entries", estate, GUIDE.role.value)


def test_what_is_refused_and_what_is_hashes_alone_are_no_looks(
    world: HttpWorld, estate: EstateId, path: Path
) -> None:
    without = world.client(scopes={Scope.PROOFS_READ})
    refused(without.get(f"/v1/estates/{estate}/proofs"), 403, "scope-missing")
    world.engine.proof_log().root()
    assert not path.exists()
