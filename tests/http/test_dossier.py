"""Is the dossier that is downloaded the one that the command line writes, for who may have it?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kvob_domain.actor import Role
from kvob_domain.estate.commands.identity import LinkMembers, RegisterGroup
from kvob_domain.ids import EstateId
from kvob_domain.mandates import Reach, Scope
from kvob_projections import ALL_VIEWS
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.dossier import DossierQuery, write_dossier
from kvob_workflow.proofs.heads import make_key
from kvob_workflow.store import open_store
from kvob_workflow.testing import SettableClock
from tests.http.conftest import TODAY, HttpWorld
from tests.http.contract import refused


@pytest.fixture
def kept_world(tmp_path: Path) -> Iterator[tuple[HttpWorld, EstateId]]:
    clock = SettableClock(TODAY)
    url = f"sqlite:///{tmp_path}/kvob.db"
    with Engine.open(url, clock=clock, synchronous="NORMAL") as engine:
        register = RegisterEstate(name="De Hoek", municipalities=("Voorbeeldstad",))
        estate = engine.do(register).estate
        engine.sequence(make_key(tmp_path / "log.key", "test").path)
        yield HttpWorld(engine, clock), estate


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_bytes_are_those_of_the_command_line(
    kept_world: tuple[HttpWorld, EstateId], tmp_path: Path, language: str
) -> None:
    world, estate = kept_world
    asked = {"accept-language": language}
    answer = world.client(Role.DECIDER).get(f"/v1/estates/{estate}/dossier", headers=asked)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    expected = io.BytesIO()
    with closing(open_store(f"sqlite:///{tmp_path}/kvob.db", ALL_VIEWS)) as store:
        query = DossierQuery(estate, "en" if language == "en" else "nl")
        report = write_dossier(store, world.engine.book, query, expected)
    assert answer.content == expected.getvalue()
    assert answer.headers["etag"] == f'"{report.manifest_sha256}"'
    assert f"dossier-{estate}.zip" in answer.headers["content-disposition"]
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    head = world.client(Role.DECIDER).head(f"/v1/estates/{estate}/dossier", headers=asked)
    assert head.headers["content-length"] == str(len(answer.content))
    assert head.content == b""


def test_who_may_not_see_persons_gets_none_for_the_bytes_hold_them(
    kept_world: tuple[HttpWorld, EstateId],
) -> None:
    world, estate = kept_world
    path = f"/v1/estates/{estate}/dossier"
    needed = {Scope.PROOFS_READ, Scope.HISTORY_READ, Scope.PERSONS_READ}
    assert world.client(scopes=needed).get(path).status_code == 200
    for one in needed:
        answer = world.client(scopes=needed - {one}).get(path)
        assert refused(answer, 403, "scope-missing")["fields"]["scope"] == one.value
    elsewhere = world.client(scopes=needed, reach=Reach())
    refused(elsewhere.get(path), 404, "estate-not-within-reach")


def test_a_group_that_is_not_within_reach_is_not_told_of(
    kept_world: tuple[HttpWorld, EstateId],
) -> None:
    world, estate = kept_world
    group = world.engine.do(RegisterGroup(name="Samen", municipalities=("Voorbeeldstad",))).estate
    world.engine.do(LinkMembers(estate=group, members=(estate,), on=TODAY))
    alone = world.client(scopes=Scope, reach=Reach(estates=frozenset({estate})))
    refused(alone.get(f"/v1/estates/{estate}/dossier"), 403, "dossier-too-wide")
    both = world.client(scopes=Scope, reach=Reach(estates=frozenset({estate, group})))
    assert both.get(f"/v1/estates/{estate}/dossier").status_code == 200
