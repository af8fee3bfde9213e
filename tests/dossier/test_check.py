"""Does the checker, alone and isolated, find whatever is done to a dossier?"""

from __future__ import annotations

import ast
import hashlib
import io
import json
import random
import runpy
import sys
import zipfile
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

import pytest

from kvob_workflow import ChangeScope, Engine
from kvob_workflow.proofs.keys import LOG, new_key
from kvob_workflow.testing import SettableClock
from tests.dossier.conftest import CHECKER, Check, World
from tests.dossier.test_dossier import files

MUTATIONS = 600


def packed(contents: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return target.getvalue()


def with_manifest(contents: dict[str, bytes]) -> bytes:
    """A zip of these files, with a list of hashes that fits them: a forger can do that too."""
    rest = {name: content for name, content in contents.items() if name != "MANIFEST"}
    lines = [f"{hashlib.sha256(rest[name]).hexdigest()}  {name}\n" for name in sorted(rest)]
    return packed({**rest, "MANIFEST": "".join(lines).encode()})


@pytest.fixture(scope="module")
def whole(world: World) -> dict[str, bytes]:
    """The files of an untouched dossier."""
    return files(world.write(documents=world.folder))


def test_an_untouched_dossier_is_proven_with_the_keys_of_log_and_witness(
    world: World, check: Check
) -> None:
    done = check(world.write(documents=world.folder), *world.keys, "--lang", "en")
    assert (done.code, "PROVEN" in done.out) == (0, True), done.out
    assert "signature of log kvob/voorbeeld/log-1" in done.out
    assert "witness getuige.example saw this at 2026-09-21" in done.out


def test_without_a_key_of_the_reader_nothing_is_proven(world: World, check: Check) -> None:
    done = check(world.write())
    assert done.code == 3
    assert "een sleutel van hier bewijst niets" in done.out
    assert "getekend door 'kvob/voorbeeld/log-1'" in done.out


def test_another_key_did_not_sign(world: World, check: Check) -> None:
    other = str(new_key("kvob/voorbeeld/log-1", LOG).verifier)
    assert check(world.write(), "--key", other).code == 1
    assert check(world.write(), "--key", world.witness_key).code == 1
    assert check(world.write(), "--key", "nothing+at+all").code == 2


def test_a_dossier_without_a_log_is_whole_but_not_proven(
    anew: Callable[..., World], check: Check
) -> None:
    world = anew(signed=False)
    assert check(world.write()).code == 3
    assert check(world.write(), "--key", world.log_key).code == 1


def test_what_was_recorded_after_the_head_is_not_proven(
    anew: Callable[..., World], check: Check
) -> None:
    world = anew()
    clock = SettableClock(date(2026, 11, 25))
    with Engine.open(world.url, clock=clock) as engine:
        engine.do(ChangeScope(estate=world.estate, on=date(2026, 11, 24), scope="Ook de kade"))
    done = check(world.write(), *world.keys)
    assert done.code == 3, done.out
    assert "nog niet in het logboek" in done.out


def test_the_checker_stands_alone() -> None:
    tree = ast.parse(CHECKER.read_text("utf-8"))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
        )
    }
    assert names <= set(sys.stdlib_module_names) | {"cryptography"}
    assert len(CHECKER.read_text("utf-8").splitlines()) < 300


def in_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """The same checker without the start of an interpreter, for many dossiers."""
    checker = runpy.run_path(str(CHECKER))

    def call(dossier: bytes, *options: str) -> int:
        file = tmp_path / "one.zip"
        file.write_bytes(dossier)
        monkeypatch.setattr(sys, "argv", ["check.py", str(file), *options])
        with redirect_stdout(io.StringIO()):
            return int(checker["main"]())

    return call


def test_any_change_of_a_file_is_found(
    whole: dict[str, bytes], world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = in_process(tmp_path, monkeypatch)
    assert call(packed(whole), *world.keys) == 0
    chance = random.Random(20261124)
    for _ in range(MUTATIONS):
        name = chance.choice(sorted(whole))
        changed = mutated(chance, name, whole)
        assert changed != whole
        assert call(packed(changed), *world.keys) == 1, name


def mutated(chance: random.Random, name: str, whole: dict[str, bytes]) -> dict[str, bytes]:
    """One file changed: a byte, a line doubled, dropped or swapped, the file gone, or a new one."""
    content, changed = whole[name], dict(whole)
    lines = content.splitlines(keepends=True)
    how = chance.randrange(6)
    if how == 0:
        place = chance.randrange(len(content))
        byte = bytes([content[place] ^ (1 << chance.randrange(8))])
        changed[name] = content[:place] + byte + content[place + 1 :]
    elif how == 1:
        del changed[name]
    elif how == 2:
        changed[f"{name}.bak"] = content
    elif how == 3 and len(set(lines)) > 1:
        first, second = (
            lines.index(lines[0]),
            next(number for number, line in enumerate(lines) if line != lines[0]),
        )
        lines[first], lines[second] = lines[second], lines[first]
        changed[name] = b"".join(lines)
    elif how == 4 and len(lines) > 1:
        del lines[chance.randrange(len(lines))]
        changed[name] = b"".join(lines)
    else:
        changed[name] = content + lines[-1]
    return changed


FORGED: dict[str, Callable[[list[dict[str, object]]], list[dict[str, object]]]] = {
    "an event is changed": lambda lines: [
        {**lines[0], "state": str(lines[0]["state"]).replace("Zilver", "Gouden")},
        *lines[1:],
    ],
    "an event in between is left out": lambda lines: [*lines[:3], *lines[4:]],
    "the first event is left out": lambda lines: lines[1:],
    "two events are swapped": lambda lines: [lines[1], lines[0], *lines[2:]],
    "two states are swapped": lambda lines: [
        {**lines[0], "state": lines[1]["state"]},
        {**lines[1], "state": lines[0]["state"]},
        *lines[2:],
    ],
    "an event is added": lambda lines: [*lines, {**lines[-1], "version": len(lines) + 1}],
    "a topic is changed": lambda lines: [
        *lines[:-1],
        {**lines[-1], "topic": "kvob.estate:remark-recorded.v1"},
    ],
    "an event says it is elsewhere": lambda lines: [{**lines[0], "index": 2}, *lines[1:]],
    "a proof is cut": lambda lines: [{**lines[0], "proof": []}, *lines[1:]],
    "nothing is left": lambda _: [],
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forger_who_writes_a_fitting_manifest_is_found_too(
    name: str, whole: dict[str, bytes], world: World, check: Check
) -> None:
    lines = [json.loads(line) for line in whole["events.jsonl"].splitlines()]
    text = "".join(f"{json.dumps(line)}\n" for line in FORGED[name](lines))
    forged = with_manifest({**whole, "events.jsonl": text.encode()})
    assert check(with_manifest(whole), *world.keys).code == 0
    assert check(forged, *world.keys).code == 1


def test_a_forged_head_document_or_list_of_documents_is_found(
    whole: dict[str, bytes], world: World, check: Check
) -> None:
    note, document = whole["checkpoint.txt"], next(n for n in whole if n.startswith("documents/"))
    size = note.split(b"\n")[1]
    forgeries = [
        {**whole, "checkpoint.txt": note.replace(size, size + b"0", 1)},
        {**whole, "checkpoint.txt": note.split(b"\n\n")[0] + b"\n\n"},
        {**whole, document: b"een ander verslag"},
        {**whole, "documents/" + "0" * 64: b"onbekend"},
        {**whole, "documents.jsonl": b""},
        {name: content for name, content in whole.items() if name != "checkpoint.txt"},
        {name: content for name, content in whole.items() if name != "dossier.html"},
    ]
    for forged in forgeries:
        assert check(with_manifest(forged), *world.keys).code == 1


def test_what_is_no_dossier_is_refused(check: Check) -> None:
    assert check(b"PK").code == 1
    assert check(packed({"MANIFEST": b"\xff"})).code == 1
    assert check(packed({"MANIFEST": b""})).code == 1
