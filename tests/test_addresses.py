"""Does any message, setting or repr show a password, however its address is written?"""

from __future__ import annotations

import pytest

from kvob_workflow.addresses import shown
from kvob_workflow.errors import StoreOptionTaken, StoreUrlInvalid
from kvob_workflow.settings import read_settings
from kvob_workflow.store import open_store
from kvob_workflow.store.postgres.address import parse_address

GOOD = [
    "postgresql://guide:Geheim1@localhost/kvob",
    "POSTGRESQL://guide:Geheim1@localhost/kvob",
    "postgres://guide:Geheim1@[::1]:5432/kvob?schema=a",
    "postgresql://guide:Geheim1@one:5432,two:5433/kvob?target_session_attrs=read-write",
    "postgresql:///kvob?host=localhost&password=Geheim1&schema=kvob",
    "postgresql:///kvob?p%61ssword=Geheim1",
    "postgresql://localhost/kvob?sslpassword=Geheim1",
]
BAD = [
    "mysql://guide:Geheim1@localhost/kvob",
    "postgresql+psycopg://guide:Geheim1@localhost/kvob",
    "postgresql:guide:Geheim1@localhost/kvob",
    "postgresql://guide:half@Geheim1@localhost/kvob",
    "postgresql://guide:half/Geheim1@localhost/kvob",
    "postgresql://guide:half?Geheim1@localhost/kvob",
    "postgresql://guide:half#Geheim1@localhost/kvob",
    "postgresql://guide:half:Geheim1@local:host/kvob",
    "postgresql://guide:Geheim1@localhost/kvob?schema=Wrong",
    "postgresql://localhost/kvob?password=half&Geheim1",
    "host=localhost password=Geheim1",
    "host=localhost Password = 'half Geheim1'",
]


@pytest.mark.parametrize("url", GOOD)
def test_an_address_that_works_is_shown_without_its_password(url: str) -> None:
    address = parse_address(url)
    assert "Geheim1" in address.conninfo
    assert "Geheim1" not in f"{address.shown} {address!r} {[address]} {shown(url)}"


@pytest.mark.parametrize("url", BAD)
def test_an_address_that_is_refused_is_shown_without_its_password(url: str) -> None:
    with pytest.raises(StoreUrlInvalid) as refused:
        open_store(url)
    error = refused.value
    assert "Geheim1" not in f"{error} {error!r} {error.message('nl')} {error.message('en')}"


@pytest.mark.parametrize("url", [*GOOD, *BAD])
@pytest.mark.parametrize("variable", ["KVOB_STORE", "KVOB_KEYS"])
def test_settings_show_no_password(url: str, variable: str) -> None:
    settings = read_settings(environment={variable: url})
    assert url in (settings.store, settings.keys)
    assert "Geheim1" not in f"{settings!r} {settings.sources}"


@pytest.mark.parametrize(
    "plain", ["sqlite:///a:b@c.db", "memory:", "/keys/a:b@c", "C:\\kvob@x", "", "postgresql://h/d"]
)
def test_what_holds_no_password_is_shown_as_it_is(plain: str) -> None:
    assert shown(plain) == plain


def test_several_hosts_are_shown() -> None:
    address = parse_address("postgresql://me:Geheim1@one:5432,two/kvob")
    assert address.shown == "postgresql://me@one:5432,two/kvob?schema=kvob"


@pytest.mark.parametrize("option", ["options", "application_name", "connect_timeout"])
def test_an_option_that_the_store_sets_itself_is_named(option: str) -> None:
    with pytest.raises(StoreOptionTaken, match=option):
        parse_address(f"postgresql://localhost/kvob?{option}=1")


def test_an_option_that_nobody_knows_is_refused() -> None:
    with pytest.raises(StoreUrlInvalid):
        open_store("postgresql://localhost/kvob?shcema=kvob")
