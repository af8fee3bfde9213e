"""Are the import contracts and the lint bans kept, and does each of them break when violated?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOTS = ["kvob_workflow", "domain", "projections"]

# Import Linter is run by its function: the command's file may lie elsewhere.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


class Violation(NamedTuple):
    """A line that must not be there, and the contract that must say so."""

    contract: str
    file: str
    line: str


VIOLATIONS = [
    Violation("roots", "domain/kvob_domain/words.py", "import kvob_projections"),
    Violation("roots", "projections/kvob_projections/view.py", "import kvob_workflow.errors"),
    Violation("domain", "domain/kvob_domain/words.py", "import os.path"),
    Violation("projections", "projections/kvob_projections/view.py", "import sqlite3"),
    Violation("layers", "kvob_workflow/clock.py", "import kvob_workflow.engine"),
    Violation("layers", "kvob_workflow/clock.py", "import kvob_workflow.settings"),
    Violation("layers", "kvob_workflow/unlisted.py", "import sys"),
    Violation("layers", "kvob_workflow/alarm/waking.py", "import kvob_workflow.engine"),
    Violation("embedding", "kvob_workflow/clock.py", "import rich"),
    Violation("scheduler", "kvob_workflow/clock.py", "import apscheduler"),
]


@pytest.fixture(scope="module")
def configuration(root: Path) -> dict[str, Any]:
    """The settings of every tool."""
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def contracts(configuration: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The import contracts by id."""
    return {
        contract["id"]: contract for contract in configuration["tool"]["importlinter"]["contracts"]
    }


@pytest.fixture(scope="module")
def copied(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the three packages; its cache makes the second look at it quick."""
    folder = tmp_path_factory.mktemp("tree")
    for name in ROOTS:
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", folder)
    return folder


@pytest.fixture
def tree(copied: Path) -> Iterator[Path]:
    """The copy, set back after each test."""
    before = {file: file.read_bytes() for file in copied.rglob("*.py")}
    yield copied
    for file in copied.rglob("*.py"):
        if file not in before:
            file.unlink()
        elif file.read_bytes() != before[file]:
            file.write_bytes(before[file])


def run(tree: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Runs a tool in the tree, which comes before any installed copy of the packages."""
    path = os.pathsep.join(str(tree / name) for name in (".", "domain", "projections"))
    return subprocess.run(
        [sys.executable, *command],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": path, "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def results(tree: Path) -> dict[str, str]:
    """KEPT or BROKEN for every contract's name."""
    report = run(tree, "-c", LINT_IMPORTS).stdout
    found = dict(re.findall(r"^(.+\S) (KEPT|BROKEN)(?: \(.+\))?$", report, re.MULTILINE))
    assert found, report
    return found


def append(tree: Path, file: str, line: str) -> None:
    """Adds a line at the end of a file, new or not."""
    with (tree / file).open("a", encoding="utf-8") as stream:
        stream.write(f"\n{line}\n")


def test_every_contract_is_kept(tree: Path, contracts: dict[str, dict[str, Any]]) -> None:
    kept = {contract["name"]: "KEPT" for contract in contracts.values()}
    assert results(tree) == kept


def test_every_contract_has_a_violation_here(contracts: dict[str, dict[str, Any]]) -> None:
    assert {violation.contract for violation in VIOLATIONS} == set(contracts)


@pytest.mark.parametrize("violation", VIOLATIONS, ids=lambda each: f"{each.contract}: {each.line}")
def test_a_violation_breaks_its_contract(
    violation: Violation, tree: Path, contracts: dict[str, dict[str, Any]]
) -> None:
    append(tree, violation.file, violation.line)
    assert results(tree)[contracts[violation.contract]["name"]] == "BROKEN"


@pytest.mark.parametrize(
    ("contract", "file"),
    [
        ("domain", "domain/kvob_domain/words.py"),
        ("projections", "projections/kvob_projections/view.py"),
        ("embedding", "kvob_workflow/clock.py"),
    ],
)
def test_every_forbidden_module_is_reported(
    contract: str, file: str, tree: Path, contracts: dict[str, dict[str, Any]]
) -> None:
    forbidden: list[str] = contracts[contract]["forbidden_modules"]
    for module in forbidden:
        append(tree, file, f"import {module}")
    report = run(tree, "-c", LINT_IMPORTS).stdout
    assert [name for name in forbidden if f"not allowed to import {name}:" not in report] == []


def test_no_layer_is_optional(contracts: dict[str, dict[str, Any]]) -> None:
    """A layer in brackets may be missing, so a misspelt one would guard nothing."""
    assert [layer for layer in contracts["layers"]["layers"] if "(" in layer] == []
    assert contracts["layers"]["exhaustive"]


def ruff_complaints(tree: Path, file: str, code: str) -> set[str]:
    """The rules that ruff finds violated by the code in a file of that name."""
    (tree / file).write_text(f'"""A violation."""\n\n{code}\n', encoding="utf-8")
    report = run(tree, "-m", "ruff", "check", "--no-cache", "--output-format=concise", file).stdout
    return set(re.findall(r": (TID\d+) ", report))


ASKING_THE_MACHINE = [
    "from datetime import date\n\nTODAY = date.today()",
    "from datetime import UTC, datetime\n\nNOW = datetime.now(UTC)",
    "import time\n\nNOW = time.time()",
    "import uuid\n\nID = uuid.uuid4()",
    "import random\n\nCHANCE = random.random()",
]


@pytest.mark.parametrize("code", ASKING_THE_MACHINE)
@pytest.mark.parametrize(
    "file", ["domain/kvob_domain/violation.py", "projections/kvob_projections/violation.py"]
)
def test_neither_domain_nor_projections_may_ask_the_machine(
    code: str, file: str, tree: Path
) -> None:
    assert ruff_complaints(tree, file, code) == {"TID251"}


@pytest.mark.parametrize("code", ASKING_THE_MACHINE)
def test_the_engine_may_ask_the_machine(code: str, tree: Path) -> None:
    assert ruff_complaints(tree, "kvob_workflow/violation.py", code) == set()


@pytest.mark.parametrize("name", ["domain.kvob_domain.words", "projections.kvob_projections.view"])
@pytest.mark.parametrize("folder", ["kvob_workflow", "domain/kvob_domain"])
def test_a_source_root_is_never_imported_as_a_package(name: str, folder: str, tree: Path) -> None:
    complaints = ruff_complaints(tree, f"{folder}/violation.py", f"import {name}\n\nprint({name})")
    assert "TID253" in complaints
