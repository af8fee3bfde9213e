"""Is the register's key made once, read by its owner alone, and never shown?"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import OKPKey

from kvob_workflow.statements import (
    RegisterKeys,
    make_keys,
    read_keys,
    read_public,
    rotate_keys,
)
from kvob_workflow.statements.errors import RegisterKeyMalformed, RegisterKeyUnusable
from kvob_workflow.statements.keys import FORMER_KEYS


def test_the_file_is_for_its_owner_alone_and_gives_the_same_key_again(
    keys: RegisterKeys, key_file: Path
) -> None:
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    again = read_keys(key_file)
    assert (again.issuer, again.public) == (keys.issuer, keys.public)


@pytest.mark.skipif(os.name != "posix", reason="rights of files as POSIX has them")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_is_refused(
    mode: int, keys: RegisterKeys, key_file: Path
) -> None:
    key_file.chmod(mode)
    with pytest.raises(RegisterKeyUnusable):
        read_keys(key_file)


def test_a_key_that_is_there_is_never_overwritten(keys: RegisterKeys, key_file: Path) -> None:
    before = key_file.read_bytes()
    with pytest.raises(RegisterKeyUnusable):
        make_keys(key_file, "kvob/example")
    assert key_file.read_bytes() == before


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RegisterKeyUnusable):
        read_keys(tmp_path / "none")
    with pytest.raises(RegisterKeyUnusable):
        make_keys(tmp_path / "no" / "folder", "kvob/example")


def test_the_secret_half_is_in_no_text_and_in_no_published_key(
    keys: RegisterKeys, key_file: Path
) -> None:
    secret = json.loads(key_file.read_text())["keys"][0]["d"]
    assert secret not in repr(keys) + str(keys) + json.dumps(keys.jwks)
    assert all("d" not in one.jwk for one in keys.all_public)


def test_the_id_of_a_key_is_its_thumbprint_as_another_library_computes_it(
    keys: RegisterKeys,
) -> None:
    other = OKPKey.import_key(dict(keys.public.jwk))
    assert other.thumbprint() == keys.public.id


def test_a_rotation_keeps_the_public_halves_of_some_keys_before(
    keys: RegisterKeys, key_file: Path
) -> None:
    seen = [keys.public]
    for _ in range(FORMER_KEYS + 2):
        seen.insert(0, rotate_keys(key_file).public)
    now = read_keys(key_file)
    assert list(now.all_public) == seen[: FORMER_KEYS + 1]
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert [one.name for one in key_file.parent.iterdir()] == [key_file.name]
    assert key_file.read_text().count('"d"') == 1


def test_the_published_list_is_read_back(keys: RegisterKeys, key_file: Path) -> None:
    now = rotate_keys(key_file)
    assert read_public(json.dumps(now.jwks)) == (now.public, keys.public)
    assert read_public(json.dumps(keys.public.jwk)) == (keys.public,)


def test_who_passes_a_private_key_for_a_public_one_is_told(key_file: Path) -> None:
    make_keys(key_file, "kvob/example")
    with pytest.raises(RegisterKeyMalformed):
        read_public(key_file.read_bytes())


Change = Callable[[dict[str, Any]], object]
WRONG: dict[str, Change] = {
    "no issuer": lambda file: file.pop("issuer"),
    "an issuer with a space": lambda file: file.update(issuer="a b"),
    "no keys": lambda file: file.update(keys=[]),
    "keys that are no list": lambda file: file.update(keys={}),
    "a key that is no object": lambda file: file.update(keys=["a"]),
    "no private half": lambda file: file["keys"][0].pop("d"),
    "two private keys": lambda file: file["keys"].append(file["keys"][0]),
    "halves of two keys": lambda file: file["keys"][0].update(
        {name: OKPKey.generate_key("Ed25519").as_dict()[name] for name in ("x",)}, kid=None
    ),
    "another id": lambda file: file["keys"][0].update(kid="a"),
    "another curve": lambda file: file["keys"][0].update(crv="X25519"),
    "another algorithm": lambda file: file["keys"][0].update(alg="ES256"),
    "a short key": lambda file: file["keys"][0].update(d="AAAA"),
    "no base64url": lambda file: file["keys"][0].update(d="+" * 43),
}


@pytest.mark.parametrize("change", WRONG)
def test_a_file_that_holds_something_else_is_refused(
    change: str, keys: RegisterKeys, key_file: Path
) -> None:
    file = json.loads(key_file.read_text())
    WRONG[change](file)
    key_file.write_text(json.dumps(file))
    with pytest.raises(RegisterKeyMalformed):
        read_keys(key_file)


@pytest.mark.parametrize("raw", [b"", b"[]", b"\xff", b"{}", b"[" * 10_000, b" " * 20_000])
def test_a_file_without_keys_is_refused(raw: bytes, keys: RegisterKeys, key_file: Path) -> None:
    key_file.write_bytes(raw)
    with pytest.raises(RegisterKeyMalformed):
        read_keys(key_file)
    with pytest.raises(RegisterKeyMalformed):
        read_public(raw)


@pytest.mark.parametrize("issuer", ["", " ", "a b", "é", "-a", "a" * 201, "a\n"])
def test_a_register_has_a_name_of_plain_characters(issuer: str, tmp_path: Path) -> None:
    with pytest.raises(RegisterKeyMalformed):
        make_keys(tmp_path / "key", issuer)
    assert not (tmp_path / "key").exists()
