"""Does the API take the signature of a witness, and no other? And does it give the public keys?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from kvob_domain.actor import Role
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.http import Api
from kvob_workflow.proofs.bundles import read_bundle
from kvob_workflow.proofs.heads import Signer, make_key
from kvob_workflow.proofs.keys import WITNESS, SigningKey, new_key
from kvob_workflow.proofs.notes import Checkpoint, Signature, SignedNote, read_checkpoint, read_note
from kvob_workflow.proofs.witness import Witness
from kvob_workflow.store.log import KeptCheckpoint
from kvob_workflow.testing import SettableClock
from tests.http.conftest import TODAY, HttpWorld, Introduced
from tests.http.contract import kept, refused

PATH = "/v1/checkpoints/latest/cosignatures"
NOW = 1_790_000_000


@dataclass
class Watched:
    """A log that two witnesses are trusted to sign, over HTTP."""

    world: HttpWorld
    signer: Signer
    first: SigningKey
    second: SigningKey

    def grow(self) -> None:
        """One more event, signed for."""
        name = f"Terrein {self.world.engine.proof_log().size}"
        self.world.engine.do(RegisterEstate(name=name, municipalities=("Goes",)))
        assert self.world.engine.sequence(self.signer.path)

    def bring(self, note: SignedNote | str) -> httpx2.Response:
        """What a witness is answered who brings this."""
        client = self.world.client(Role.WITNESS, person="p-witness")
        return client.post(PATH, content=str(note), headers={"Content-Type": "text/plain"})

    def head(self) -> SignedNote:
        """The newest head, as anybody fetches it who may."""
        client = self.world.client(Role.WITNESS)
        return read_note(client.get("/v1/checkpoints/latest/note").text)

    def signed(self, key: SigningKey, note: SignedNote | None = None, at: int = NOW) -> SignedNote:
        """A head with the signature of somebody."""
        head = note or self.head()
        return head.with_signatures((key.sign(head.text, at),))


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    clock = SettableClock(TODAY)
    signer = make_key(tmp_path / "log.key", "test")
    first, second = (new_key(name, WITNESS) for name in ("een.example", "twee.example"))
    people = Introduced()
    api = Api(
        authenticator=people,
        log_key=signer.path,
        witness_keys=(first.verifier, second.verifier),
    )
    url = f"sqlite:///{tmp_path}/kvob.db"
    with Engine.open(url, clock=clock, synchronous="NORMAL") as engine:
        made = Watched(HttpWorld(engine, clock, people, api), signer, first, second)
        made.grow()
        yield made


def test_a_witness_fetches_a_bundle_signs_and_brings_it_round_after_round(
    watched: Watched,
) -> None:
    client = watched.world.client(Role.WITNESS)
    witness, seen = Witness(watched.first).trusting(watched.signer.key.verifier), 0
    for number in range(3):
        bundle = read_bundle(client.get(f"/v1/checkpoints/latest/bundle?since={seen}").text)
        witness, note = witness.cosigned(bundle, NOW + number)
        answer = kept(watched.bring(note))
        seen = answer["size"]
        assert answer["signers"] == [watched.signer.origin, "een.example"]
        assert kept(client.get("/v1/checkpoints/latest")) == answer
        assert note in watched.signer.heads()
        watched.grow()
    assert seen == 3


def test_the_same_again_answers_the_same_and_another_witness_comes_beside_it(
    watched: Watched,
) -> None:
    head = watched.head()
    first = kept(watched.bring(watched.signed(watched.first, head)))
    assert kept(watched.bring(watched.signed(watched.first, head))) == first
    assert kept(watched.bring(watched.signed(watched.first, head, NOW + 5))) == first
    both = kept(watched.bring(watched.signed(watched.second, head)))
    assert set(both["signers"]) == {watched.signer.origin, "een.example", "twee.example"}
    assert kept(watched.bring(watched.signed(watched.first, head))) == both


def test_a_signature_that_was_spoiled_in_the_store_is_put_right(watched: Watched) -> None:
    note = watched.signed(watched.first)
    name, key_id, _ = note.signatures[-1]
    spoiled = SignedNote(note.text, (note.signatures[0], Signature(name, key_id, b"\0" * 72)))
    store = watched.world.engine._store  # pyright: ignore[reportPrivateUsage] # the test's own
    assert store.keep_checkpoint(1, KeptCheckpoint(1, str(spoiled), cosigned=True))
    assert kept(watched.bring(note))["note"] == str(note)


def test_what_a_stranger_signed_is_refused_and_never_kept(watched: Watched) -> None:
    stranger = new_key("vreemd.example", WITNESS)
    refused(watched.bring(watched.signed(stranger)), 400, "witness-unknown")
    refused(watched.bring(watched.head()), 400, "witness-unknown")
    impostor = new_key("een.example", WITNESS)
    refused(watched.bring(watched.signed(impostor)), 400, "witness-unknown")
    beside = watched.signed(stranger, watched.signed(watched.first))
    assert "vreemd.example" not in kept(watched.bring(beside))["signers"]


def test_a_forged_or_foreign_head_is_refused(watched: Watched) -> None:
    head = read_checkpoint(watched.head())
    forged = Checkpoint(head.origin, head.size, b"\1" * 32)
    unsigned = SignedNote(forged.text, watched.head().signatures)
    refused(watched.bring(watched.signed(watched.first, unsigned)), 400, "note-unsigned")
    # The signature of the witness is that of another head.
    moved = watched.head().with_signatures((watched.first.sign(forged.text, NOW),))
    refused(watched.bring(moved), 400, "witness-unknown")
    other = new_key("kvob/other/log-1")
    foreign = Checkpoint(other.name, head.size, head.root)
    note = SignedNote(foreign.text, (other.sign(foreign.text),))
    refused(watched.bring(watched.signed(watched.first, note)), 400, "note-unsigned")
    refused(watched.bring("geen hoofd"), 400, "note-malformed")
    assert len(watched.head().signatures) == 1


def test_a_head_older_than_the_last_of_that_witness_is_refused(watched: Watched) -> None:
    old = watched.head()
    watched.grow()
    kept(watched.bring(watched.signed(watched.first)))
    refused(watched.bring(watched.signed(watched.first, old)), 409, "cosignature-older")
    assert kept(watched.bring(watched.signed(watched.second, old)))["size"] == 1


def test_a_head_of_another_history_stops_the_signing(watched: Watched) -> None:
    head = read_checkpoint(watched.head())
    for forked in (
        Checkpoint(head.origin, head.size, b"\1" * 32),
        Checkpoint(head.origin, head.size + 9, head.root),
    ):
        note = SignedNote(forked.text, (watched.signer.key.sign(forked.text),))
        refused(watched.bring(watched.signed(watched.first, note)), 409, "log-differs")
    assert len(watched.head().signatures) == 1
    with pytest.raises(Exception, match="kvob log restart"):
        watched.world.engine.sequence(watched.signer.path)


def test_only_who_may_cosign_does(watched: Watched) -> None:
    note = str(watched.signed(watched.first))
    form = {"Content-Type": "text/plain"}
    for role in (Role.AUDITOR, Role.OPERATOR, Role.GUIDE):
        refused(
            watched.world.client(role).post(PATH, content=note, headers=form), 403, "scope-missing"
        )
    assert watched.world.stranger().post(PATH, content=note, headers=form).status_code == 401
    refused(watched.world.client(Role.WITNESS).post(PATH, json={}), 415, "media-type-unknown")


def test_anybody_gets_the_public_keys_as_json_or_as_text(watched: Watched) -> None:
    client = watched.world.stranger()
    key = str(watched.signer.key.verifier)
    found = kept(client.get("/v1/log-keys"))
    assert found == {"items": [{"name": watched.signer.origin, "key": key}]}
    text = client.get("/v1/log-keys", headers={"Accept": "text/plain"})
    assert (text.text, text.status_code) == (f"{key}\n", 200)
    assert watched.signer.key.text not in text.text


def test_without_the_key_of_the_log_it_says_where_to_ask(http_world: HttpWorld) -> None:
    refused(http_world.stranger().get("/v1/log-keys"), 404, "log-key-not-here")
