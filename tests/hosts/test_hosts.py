"""Does it work in a host's own process? FastAPI, Django and Flask, over HTTP, as the pages say.

Each host has packages of its own that are called `domain` and `projections`, as some do.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

EXAMPLES = Path(__file__).parent / "examples"
ROOT = Path(__file__).parents[2]
GREETING = "of the host itself"
PATIENCE = 60.0
KINDS = {
    "fastapi_include": "asgi",
    "fastapi_mount": "asgi",
    "django_asgi": "asgi",
    "flask_wsgi": "wsgi",
}


@contextmanager
def hosted(name: str, folder: Path) -> Generator[str]:
    """The address of a host that runs in a process of its own, in its own folder."""
    shutil.copy(EXAMPLES / f"{name}.py", folder / f"{name}.py")
    shutil.copy(EXAMPLES.parent / "serving_host.py", folder / "serving_host.py")
    for package in ("domain", "projections"):
        (folder / package).mkdir()
        (folder / package / "__init__.py").write_text(f"GREETING = {GREETING!r}\n", "utf-8")
    process = subprocess.Popen(
        [sys.executable, "serving_host.py", name, KINDS[name]],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        assert port.isdigit(), process.communicate(timeout=PATIENCE)[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def asked(address: str, headers: Mapping[str, str] | None = None) -> tuple[int, Any]:
    """The status and the JSON of an answer."""
    try:
        with urlopen(Request(address, headers=dict(headers or {})), timeout=PATIENCE) as answer:
            return answer.status, json.load(answer)
    except HTTPError as refusal:
        return refusal.code, json.load(refusal)


@pytest.mark.parametrize("name", KINDS)
def test_a_host_embeds_it_beside_packages_of_the_same_names(name: str, tmp_path: Path) -> None:
    with hosted(name, tmp_path) as address:
        assert asked(f"{address}/")[1]["greeting"] == GREETING
        guide = {"Kvob-Role": "guide"}
        status, body = asked(f"{address}/kvob/v1/estates", guide)
        assert (status, body["items"]) == (200, [])
        status, problem = asked(f"{address}/kvob/v1/estates?limit=0", guide)
        assert (status, problem["type"]) == (400, "/kvob/v1/problems/request-malformed")
        assert asked(f"{address}{problem['type']}")[1]["code"] == "request-malformed"
        document = asked(f"{address}/kvob/v1/openapi.json")[1]
        assert document["servers"] == [{"url": "/kvob/v1"}]
        if name != "fastapi_include":  # which takes the routes of health by itself
            assert asked(f"{address}/kvob/_healthz/readyz")[1]["health"] == "ok"


@pytest.mark.parametrize("name", KINDS)
def test_embedding_takes_five_lines(name: str) -> None:
    source = (EXAMPLES / f"{name}.py").read_text("utf-8")
    lines = [
        line
        for line in source.splitlines()
        if any(word in line for word in ("engine", "kvob", "Api("))
        and not line.startswith(('"""', "from", "import"))
        and "return" not in line
    ]
    assert len(lines) <= 5


@pytest.mark.parametrize("name", KINDS)
def test_the_page_shows_what_is_tested_here(name: str) -> None:
    page = (ROOT / "kvob_workflow" / "http" / "README.md").read_text("utf-8")
    source = (EXAMPLES / f"{name}.py").read_text("utf-8")
    for line in source.splitlines():
        if line.startswith(
            ("engine =", "api =", "app.mount", "kvob =", "app.include", "app = Star")
        ):
            assert line in page, f"{name}: {line}"


@pytest.mark.parametrize("block", range(4))
def test_each_block_of_the_page_runs_as_it_stands(block: int, tmp_path: Path) -> None:
    page = (ROOT / "kvob_workflow" / "http" / "README.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    assert len(blocks) == 4
    begun = 'from django.conf import settings\nsettings.configure(ROOT_URLCONF="")\n'
    program = (begun if "django" in blocks[block] else "") + blocks[block] + "engine.close()\n"
    ran = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True)
    assert ran.returncode == 0, ran.stderr
