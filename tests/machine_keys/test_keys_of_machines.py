"""How do keys of machines live? Shown once, kept as a hash, replaced, revoked; alike everywhere."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kvob_domain.actor import Actor, Role
from kvob_domain.ids import PersonId
from kvob_domain.mandates import Bond, BondKind, Mandate, Reach, Scope
from kvob_domain.mandates.reach_by_role import ReachUnclear
from kvob_domain.mandates.roles import ROLE_SCOPES
from kvob_workflow import Engine
from kvob_workflow.jsonable import jsonable
from kvob_workflow.machine_keys import (
    NEVER_A_MACHINES,
    ApiKeyEnded,
    ApiKeyNotFound,
    ApiKeyRequestInvalid,
    GrantTooWide,
    KeyRequest,
    check_grant,
)
from kvob_workflow.machine_keys.texts import key_text, parts_of
from kvob_workflow.testing import SettableClock, engine_at

TODAY = date(2026, 11, 23)
KEEPER = Actor(PersonId("p-keeper"), None, Role.SCHEME_MANAGER)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(TODAY)


@pytest.fixture(params=["memory", "file", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return "memory:" if request.param == "memory" else f"sqlite:///{tmp_path / 'kvob.db'}"


@pytest.fixture
def engine(url: str, clock: SettableClock) -> Iterator[Engine]:
    with engine_at(url, clock) as opened:
        yield opened


def asked(**other: Any) -> KeyRequest:
    usual: dict[str, Any] = {
        "label": "import of Goes",
        "role": Role.IMPORTER,
        "municipalities": ("Goes",),
    }
    return KeyRequest(**(usual | other))


def test_a_key_opens_what_it_was_given_for_and_is_listed_without_its_secret(engine: Engine) -> None:
    issued = engine.add_api_key(asked(), actor=KEEPER)
    assert re.fullmatch(r"kvob_[0-9a-f]{32}_[0-9a-f]{72}", issued.text)
    assert engine.key_of_text(issued.text) == issued.key
    assert engine.api_keys() == [issued.key]
    key = issued.key
    assert key.scopes == ROLE_SCOPES[Role.IMPORTER]
    assert key.reach == Reach(bonds=frozenset({Bond(BondKind.MUNICIPALITY, "goes")}))
    assert (key.created_by, key.person) == ("p-keeper", f"key:{key.id}")
    assert key.expires_at - key.created_at == timedelta(days=365)
    assert issued.text not in repr(issued)
    assert issued.text[-72:] not in json.dumps(jsonable(engine.api_keys(), "nl"))


def test_a_text_that_was_not_given_out_opens_nothing(engine: Engine) -> None:
    text = engine.add_api_key(asked()).text
    other = engine.add_api_key(asked()).text
    for wrong in (
        text[:-1],
        text + "0",
        text.upper(),
        f" {text}",
        text.replace("kvob_", "kvib_"),
        text[:37] + other[37:],
        text[:-8] + "00000000",
        "kvob_" + "0" * 32 + "_" + "0" * 72,
        "",
        "kvob_\u0660" + text[6:],
    ):
        assert engine.key_of_text(wrong) is None


def test_a_whole_key_with_the_id_of_another_and_its_own_secret_opens_nothing(
    engine: Engine,
) -> None:
    issued = engine.add_api_key(asked())
    forged = key_text(issued.key.id)  # whole, checksum and all: only the secret is a guess
    assert parts_of(forged) is not None
    assert engine.key_of_text(issued.text) == issued.key
    assert engine.key_of_text(forged) is None


def test_the_store_holds_a_hash_and_no_secret(tmp_path: Path, clock: SettableClock) -> None:
    path = tmp_path / "kvob.db"
    with engine_at(f"sqlite:///{path}", clock) as engine:
        text = engine.add_api_key(asked()).text
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert text[38:102].encode() not in content
        assert bytes.fromhex(text[38:102]) not in content
    with closing(sqlite3.connect(path)) as connection:
        (digest,) = connection.execute("SELECT digest FROM api_key").fetchone()
    assert len(digest) == 32


def test_a_revoked_key_is_listed_as_such_and_cannot_be_revoked_again(
    engine: Engine, clock: SettableClock
) -> None:
    issued = engine.add_api_key(asked())
    revoked = engine.revoke_api_key(issued.key.id, actor=KEEPER)
    assert (revoked.revoked_at, revoked.revoked_by) == (clock.now(), "p-keeper")
    assert not revoked.is_live(clock.now())
    assert engine.key_of_text(issued.text) == revoked
    for ended in (engine.revoke_api_key, engine.rotate_api_key):
        with pytest.raises(ApiKeyEnded):
            ended(issued.key.id)
    for ended in (engine.revoke_api_key, engine.rotate_api_key):
        with pytest.raises(ApiKeyNotFound):
            ended("0" * 32)
    assert len(engine.api_keys()) == 1


def test_who_gives_the_key_itself_for_its_id_does_not_read_the_secret_back(engine: Engine) -> None:
    issued = engine.add_api_key(asked())
    for ended in (engine.revoke_api_key, engine.rotate_api_key, engine.show_api_key):
        with pytest.raises(ApiKeyNotFound) as refused:
            ended(issued.text)
        assert refused.value.id == f"kvob_{issued.key.id}"
        assert issued.text[38:] not in str(refused.value)


def test_two_keys_of_one_machine_are_valid_while_it_changes_them(
    engine: Engine, clock: SettableClock
) -> None:
    first = engine.add_api_key(asked(valid_for=timedelta(days=90)))
    clock.move_on(timedelta(days=80))
    second = engine.rotate_api_key(first.key.id, actor=KEEPER)
    old = engine.show_api_key(first.key.id)
    assert old.expires_at == clock.now() + timedelta(days=7)
    assert old.is_live(clock.now())
    assert second.key.is_live(clock.now() + timedelta(days=89))
    assert second.key.person == first.key.person
    assert second.key.id != first.key.id
    assert (second.key.scopes, second.key.reach) == (first.key.scopes, first.key.reach)
    third = engine.rotate_api_key(second.key.id, overlap=timedelta(0))
    assert third.key.person == first.key.person
    assert not engine.show_api_key(second.key.id).is_live(clock.now())
    with pytest.raises(ApiKeyRequestInvalid):
        engine.rotate_api_key(third.key.id, overlap=timedelta(days=-1))


def test_a_replacement_never_lengthens_the_old_key(engine: Engine, clock: SettableClock) -> None:
    first = engine.add_api_key(asked(valid_for=timedelta(days=5)))
    engine.rotate_api_key(first.key.id)
    assert engine.show_api_key(first.key.id).expires_at == first.key.expires_at
    clock.move_on(timedelta(days=5))
    with pytest.raises(ApiKeyEnded):
        engine.rotate_api_key(first.key.id)


def test_use_is_noted_by_day_and_never_put_back(engine: Engine, clock: SettableClock) -> None:
    key = engine.add_api_key(asked()).key
    engine.note_key_used(key)
    assert engine.show_api_key(key.id).last_used_on == TODAY
    clock.move_on(timedelta(days=-3))
    engine.note_key_used(key)
    assert engine.show_api_key(key.id).last_used_on == TODAY


def test_keys_are_there_after_a_restart(tmp_path: Path, clock: SettableClock) -> None:
    url = f"sqlite:///{tmp_path / 'kvob.db'}"
    with engine_at(url, clock) as engine:
        issued = engine.add_api_key(asked(role=Role.WITNESS, municipalities=()))
    with Engine.open(url, clock=clock) as engine:
        assert engine.key_of_text(issued.text) == issued.key


@pytest.mark.parametrize(
    "other",
    [
        {"label": ""},
        {"label": "  "},
        {"label": "x" * 101},
        {"label": "a\nb"},
        {"label": "jan@example.org"},
        {"organisation": "\x00"},
        {"valid_for": timedelta(0)},
        {"valid_for": timedelta(days=731)},
        {"role": Role.ALARM},
        {"scopes": ("estates:prepare",)},
        {"scopes": ("everything",)},
        {"scopes": ()},
        {"role": Role.DECIDER, "organisation": "C", "scopes": ("certificates:decide",)},
        {"role": Role.SCHEME_MANAGER, "scopes": ("keys:manage",)},
        {"role": Role.PRIVACY_OFFICER, "scopes": ("persons:erase",)},
    ],
    ids=str,
)
def test_a_key_that_cannot_be_is_refused(other: dict[str, Any]) -> None:
    with engine_at("memory:", SettableClock(TODAY)) as engine:
        with pytest.raises(ApiKeyRequestInvalid) as refused:
            engine.add_api_key(asked(**other))
        assert refused.value.message("nl") != refused.value.message("en")
        assert engine.api_keys() == []


def test_a_key_without_a_region_or_with_too_much_of_it_is_refused() -> None:
    for places in ((), tuple(f"plaats {number}" for number in range(501))):
        with pytest.raises(ReachUnclear):
            asked(municipalities=places).reach()
    assert asked(municipalities=(), everywhere=True).reach().everywhere
    with pytest.raises(ReachUnclear):
        asked(role=Role.MUNICIPALITY, municipalities=(), everywhere=True).reach()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ALARM])
def test_a_machine_decides_nothing_whatever_its_role(role: Role) -> None:
    request = asked(role=role, organisation="C", scopes=None)
    assert request.granted().isdisjoint(NEVER_A_MACHINES)
    assert request.granted() == ROLE_SCOPES[role] - NEVER_A_MACHINES


GOES = Reach(bonds=frozenset({Bond(BondKind.MUNICIPALITY, "goes")}))


@pytest.mark.parametrize(
    ("scopes", "reach", "is_within"),
    [
        ({Scope.ESTATES_READ}, GOES, True),
        ({Scope.ESTATES_READ}, Reach(), True),
        (set[Scope](), GOES, True),
        ({Scope.ESTATES_READ, Scope.PAST_RECORD}, GOES, False),
        ({Scope.ESTATES_READ}, Reach(everywhere=True), False),
        (
            {Scope.ESTATES_READ},
            Reach(bonds=GOES.bonds | {Bond(BondKind.MUNICIPALITY, "veere")}),
            False,
        ),
        ({Scope.ESTATES_READ}, Reach(bonds=frozenset({Bond(BondKind.GUIDE, "goes")})), False),
    ],
)
def test_nobody_gives_a_key_more_than_he_has(
    scopes: set[Scope], reach: Reach, is_within: bool
) -> None:
    giver = Mandate(KEEPER, frozenset({Scope.ESTATES_READ, Scope.KEYS_MANAGE}), GOES)
    if is_within:
        check_grant(frozenset(scopes), reach, giver)
    else:
        with pytest.raises(GrantTooWide):
            check_grant(frozenset(scopes), reach, giver)


def test_who_reaches_everything_may_give_any_part_of_it() -> None:
    everything = Mandate(KEEPER, frozenset({Scope.ESTATES_READ}), Reach(everywhere=True))
    check_grant(frozenset({Scope.ESTATES_READ}), GOES, everything)
    check_grant(frozenset({Scope.ESTATES_READ}), Reach(everywhere=True), everything)


def test_a_store_of_the_release_before_gets_the_table(tmp_path: Path) -> None:
    path = tmp_path / "kvob.db"
    Engine.open(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(path)) as connection:
        for table in ("api_key", "webhook", "webhook_failure"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE kvob_meta SET number = 4 WHERE name = 'store'")
        connection.commit()
    with Engine.open(f"sqlite:///{path}") as engine:
        assert engine.key_of_text(engine.add_api_key(asked()).text)
