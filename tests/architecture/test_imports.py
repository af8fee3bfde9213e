"""What does importing the library load, and does it export what it says?"""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
from types import ModuleType

import pytest

import kvob_workflow

OPTIONAL = ["babel", "cyclopts", "fastapi", "numpy", "psycopg", "rich"]

LOADED_BY = "import json, sys, {module}; print(json.dumps(sorted(sys.modules)))"

IMPORT_EVERYTHING = """
import importlib, json, pkgutil, sys
for name in ("kvob_domain", "kvob_projections", "kvob_workflow"):
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
print(json.dumps(sorted(sys.modules)))
"""


def loaded_modules(code: str) -> list[str]:
    """The names of all modules that a new process has loaded after running the code."""
    # The parent's path, because a clone without an install knows the source roots only from pytest.
    start = f"import sys; sys.path[:] = {sys.path!r}\n"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", start + code],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    names: list[str] = json.loads(run.stdout)
    return names


def optional(names: list[str]) -> list[str]:
    """Those of the names that only an extra installs."""
    return [name for name in names if name in OPTIONAL]


@pytest.mark.parametrize(
    "module", ["kvob_workflow", "kvob_workflow.testing", "kvob_domain", "kvob_projections"]
)
def test_importing_the_library_loads_nothing_that_only_an_extra_installs(module: str) -> None:
    assert optional(loaded_modules(LOADED_BY.format(module=module))) == []


def test_an_optional_package_that_is_loaded_is_found() -> None:
    assert optional(loaded_modules(LOADED_BY.format(module="rich"))) == ["rich"]


def test_no_module_is_loaded_under_the_name_of_a_source_root() -> None:
    names = loaded_modules(IMPORT_EVERYTHING)
    assert "kvob_domain.partial_date" in names
    assert [name for name in names if name.split(".")[0] in ("domain", "projections")] == []


def test_the_list_of_exported_names_is_sorted_without_doubles() -> None:
    names: list[str] = list(kvob_workflow.__all__)
    assert names == sorted(set(names), key=constants_then_classes_then_functions)


def test_the_library_exports_exactly_the_names_in_its_list() -> None:
    listed = set(kvob_workflow.__all__)
    # A name that is loaded on demand stands in the module only after it was asked for.
    found = {name: getattr(kvob_workflow, name) for name in {*vars(kvob_workflow), *listed}}
    submodules = {module.name for module in pkgutil.iter_modules(kvob_workflow.__path__)}
    exported = {
        name
        for name, value in found.items()
        if not (name.startswith("_") or name == "annotations" or is_module(name, value, submodules))
    }
    assert exported | (listed & {"__version__"}) == listed


def constants_then_classes_then_functions(name: str) -> tuple[int, str]:
    """The order that ruff's RUF022 asks for."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def is_module(name: str, value: object, submodules: set[str]) -> bool:
    """Whether the name is there only because a module was imported."""
    return isinstance(value, ModuleType) or name in submodules
