"""Is every peer's adapter there, pinned, and kept to loopback?"""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from benchmarks.peers.commands_of_a_life import texts
from benchmarks.peers.environments import REQUIREMENTS, pins
from benchmarks.peers.job import STEPS
from benchmarks.peers.roster import BY_NAME, PEERS, Peer
from benchmarks.peers.servers import COMMANDS
from benchmarks.peers.sockets import HOST

FOLDER = Path(__file__).parents[2] / "benchmarks" / "peers"


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_an_adapter_is_sound_python_that_answers_the_whole_protocol(peer: Peer) -> None:
    source = FOLDER.joinpath(*peer.adapter.split(".")).with_suffix(".py").read_text("utf-8")
    tree = ast.parse(source)
    assert ast.get_docstring(tree)
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    wanted = {"open", "facts", "refuse", "walk", "look", "close"}
    answering = [
        node
        for node in classes
        if wanted <= {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
    ]
    assert len(answering) == 1
    assert f"serve({answering[0].name}())" in source
    assert len(source.splitlines()) <= 300


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_a_peer_is_compared_with_ours_and_says_what_it_does_more_or_less(peer: Peer) -> None:
    assert BY_NAME[peer.against].adapter == "adapters.ours"
    assert peer.notes
    assert (peer.server == "postgres") == (peer.store == "PostgreSQL")


def test_every_environment_is_pinned_exactly_and_names_no_registry() -> None:
    environments = {peer.environment for peer in PEERS if peer.environment}
    there = {file.name.split(".")[0] for file in REQUIREMENTS.iterdir()}
    assert there == environments
    pin = re.compile(r"(@[a-z]+/)?[A-Za-z0-9-]+(\[[a-z,]+\])?(==|@)\d+(\.\d+)+")
    for name in environments:
        lines = pins(name).splitlines()
        assert lines and [line for line in lines if not pin.fullmatch(line)] == []


def test_every_server_is_told_to_listen_on_loopback() -> None:
    for kind, command in COMMANDS.items():
        assert any(HOST in part for part in command), kind
        assert not any("0.0.0.0" in part or "[::]" in part for part in command), kind


def test_the_payloads_are_what_the_engine_stores_for_seven_different_steps() -> None:
    found = texts(date(2026, 11, 29))
    assert len(set(found)) == len(STEPS)
    assert all(text.startswith('{"e":') for text in found)
