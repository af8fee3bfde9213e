"""Does the check that the README prints work, with nothing of this project on the path?"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kvob_domain.ids import EstateId
from kvob_workflow import Engine
from kvob_workflow.statements import Issuing, RegisterKeys, issue


@pytest.fixture(scope="module")
def checker(root: Path) -> str:
    page = (root / "kvob_workflow" / "statements" / "README.md").read_text("utf-8")
    found = re.search(r"```python\n(.*?)```", page, flags=re.DOTALL)
    assert found is not None
    assert "kvob_workflow" not in found[1]
    return found[1]


def test_it_tells_a_right_statement_from_an_altered_and_an_old_one(
    engine: Engine, estate: EstateId, keys: RegisterKeys, tmp_path: Path, checker: str
) -> None:
    status = engine.certificate_status(estate, certificate=2)
    (tmp_path / "check.py").write_text(checker)
    (tmp_path / "keys.json").write_text(json.dumps(keys.jwks))

    def check(statement: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "statement.jws").write_text(statement)
        command = [sys.executable, "-I", "check.py", "statement.jws", "keys.json"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    right = issue(status, keys, Issuing(datetime.now(UTC)))
    assert check(right).stdout.strip() == "valid on 2026-11-23"
    header, claims, signature = right.split(".")
    assert check(f"{header}.{claims}.{signature[:-4]}AAAA").returncode == 1
    old = issue(status, keys, Issuing(datetime(2026, 1, 1, tzinfo=UTC)))
    assert "holds no longer" in check(old).stderr
