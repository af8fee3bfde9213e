"""Is every source file small enough to read at once, documented, and free of addresses?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

LONGEST_FILE = 300
LONGEST_FUNCTION = 40


class Source(NamedTuple):
    """One file of the three packages, parsed."""

    path: str
    lines: int
    tree: ast.Module


@pytest.fixture(scope="module")
def sources(root: Path) -> list[Source]:
    """Every Python file of the three packages."""
    packages = [root / "kvob_workflow", root / "domain", root / "projections"]
    files = [file for package in packages for file in sorted(package.rglob("*.py"))]
    assert len(files) > 20
    return [parse(file.relative_to(root).as_posix(), file.read_text("utf-8")) for file in files]


def parse(path: str, text: str) -> Source:
    """Reads one file's text."""
    return Source(path, len(text.splitlines()), ast.parse(text))


def too_long(source: Source) -> Iterator[str]:
    """The file, or those of its functions, that do not fit."""
    if source.lines > LONGEST_FILE:
        yield f"{source.path}: {source.lines} lines"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{source.path}:{node.lineno}: {node.name} has {length} lines"


def undocumented(source: Source) -> bool:
    """Whether a public module lacks the sentence that says what it answers."""
    private = any(
        part.startswith("_") and not part.startswith("__") for part in Path(source.path).parts
    )
    return not private and not ast.get_docstring(source.tree)


def test_no_file_is_over_300_lines_and_no_function_over_40(sources: list[Source]) -> None:
    assert [complaint for source in sources for complaint in too_long(source)] == []


def test_a_long_file_and_a_long_function_are_found() -> None:
    text = "def long() -> None:\n" + "    pass\n" * LONGEST_FILE
    assert list(too_long(parse("long.py", text))) == [
        "long.py: 301 lines",
        "long.py:1: long has 301 lines",
    ]


def test_a_file_and_a_function_at_the_limit_are_allowed() -> None:
    text = "def full() -> None:\n" + "    pass\n" * (LONGEST_FUNCTION - 1)
    text += "\n" * (LONGEST_FILE - LONGEST_FUNCTION)
    assert list(too_long(parse("full.py", text))) == []


def test_every_public_module_has_a_docstring(sources: list[Source]) -> None:
    assert [source.path for source in sources if undocumented(source)] == []


def test_a_module_without_docstring_is_found() -> None:
    assert undocumented(parse("board.py", "x = 1\n"))
    assert not undocumented(parse("_board.py", "x = 1\n"))


def test_the_source_roots_and_the_tests_are_folders_and_not_packages(root: Path) -> None:
    roots = [root / "domain", root / "projections"]
    inits = [folder / "__init__.py" for folder in roots]
    inits += (root / "tests").rglob("__init__.py")
    assert [str(init) for init in inits if init.exists()] == []


def test_the_lock_pins_every_package_with_hashes_and_holds_no_address(root: Path) -> None:
    lock = (root / "requirements.lock").read_text("utf-8")
    assert [
        part for part in ("http:", "https:", "://", "file:", "index", "/") if part in lock
    ] == []
    requirements = lock.replace("\\\n", "").splitlines()
    pins = [line for line in requirements if line and not line.lstrip().startswith("#")]
    assert len(pins) > 20
    assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
