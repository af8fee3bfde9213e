"""What do the tests of moving share? A store in a file with something in every table."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from kvob_domain.estate.events.oversight import ErasureBasis
from kvob_workflow import Actor, Engine, PersonId, RegisterEstate
from kvob_workflow.importing import import_file, sample_cases
from kvob_workflow.privacy.directory import PersonDetails
from kvob_workflow.proofs.heads import make_key
from kvob_workflow.proofs.sequencer import sequence
from kvob_workflow.store import open_store
from kvob_workflow.testing import SettableClock

TODAY = date(2026, 11, 24)
_DELIVERY = (
    "INSERT INTO delivery VALUES ('d', 'mail', 'p', 'nl', '[]', 1, 2, 'failed', 3,"
    " 'no' || char(0) || 'end', NULL, 4, 5)"
)
# An effect that stands still, and one event that it was told to leave out.
_FOLLOWER = (
    "INSERT INTO follower VALUES ('x_post', 'effect', 3, 1, 0, NULL, 4, 5, 6, 7, 1,"
    " 'no' || char(0) || 'end', 4, 'e', 2)"
)
_SKIP = "INSERT INTO follower_skip VALUES (1, 'x_post', 2, 'e', 1, 'why', 'because', 'p-1', 5)"
_WEBHOOK = (
    "INSERT INTO webhook VALUES ('webhook-e', 'https://example.org', '[]', '[]', 'binary', 'full',"
    " '{}', 'paused', 'no' || char(0) || 'end', '[]', 1, 2, 3)"
)
_FAILURE = "INSERT INTO webhook_failure VALUES ('webhook-e', 3, 'e', 1, 10, 'HTTP 500', 4, NULL)"


class Made(NamedTuple):
    """A store to copy from, and the key of its proof log."""

    path: Path
    log_key: Path
    heads: Path

    @property
    def url(self) -> str:
        """The address of the store."""
        return f"sqlite:///{self.path}"


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The sample cases, commands, persons, an erasure, a delivery, a proof log. Only to read."""
    folder = tmp_path_factory.mktemp("moving")
    path = folder / "kvob.db"
    with Engine.open(f"sqlite:///{path}", clock=SettableClock(TODAY)) as engine:
        engine.make_keys()
        with sample_cases() as cases:
            assert import_file(engine, cases).rejected == ()
        for number in range(3):
            named = RegisterEstate(name=f"Hoek {number}, §", municipalities=("Voorbeeldstad",))
            engine.do(named, command_id=f"command-{number}")
        gone = engine.persons.add(PersonDetails("Iemand Anders"))
        engine.persons.add(PersonDetails("Wilhelmina Voorbeeldsma", email="w@voorbeeld.nl"))
        erase(engine, gone)
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in (_DELIVERY, _FOLLOWER, _SKIP, _WEBHOOK, _FAILURE):
            connection.execute(statement)
    key = folder / "log.key"
    signer = make_key(key, "moving")
    store = open_store(f"sqlite:///{path}")
    assert sequence(store, signer) is not None
    store.close()
    return Made(path, key, key.with_name("log.key.heads"))


def erase(engine: Engine, person: PersonId) -> None:
    """Somebody asks, somebody else approves."""
    asked = engine.propose_erasure(
        person, ErasureBasis.CONSENT_WITHDRAWN, actor=Actor(PersonId("p-asks"))
    )
    engine.erase([asked.id], actor=Actor(PersonId("p-approves")))


def with_keys(path: Path, made: Made) -> Path:
    """Puts the keys of people's names beside a copied file."""
    for suffix in (".keys", ".master", ".keys.erased.jsonl"):
        beside = made.path.with_name(made.path.name + suffix)
        shutil.copyfile(beside, path.with_name(path.name + suffix))
        path.with_name(path.name + suffix).chmod(0o600)
    return path
