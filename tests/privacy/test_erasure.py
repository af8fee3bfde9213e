"""Does an erasure take two persons, reach everything, and change no stored event?"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kvob_domain.estate.events.oversight import ErasureBasis, PersonErased
from kvob_domain.estate.evolve import evolve, fold
from kvob_domain.personal import Erased
from kvob_workflow import Engine, PersonId
from kvob_workflow.errors import StoreUnavailable
from kvob_workflow.privacy.erasing import ErasureException
from kvob_workflow.privacy.errors import (
    ErasureDecided,
    ErasureUnknown,
    ErasureWaits,
    PersonUnknown,
    SecondPersonMustErase,
)
from kvob_workflow.store import ErasureStatus, open_store
from tests.privacy.conftest import (
    APPROVES,
    ASKS,
    NAME,
    House,
    erase,
    estate,
    person,
    signed,
)


def events(house: House) -> dict[tuple[str, int], bytes]:
    """The stored bytes of every event."""
    rows = house.run("SELECT originator_id, originator_version, state FROM stored_events")
    return {(estate, version): bytes(state) for estate, version, state in rows}


def test_every_estate_that_mentions_the_person_says_so_and_no_event_changes(
    engine: Engine, house: House
) -> None:
    who, one, two, apart = (
        person(engine),
        estate(engine),
        estate(engine, "De Bocht"),
        estate(engine, "De Verte"),
    )
    signed(engine, one, who)
    signed(engine, two, who)
    before, was = events(house), engine.state(one)
    asked = engine.propose_erasure(who, ErasureBasis.CONSENT_WITHDRAWN, actor=ASKS)
    report = engine.erase([asked.id], actor=APPROVES)
    assert set(report.erased[0].estates) == {one, two}
    assert report.erased[0].keys_destroyed == 2
    after = events(house)
    assert {place: after[place] for place in before} == before
    assert {place[0] for place in after.keys() - before.keys()} == {one, two}
    entry = engine.history(one)[-1]
    assert entry.topic == PersonErased.TOPIC
    assert (entry.by, entry.details["person"]) == (APPROVES.person, who)
    now = engine.state(one)
    assert replace(now, version=was.version, last_at=was.last_at) == was
    assert engine.state(apart).version == 2
    assert isinstance(engine.persons.show(who), Erased)
    assert engine.persons.find(NAME) == []
    assert engine.persons.find(f"{NAME.split()[0]}@voorbeeld.nl") == []


def test_a_late_erasure_needs_no_new_fold(engine: Engine, house: House) -> None:
    who, where = person(engine), estate(engine)
    signed(engine, where, who)
    erase(engine, who)
    with closing(open_store(house.url)) as store:
        history = store.stream(where)
    step = fold(where, history[:-1])
    assert evolve(step, history[-1]) == fold(where, history)


def test_the_first_person_cannot_approve(engine: Engine) -> None:
    who = person(engine)
    asked = engine.propose_erasure(who, ErasureBasis.UNLAWFUL, actor=ASKS)
    with pytest.raises(SecondPersonMustErase):
        engine.erase([asked.id], actor=ASKS)
    assert not isinstance(engine.persons.show(who), Erased)


def test_a_request_is_decided_once(engine: Engine) -> None:
    who = person(engine)
    asked = engine.propose_erasure(who, ErasureBasis.UNLAWFUL, actor=ASKS)
    with pytest.raises(ErasureWaits):
        engine.propose_erasure(who, ErasureBasis.UNLAWFUL, actor=APPROVES)
    declined = engine.decline_erasure(asked.id, ErasureException.LEGAL_CLAIMS, actor=APPROVES)
    assert declined.exception == "legal-claims"
    with pytest.raises(ErasureDecided):
        engine.erase([asked.id], actor=APPROVES)
    with pytest.raises(ErasureUnknown):
        engine.erase(["nothing"], actor=APPROVES)
    with pytest.raises(PersonUnknown):
        engine.propose_erasure("p-nobody", ErasureBasis.UNLAWFUL, actor=ASKS)


def test_somebody_whom_only_events_know_can_be_erased(engine: Engine) -> None:
    where = estate(engine)
    erase(engine, PersonId("operator"))
    assert engine.history(where)[-1].topic == PersonErased.TOPIC


def test_an_export_tells_everything_and_after_the_erasure_nothing_personal(engine: Engine) -> None:
    who, where = person(engine), estate(engine)
    signed(engine, where, who)
    before = engine.export_person(who)
    assert [(one.estate, one.version, one.names) for one in before.mentions] == [
        (where, 3, (NAME,))
    ]
    assert [key.purpose for key in before.keys] == ["directory", "signatory"]
    erase(engine, who)
    after = engine.export_person(who)
    assert isinstance(after.known, Erased)
    assert NAME not in repr(after)
    assert [one.status for one in after.requests] == [ErasureStatus.ERASED]


@pytest.mark.parametrize("house", ["file"], indirect=True)  # on a server gaps are no trouble
def test_positions_with_gaps_are_not_closed_by_a_scrub(engine: Engine, path: Path) -> None:
    estate(engine)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER stored_events_never_go")
        connection.execute("DELETE FROM stored_events WHERE rowid = 1")
    with pytest.raises(StoreUnavailable, match="gaps"):
        engine.scrub()
