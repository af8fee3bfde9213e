"""Does the bill of materials name every package that runs here, with version and licence?"""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from kvob_workflow.sbom import bill_of_materials, components


@pytest.fixture(scope="module")
def bill() -> Any:
    return json.loads(json.dumps(bill_of_materials()))


def core(root: Path) -> list[str]:
    """The names of what the package needs without any extra."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    found = (re.match(r"[A-Za-z0-9._-]+", one) for one in project["dependencies"])
    return [one.group().lower().replace("_", "-") for one in found if one]


def test_every_core_dependency_is_in_it_as_it_is_installed(root: Path, bill: Any) -> None:
    found = {one["name"]: one for one in bill["components"]}
    assert len(core(root)) >= 8
    for name in core(root):
        assert found[name]["version"] == version(name)
        assert found[name]["scope"] == "required"


def test_every_package_has_a_licence(bill: Any) -> None:
    named = {one["name"]: one["licenses"][0]["license"]["name"] for one in bill["components"]}
    assert [name for name, licence in named.items() if licence == "not stated"] == []


def test_the_versions_are_those_of_the_lock(root: Path) -> None:
    lock = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (root / "requirements.lock").read_text(), re.M))
    mine = [one for one in components() if one.required]
    wrong = [one for one in mine if lock.get(one.name, one.version) != one.version]
    assert wrong == []


def test_it_is_cyclonedx_whole_and_without_addresses(bill: Any) -> None:
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    refs = {one["bom-ref"] for one in bill["components"]}
    refs.add(bill["metadata"]["component"]["bom-ref"])
    assert len(refs) == len(bill["components"]) + 1
    for one in bill["dependencies"]:
        assert {one["ref"], *one["dependsOn"]} <= refs
    assert {one["ref"] for one in bill["dependencies"]} == refs
    assert "http" not in re.sub(r"httptools|httpx2?|httpcore2?", "", json.dumps(bill))


def test_the_same_packages_give_the_same_bytes(bill: Any) -> None:
    assert json.loads(json.dumps(bill_of_materials())) == bill
