"""What the tests of the command line share: calls of `kvob`, and a store with the sample cases."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kvob_workflow import Engine
from kvob_workflow.cli.main import run
from kvob_workflow.importing import import_file, sample_cases

BARE = {"PATH": os.environ.get("PATH", ""), "PYTHONWARNINGS": "error", "PYTHONUTF8": "1"}


@dataclass(frozen=True)
class Called:
    """What one call of `kvob` gave."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)

    def error(self) -> Any:
        """The error that a call with --json gave on standard error; nothing on the output."""
        assert self.out == ""
        return json.loads(self.err)["error"]


Kvob = Callable[..., Called]


@pytest.fixture
def store(tmp_path: Path) -> str:
    """The address of a store that is not there yet."""
    return f"sqlite:///{tmp_path / 'kvob.db'}"


@pytest.fixture(scope="session")
def sample_file() -> Path:
    """The sample cases that the package brings."""
    with sample_cases() as path:
        return path


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory, sample_file: Path) -> str:
    """A store with the sample cases. Only for tests that read."""
    url = f"sqlite:///{tmp_path_factory.mktemp('sample') / 'kvob.db'}"
    with Engine.open(url, synchronous="NORMAL") as engine:
        assert import_file(engine, sample_file).rejected == ()
    return url


@pytest.fixture
def kvob(store: str, tmp_path: Path) -> Kvob:
    """Runs the installed `kvob` as a process of its own, in an empty folder."""
    found = shutil.which("kvob", path=str(Path(sys.executable).parent))
    command = [found] if found else [sys.executable, "-m", "kvob_workflow"]
    paths = os.pathsep.join(sys.path)

    def call(
        *arguments: str, stdin: str | bytes = b"", env: Mapping[str, str] | None = None
    ) -> Called:
        variables = {**BARE, "KVOB_STORE": store, **(env or {})}
        if found is None:
            variables["PYTHONPATH"] = paths
        done = subprocess.run(
            [*command, *arguments],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            env=variables,
            cwd=tmp_path,
            check=False,
        )
        return Called(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


@pytest.fixture
def call(store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kvob:
    """Runs `kvob` within this process: the same code without the start of an interpreter."""

    def call(
        *arguments: str, stdin: str | bytes = b"", env: Mapping[str, str] | None = None
    ) -> Called:
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        with monkeypatch.context() as patch:
            for name in [name for name in os.environ if name.startswith(("KVOB_", "LC_", "LANG"))]:
                patch.delenv(name)
            for name, value in {"KVOB_STORE": store, **(env or {})}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), "utf-8"))
            capsys.readouterr()
            code = int(run(arguments))
        captured = capsys.readouterr()
        return Called(code, captured.out, captured.err)

    return call
