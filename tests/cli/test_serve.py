"""Does `kvob serve` serve, say where, refuse what is not safe, and end in order?"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.cli.conftest import Kvob

PATIENCE = 60.0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to hear")
def test_the_board_is_at_the_root_and_asks_nobody_to_log_in_in_development(
    store: str, tmp_path: Path
) -> None:
    with serving(store, tmp_path, "--development", "--lang", "nl") as (_, address, told):
        assert f"Het bord staat op {address}/" in told
        with urlopen(f"{address}/estates", timeout=PATIENCE) as answer:
            assert "Terreinen" in answer.read().decode()
            assert answer.headers["Kvob-Development-Mode"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to hear")
def test_the_tour_ends_with_its_board_in_a_browser(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kvob_workflow", "demo", "--serve", "--lang", "nl"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        told = ""
        while not (found := re.search(r"(http://127\.0\.0\.1:\d+)/", told)):
            line = process.stderr.readline()
            assert line, told
            told += line
        with urlopen(f"{found[1]}/estates?q=Zilverhoek", timeout=PATIENCE) as answer:
            assert "De Zilverhoek" in answer.read().decode()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)


@contextmanager
def serving(
    store: str, folder: Path, *options: str
) -> Generator[tuple[subprocess.Popen[str], str, str]]:
    """A server of its own, the address that it said to listen on, and all that it said."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kvob_workflow", "serve", "--port", "0", *options],
        cwd=folder,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("KVOB_")},
            "KVOB_STORE": store,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        told = ""
        while not (found := re.search(r"(http://127\.0\.0\.1:\d+)/v1/docs", told)):
            line = process.stderr.readline()
            assert line, told
            told += line
        yield process, found[1], told
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to hear")
def test_it_serves_until_sigterm_and_tells_each_request(store: str, tmp_path: Path) -> None:
    with serving(store, tmp_path, "--development", "--lang", "nl") as (process, address, _):
        asked = Request(f"{address}/v1/estates?text=geheim", headers={"Kvob-Role": "guide"})
        with urlopen(asked, timeout=PATIENCE) as answer:
            assert json.load(answer)["items"] == []
            assert answer.headers["Kvob-Development-Mode"]
        with urlopen(f"{address}/_healthz/readyz", timeout=PATIENCE) as answer:
            assert json.load(answer)["health"] == "ok"
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "GET /estates 200" in told
    assert "geheim" not in told
    assert told.rstrip().endswith("Gestopt.")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_lines_that_it_tells_to_paste_work(store: str, tmp_path: Path, language: str) -> None:
    with serving(store, tmp_path, "--development", "--lang", language) as (_, _, told):
        lines = [shlex.split(line)[1:] for line in re.findall(r"curl .*", told)]
        for *headers, address in lines:
            given = dict(one.split(": ") for one in headers if one != "-H")
            with urlopen(Request(address, headers=given), timeout=PATIENCE) as answer:
                assert answer.status == 200
    assert len(lines) == 2
    assert ("DEVELOPMENT MODE" in told) == (language == "en")  # one language at a time


def test_it_must_be_told_who_may_come_in(call: Kvob) -> None:
    assert "access-unclear" in call("serve", "--json").out + call("serve", "--json").err
    both = call("serve", "--access", "a.toml", "--development")
    assert both.code == 2
    assert "--access" in both.err


def test_what_is_refused_is_not_welcomed_first(call: Kvob) -> None:
    refusal = call("serve", "--host", "0.0.0.0", "--development", "--lang", "nl")
    assert "ONTWIKKELMODUS" not in refusal.err
    missing = call("serve", "--access", "nee.toml", "--lang", "nl")
    assert "--access of KVOB_ACCESS" in missing.err and "--development" in missing.err


def test_others_are_not_served_without_a_proxy_that_does_tls(call: Kvob) -> None:
    refusal = call("serve", "--host", "0.0.0.0", "--development", "--lang", "en")
    assert refusal.code == 2
    assert "127.0.0.1" in refusal.err


def test_development_is_refused_where_others_can_reach_it(call: Kvob) -> None:
    refusal = call("serve", "--host", "0.0.0.0", "--proxy", "10.0.0.5", "--development")
    assert refusal.code == 2
    assert "10.0.0.5" in refusal.err


def test_development_is_refused_behind_a_proxy_which_brings_others(call: Kvob) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:  # what is let through ends there
        behind = ("serve", "--proxy", "10.0.0.5", "--port", str(taken.getsockname()[1]), "--json")
        asked = call(*behind, "--development")
        by_setting = call(*behind, env={"KVOB_DEVELOPMENT": "1"})
    for refusal in (asked, by_setting):
        assert refusal.code == 2
        assert "development-behind-proxy" in refusal.out + refusal.err


def test_a_port_that_is_taken_or_is_none_is_told(call: Kvob) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refusal = call("serve", "--port", port, "--development", "--lang", "en")
    assert refusal.code == 6
    assert port in refusal.err
    assert call("serve", "--port", "70000", "--development").code == 2


def test_the_document_is_printed_without_a_store(call: Kvob) -> None:
    printed = json.loads(call("api", "openapi").out)
    assert printed["openapi"].startswith("3.1")
    assert "/estates" in printed["paths"]
