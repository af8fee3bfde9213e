"""Is publiccode.yml as the standard asks (0.5), and true?"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml  # type: ignore[import-untyped]  # of the tests alone; it brings no types

MANDATORY = (
    "publiccodeYmlVersion name url platforms developmentStatus softwareType description "
    "legal.license maintenance.type maintenance.contacts localisation.localisationReady "
    "localisation.availableLanguages"
)
STATUSES = {"concept", "development", "beta", "stable", "obsolete"}
KINDS = {"library", "addon", "configurationFiles"} | {
    f"standalone/{one}" for one in ("mobile", "iot", "desktop", "web", "backend", "other")
}


@pytest.fixture(scope="module")
def code(root: Path) -> Any:
    return yaml.safe_load((root / "publiccode.yml").read_text("utf-8"))


@pytest.mark.parametrize("path", MANDATORY.split())
def test_every_mandatory_key_is_there(code: Any, path: str) -> None:
    for name in path.split("."):
        code = code[name]
    assert code not in (None, "", [], {})


def test_the_closed_lists_are_kept(code: Any) -> None:
    assert code["publiccodeYmlVersion"] == "0.5"
    assert code["developmentStatus"] in STATUSES
    assert code["softwareType"] in KINDS
    assert code["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert urlsplit(str(code["url"])).scheme == "https"
    assert date.fromisoformat(code["releaseDate"])


def test_it_says_in_both_languages_what_it_is(code: Any) -> None:
    assert (
        set(code["description"]) == {"nl", "en"} == set(code["localisation"]["availableLanguages"])
    )
    for told in code["description"].values():
        assert len(told["shortDescription"]) <= 150
        assert 150 <= len(told["longDescription"]) <= 10_000
        assert all(len(one) <= 100 for one in told["features"])


def test_it_tells_the_version_and_licence_of_the_package(code: Any, root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert code["softwareVersion"] == project["version"]
    assert code["legal"]["license"] == project["license"]
    python = next(one for one in code["dependsOn"]["open"] if one["name"] == "Python")
    assert project["requires-python"] == f">={python['versionMin']}"
