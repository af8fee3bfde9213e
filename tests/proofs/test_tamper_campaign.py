"""Is every attack on the record found? A small campaign; benchmarks/tamper_campaign runs 10,000."""

from __future__ import annotations

import ast
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks import tamper_attacks, tamper_tree
from benchmarks.tamper_attacks import ALL_KINDS
from benchmarks.tamper_campaign import campaign
from kvob_workflow.proofs.findings import Verdict


@pytest.mark.parametrize("seed", [1, 2])
def test_every_attack_is_found_and_no_untouched_store_accused(seed: int, tmp_path: Path) -> None:
    tally = campaign(tmp_path, 20, 15, seed, (2, 31, 256, 300))
    assert tally.undetected == []
    assert tally.alarms == []
    assert tally.untouched == 15
    assert {kind: found.total() for kind, found in tally.verdicts.items()} == dict.fromkeys(
        ALL_KINDS, 20
    )
    # Only behind the last head can something stand that nobody signed for.
    told = {kind for kind, found in tally.verdicts.items() if found[Verdict.NOT_COVERED]}
    assert told <= {"insert"}
    assert not any(found[Verdict.CANNOT_TELL] for found in tally.verdicts.values())


@pytest.mark.parametrize("module", [tamper_attacks, tamper_tree])
def test_the_attacker_imports_nothing_of_ours(module: ModuleType) -> None:
    tree = ast.parse(Path(module.__file__ or "").read_text("utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    ours = {name for name in names if name.startswith(("kvob", "benchmarks", "tests"))}
    assert ours <= {"benchmarks.tamper_tree"}
