"""Who gives out keys over an entrance for others? Who manages keys, and never beyond his own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from kvob_domain.actor import Actor, Role
from kvob_domain.ids import PersonId
from kvob_domain.mandates import EVERYWHERE, Bond, BondKind, Mandate, Reach, ScopeMissing, scopes_of
from kvob_workflow import Engine
from kvob_workflow.engine.mandated import Mandated
from kvob_workflow.machine_keys import GrantTooWide, KeyRequest
from kvob_workflow.testing import SettableClock, engine_at

READER = KeyRequest("reader", Role.MUNICIPALITY, None, ("Goes",), scopes=("estates:read",))
IMPORTER = KeyRequest("importer", Role.IMPORTER, None, everywhere=True)


@pytest.fixture
def engine() -> Iterator[Engine]:
    with engine_at("memory:", SettableClock(date(2026, 11, 23))) as opened:
        yield opened


def desk_of(engine: Engine, role: Role, reach: Reach = EVERYWHERE) -> Mandated:
    actor = Actor(PersonId(f"p-{role}"), None, role, "http")
    return engine.under(Mandate(actor, scopes_of(role), reach))


def test_who_manages_keys_gives_what_he_has_and_no_more(engine: Engine) -> None:
    manager = desk_of(engine, Role.SCHEME_MANAGER)
    issued = manager.add_api_key(READER)
    assert issued.key.created_by == "p-scheme_manager"
    assert manager.api_keys() == [issued.key]
    with pytest.raises(GrantTooWide):
        manager.add_api_key(IMPORTER)
    goes = Reach(bonds=frozenset({Bond(BondKind.MUNICIPALITY, "goes")}))
    narrow = desk_of(engine, Role.SCHEME_MANAGER, goes)
    assert narrow.add_api_key(READER)
    with pytest.raises(GrantTooWide):
        narrow.add_api_key(KeyRequest("x", Role.MUNICIPALITY, None, ("Veere",)))
    assert len(engine.api_keys()) == 2


def test_nobody_gets_a_wider_key_by_replacing_one_but_anybody_who_manages_can_end_it(
    engine: Engine,
) -> None:
    wide = engine.add_api_key(IMPORTER).key
    manager = desk_of(engine, Role.SCHEME_MANAGER)
    with pytest.raises(GrantTooWide):
        manager.rotate_api_key(wide.id)
    assert len(engine.api_keys()) == 1
    assert manager.revoke_api_key(wide.id).revoked_by == "p-scheme_manager"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SCHEME_MANAGER])
def test_who_does_not_manage_keys_does_nothing_with_them(engine: Engine, role: Role) -> None:
    key = engine.add_api_key(READER).key
    desk = desk_of(engine, role)
    for refused in (
        lambda: desk.add_api_key(READER),
        lambda: desk.rotate_api_key(key.id),
        lambda: desk.revoke_api_key(key.id),
        lambda: desk.show_api_key(key.id),
        desk.api_keys,
    ):
        with pytest.raises(ScopeMissing):
            refused()
    assert engine.api_keys() == [key]
