"""Do the commands about persons work, and does nothing they print hold what was erased?"""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Kvob = Callable[..., Any]

NAME = "Wilhelmina Voorbeeldsma"
ROLES = ("entrepreneurs", "municipality", "police", "fire_brigade")


@pytest.fixture
def estate(call: Kvob) -> str:
    """An estate in a store with keys."""
    assert call("register-estate", "De Hoek", "--municipality", "Voorbeeldstad").code == 0
    assert call("start-trajectory", "De Hoek", "--on", "2026-01-02").code == 0
    assert call("person", "init").code == 0
    return "De Hoek"


def added(call: Kvob) -> str:
    """Somebody new."""
    body = json.dumps({"name": NAME, "email": "w@voorbeeld.nl", "phone": "06-12345678"})
    found = call("--json", "person", "add", "-", stdin=body)
    assert found.code == 0, found.err
    return str(found.json()["person"])


def signed(call: Kvob, estate: str, who: str) -> Any:
    """A declaration that one person signs by name."""
    people = [{"organisation": f"Org {role}", "role": role} for role in ROLES]
    people[0] |= {"person": who, "name": NAME}
    options = [text for one in people for text in ("--signatory", json.dumps(one))]
    return call("declare-intent", estate, "--on", "2026-02-03", *options)


def test_a_name_needs_keys_and_says_how(call: Kvob) -> None:
    call("register-estate", "De Hoek", "--municipality", "Voorbeeldstad")
    refused = call("--json", "person", "add", "--name", NAME)
    assert refused.code == 6
    assert refused.error()["code"] == "keys-not-made"
    assert "kvob person init" in refused.error()["message"]


def test_names_show_on_the_screens_and_in_no_outcome(call: Kvob, estate: str) -> None:
    who = added(call)
    done = signed(call, estate, who)
    assert done.code == 0, done.err
    assert NAME not in done.out + done.err
    assert who in done.out
    assert NAME in call("history", estate).out
    assert NAME not in call("--json", "history", estate).out


def test_without_the_key_file_the_screens_show_the_id(
    call: Kvob, estate: str, tmp_path: Path
) -> None:
    who = added(call)
    signed(call, estate, who)
    (tmp_path / "kvob.db.keys").rename(tmp_path / "away")
    shown = call("history", estate)
    assert shown.code == 0
    assert who in shown.out
    assert "key file" in shown.err


def test_two_persons_erase_and_the_screens_say_so(call: Kvob, estate: str, tmp_path: Path) -> None:
    who = added(call)
    signed(call, estate, who)
    asked = call("--json", "person", "erase", who, "--basis", "consent-withdrawn").json()["id"]
    assert call("person", "approve", asked).code == 3
    done = call("person", "approve", asked, "--person", "p-2", "--lang", "nl")
    assert done.code == 0, done.err
    assert "reservekopieën" in done.out
    assert "gewist" in call("history", estate, "--lang", "nl").out
    assert call("--json", "person", "show", who).json()["erased"] is True
    out = tmp_path / "export.json"
    assert call("person", "export", who, "--out", str(out)).code == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    scrubbed = call("store", "scrub")
    assert scrubbed.code == 0, scrubbed.err
    for file in tmp_path.iterdir():
        assert NAME.encode() not in file.read_bytes(), file
    assert call("--json", "person", "erasures").json()[0]["status"] == "erased"


def test_a_request_can_be_declined_on_an_exception(call: Kvob, estate: str) -> None:
    who = added(call)
    asked = call("--json", "person", "erase", who, "--basis", "objection").json()["id"]
    done = call("--json", "person", "decline", asked, "--why", "legal-claims")
    assert done.json()["exception"] == "legal-claims"
    assert call("person", "approve", asked, "--person", "p-2").code == 5
    assert call("person", "erase", who, "--basis", "zomaar").code == 2


def test_the_directory_is_listed_searched_and_changed(call: Kvob, estate: str) -> None:
    who = added(call)
    assert call("--json", "person", "find", "W@voorbeeld.nl").json()[0]["person"] == who
    assert call("--json", "person", "find", "nobody").json() == []
    changed = call("--json", "person", "change", who, "--works-for", "Vereniging").json()
    assert changed["organisation"] == "Vereniging"
    assert NAME in call("person", "list").out
    assert call("person", "show", "f" * 32).code == 4
    assert call("person", "add").code == 2


def test_the_master_key_changes_and_names_stay(call: Kvob, estate: str, tmp_path: Path) -> None:
    who = added(call)
    old = (tmp_path / "kvob.db.master").read_text()
    assert call("store", "rotate-master-key").code == 0
    assert (tmp_path / "kvob.db.master").read_text() != old
    assert call("--json", "person", "show", who).json()["name"] == NAME


def test_free_text_that_looks_personal_is_warned_about(call: Kvob, estate: str) -> None:
    arguments = ("rename-estate", estate, "--name", "De Bocht", "--reason", "bel 0495-123456")
    warned = call(*arguments, "--lang", "nl", "--dry-run")
    assert warned.code == 0
    assert "telefoonnummer" in warned.err
    found = call("--json", *arguments).json()["warnings"]
    assert [list(one) for one in found] == [["nl", "en"]]
