"""Does it work in a host's own process? FastAPI, Django and Flask, over HTTP, as the READMEs say.

Each host has packages of its own that are called `domain` and `projections`, as some do.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from httpx2 import Client

EXAMPLES = Path(__file__).parent / "examples"
ROOT = Path(__file__).parents[2]
_LINKS = re.compile(r'(?:href|src|action)="([^"]*)"')
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
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


@pytest.fixture(scope="module", params=KINDS)
def host(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The name of each host, and its address."""
    with hosted(request.param, tmp_path_factory.mktemp("host")) as address:
        yield request.param, address


def test_a_host_embeds_it_beside_packages_of_the_same_names(host: tuple[str, str]) -> None:
    name, address = host
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


def links_of(page: str) -> set[str]:
    """Where the links, files and forms of a page lead to."""
    return {unescape(one) for one in _LINKS.findall(page) if not one.startswith("#")}


@contextmanager
def browsing(host: tuple[str, str]) -> Generator[Client]:
    """A browser of somebody whom the host has logged in, and led back to where he wanted to be."""
    name, address = host
    headers = {"accept": "text/html", "sec-fetch-site": "same-origin"}
    with Client(base_url=address, headers=headers, timeout=PATIENCE) as browser:
        answer = browser.get("/kvob/estates?q=hoek")
        if name != "fastapi_include":  # where the developer is let in
            assert (answer.status_code, answer.headers["location"]) == (
                303,
                "/in?next=%2Fkvob%2Festates%3Fq%3Dhoek",
            )
            answer = browser.get(answer.headers["location"])
            assert answer.headers["location"].removeprefix(address) == "/kvob/estates?q=hoek"
        yield browser


def test_the_pages_stand_below_the_prefix_of_the_host(host: tuple[str, str]) -> None:
    with browsing(host) as browser:
        answer = browser.get("/kvob/estates?q=hoek")
        assert answer.status_code == 200
        links = links_of(answer.text)
        assert {one for one in links if not one.startswith("/kvob/")} == set()
        files = {one for one in links if "/static/" in one}
        assert len(files) >= 4
        for one in files:
            loaded = browser.get(one)
            assert (loaded.status_code, loaded.headers["x-content-type-options"]) == (
                200,
                "nosniff",
            )
        assert browser.head("/kvob/estates").status_code == 200


def test_a_form_comes_back_to_the_pages_of_the_host(host: tuple[str, str]) -> None:
    path = "/kvob/do/register_estate"
    with browsing(host) as browser:
        page = browser.get(path)
        told = {"name": "De Hoek", "municipalities.0": "Baarn", "stage": "check"}
        page = browser.post(path, data={**dict(_HIDDEN.findall(page.text)), **told})
        assert page.status_code == 200, page.text
        hidden = {name: unescape(one) for name, one in _HIDDEN.findall(page.text)}
        given = {**hidden, "stage": "confirm"}
        # What another site sends, or was not given to this browser, is not done.
        elsewhere = browser.post(path, data=given, headers={"sec-fetch-site": "cross-site"})
        assert elsewhere.status_code in (401, 403)
        assert browser.post(path, data={**given, "form_token": "x" * 86}).status_code == 403
        done = browser.post(path, data=given)
        assert done.status_code == 303
        place = done.headers["location"].removeprefix(host[1])
        assert place.startswith("/kvob/estates/")
        assert "De Hoek" in browser.get(place).text


def test_what_is_not_there_is_told_at_the_place_of_the_pages(host: tuple[str, str]) -> None:
    with browsing(host) as browser:
        absent = browser.get(f"/kvob/estates/{'0' * 32}")
        assert absent.status_code == 404
        assert "/kvob/estates" in links_of(absent.text)
        nothing = browser.get("/kvob/nothing")
        assert nothing.status_code == 404
        if host[0] != "fastapi_include":  # where it is the host's to tell
            assert {one for one in links_of(nothing.text) if not one.startswith("/kvob/")} == set()


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
    # Pages that are included are a router beside that of the API.
    assert len([line for line in lines if "pages.router" not in line]) <= 5


@pytest.mark.parametrize("name", KINDS)
def test_the_page_shows_what_is_tested_here(name: str) -> None:
    pages = (ROOT / "kvob_workflow" / part / "README.md" for part in ("http", "web"))
    page = "".join(one.read_text("utf-8") for one in pages)
    source = (EXAMPLES / f"{name}.py").read_text("utf-8")
    for line in source.splitlines():
        if line.startswith(
            ("engine =", "api =", "app.mount", "kvob =", "app.include", "app = Star")
        ):
            assert line in page, f"{name}: {line}"


def blocks_of(part: str) -> list[str]:
    """The Python in a README."""
    page = (ROOT / "kvob_workflow" / part / "README.md").read_text("utf-8")
    return re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)


BLOCKS = [(part, number) for part in ("http", "web") for number in range(len(blocks_of(part)))]


def test_both_pages_have_something_to_run() -> None:
    assert (len(blocks_of("http")), len(blocks_of("web"))) == (4, 3)


@pytest.mark.parametrize(("part", "number"), BLOCKS)
def test_each_block_of_the_page_runs_as_it_stands(part: str, number: int, tmp_path: Path) -> None:
    block = blocks_of(part)[number]
    begun = 'from django.conf import settings\nsettings.configure(ROOT_URLCONF="")\n'
    program = (begun if "django" in block else "") + block + "engine.close()\n"
    ran = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True)
    assert ran.returncode == 0, ran.stderr
