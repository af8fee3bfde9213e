"""Does every command that a message tells somebody to give exist, with the options it names?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kvob_workflow.cli.commands import all_entrances
from kvob_workflow.cli.entrance import shared_options
from kvob_workflow.cli.namespaces import NAMESPACES

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"'kvob ([^']*[^ '])'")
SHARED = {flag for option in shared_options() for flag in option.flags}


def _texts() -> Iterator[tuple[str, str]]:
    for folder in ("kvob_workflow", "domain", "projections"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    for named in NAMED.findall(node.value):
                        yield path.name, named


def _faults(named: str) -> list[str]:
    words = named.split()
    entrance = {one.path: one for one in all_entrances()}.get(
        tuple(words[:2]) if words[0] in NAMESPACES else tuple(words[:1])
    )
    if entrance is None:
        return words[:2]
    options = {flag for option in entrance.options() for flag in option.flags} | SHARED
    given = [word.partition("=")[0] for word in words if word.startswith("--")]
    return [flag for flag in given if flag not in options]


def test_every_command_that_a_text_names_is_there() -> None:
    found = list(_texts())
    assert len(found) > 40
    wrong = {(place, named): fault for place, named in found if (fault := _faults(named))}
    assert wrong == {}


@pytest.mark.parametrize("named", ["show TERREIN --as-of", "estate X --as-of-yore", "store burn"])
def test_a_command_that_is_not_there_is_found(named: str) -> None:
    assert _faults(named)
