"""What do the tests of the domain tell? Read from their text, so that no order of runs matters."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Told(NamedTuple):
    """The rules that markers name, and the refusal classes that tests expect."""

    lets_through: frozenset[str]
    refuses: frozenset[str]
    refused: frozenset[str]


def told(folder: Path) -> Told:
    """What all test files under a folder tell."""
    trees = [ast.parse(file.read_text("utf-8")) for file in sorted(folder.rglob("test_*.py"))]
    return Told(
        frozenset(name for tree in trees for name in _marked(tree, "lets_through")),
        frozenset(name for tree in trees for name in _marked(tree, "refuses")),
        frozenset(name for tree in trees for name in _expected(tree)),
    )


def _marked(tree: ast.Module, marker: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for call in node.decorator_list:
                if isinstance(call, ast.Call) and _last_name(call.func) == marker:
                    yield from (str(ast.literal_eval(name)) for name in call.args)


def _expected(tree: ast.Module) -> Iterator[str]:
    """The first argument of `.then_refused(...)` and of `pytest.raises(...)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _last_name(node.func) in ("then_refused", "raises"):
            yield from (one.id for one in node.args[:1] if isinstance(one, ast.Name))


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else ""
