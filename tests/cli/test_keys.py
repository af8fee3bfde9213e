"""Does `kvob key` show a key once, list it without its secret, and refuse what cannot be?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kvob_workflow import Engine

Kvob = Callable[..., Any]


@pytest.fixture
def kvob(call: Kvob, store: str) -> Kvob:
    def called(*arguments: str) -> Any:
        return call(*arguments, "--store", store)

    return called


def added(kvob: Kvob, *options: str) -> Any:
    usual = ("key", "add", "zaaksysteem", "--for-role", "municipality", "--municipality", "Goes")
    return kvob(*usual, *options)


def test_the_key_alone_is_on_the_output_so_that_it_can_be_piped(kvob: Kvob, store: str) -> None:
    done = added(kvob, "--lang", "nl")
    text = done.out.strip()
    assert done.code == 0
    assert "niet opnieuw te tonen" in done.err
    with Engine.open(store) as engine:
        key = engine.key_of_text(text)
        assert key is not None
        assert (key.label, key.created_by) == ("zaaksysteem", "operator")
    for listed in (kvob("key", "list"), kvob("key", "list", "--json")):
        assert key.id in listed.out
        assert text not in listed.out
        assert text[-72:] not in listed.out


def test_json_gives_key_and_text(kvob: Kvob) -> None:
    given = added(kvob, "--json", "--days", "30", "--scope", "estates:read").json()
    assert given["text"].startswith(f"kvob_{given['key']['id']}_")
    assert given["key"]["scopes"] == ["estates:read"]
    assert given["key"]["reach"]["bonds"] == [{"kind": "municipality", "name": "goes"}]


def test_a_key_is_rotated_and_revoked(kvob: Kvob) -> None:
    first = added(kvob, "--json").json()["key"]
    second = kvob("key", "rotate", first["id"], "--overlap-days", "0", "--json").json()["key"]
    assert second["machine"] == first["machine"]
    assert "expired" in kvob("key", "list").out
    revoked = kvob("key", "revoke", second["id"], "--json").json()
    assert revoked["revoked_by"] == "operator"
    assert "ingetrokken" in kvob("key", "list", "--lang", "nl").out
    assert kvob("key", "revoke", second["id"]).code == 5
    assert kvob("key", "revoke", "0" * 32).code == 4
    assert "verlopen" in kvob("key", "list", "--lang", "nl").out


def test_what_cannot_be_is_refused_and_makes_no_key(kvob: Kvob) -> None:
    for wrong in (
        ("--for-role", "boss"),
        ("--for-role", "alarm"),
        ("--days", "0"),
        ("--days", "999999999999"),
        ("--scope", "certificates:decide"),
        ("--for-role", "guide"),
    ):
        done = added(kvob, *wrong)
        assert (done.code, done.out) == (2, "")
    assert kvob("key", "add", "x").code == 2
    assert "no keys" in kvob("key", "list").out
    assert kvob("key", "rotate", "x", "--overlap-days", "-1").code in (2, 4)


def test_an_estate_is_named_as_everywhere(kvob: Kvob, store: str) -> None:
    kvob("register-estate", "--name", "De Hoek", "--municipality", "Goes")
    done = added(kvob, "--estate", "De Hoek", "--json")
    assert len(done.json()["key"]["reach"]["estates"]) == 1
    assert "De Hoek" not in done.out
    assert kvob("key", "list").code == 0
