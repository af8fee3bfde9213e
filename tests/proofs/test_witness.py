"""Does a witness sign only what continues the last head that it saw?"""

from __future__ import annotations

import ast
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kvob_workflow.proofs import witness as module
from kvob_workflow.proofs.bundles import Bundle, make_bundle
from kvob_workflow.proofs.errors import (
    BundleMalformed,
    KeyMalformed,
    KeyUnusable,
    NotCovered,
    NoteUnsigned,
    WitnessRefuses,
)
from kvob_workflow.proofs.heads import Signer, make_key
from kvob_workflow.proofs.log import ProofLog
from kvob_workflow.proofs.sequencer import sequence
from kvob_workflow.proofs.witness import Witness, load_witness, new_witness, save_witness
from kvob_workflow.store import EventStore, open_store
from tests.proofs.conftest import Fill

NOON = 1_772_000_000


def bundle(store: EventStore, signer: Signer, since: int) -> Bundle:
    sequence(store, signer)
    return make_bundle(ProofLog(store), since)


@pytest.fixture
def witness(signer: Signer) -> Witness:
    """A witness that knows the key of the log and saw nothing yet."""
    return new_witness("w.example").trusting(signer.key.verifier)


def test_a_witness_follows_a_growing_log(
    store: EventStore, signer: Signer, witness: Witness, fill: Fill
) -> None:
    seen = 0
    for count in (1, 7, 300):
        fill(store, count)
        witness, note = witness.cosigned(bundle(store, signer, seen), NOON)
        assert witness.key.verifier.seen_at(note) == NOON
        assert signer.key.verifier.has_signed(note)
        seen += count
    again, _ = witness.cosigned(bundle(store, signer, 0), NOON + 5)  # the same head: no proof
    assert again.heads.keys() == {"kvob/test/log-1"}


def test_a_shorter_log_is_refused(
    store: EventStore, signer: Signer, witness: Witness, fill: Fill
) -> None:
    fill(store, 5)
    short = bundle(store, signer, 0)
    fill(store, 5)
    witness, _ = witness.cosigned(bundle(store, signer, 0), NOON)
    with pytest.raises(WitnessRefuses, match=r"shorter.* 10 entries"):
        witness.cosigned(short, NOON)


def test_a_forked_log_is_refused(
    store: EventStore, path: Path, signer: Signer, witness: Witness, fill: Fill
) -> None:
    fill(store, 5)
    witness, _ = witness.cosigned(bundle(store, signer, 0), NOON)
    forked = make_key(path.with_name("fork.key"), "test")
    forked.path.write_bytes(signer.path.read_bytes())
    with closing(open_store(f"sqlite:///{path.with_name('fork.db')}")) as fork:
        fill(fork, 3)
        sequence(fork, Signer(forked.path))
        fill(fork, 2)
        same = bundle(fork, Signer(forked.path), 0)
        # The same five events make the same head, so this is no fork.
        assert witness.cosigned(same, NOON)[1].text == same.note.text
    fill(store, 5)
    good = bundle(store, signer, 5)
    with pytest.raises(WitnessRefuses, match="another history"):
        witness.cosigned(replace(good, proof=good.proof[::-1]), NOON)
    with pytest.raises(WitnessRefuses, match="another history"):
        witness.cosigned(replace(good, proof=()), NOON)
    with pytest.raises(WitnessRefuses, match="does not begin where"):
        witness.cosigned(bundle(store, signer, 3), NOON)


def test_another_root_of_the_same_size_is_refused(
    store: EventStore, signer: Signer, witness: Witness, fill: Fill
) -> None:
    fill(store, 5)
    good = bundle(store, signer, 0)
    witness, _ = witness.cosigned(good, NOON)
    origin, size, root, _ = good.note.text.split("\n")
    other = ("A" if root[0] != "A" else "B") + root[1:]
    text = f"{origin}\n{size}\n{other}\n"
    note = replace(good.note, text=text, signatures=(signer.key.sign(text),))
    with pytest.raises(WitnessRefuses, match="another history"):
        witness.cosigned(replace(good, note=note), NOON)


def test_a_head_that_no_known_key_signed_is_refused(
    store: EventStore, signer: Signer, witness: Witness, tmp_path: Path, fill: Fill
) -> None:
    fill(store, 5)
    good = bundle(store, signer, 0)
    stranger = make_key(tmp_path / "stranger", "test").key
    forged = replace(good.note, signatures=(stranger.sign(good.note.text),))
    with pytest.raises(NoteUnsigned):
        witness.cosigned(replace(good, note=forged), NOON)
    with pytest.raises(NoteUnsigned):
        new_witness("w.example").cosigned(good, NOON)


def test_a_witness_remembers_in_its_file(
    store: EventStore, signer: Signer, witness: Witness, tmp_path: Path, fill: Fill
) -> None:
    fill(store, 5)
    witness, _ = witness.cosigned(bundle(store, signer, 0), NOON)
    path = tmp_path / "witness"
    save_witness(path, witness)
    assert load_witness(path) == witness
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("contents", ["", "[]", "{}", '{"key": 1, "logs": [], "heads": []}', "\x00",
                                      '{"key": "x", "logs": [], "heads": []}'])  # fmt: skip
def test_a_file_that_is_no_witness_is_refused(contents: str, tmp_path: Path) -> None:
    path = tmp_path / "witness"
    path.write_text(contents, "utf-8")
    with pytest.raises(KeyMalformed):
        load_witness(path)
    with pytest.raises(KeyUnusable):
        load_witness(tmp_path / "nothing")


def test_the_key_of_a_log_is_no_witness(signer: Signer, tmp_path: Path) -> None:
    path = tmp_path / "witness"
    save_witness(path, Witness(signer.key))
    with pytest.raises(KeyMalformed, match="the key of a log"):
        load_witness(path)


def test_a_bundle_takes_a_head_and_a_size_below_it(
    store: EventStore, signer: Signer, fill: Fill
) -> None:
    with pytest.raises(NotCovered):
        make_bundle(ProofLog(store), 0)
    fill(store, 5)
    sequence(store, signer)
    for since in (-1, 6, 2**63):
        with pytest.raises(BundleMalformed):
            make_bundle(ProofLog(store), since)


def test_the_witness_is_short_and_imports_nothing_of_the_engine() -> None:
    source = Path(module.__file__).read_text("utf-8")
    assert len(source.splitlines()) < 300
    named = {
        node.module or ""
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom)
    }
    ours = {name for name in named if name.startswith("kvob_workflow")}
    assert all(name.startswith("kvob_workflow.proofs.") for name in ours)
