"""Does `kvob certificate` answer, sign, check and draw, each with the right exit code?"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

Kvob = Callable[..., Any]
SOEST = "De Soestdijkse Grachten, Soest"
HOME = "https://register.example"


@dataclass(frozen=True)
class Register:
    """Calls `kvob certificate` as the keeper of the sample store and of the register's key."""

    call: Kvob
    store: str
    folder: Path

    def __call__(self, *words: str, keyless: bool = False, **env: str) -> Any:
        key = {} if keyless else {"KVOB_REGISTER_KEY": self.path("register.key")}
        told = {"KVOB_LANG": "en", "KVOB_STORE": self.store, **key, **env}
        return self.call("certificate", *words, env=told)

    def path(self, name: str) -> str:
        return str(self.folder / name)


@pytest.fixture
def register(call: Kvob, sample_store: str, tmp_path: Path) -> Register:
    made = Register(call, sample_store, tmp_path)
    keys = made("init", made.path("register.key"), "--installation", "example")
    (tmp_path / "keys.json").write_text(keys.out)
    return made


def test_the_answer_about_an_estate_and_about_its_certificate_is_the_same(
    register: Register,
) -> None:
    about_estate = register("status", SOEST, "--on", "2020-01-15", "--json").json()
    assert (about_estate["status"], about_estate["valid"]) == ("valid", True)
    about_it = register("status", about_estate["certificate_id"], "--on", "2020-01-15", "--json")
    assert {**about_it.json(), "known_at": 0} == {**about_estate, "known_at": 0}
    screen = register("status", SOEST, "--on", "2023-01-15").out
    assert "Not valid on that day." in screen
    assert "Valid from 2019-10-10 up to and with 2022-10-09" in screen
    dutch = register("status", SOEST, "--on", "2020-01-15", "--lang", "nl").out
    assert "Geldig op die dag." in dutch


def test_a_statement_is_checked_without_the_store(register: Register) -> None:
    done = register("statement", SOEST, "--output", register.path("statement.jws"))
    assert done.code == 0
    words = ("verify", register.path("statement.jws"), "--key", register.path("keys.json"))
    checked = register(*words, keyless=True, KVOB_STORE="sqlite:////no/such/store.db")
    assert checked.code == 0
    assert "Signed by kvob/example" in checked.out
    said = register(*words, "--json").json()
    assert (said["issuer"], said["statement"]["estate"]) == (
        "kvob/example",
        "De Soestdijkse Grachten",
    )


def test_an_altered_statement_ends_with_3(register: Register, tmp_path: Path) -> None:
    text = register("statement", SOEST, "--json").json()["statement"]
    (tmp_path / "statement.jws").write_text(text[:-6] + "AAAAAA")
    found = register("verify", register.path("statement.jws"), "--json")
    assert (found.code, found.error()["code"]) == (3, "statement-altered")
    (tmp_path / "statement.jws").write_text("no statement")
    assert register("verify", register.path("statement.jws")).code == 2


def test_a_statement_of_before_a_rotation_is_checked_with_the_new_list(
    register: Register, tmp_path: Path
) -> None:
    register("statement", SOEST, "--output", register.path("statement.jws"))
    rotated = register("rotate")
    (tmp_path / "new.json").write_text(rotated.out)
    assert len(json.loads(rotated.out)["keys"]) == 2
    words = ("verify", register.path("statement.jws"), "--key", register.path("new.json"))
    assert register(*words).code == 0
    assert register("keys").out == rotated.out


@pytest.mark.parametrize("words", [("statement", SOEST), ("keys",), ("rotate",)])
def test_without_a_key_the_refusal_says_how_to_make_one(
    words: tuple[str, ...], register: Register
) -> None:
    found = register(*words, "--json", keyless=True)
    assert (found.code, found.error()["code"]) == (2, "register-key-not-set")


def test_a_key_that_others_may_read_ends_with_6(register: Register, tmp_path: Path) -> None:
    (tmp_path / "register.key").chmod(0o644)
    found = register("statement", SOEST, "--json")
    assert (found.code, found.error()["code"]) == (6, "register-key-unusable")


@pytest.mark.parametrize("hours", ["0", "745", "-1", str(10**12)])
def test_a_term_that_no_statement_can_have_is_refused(hours: str, register: Register) -> None:
    found = register("statement", SOEST, f"--hours={hours}", "--json")
    assert (found.code, found.error()["code"]) == (2, "statement-term-invalid")


def test_the_qr_code_leads_to_the_register_and_its_words_are_told(register: Register) -> None:
    words = ("qr", SOEST, "--address", HOME, "--output", register.path("code.svg"))
    told = register(*words, "--json").json()["text_alternative"]
    drawn = Path(register.path("code.svg")).read_text()
    assert told in drawn
    assert f"{HOME}/v1/certificates/" in told
    picture = ("qr", SOEST, "--picture", "PNG", "--output", register.path("code.png"))
    assert register(*picture, KVOB_REGISTER_ADDRESS=HOME).code == 0
    assert Path(register.path("code.png")).read_bytes().startswith(b"\x89PNG")


def test_a_qr_code_without_an_address_or_a_certificate_is_refused(register: Register) -> None:
    found = register("qr", SOEST, "--json")
    assert (found.code, found.error()["code"]) == (2, "register-address-invalid")
    none = register("qr", "'t Heen, Katwijk", "--address", HOME, "--json")
    assert (none.code, none.error()["code"]) == (4, "certificate-not-found")
    other = register("qr", SOEST, "--address", HOME, "--picture", "gif", "--json")
    assert other.code == 2


def test_a_certificate_that_is_not_there_ends_with_4(register: Register) -> None:
    known = register("status", SOEST, "--json").json()["certificate_id"]
    other = known.rpartition("-")[0] + "-999"
    found = register("status", other, "--json")
    assert (found.code, found.error()["code"]) == (4, "certificate-not-found")
    nowhere = register("status", f"{'f' * 32}-1", "--json")
    assert (nowhere.code, nowhere.error()["code"]) == (4, "estate-not-found")
