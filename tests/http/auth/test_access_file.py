"""What may the keeper's file about access say? A wrong line lets nobody in, and is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kvob_domain.actor import Role
from kvob_domain.mandates import Scope
from kvob_workflow.http.auth.access import Access, read_access_file
from kvob_workflow.http.auth.access_errors import AccessFileInvalid, AccessFileUnreadable

WHOLE = """
public_register = true
narrow_by_scope = true
importers_reach_everything = true
keys_of_machines = false

[issuer]
address = "https://login.example.org/realms/kvob"
audience = "kvob"
keys = "https://login.example.org/realms/kvob/protocol/openid-connect/certs"
algorithms = ["ES256"]
longest_life = 900

[claims]
roles = "realm_access.roles"
municipalities = ["https://example.org/places"]
person = "employee"

[roles]
"kvob-guide" = "guide"
"kvob-reader" = "municipality"

[step_up]
acr = ["urn:example:loa:3"]
max_age = 900

[login]
client_id = "kvob-board"
client_secret_file = "/etc/kvob/client.secret"
scopes = ["openid", "profile"]
session_minutes = 15
session_keys = ["/etc/kvob/session.key"]
"""
LEAST = """
[issuer]
address = "https://login.example.org"
audience = "kvob"
[roles]
g = "guide"
"""


def read(tmp_path: Path, text: str) -> Access:
    file = tmp_path / "access.toml"
    file.write_text(text, "utf-8")
    return read_access_file(str(file))


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    access = read(tmp_path, WHOLE)
    assert access.issuer is not None
    assert access.issuer.algorithms == ["ES256"]
    assert access.roles == {"kvob-guide": Role.GUIDE, "kvob-reader": Role.MUNICIPALITY}
    assert access.claims.municipalities == ["https://example.org/places"]
    assert access.step_up is not None
    assert access.step_up.scopes == [Scope.CERTIFICATES_DECIDE, Scope.PERSONS_ERASE]
    assert (access.public_register, access.keys_of_machines) == (True, False)
    assert access.login is not None
    assert (access.login.client_id, access.login.session_minutes) == ("kvob-board", 15)
    assert (access.login.session_hours, access.login.acr) == (10, [])


def test_an_empty_file_lets_in_keys_of_machines_alone(tmp_path: Path) -> None:
    assert read(tmp_path, "") == Access()
    assert Access().keys_of_machines
    assert not Access().public_register


@pytest.mark.parametrize(
    ("text", "key", "told"),
    [
        ("isuer = 1", "isuer", "no such key"),
        ("[issuer]\naudience = 'a'\n[roles]\ng = 'guide'", "issuer.address", "missing"),
        (LEAST.replace("https", "http"), "issuer", "https://"),
        (LEAST.replace("login.", "me:secret@login."), "issuer", "no password"),
        (LEAST.replace("https://login", "login"), "issuer", "keys"),
        (LEAST.partition("[roles]")[0], "TOML", "[roles]"),
        (LEAST.replace('"guide"', '"boss"'), "roles.g", "choose one of"),
        (LEAST.replace('"guide"', '"alarm"'), "TOML", "alarm clock"),
        (
            LEAST.replace("[roles]", "algorithms = ['HS256']\n[roles]"),
            "issuer.algorithms[1]",
            "RS256",
        ),
        (
            LEAST.replace("[roles]", "algorithms = ['none']\n[roles]"),
            "issuer.algorithms[1]",
            "RS256",
        ),
        (LEAST.replace("[roles]", "algorithms = []\n[roles]"), "issuer.algorithms", "another"),
        (LEAST.replace("[roles]", "leeway = 3600\n[roles]"), "issuer.leeway", "another"),
        (LEAST.replace("[roles]", "leeway = '30'\n[roles]"), "issuer.leeway", "another"),
        (LEAST.replace("[roles]", "keys = 'http://x.example/k'\n[roles]"), "issuer", "https://"),
        (LEAST.replace("[roles]", "keys = 'ftp://x.example/k'\n[roles]"), "issuer", "https://"),
        (LEAST + "[step_up]", "step_up", "demands nothing"),
        (LEAST + "[login]", "login.client_id", "missing"),
        (LEAST + "[login]\nclient_id = 'x'\nscopes = ['profile']", "login", "openid"),
        (LEAST + "[login]\nclient_id = 'x'\nscopes = ['openid profile']", "login", "openid"),
        (LEAST + "[login]\nclient_id = 'x'\naddress = 'http://x.example'", "login", "https://"),
        (LEAST + "[login]\nclient_id = 'x'\nsession_hours = 0", "login.session_hours", "another"),
        (LEAST + "[login]\nclient_id = 'x'\nkey = 'y'", "login.key", "no such"),
        (LEAST + "[login]\nclient_id = 'x'\nprompt = 'none'", "login.prompt", "choose one of"),
        ("[login]\nclient_id = 'x'", "TOML", "[issuer]"),
        (
            LEAST.replace("https://login", "login").replace("[roles]", "keys = '/k'\n[roles]")
            + "[login]\nclient_id = 'x'",
            "TOML",
            "web address",
        ),
        (LEAST + "[step_up]\nacr = ['x']\nscopes = ['all']", "step_up.scopes[1]", "choose one of"),
    ],
)
def test_a_wrong_line_is_named_and_its_value_is_not(
    tmp_path: Path, text: str, key: str, told: str
) -> None:
    with pytest.raises(AccessFileInvalid) as refused:
        read(tmp_path, text)
    assert refused.value.key == key
    assert told in str(refused.value)
    assert "secret" not in str(refused.value)
    assert refused.value.message("nl") != str(refused.value)


def test_a_file_that_is_not_there_or_is_no_toml_is_told(tmp_path: Path) -> None:
    with pytest.raises(AccessFileUnreadable, match="No such file"):
        read_access_file(str(tmp_path / "access.toml"))
    with pytest.raises(AccessFileUnreadable):
        read(tmp_path, "[issuer")
