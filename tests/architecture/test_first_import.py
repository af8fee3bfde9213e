"""Can a host import any command or event first, whatever it imports afterwards?

One process forks a child for each module, so that each is the first of ours that is loaded.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from kvob_workflow._homes import MODULE_OF

EACH_FIRST = """
import importlib, json, os, sys
import pydantic, pydantic.json_schema  # what all of them load, once
failed = []
for name in json.loads(sys.argv[1]):
    child = os.fork()
    if not child:
        try:
            importlib.import_module(name)
        except ImportError:
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        failed.append(name)
print(json.dumps(failed))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_every_module_of_the_estate_with_a_public_name_can_be_imported_first() -> None:
    # Commands and events are made of each other; elsewhere nothing goes round.
    modules = sorted({home for home in MODULE_OF.values() if home.startswith("kvob_domain.estate")})
    assert len(modules) > 10
    assert failing(modules) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_a_module_that_cannot_be_imported_is_found() -> None:
    assert failing(["kvob_domain.actor", "kvob_domain.nothing"]) == ["kvob_domain.nothing"]


def failing(modules: list[str]) -> list[str]:
    """Those that cannot be imported before anything else of ours."""
    start = f"import sys; sys.path[:] = {sys.path!r}\n"
    run = subprocess.run(
        [sys.executable, "-c", start + EACH_FIRST, json.dumps(modules)],
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[str] = json.loads(run.stdout)
    return found
