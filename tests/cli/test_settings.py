"""Which settings hold, and who said so? Option, then variable, then default."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from kvob_domain.actor import Role
from kvob_workflow.setting_names import ALL_SETTINGS
from kvob_workflow.settings import PersonInvalid, SettingInvalid, language_of, read_settings

Kvob = Callable[..., Any]


def test_without_anything_given_the_defaults_hold() -> None:
    found = read_settings({}, {})
    assert (found.store, found.language, found.person) == ("sqlite:///kvob.db", "en", "operator")
    assert (found.organisation, found.role, found.synchronous) == (None, Role.OPERATOR, "FULL")
    assert not found.debug
    assert {one.origin for one in found.sources} == {"default"}


def test_an_option_wins_over_its_variable_and_a_variable_over_the_default() -> None:
    variables = {"KVOB_STORE": "memory:", "KVOB_ROLE": "auditor"}
    found = read_settings({"store": "sqlite:///x.db"}, variables)
    assert (found.store, found.role) == ("sqlite:///x.db", Role.AUDITOR)
    origins = {one.name: one.origin for one in found.sources}
    assert (origins["store"], origins["role"]) == ("--store", "KVOB_ROLE")


def test_an_empty_variable_is_no_variable() -> None:
    assert read_settings({}, {"KVOB_STORE": ""}).store == "sqlite:///kvob.db"


@pytest.mark.parametrize(
    ("variables", "language", "origin"),
    [
        ({"LANG": "nl_NL.UTF-8"}, "nl", "LANG"),
        ({"LANG": "nl_BE"}, "nl", "LANG"),
        ({"LANG": "de_DE.UTF-8"}, "en", "LANG"),
        ({"LANG": "nl_NL.UTF-8", "LC_ALL": "C"}, "en", "LC_ALL"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "nl_NL.UTF-8"}, "nl", "LC_MESSAGES"),
        ({"LANG": "nl_NL.UTF-8", "KVOB_LANG": "en"}, "en", "KVOB_LANG"),
        ({"KVOB_LANG": "NL"}, "nl", "KVOB_LANG"),
        ({}, "en", "default"),
    ],
)
def test_the_language_is_that_of_the_machine_unless_it_is_chosen(
    variables: Mapping[str, str], language: str, origin: str
) -> None:
    found = read_settings({}, variables)
    assert found.language == language == language_of(None, variables)
    assert {one.origin for one in found.sources if one.name == "language"} == {origin}


@pytest.mark.parametrize(
    ("variable", "value"),
    [("KVOB_LANG", "fy"), ("KVOB_ROLE", "chef"), ("KVOB_SYNCHRONOUS", "OFF")],
)
def test_an_impossible_value_is_refused_with_the_name_of_its_variable(
    variable: str, value: str
) -> None:
    with pytest.raises(SettingInvalid) as refused:
        read_settings({}, {variable: value})
    assert (refused.value.setting, refused.value.value) == (variable, value)
    for language in ("nl", "en"):
        assert refused.value.message(language).startswith(f"{variable}: '{value}'")


@pytest.mark.parametrize("value", ["Jan Jansen", "j.jansen@voorbeeld.nl", "-x", "a" * 65])
def test_a_person_is_an_opaque_id(value: str) -> None:
    with pytest.raises(PersonInvalid) as refused:
        read_settings({}, {"KVOB_PERSON": value})
    assert refused.value.setting == "KVOB_PERSON"


def test_an_impossible_language_is_told_in_the_language_of_the_machine() -> None:
    assert language_of("fy", {"LANG": "nl_NL"}) == "nl"


def test_config_show_tells_each_value_and_what_gave_it(call: Kvob) -> None:
    shown = call("config", "show", "--role", "guide", "--json", env={"KVOB_PERSON": "p-7"}).json()
    by_name = {one["name"]: (one["value"], one["origin"]) for one in shown}
    assert list(by_name) == [named.name for named in ALL_SETTINGS]
    assert by_name["role"] == ("guide", "--role")
    assert by_name["person"] == ("p-7", "KVOB_PERSON")
    assert by_name["synchronous"] == ("FULL", "default")


def test_who_acts_stands_with_the_events(call: Kvob) -> None:
    words = ("register-estate", "De Hoek", "--municipality", "Voorbeeldstad", "--json")
    alone = call(*words).json()["events"][0]
    assert (alone["by"], alone["role"], alone["org"], alone["via"]) == (
        "operator",
        "operator",
        None,
        "cli",
    )
    variables = {"KVOB_PERSON": "p-1", "KVOB_ORGANISATION": "Keur", "KVOB_ROLE": "guide"}
    told = call("rename-estate", "De Hoek", "--name", "De Punt", "--json", env=variables)
    event = told.json()["events"][0]
    assert (event["by"], event["role"], event["org"]) == ("p-1", "guide", "Keur")


def test_only_the_settings_read_the_environment(root: Path) -> None:
    reads = re.compile(r"\bos\.(environ|getenv)\b|\bfrom os import\b")
    package = root / "kvob_workflow"
    assert package.is_dir()
    readers = [
        file.relative_to(package).as_posix()
        for file in package.rglob("*.py")
        if reads.search(file.read_text("utf-8"))
    ]
    assert readers == ["settings.py"]
