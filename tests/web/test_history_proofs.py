"""Does the page of an event tell whether it is in the proof log, and unchanged?"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kvob_domain.actor import Role
from kvob_domain.ids import EstateId
from kvob_domain.testing import GUIDE
from kvob_workflow import Engine, RenameEstate
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.proofs.heads import make_key
from kvob_workflow.testing import SettableClock, engine_at
from tests.web.conftest import TODAY, WebWorld
from tests.web.corrected_world import corrected_estate


def proven_world(tmp_path: Path) -> tuple[WebWorld, Engine, EstateId, Path]:
    """An estate of which all but the last event are in the proof log."""
    clock = SettableClock(date(2026, 3, 2))
    engine = engine_at(f"sqlite:///{tmp_path / 'kvob.db'}", clock)
    world = WebWorld(engine, clock)
    estate = corrected_estate(world)
    key = tmp_path / "log.key"
    make_key(key, "voorbeeld")
    engine.sequence(key)
    return world, engine, estate, key


def test_an_event_in_the_proof_log_is_checked_against_the_last_checkpoint(tmp_path: Path) -> None:
    world, engine, estate, _ = proven_world(tmp_path)
    with engine:
        auditor, manager = world.browser(Role.AUDITOR), world.browser(Role.SCHEME_MANAGER)
        assert auditor.get(f"/estates/{estate}/history").text.count("in het bewijslogboek</") == 8
        assert "ongewijzigd op plaats 4" in auditor.get(f"/estates/{estate}/history/4").text
        assert "Dit staat op plaats 4" in manager.get(f"/estates/{estate}/history/4").text
        assert "bewijslogboek" not in world.browser().get(f"/estates/{estate}/history/4").text
        assert "bewijslogboek" not in world.browser().get(f"/estates/{estate}/history").text


def test_an_event_that_the_log_has_not_yet_seen_is_told_so(tmp_path: Path) -> None:
    world, engine, estate, _ = proven_world(tmp_path)
    with engine:
        engine.do(RenameEstate(estate=estate, on=TODAY, name="Hoekje"), actor=GUIDE)
        auditor = world.browser(Role.AUDITOR)
        assert "nog niet in het bewijslogboek" in auditor.get(f"/estates/{estate}/history/9").text
        assert auditor.get(f"/estates/{estate}/history").text.count("in het bewijslogboek</") == 8


@pytest.mark.parametrize("kept_as", ["BLOB", "TEXT"])
def test_a_changed_event_does_not_fit_its_proof(tmp_path: Path, kept_as: str) -> None:
    world, engine, estate, _ = proven_world(tmp_path)
    with engine:
        with closing(sqlite3.connect(tmp_path / "kvob.db")) as store, store:
            triggers = store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in triggers.fetchall():
                store.execute(f"DROP TRIGGER {name}")
            store.execute(
                "UPDATE stored_events SET state = "
                f"CAST(replace(CAST(state AS TEXT), '\"sent\":100', '\"sent\":101') AS {kept_as})"
                " WHERE originator_version = 4"
            )
        text = world.browser(Role.AUDITOR).get(f"/estates/{estate}/history/4").text
        assert "KLOPT NIET" in text


def test_who_signed_the_checkpoint_is_told_where_its_key_is_at_hand(tmp_path: Path) -> None:
    world, engine, estate, key = proven_world(tmp_path)
    with engine:
        client = world.browser(Role.AUDITOR)
        path = f"/estates/{estate}/history/4"
        assert "hier niet na te gaan" in client.get(path).text
        client.app = asgi_app(engine, Api(log_key=key), pages=world.pages)
        world.app = client.app
        told = world.browser(Role.AUDITOR).get(path).text
        assert "handtekening klopt" in told
        assert "voorbeeld/log-1" in told
